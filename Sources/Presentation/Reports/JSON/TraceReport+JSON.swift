import Console
import NetModel
import PacketTrace

extension TraceReport {
  /// The trace as `packetwalk-trace/1`: codes and values, the same in every language.
  ///
  /// `dns` is there where a name was asked for first.
  package var json: JSONValue {
    nameQuestions.reduce(ownJSON) { $0.merging(.members(["dns": $1.json])) }
  }

  private var ownJSON: JSONValue {
    .members([
      "format": "packetwalk-trace/1", "lab": .string(setting.lab), "chapter": .text(setting.chapter),
      "mode": .string(setting.mode.rawValue), "source": source, "destination": destination,
      "paths": .array(walk.paths.indices.map { walk.paths[$0].json(fixes(ofPath: $0)) }),
    ])
  }

  private var source: JSONValue {
    let sent = walk.paths.first?.hops.first?.steps.map(\.after) ?? []
    let chosen = sent.lazy.compactMap(\.innerIP?.source).first { $0 != .any }
    return flow.source.json.merging(
      .members([
        "address": .text(flow.source.address ?? chosen), "port": .number(sent.first?.sourcePort),
        "proto": .string(flow.flow.content.name),
      ]))
  }

  private var destination: JSONValue {
    flow.destination.json.merging(
      .members([
        "address": .text(flow.destination.address), "port": .number(flow.flow.content.port),
        "proto": .string(flow.flow.content.name),
      ]))
  }
}

extension CompareReport {
  /// The comparison as `packetwalk-compare/1`.
  ///
  /// `step` counts from 0 in the hop; `side` is `both` where both walks go on there, each in its own way, else
  /// the one that goes on.
  package var json: JSONValue {
    .members([
      "format": "packetwalk-compare/1", "left": left.json, "right": right.json,
      "firstDifference": comparison.firstDifference?.json ?? .null,
    ])
  }
}

extension WalkComparison.Difference {
  fileprivate var json: JSONValue {
    .members([
      "node": .text(node), "step": .number(step), "side": .string(side.rawValue), "path": .number(path),
      "reply": .bool(isReply), "hop": .number(hop),
    ])
  }
}

extension NamedFlow.End {
  fileprivate var json: JSONValue {
    .members([
      "name": .string(name), "namespace": .text(namespace), "kind": .string(kind.rawValue),
      "node": .text(node),
    ])
  }
}

extension Flow.Content {
  /// The word of `--proto`.
  fileprivate var name: String {
    switch self {
    case .transport(.tcp, _): "tcp"
    case .transport(.udp, _): "udp"
    case .transport(.sctp, _): "sctp"
    case .echo: "icmp"
    }
  }

  fileprivate var port: UInt16? {
    if case .transport(_, let port) = self { port } else { nil }
  }
}

extension Packet {
  fileprivate var sourcePort: UInt16? { tcp?.sourcePort ?? udp?.sourcePort }
}

extension Path {
  fileprivate func json(_ fixes: [Fix]) -> JSONValue {
    .members([
      "backend": .text(backend?.text), "branch": branch?.json ?? .null, "outcome": outcome.json,
      "hops": .array(hops.map(\.json)), "reply": reply?.json ?? .null, "fixes": .array(fixes.map(\.json)),
    ])
  }
}

extension Fix {
  /// The commands in the order in which they are to be typed.
  fileprivate var json: JSONValue {
    let commands = edits.flatMap(\.commands).map { command in
      JSONValue.members(["host": .text(command.host), "command": .string(command.line)])
    }
    return .members(["edits": .array(commands)])
  }
}

extension Path.Branch {
  fileprivate var json: JSONValue { .members(["node": .text(node), "gateway": .text(gateway)]) }
}

extension Path.Reply {
  fileprivate var json: JSONValue {
    .members(["outcome": outcome.json, "hops": .array(hops.map(\.json))])
  }
}

extension Outcome {
  package var json: JSONValue {
    .members([
      "disposition": .string(disposition.rawValue), "node": .text(node), "interface": .text(interface),
      "reason": .string(reason.rawValue), "code": .number(code),
    ])
  }
}

extension Hop {
  fileprivate var json: JSONValue {
    .members([
      "node": .text(node), "in": .text(arrival), "out": .text(departure),
      "encapsulated": .bool(isEncapsulated), "ttlIn": .number(ttlOnArrival),
      "ttlOut": .number(ttlOnDeparture), "steps": .array(steps.map(\.json)),
    ])
  }
}

extension Step {
  fileprivate var json: JSONValue {
    let table = EvidenceTable(self)
    let (ground, source) = grounds.codeAndSource
    return .members([
      "kind": .string(kind.rawValue), "hook": .string(hook.rawValue), "at": .string(at),
      "stack": .text(stack), "device": .text(device), "table": .text(table.name),
      "question": .string(Question(self).rawValue), "answer": answer,
      "candidates": .array(table.candidates.map(\.json)), "winner": .number(table.winner),
      "before": before.json, "after": after.json, "grounds": .string(ground), "source": .string(source),
    ])
  }

  private var answer: JSONValue {
    kind == .leaveNetwork ? .members(["result": "left-network"]) : evidence.answer
  }

  /// The stack, and the device where it ran on one.
  private var at: String { device.map { "\(stack) \($0)" } ?? stack.description }
}

extension Grounds {
  /// The stable code, and where it is known from.
  package var codeAndSource: (code: String, source: String) {
    switch self {
    case .recorded(let source): ("recorded", source)
    case .documented(let source): ("documented", source)
    case .assumed(let source): ("assumed", source)
    }
  }
}

extension EvidenceTable.Candidate {
  fileprivate var json: JSONValue {
    .members(["entry": entry.json, "won": .bool(won), "why": .string(why.rawValue)])
  }
}

import ControlPlane
import NetModel
import PacketTrace

/// Which flows `hubble observe` shows.
///
/// Values of one option are alternatives; options go together. Those about both ends (`--pod`) must all hold for
/// the same end. A flow that the options behind `--not` fit is left out.
///
/// Source: Cilium `hubble/cmd/observe/flows_filter.go`, `pkg/hubble/filters`.
struct FlowFilter: Sendable {
  private var allowed: [Condition] = []
  private var denied: [Condition] = []

  /// The options that choose flows.
  static let flags: [Flag] =
    endOptions.flatMap { option in
      ["", "from-", "to-"].map { Flag($0 + option.name, $0.isEmpty ? option.shorthand : nil, .text) }
    } + [
      Flag("type", "t", .text), Flag("verdict", nil, .text), Flag("protocol", nil, .text),
      Flag("node-name", nil, .text), Flag("tcp-flags", nil, .text), Flag("drop-reason-desc", nil, .text),
      Flag("all-namespaces", "A", .bool), Flag("ipv4", "4", .optionalText("v4")),
    ]
    + [
      "cel-expression", "cluster", "fqdn", "from-cluster", "from-fqdn", "from-service", "http-header",
      "http-method", "http-path", "http-status", "http-url", "interface", "ip-version", "node-label",
      "service",
      "snat-ip", "to-cluster", "to-fqdn", "to-service", "trace-id", "traffic-direction", "uuid",
    ].map { Flag.unmodelled($0, nil, .text) } + [.unmodelled("ipv6", "6", .optionalText("v6"))]

  /// Options about an end, which may stand for either.
  private static let endOptions: [(name: String, shorthand: Character?)] = [
    ("pod", nil), ("ip", nil), ("port", nil), ("namespace", "n"), ("label", "l"), ("identity", nil),
    ("workload", nil),
  ]

  /// - Parameters:
  ///   - flags: what must hold.
  ///   - denied: what stands behind `--not`.
  init(_ flags: ParsedFlags, not denied: ParsedFlags) throws(ToolFailure) {
    allowed = try Self.conditions(flags)
    self.denied = try Self.conditions(denied)
  }

  func admits(_ flow: HubbleFlow) -> Bool {
    Self.hold(allowed, for: flow) && (denied.isEmpty || !Self.hold(denied, for: flow))
  }

  private enum Side: Sendable {
    case source, destination, either
  }

  private enum Condition: Sendable {
    case end(Side, @Sendable (HubbleFlow.End) -> Bool)
    case flow(@Sendable (HubbleFlow) -> Bool)
  }

  private static func hold(_ conditions: [Condition], for flow: HubbleFlow) -> Bool {
    var either: [@Sendable (HubbleFlow.End) -> Bool] = []
    for condition in conditions {
      switch condition {
      case .flow(let holds): if !holds(flow) { return false }
      case .end(.source, let holds): if !holds(flow.source) { return false }
      case .end(.destination, let holds): if !holds(flow.destination) { return false }
      case .end(.either, let holds): either.append(holds)
      }
    }
    return either.allSatisfy { $0(flow.source) } || either.allSatisfy { $0(flow.destination) }
  }

  private static func conditions(_ flags: ParsedFlags) throws(ToolFailure) -> [Condition] {
    var conditions: [Condition] = []
    for (prefix, side) in [("", Side.either), ("from-", .source), ("to-", .destination)] {
      for option in endOptions {
        let words = flags.texts(prefix + option.name)
        guard !words.isEmpty else { continue }
        var tests: [@Sendable (HubbleFlow.End) -> Bool] = []
        for word in words { tests.append(try test(of: option.name, word)) }
        let all = tests
        conditions.append(.end(side, { end in all.contains { $0(end) } }))
      }
    }
    for option in ["type", "verdict", "protocol", "node-name", "tcp-flags", "drop-reason-desc"] {
      let words = flags.texts(option)
      guard !words.isEmpty else { continue }
      var tests: [@Sendable (HubbleFlow) -> Bool] = []
      for word in words { tests.append(try flowTest(of: option, word)) }
      let all = tests
      conditions.append(.flow({ flow in all.contains { $0(flow) } }))
    }
    return conditions
  }

  private static func test(
    of option: String, _ word: String
  ) throws(ToolFailure) -> @Sendable (HubbleFlow.End) -> Bool {
    switch option {
    case "pod": return podTest(word)
    case "ip":
      guard let prefix = IPv4Prefix(parsing: word) ?? IPv4Address(parsing: word).map({ .host($0) }) else {
        throw invalid(word, option, "invalid IP address or CIDR")
      }
      return { prefix.contains($0.address) }
    case "port":
      guard let port = UInt16(word) else { throw invalid(word, option, "invalid port") }
      return { $0.port == port }
    case "namespace": return { $0.pod?.namespace == word }
    case "label": return labelTest(word)
    case "identity":
      let reserved = (UInt32(0)...8).map { SecurityIdentity($0) }.first { $0.reservedName == word }
      guard let identity = reserved ?? UInt32(word).map({ SecurityIdentity($0) }) else {
        throw invalid(word, option, "failed to parse identity: unknown reserved identity")
      }
      return { $0.identity == identity }
    default: return { $0.workload == word }
    }
  }

  /// `[NAMESPACE/]PREFIX`.
  private static func podTest(_ word: String) -> @Sendable (HubbleFlow.End) -> Bool {
    let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let namespace = parts.count > 1 ? parts[0] : "default"
    let prefix = parts[parts.count - 1]
    return { end in end.pod.map { $0.namespace == namespace && $0.name.hasPrefix(prefix) } ?? false }
  }

  /// Labels that must all be there, apart by commas: `KEY`, `KEY=VALUE`, with or without their source.
  private static func labelTest(_ word: String) -> @Sendable (HubbleFlow.End) -> Bool {
    let wanted = word.split(separator: ",").map(String.init)
    return { end in
      wanted.allSatisfy { label in
        end.labels.contains { known in
          let bare = known.split(separator: ":", maxSplits: 1).last.map(String.init) ?? known
          return [known, bare].contains { $0 == label || $0.hasPrefix("\(label)=") }
        }
      }
    }
  }

  private static func flowTest(
    of option: String, _ word: String
  ) throws(ToolFailure) -> @Sendable (HubbleFlow) -> Bool {
    switch option {
    case "verdict":
      guard let verdict = HubbleFlow.Verdict(rawValue: word.uppercased()) else {
        guard ["AUDIT", "REDIRECTED", "ERROR"].contains(word.uppercased()) else {
          throw invalid(
            word, option,
            "must be one of 'FORWARDED', 'DROPPED', 'AUDIT', 'REDIRECTED', 'ERROR', "
              + "'TRACED', 'TRANSLATED'")
        }
        return { _ in false }
      }
      return { $0.verdict == verdict }
    case "type": return try typeTest(word)
    case "protocol":
      let name = word.lowercased()
      return { $0.protocolName == name || (name == "icmp" && $0.protocolName == "icmpv4") }
    case "node-name": return { Pattern(word).fits($0.event.node.name) }
    case "tcp-flags":
      let wanted = Set(word.uppercased().split(separator: ",").map(String.init))
      return { flow in
        guard case .tcp(let flags) = flow.event.summary else { return false }
        return wanted.isSubset(of: Set(flags.hubbleNames))
      }
    default:
      return { flow in
        guard case .dropped(_, let code) = flow.event.kind else { return false }
        return DropReasonText.row(of: code)?.name == word.uppercased()
      }
    }
  }

  /// `TYPE[:SUBTYPE]`.
  private static func typeTest(_ word: String) throws(ToolFailure) -> @Sendable (HubbleFlow) -> Bool {
    let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
    let subtype = parts.count > 1 ? parts[1] : nil
    switch parts.first {
    case "trace":
      return { flow in
        guard case .trace(let point) = flow.event.kind else { return false }
        return subtype == nil || point.rawValue == subtype
      }
    case "drop": return { if case .dropped = $0.event.kind { true } else { false } }
    case "policy-verdict": return { if case .policyVerdict = $0.event.kind { true } else { false } }
    case "trace-sock": return { if case .socket = $0.event.kind { true } else { false } }
    case "capture", "l7", "agent", "debug", "recorder": return { _ in false }
    default: throw invalid(word, "type", "unknown event type \(word)")
    }
  }

  private static func invalid(_ word: String, _ option: String, _ reason: String) -> ToolFailure {
    .error("invalid argument \(JSONValue.quoted(word)) for \"--\(option)\" flag: \(reason)")
  }
}

/// A name in which `*` stands for any text.
private struct Pattern: Sendable {
  private let parts: [String]

  init(_ text: String) {
    parts = text.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
  }

  func fits(_ name: String) -> Bool {
    guard parts.count > 1 else { return name == parts[0] }
    guard name.hasPrefix(parts[0]), name.hasSuffix(parts[parts.count - 1]) else { return false }
    var rest = name.dropFirst(parts[0].count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.ranges(of: part).first else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.count >= parts[parts.count - 1].count
  }
}

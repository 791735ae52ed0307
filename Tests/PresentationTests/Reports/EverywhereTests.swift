import Console
import ControlPlane
import Foundation
import Importing
import NetModel
import PacketTrace
import Testing

@testable import Presentation

/// What holds for every step of every walk of the built-in lab.
@Suite struct EverywhereTests {
  static let modes: [CiliumSettings.RoutingMode] = [.native, .tunnel(.vxlan), .tunnel(.geneve)]

  static func snapshot(_ mode: CiliumSettings.RoutingMode) throws -> Snapshot {
    var network = try Lab.builtIn("cilium-week4").network(chapter: "webpod")
    for edit in mode.edits { try network.apply(edit, at: .start) }
    return network.snapshot()
  }

  /// Between all of the lab's kinds of ends, by all that can be sent.
  static func reports(_ mode: CiliumSettings.RoutingMode) throws -> [TraceReport] {
    let snapshot = try snapshot(mode)
    let setting = ReportSetting(lab: "cilium-week4", chapter: "webpod", mode: ReportSetting.Mode(snapshot))
    let sources = ["curl-pod", "webpod@k8s-w0", "k8s-ctr", "k8s-w0", "router"]
    let targets = sources + ["webpod", "webpod@k8s-ctr", "kube-system/kube-dns", "192.168.10.101", "8.8.8.8"]
    return try sources.flatMap { source in
      try targets.flatMap { target in
        try FlowRequest.Content.allCases.map { content in
          let named = try snapshot.flow(FlowRequest(source: source, destination: target, content: content))
          return TraceReport(
            setting: setting, flow: named, walk: snapshot.walk(named.flow, roundTrip: true))
        }
      }
    }
  }

  static func steps(_ report: TraceReport) -> [Step] {
    report.walk.paths.flatMap { ($0.hops + ($0.reply?.hops ?? [])).flatMap(\.steps) }
  }

  @Test(arguments: modes)
  func tablesHaveAtMostOneWinner(mode: CiliumSettings.RoutingMode) throws {
    let steps = try Self.reports(mode).flatMap(Self.steps)
    #expect(steps.count > 1000)
    for step in steps {
      let table = EvidenceTable(step)
      #expect(table.candidates.filter(\.won).count <= 1, "\(step.evidence)")
      #expect(table.candidates.isEmpty || table.name != nil, "\(step.evidence)")
      if case .route(let lookup) = step.evidence, lookup.selection?.route != nil {
        #expect(table.winner == 0, "\(lookup)")
      }
      for candidate in table.candidates where !candidate.won && candidate.why == .wouldNotMatch {
        #expect(candidate == table.candidates.last, "the nearest miss is the last row")
      }
    }
  }

  @Test(arguments: Language.allCases)
  func everyStepHasWords(language: Language) throws {
    for report in try Self.modes.flatMap(Self.reports) {
      for step in Self.steps(report) {
        let words = StepReport(step, language.phrasebook)
        let texts = [words.title, words.place, words.question, words.answer, words.grounds]
        #expect(texts.allSatisfy { !$0.isEmpty })
        #expect(words.question.hasSuffix("?"), "\(words.question)")
        #expect(words.answer.hasSuffix("."), "\(words.answer)")
        #expect(words.changes.allSatisfy { !$0.isEmpty } && words.remark != "")
      }
    }
  }

  @Test(arguments: modes)
  func jsonHasEveryFieldOfTheContract(mode: CiliumSettings.RoutingMode) throws {
    for report in try Self.reports(mode) {
      let text = report.json.indented()
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      #expect(has(object, ["format", "lab", "chapter", "mode", "source", "destination", "paths"]))
      for end in ["source", "destination"] {
        #expect(has(object[end], ["name", "kind", "node", "address", "port", "proto"]))
      }
      for path in list(object["paths"]) { try check(path) }
    }
  }

  private func check(_ path: Any) throws {
    #expect(has(path, ["backend", "branch", "outcome", "hops", "reply", "fixes"]))
    let path = try #require(path as? [String: Any])
    #expect(has(path["outcome"], ["disposition", "node", "interface", "reason", "code"]))
    let reply = path["reply"] as? [String: Any]
    for hop in list(path["hops"]) + list(reply?["hops"]) {
      #expect(has(hop, ["node", "in", "out", "encapsulated", "ttlIn", "ttlOut", "steps"]))
      for step in list((hop as? [String: Any])?["steps"]) { check(step: step) }
    }
  }

  private func check(step: Any) {
    #expect(
      has(
        step,
        ["kind", "hook", "at", "table", "question", "candidates", "winner", "before", "after", "grounds"]))
    guard let step = step as? [String: Any] else { return }
    let candidates = list(step["candidates"]).compactMap { $0 as? [String: Any] }
    let winners = candidates.indices.filter { candidates[$0]["won"] as? Bool == true }
    #expect(winners.first == step["winner"] as? Int)
    for code in [step["kind"], step["question"], step["grounds"]] + candidates.map({ $0["why"] }) {
      #expect((code as? String)?.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil, "\(code ?? "nil")")
    }
    for candidate in candidates {
      #expect(!((candidate["entry"] as? [String: Any])?["text"] as? String ?? "").isEmpty)
    }
  }

  private func has(_ value: Any?, _ keys: [String]) -> Bool {
    let object = value as? [String: Any] ?? [:]
    return keys.allSatisfy { object.keys.contains($0) }
  }

  private func list(_ value: Any?) -> [Any] { value as? [Any] ?? [] }

  @Test func plainTextNumbersEveryLineAndHasNoTables() throws {
    for report in try Self.reports(.tunnel(.vxlan)) {
      let lines = report.plain(English()).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      for (index, line) in lines.enumerated() {
        #expect(line.hasPrefix("\(index + 1). "))
        #expect(!line.contains("|") && !line.contains("  ") && !line.contains("\t"), "\(line)")
      }
    }
  }
}

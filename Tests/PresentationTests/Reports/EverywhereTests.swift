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
  enum Mode: CaseIterable {
    case native, vxlan, geneve

    var routing: CiliumSettings.RoutingMode {
      switch self {
      case .native: .native
      case .vxlan: .tunnel(.vxlan)
      case .geneve: .tunnel(.geneve)
      }
    }
  }

  private static let kebab = Set("abcdefghijklmnopqrstuvwxyz-".utf8)

  private static let made = Result {
    let network = try Lab.builtIn("cilium-week4").network(chapter: "webpod")
    return try Mode.allCases.map { try reports($0, network) }
  }

  static func reports(_ mode: Mode) throws -> [TraceReport] {
    try made.get()[Mode.allCases.firstIndex(of: mode) ?? 0]
  }

  /// Between all of the lab's kinds of ends, by all that can be sent.
  private static func reports(_ mode: Mode, _ network: Network) throws -> [TraceReport] {
    var network = network
    for edit in mode.routing.edits { try network.apply(edit, at: .start) }
    let snapshot = network.snapshot()
    let setting = ReportSetting(lab: "cilium-week4", chapter: "webpod", mode: ReportSetting.Mode(snapshot))
    let sources = ["curl-pod", "webpod@k8s-w0", "k8s-ctr", "router"]
    let targets = sources + ["webpod", "kube-system/kube-dns", "192.168.10.101", "8.8.8.8"]
    return try sources.flatMap { source in
      try targets.flatMap { target in
        try FlowRequest.Content.allCases.compactMap { content in
          guard target != "webpod" || content != .udp else { return nil }
          let named = try snapshot.flow(FlowRequest(source: source, destination: target, content: content))
          let walk = snapshot.walk(named.flow, roundTrip: true)
          return TraceReport(setting: setting, flow: named, walk: walk)
        }
      }
    }
  }

  static func steps(_ report: TraceReport) -> [Step] {
    report.walk.paths.flatMap { ($0.hops + ($0.reply?.hops ?? [])).flatMap(\.steps) }
  }

  @Test(arguments: Mode.allCases)
  func tablesHaveAtMostOneWinner(mode: Mode) throws {
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
    for report in try Mode.allCases.flatMap(Self.reports) {
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

  @Test(arguments: Mode.allCases)
  func jsonHasEveryFieldOfTheContract(mode: Mode) throws {
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
      let text = code as? String ?? ""
      #expect(!text.isEmpty && text.utf8.allSatisfy(Self.kebab.contains), "\(text)")
    }
    for candidate in candidates {
      let entry = candidate["entry"] as? [String: Any]
      #expect(entry?["text"] as? String != "" && entry?["text"] is String)
    }
  }

  private func has(_ value: Any?, _ keys: [String]) -> Bool {
    let object = value as? [String: Any] ?? [:]
    return keys.allSatisfy { object.keys.contains($0) }
  }

  private func list(_ value: Any?) -> [Any] { value as? [Any] ?? [] }

  @Test func plainTextNumbersEveryLineAndHasNoTables() throws {
    for report in try Self.reports(.vxlan) {
      let lines = report.plain(English()).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      for (index, line) in lines.enumerated() {
        #expect(line.hasPrefix("\(index + 1). "))
        #expect(!line.contains("|") && !line.contains("  ") && !line.contains("\t"), "\(line)")
      }
    }
  }
}

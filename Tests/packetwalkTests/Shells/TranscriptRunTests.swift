import Foundation
import TerminalTesting
import Testing

/// The recorded session, typed into real lab shells from top to bottom.
@Suite(.serialized) struct TranscriptRunTests {
  @Test func aLabShellPrintsWhatTheRealLabPrinted() throws {
    let open = Set(try Self.fixture("cilium-week4.open").split(separator: "\n").map(String.init))
    let transcript = Transcript(parsing: try Self.fixture("cilium-week4.transcript"))
    #expect(open.isSubset(of: transcript.steps.map(\.name)), "the list names steps that are not there")
    var session = try LabSession(chapter: "fresh")
    try Self.play(transcript, in: &session, open: open)
  }

  /// What is changed all over the lab's file and the session; the new names stand where the old ones did in every
  /// order, and are as long.
  private static let changes = [
    ("172.20.", "172.29."), ("192.168.10.", "192.168.11."), ("192.168.20.", "192.168.21."),
    ("10.96.", "10.97."),
    ("k8s-", "lab-"), ("webpod", "webapp"), ("curl-pod", "curl-job"), ("62886", "62885"), ("45966", "45967"),
    ("cilium-lb-ippool", "cilium-lb-mypool"), ("policy1", "policy3"), ("HomeLab", "WorkLab"),
  ]

  @Test("nothing is canned: with other names and addresses the whole session prints the others")
  func aChangedLabPrintsTheSameWithItsOwnNames() throws {
    let changed = { (text: String) in
      Self.changes.reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    }
    let lab = try String(
      contentsOf: Self.root.appending(path: "Resources/labs/cilium-week4.yaml"), encoding: .utf8)
    let file = FileManager.default.temporaryDirectory.appending(path: "changed-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try changed(lab).write(to: file, atomically: true, encoding: .utf8)
    let transcript = Transcript(parsing: changed(try Self.fixture("cilium-week4.transcript")))
    #expect(!transcript.steps.contains { step in step.expected.contains { $0.contains("webpod") } })
    var session = try LabSession(chapter: "fresh", options: ["--lab", file.path])
    try Self.play(transcript, in: &session, open: [])
  }

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../..")

  private static func fixture(_ name: String) throws -> String {
    try String(contentsOf: root.appending(path: "Tests/Fixtures/\(name)"), encoding: .utf8)
  }

  private static func play(_ transcript: Transcript, in session: inout LabSession, open: Set<String>) throws {
    defer { session.end() }
    for step in transcript.steps {
      let output = try session.play(step)
      guard let output else { continue }
      let difference = step.difference(from: output)
      if open.contains(step.name) {
        #expect(difference != nil, "passes now, take it off the list: \(step.name)")
      } else {
        #expect(difference == nil, "\(step.name)\n\(difference ?? "")")
      }
    }
  }
}

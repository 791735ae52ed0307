import Foundation
import NetModel
import PacketTrace
import Testing

@testable import Console

/// `Tests/COVERAGE.md` is counted from the code.
///
/// `UPDATE_GOLDEN=1 swift test --filter Coverage` writes it anew.
@Suite struct CoverageTests {
  private static let tests = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")

  @Test func thePageTellsWhatTheCodeSays() throws {
    let file = Self.tests.appending(path: "COVERAGE.md")
    let page = Self.page
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try page.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == page)
  }

  /// How much of the recorded session prints the same; the list of the rest is checked where it is typed.
  @Test func theRecordedSession() throws {
    let transcript = try Fixture.text("cilium-week4.transcript").split(separator: "\n")
    let typed = transcript.filter { line in
      line.first == "@" && (line.contains("# ") || line.contains("^C"))
    }
    let open = try Fixture.text("cilium-week4.open").split(separator: "\n")
    print("recorded session: \(typed.count - open.count) of \(typed.count) commands print the same")
    #expect(open.count <= typed.count)
  }

  private static var page: String {
    let rules = Rule.allCases.map { (name: $0.rawValue, grounds: $0.grounds) }
    let kinds = ["recorded", "documented", "assumed"]
    let counts = kinds.map { kind in "\(rules.filter { $0.grounds.kind == kind }.count) \(kind)" }
    let sections = kinds.map { kind in
      let lines = rules.filter { $0.grounds.kind == kind }.map { "| `\($0.name)` | \($0.grounds.text) |" }
      return "## \(kind)\n\n| rule | from |\n| --- | --- |\n" + lines.joined(separator: "\n") + "\n"
    }
    return """
      # What the engine's rules rest on

      Counted from `Rule.allCases`; a test compares. \(rules.count) rules: \(counts.joined(separator: ", ")).

      - recorded: seen in the recorded lab, or in a real kernel
      - documented: stated by source code, a standard or documentation
      - assumed: reasoned, and measured by nobody


      """ + sections.joined(separator: "\n")
  }
}

extension Grounds {
  fileprivate var kind: String {
    switch self {
    case .recorded: "recorded"
    case .documented: "documented"
    case .assumed: "assumed"
    }
  }

  fileprivate var text: String {
    switch self {
    case .recorded(let text), .documented(let text), .assumed(let text): text
    }
  }
}

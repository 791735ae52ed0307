import Foundation
import Testing

/// `Tests/LIMITS.md` is counted from the code: every bound of a size, a count or a depth.
///
/// `UPDATE_GOLDEN=1 swift test --filter Limits` writes it anew.
@Suite struct LimitsTests {
  private static let top = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")

  @Test func thePageTellsWhatTheCodeSays() throws {
    let limits = try Self.limits()
    #expect(limits.count > 20)
    #expect(limits.filter { $0.meaning.isEmpty }.map(\.place) == [])
    let file = Self.top.appending(path: "Tests/LIMITS.md")
    let page = Self.page(limits)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try page.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == page)
  }

  /// A constant that bounds something.
  private struct Limit {
    let meaning: String
    let value: String
    let place: String
  }

  private static func page(_ limits: [Limit]) -> String {
    let rows = limits.map { "| \($0.meaning) | \($0.value) | `\($0.place)` |\n" }
    return """
      # Limits

      Counted from the constants of the sources; a test compares. Beyond a limit there is a clear error, or what is
      oldest goes. Tests beside the readers go over most of them; `Tests/Fuzz/run` and `Tests/Soak/run` watch time and memory.

      | what | at most | where |
      | --- | --: | --- |

      """ + rows.joined()
  }

  private static func limits() throws -> [Limit] {
    let sources = top.appending(path: "Sources").standardizedFileURL.path
    let files = try #require(FileManager.default.enumerator(atPath: sources)).compactMap { $0 as? String }
    return try files.filter { $0.hasSuffix(".swift") }.sorted().flatMap { file in
      limits(in: try String(contentsOfFile: "\(sources)/\(file)", encoding: .utf8), of: file)
    }
  }

  private static func limits(in text: String, of file: String) -> [Limit] {
    let constant =
      /\s*(?:package |private |fileprivate )?(?:static )?let (most[A-Z]\w*|longest\w*|deepest|limit|greatest\w*)(?:: \w+)? = ([0-9_<* ]+)/
    var comment: [Substring] = []
    var found: [Limit] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let code = line.drop { $0 == " " }
      if code.hasPrefix("///") {
        comment.append(code.dropFirst(3).drop { $0 == " " })
        continue
      }
      if let match = line.wholeMatch(of: constant) {
        let meaning = comment.prefix { !$0.isEmpty }.joined(separator: " ")
        let value = match.2.split(separator: " ").joined(separator: " ")
        found.append(Limit(meaning: meaning, value: value, place: "\(file): \(match.1)"))
      }
      comment = []
    }
    return found
  }
}

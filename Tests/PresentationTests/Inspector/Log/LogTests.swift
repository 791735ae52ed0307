import Testing

@testable import Presentation

@Suite struct LogTests {
  @Test(
    arguments: [
      (["a\nb\n"], ["a", "b"]), (["a", "b\n", "c"], ["ab", "c"]), (["a\n\nb\n"], ["a", "", "b"]),
      (["\n"], [""]),
      ([""], []),
    ] as [([String], [String])])
  func outputIsCutIntoLines(chunks: [String], lines: [String]) {
    var log = Log()
    for chunk in chunks { log.write(chunk, isError: false) }
    #expect(log.entries == lines.map { .output($0, isError: false) })
  }

  @Test func itNeverGrowsWithoutEnd() {
    var log = Log()
    for number in 0..<20_000 { log.write("\(number)\n", isError: false) }
    #expect(log.entries.count <= 8000)
    #expect(log.entries.last == .output("19999", isError: false))
  }
}

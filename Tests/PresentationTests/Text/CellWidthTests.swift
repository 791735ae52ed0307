import Testing

@testable import Presentation

@Suite struct CellWidthTests {
  @Test(arguments: [
    ("", 0), ("curl-pod", 8), ("라우팅", 6), ("한\u{301}", 2), ("\u{1112}\u{1161}\u{11ab}", 2), ("漢字", 4),
    ("ａ", 2), ("e\u{301}", 1), ("→", 1), ("🚀", 2), ("\u{1F1F0}\u{1F1F7}", 2), ("─│", 2),
  ])
  func countsCells(text: String, cells: Int) {
    #expect(text.cellWidth == cells)
  }

  @Test(arguments: [
    ("라우팅", 5, "라우"), ("라우팅", 6, "라우팅"), ("abc", 0, ""), ("a\u{301}bc", 1, "a\u{301}"),
  ])
  func cutsBetweenCharacters(text: String, columns: Int, expected: String) {
    #expect(text.prefix(columns: columns) == expected)
  }

  @Test(arguments: [
    ("webpod-697b545f57", 8, "webpod.."), ("웹서버-하나", 7, "웹서.."), ("short", 5, "short"), ("ab", 1, "a"),
  ])
  func shortens(text: String, columns: Int, expected: String) {
    #expect(text.shortened(columns: columns) == expected)
  }

  @Test func padsToCells() {
    #expect("이웃".padded(columns: 6) == "이웃  ")
    #expect("neighbor".padded(columns: 3) == "neighbor")
  }
}

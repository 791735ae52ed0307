import Testing

@testable import Presentation

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("curl-pod", "curl-pod"),
    ("한글 이름", "한글 이름"),
    ("\u{1b}[2J", "^[[2J"),
    ("a\nb\tc\r", "a^Jb^Ic^M"),
    ("\u{7f}\u{0}", "^?^@"),
    ("\u{9b}31m", "<U+009B>31m"),
    ("a\u{202E}b", "a<U+202E>b"),
    ("a\u{2066}b\u{200d}\u{feff}", "a<U+2066>b<U+200D><U+FEFF>"),
    ("a\u{2028}b\u{a0}c", "a<U+2028>b<U+00A0>c"),
    ("\u{e000}\u{3164}", "<U+E000><U+3164>"),
    ("\u{301}a", "<U+0301>a"),
    ("e\u{301}", "e\u{301}"),
    ("\u{1b}\u{301}", "^[<U+0301>"),
  ])
  func makesEverythingVisible(text: String, expected: String) {
    #expect(Array(visible(text).unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test func stacksAtMostFourMarks() {
    let text = "e" + String(repeating: "\u{301}", count: 6)
    #expect(visible(text) == "e\u{301}\u{301}\u{301}\u{301}<U+0301><U+0301>")
  }

  @Test func cutsWhatIsTooLong() {
    #expect(visible(String(repeating: "x", count: 5000)).cellWidth == 253)
    #expect(visible("가나다라", limit: 6) == "가나..")
    #expect(visible("abcdef", limit: 6) == "abcdef")
  }
}

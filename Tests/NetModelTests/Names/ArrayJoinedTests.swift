import NetModel
import Testing

@Suite struct ArrayJoinedTests {
  @Test(
    arguments: [[], [""], ["a"], ["a", "b"], ["", "하나", ""], ["e", "\u{301}", "🇰", "🇷"]],
    ["", ", ", "\u{301}"])
  func isWhatTheStandardLibraryMakes(texts: [String], separator: String) {
    #expect(texts.joined(separator: separator) == ArraySlice(texts).joined(separator: separator))
  }
}

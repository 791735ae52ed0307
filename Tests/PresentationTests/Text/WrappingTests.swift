import Testing

@testable import Presentation

@Suite struct WrappingTests {
  @Test(
    arguments: [
      ("one two three", 7, ["one two", "three"]),
      ("one", 3, ["one"]),
      ("abcdefgh ij", 3, ["abc", "def", "gh", "ij"]),
      ("경로를 찾습니다", 8, ["경로를", "찾습니다"]),
      ("가나다라", 5, ["가나", "다라"]),
      ("가", 1, []),
      ("", 5, []),
      ("a b", 0, []),
    ] as [(String, Int, [String])])
  func breaksAtBlanks(text: String, columns: Int, expected: [String]) {
    #expect(text.wrapped(columns: columns) == expected)
  }
}

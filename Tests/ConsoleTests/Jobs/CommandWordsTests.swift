import Console
import Testing

@Suite struct CommandWordsTests {
  @Test(
    arguments: [
      ("ip route", ["ip", "route"]), ("  ip   route ", ["ip", "route"]),
      ("a 'b c' \"d e\"", ["a", "b c", "d e"]),
      ("a\\ b", ["a b"]), ("''", [""]), ("-p '{\"spec\":{}}'", ["-p", "{\"spec\":{}}"]), ("", []),
      ("a'b'\"c\"", ["abc"]),
    ] as [(String, [String])])
  func isCutAsAShellCuts(line: String, words: [String]) throws {
    #expect(try CommandWords(line).words == words)
    #expect(try CommandWords(CommandWords.line(words)).words == words)
  }

  @Test(
    arguments: [("a | b", "|"), ("a; b", ";"), ("a > f", ">"), ("$x", "$"), ("\"$x\"", "$"), ("`x`", "`")]
      as [(String, Character)])
  func shellSignsAreRefused(line: String, sign: Character) {
    #expect(throws: CommandWords.Failure.needsShell(sign)) { try CommandWords(line) }
  }

  @Test(arguments: ["'a", "\"a", "a\\"]) func quotesEnd(line: String) {
    #expect(throws: CommandWords.Failure.missingQuote) { try CommandWords(line) }
  }
}

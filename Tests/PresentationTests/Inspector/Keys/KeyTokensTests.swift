import Testing

@testable import Presentation

@Suite struct KeyTokensTests {
  @Test(
    arguments: [
      ("Right n", [.right, .character("n")]),
      ("  PgDn\tEnter Tab Esc ", [.pageDown, .enter, .tab, .escape]),
      ("F1 F10 S-F8 C-r", [.function(1), .function(10), .shiftFunction(8), .control("r")]),
      (
        "d \"web 한\" Enter",
        [
          .character("d"), .character("w"), .character("e"), .character("b"), .character(" "),
          .character("한"), .enter,
        ]
      ),
      ("\"\"", []),
      ("?", [.character("?")]),
      ("\"", [.character("\"")]),
      ("", []),
    ] as [(String, [Key])])
  func namesKeys(text: String, keys: [Key]) throws {
    #expect(try KeyTokens.keys(parsing: text) == keys)
  }

  @Test(
    arguments: [
      ("Rigth", .unknownToken("Rigth")), ("F0", .unknownToken("F0")), ("F99", .unknownToken("F99")),
      ("n \"web", .missingQuote),
    ] as [(String, KeyTokens.Failure)])
  func refusesWhatIsNoKey(text: String, failure: KeyTokens.Failure) {
    #expect(throws: failure) { try KeyTokens.keys(parsing: text) }
  }

  @Test(arguments: Action.allCases) func everyKeyOfTheTableIsReadBackFromItsName(action: Action) throws {
    for key in action.keys {
      #expect(try KeyTokens.keys(parsing: KeyTokens.name(of: key)) == [key])
    }
  }
}

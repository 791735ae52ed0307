import Testing

@testable import Presentation

@Suite struct KeyMapTests {
  @Test func noKeyDoesTwoThings() {
    let keys = Action.allCases.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
  }

  @Test(arguments: Action.allCases) func everyActionWorksByItsKeys(action: Action) {
    for key in action.keys { #expect(KeyMap.standard.action(for: key) == action) }
  }

  @Test(arguments: [
    ("ㅡ", "m"), ("ㅜ", "n"), ("ㅔ", "p"), ("ㄱ", "r"), ("ㅊ", "c"), ("ㄴ", "s"), ("ㅇ", "d"), ("ㅂ", "q"),
    ("ㅈ", "w"), ("ㅌ", "x"), ("ㅎ", "g"), ("ㅠ", "b"), ("ㅅ", "t"), ("ㅖ", "P"), ("므", "am"), ("값", "rkqt"),
    ("\u{110b}", "d"), ("\u{1173}", "m"), ("m", "m"), ("ㅒ", "O"),
  ])
  func hangulCountsAsTheLettersAtItsPositions(hangul: String, latin: String) {
    #expect(KeyMap.latin(hangul) == latin)
    let keys = KeyMap.latin(.character(Character(hangul)))
    #expect(keys == latin.map { .character($0) })
  }

  @Test(arguments: [("ㅡ", "m"), ("ㄱ", "r"), ("ㅊ", "c"), ("ㅌ", "x"), ("ㅜ", "n")])
  func hangulKeysDoTheSame(hangul: Character, latin: Character) throws {
    let state = try WeekFour.state()
    let size = Size(columns: 100, rows: 30)
    let typed = view(state.pressing([.character(hangul)]), size: size).text
    #expect(typed == view(state.pressing([.character(latin)]), size: size).text)
    #expect(typed != view(state, size: size).text)
  }

  /// Letters stand for none of the keys on the way through the list of actions.
  @Test(arguments: InspectorState.listedActions)
  func everyListedActionIsReachedWithoutLetters(action: Action) throws {
    let index = try #require(InspectorState.listedActions.firstIndex(of: action))
    let start = try WeekFour.state().pressing([.right, .down], catchesUp: false)
    let walked = start.pressing(
      [.function(1)] + Array(repeating: .down, count: index) + [.enter], catchesUp: false)
    var direct = start
    _ = direct.perform(action)
    let size = Size(columns: 120, rows: 36)
    #expect(view(walked, size: size).text == view(direct, size: size).text)
  }

  @Test(arguments: Action.allCases) func everyActionHasWordsInBothLanguages(action: Action) {
    for language in Language.allCases {
      let words = InspectorWords(language)
      #expect(!words.name(action).isEmpty)
      #expect(!words.help(action).isEmpty)
    }
  }
}

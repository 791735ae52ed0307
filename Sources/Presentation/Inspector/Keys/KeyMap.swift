/// Which key does what; letters count at their Hangul (two-set) positions too.
package struct KeyMap: Hashable, Sendable {
  private var actions: [Key: Action] = [:]
  private var keys: [Action: [Key]] = [:]

  /// The keys that hold unless somebody chose others.
  package static let standard = KeyMap()

  private init() {
    for action in Action.allCases { assign(action.keys, to: action) }
  }

  /// What `key` does; `nil` where it does nothing.
  package func action(for key: Key) -> Action? {
    actions[key]
  }

  /// The keys that do it, the one that is shown first.
  package func keys(of action: Action) -> [Key] {
    keys[action] ?? []
  }

  /// Gives `action` these keys alone; whatever else they did before, they do no more.
  package mutating func assign(_ wanted: [Key], to action: Action) {
    for key in keys(of: action) { actions[key] = nil }
    for key in wanted {
      if let other = actions[key] { keys[other]?.removeAll { $0 == key } }
      actions[key] = action
    }
    keys[action] = wanted
  }

  /// The keys as typed on a Latin keyboard: a Hangul character becomes the letters at its positions.
  ///
  /// An input method may hand over single letters of the alphabet or whole syllables (`ㅡ` is m, `므` is a, m).
  package static func latin(_ key: Key) -> [Key] {
    guard case .character(let character) = key, let letters = latinLetters(of: character) else {
      return [key]
    }
    return letters.map { .character($0) }
  }

  /// The text as if typed on a Latin keyboard.
  package static func latin(_ text: String) -> String {
    String(text.flatMap { latinLetters(of: $0) ?? [$0] })
  }

  private static func latinLetters(of character: Character) -> [Character]? {
    let scalars = character.unicodeScalars.flatMap(jamo)
    let letters = scalars.map { positions[$0] }
    guard !letters.isEmpty, !letters.contains(nil) else { return nil }
    return letters.compactMap { $0 }.flatMap { Array($0) }
  }

  /// A syllable's letters as compatibility jamo.
  ///
  /// Source: The Unicode Standard, section 3.12.
  private static func jamo(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    let value = Int(scalar.value)
    switch value {
    case 0xac00...0xd7a3:
      let index = value - 0xac00
      let final = index % 28
      return [initials[index / 588], medials[index / 28 % 21]] + (final == 0 ? [] : [finals[final - 1]])
    case 0x1100...0x1112: return [initials[value - 0x1100]]
    case 0x1161...0x1175: return [medials[value - 0x1161]]
    case 0x11a8...0x11c2: return [finals[value - 0x11a8]]
    default: return [scalar]
    }
  }

  private static let initials = Array("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ".unicodeScalars)
  private static let medials = Array("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ".unicodeScalars)
  private static let finals = Array("ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ".unicodeScalars)

  /// The two-set keyboard (KS X 5002); what takes two strokes has two letters.
  private static let positions: [Unicode.Scalar: String] = [
    "ㅂ": "q", "ㅈ": "w", "ㄷ": "e", "ㄱ": "r", "ㅅ": "t", "ㅛ": "y", "ㅕ": "u", "ㅑ": "i", "ㅐ": "o", "ㅔ": "p",
    "ㅁ": "a", "ㄴ": "s", "ㅇ": "d", "ㄹ": "f", "ㅎ": "g", "ㅗ": "h", "ㅓ": "j", "ㅏ": "k", "ㅣ": "l",
    "ㅋ": "z", "ㅌ": "x", "ㅊ": "c", "ㅍ": "v", "ㅠ": "b", "ㅜ": "n", "ㅡ": "m",
    "ㅃ": "Q", "ㅉ": "W", "ㄸ": "E", "ㄲ": "R", "ㅆ": "T", "ㅒ": "O", "ㅖ": "P",
    "ㅘ": "hk", "ㅙ": "ho", "ㅚ": "hl", "ㅝ": "nj", "ㅞ": "np", "ㅟ": "nl", "ㅢ": "ml",
    "ㄳ": "rt", "ㄵ": "sw", "ㄶ": "sg", "ㄺ": "fr", "ㄻ": "fa", "ㄼ": "fq", "ㄽ": "ft", "ㄾ": "fx", "ㄿ": "fv",
    "ㅀ": "fg", "ㅄ": "qt",
  ]
}

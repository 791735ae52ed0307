extension PatternParser {
  /// A backslash and what follows.
  mutating func escape() throws(PatternError) -> PatternNode {
    let start = place
    place += 1
    guard let character = next else { throw PatternError(.trailingBackslash, "") }
    if let ranges = PatternParser.perlClass(character) {
      place += 1
      return .character(ranges)
    }
    switch character {
    case "A":
      place += 1
      return .position(.start)
    case "z":
      place += 1
      return .position(.end)
    case "b":
      place += 1
      return .position(.wordBoundary)
    case "B":
      place += 1
      return .position(.noWordBoundary)
    default: return literal(try escapedCharacter(from: start))
    }
  }

  /// `\d` and its like.
  private static func perlClass(_ character: Unicode.Scalar) -> CharacterRanges? {
    switch character {
    case "d": .digit
    case "D": CharacterRanges(CharacterRanges.digit.ranges, isNegated: true)
    case "s": .space
    case "S": CharacterRanges(CharacterRanges.space.ranges, isNegated: true)
    case "w": .word
    case "W": CharacterRanges(CharacterRanges.word.ranges, isNegated: true)
    default: nil
    }
  }

  /// The character behind a backslash.
  private mutating func escapedCharacter(from start: Int) throws(PatternError) -> Unicode.Scalar {
    guard let character = next else { throw PatternError(.trailingBackslash, "") }
    place += 1
    switch character {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "a": return "\u{7}"
    case "f": return "\u{c}"
    case "v": return "\u{b}"
    case "x": return try hexadecimal(from: start)
    default:
      let isWord = CharacterRanges.word.contains(character) && character != "_"
      guard character.isASCII, !isWord else {
        throw PatternError(.escape, part(from: start, to: place))
      }
      return character
    }
  }

  private mutating func hexadecimal(from start: Int) throws(PatternError) -> Unicode.Scalar {
    let isBraced = take("{")
    let digits = text[place...].prefix(isBraced ? 8 : 2).prefix { $0.properties.isHexDigit && $0.isASCII }
    place += digits.count
    let value = UInt32(digits.map(String.init).joined(), radix: 16).flatMap(Unicode.Scalar.init)
    guard let value, isBraced ? take("}") : digits.count == 2 else {
      throw PatternError(.escape, part(from: start, to: min(place + 1, text.count)))
    }
    return value
  }

  /// `[...]`.
  mutating func bracketClass() throws(PatternError) -> CharacterRanges {
    let start = place
    place += 1
    let isNegated = take("^")
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    var isFirst = true
    while isFirst || next != "]" {
      guard next != nil else { throw PatternError(.missingBracket, part(from: start, to: text.count)) }
      isFirst = false
      ranges += try classItem(from: start)
    }
    place += 1
    let set = CharacterRanges(ranges, isNegated: isNegated)
    return ignoresCase ? set.ignoringCase : set
  }

  private mutating func classItem(from start: Int) throws(PatternError) -> [ClosedRange<Unicode.Scalar>] {
    if let named = try namedClass() { return named }
    if next == "\\", place + 1 < text.count, let ranges = PatternParser.perlClass(text[place + 1]) {
      place += 2
      return ranges.positiveRanges
    }
    let itemStart = place
    let first = try classCharacter(from: start)
    guard next == "-", place + 1 < text.count, text[place + 1] != "]" else { return [first...first] }
    place += 1
    let last = try classCharacter(from: start)
    guard first <= last else { throw PatternError(.characterRange, part(from: itemStart, to: place)) }
    return [first...last]
  }

  private mutating func classCharacter(from start: Int) throws(PatternError) -> Unicode.Scalar {
    guard let character = next else {
      throw PatternError(.missingBracket, part(from: start, to: text.count))
    }
    place += 1
    return character == "\\" ? try escapedCharacter(from: place - 1) : character
  }

  /// `[:alpha:]` and its like inside a class.
  private mutating func namedClass() throws(PatternError) -> [ClosedRange<Unicode.Scalar>]? {
    guard text[place...].starts(with: "[:".unicodeScalars) else { return nil }
    let rest = text[(place + 2)...]
    guard let colon = rest.firstIndex(of: ":"), colon + 1 < text.count, text[colon + 1] == "]" else {
      return nil
    }
    let name = part(from: place + 2, to: colon)
    let isNegated = name.hasPrefix("^")
    guard let ranges = PatternParser.namedClasses[isNegated ? String(name.dropFirst()) : name] else {
      throw PatternError(.characterRange, part(from: place, to: colon + 2))
    }
    place = colon + 2
    return CharacterRanges(ranges, isNegated: isNegated).positiveRanges
  }

  private static let namedClasses: [String: [ClosedRange<Unicode.Scalar>]] = [
    "alnum": ["0"..."9", "A"..."Z", "a"..."z"], "alpha": ["A"..."Z", "a"..."z"],
    "ascii": ["\0"..."\u{7f}"], "blank": [" "..." ", "\t"..."\t"],
    "cntrl": ["\0"..."\u{1f}", "\u{7f}"..."\u{7f}"],
    "digit": ["0"..."9"], "graph": ["!"..."~"], "lower": ["a"..."z"], "print": [" "..."~"],
    "punct": ["!"..."/", ":"..."@", "["..."`", "{"..."~"], "space": [" "..." ", "\t"..."\r"],
    "upper": ["A"..."Z"], "word": ["0"..."9", "A"..."Z", "_"..."_", "a"..."z"],
    "xdigit": ["0"..."9", "A"..."F", "a"..."f"],
  ]
}

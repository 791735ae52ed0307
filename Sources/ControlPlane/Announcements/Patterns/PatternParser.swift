/// Reads a regular expression.
///
/// Source: Go `regexp/syntax/parse.go`.
struct PatternParser {
  let text: [Unicode.Scalar]
  var place = 0
  var ignoresCase = false

  init(_ text: String) {
    self.text = Array(text.unicodeScalars)
  }

  mutating func wholeExpression() throws(PatternError) -> PatternNode {
    let expression = try alternatives(depth: 0)
    if next != nil { throw PatternError(.unexpectedParenthesis, part(from: 0, to: text.count)) }
    return expression
  }

  var next: Unicode.Scalar? { place < text.count ? text[place] : nil }

  func part(from start: Int, to end: Int) -> String {
    var part = String.UnicodeScalarView()
    part.append(contentsOf: text[start..<end])
    return String(part)
  }

  /// Goes on where the next characters are these.
  mutating func take(_ expected: String) -> Bool {
    let scalars = Array(expected.unicodeScalars)
    guard text[place...].starts(with: scalars) else { return false }
    place += scalars.count
    return true
  }

  private mutating func alternatives(depth: Int) throws(PatternError) -> PatternNode {
    if depth > 1000 { throw PatternError(.perlSyntax, part(from: 0, to: text.count)) }
    var parts = [try sequence(depth: depth)]
    while take("|") { parts.append(try sequence(depth: depth)) }
    return parts.count == 1 ? parts[0] : .alternatives(parts)
  }

  private mutating func sequence(depth: Int) throws(PatternError) -> PatternNode {
    var parts: [PatternNode] = []
    while let character = next, character != "|", character != ")" {
      if let repetition = repetition() {
        throw PatternError(.missingArgument, part(from: repetition.start, to: place))
      }
      parts.append(try repeated(try atom(depth: depth)))
    }
    return .sequence(parts)
  }

  private mutating func repeated(_ atom: PatternNode) throws(PatternError) -> PatternNode {
    guard let first = repetition() else { return atom }
    if first.least > 1000 || first.most.map({ $0 > 1000 || $0 < first.least }) == true {
      throw PatternError(.repeatCount, part(from: first.start, to: place))
    }
    if repetition() != nil {
      throw PatternError(.nestedRepetition, part(from: first.start, to: place))
    }
    return .repeated(atom, least: first.least, most: first.most)
  }

  /// `*`, `+`, `?` or a count, each perhaps with a `?` behind it; `nil` where something else comes next.
  private mutating func repetition() -> (start: Int, least: Int, most: Int?)? {
    let start = place
    let range: (Int, Int?)
    switch next {
    case "*": range = (0, nil)
    case "+": range = (1, nil)
    case "?": range = (0, 1)
    case "{":
      guard let count = count() else { return nil }
      _ = take("?")
      return (start, count.least, count.most)
    default: return nil
    }
    place += 1
    _ = take("?")
    return (start, range.0, range.1)
  }

  /// `{N}`, `{N,}` or `{N,M}`; anything else is a text like any other.
  private mutating func count() -> (least: Int, most: Int?)? {
    let start = place
    place += 1
    guard let least = number() else {
      place = start
      return nil
    }
    if take("}") { return (least, least) }
    if take(",") {
      if take("}") { return (least, nil) }
      if let most = number(), take("}") { return (least, most) }
    }
    place = start
    return nil
  }

  private mutating func number() -> Int? {
    let digits = text[place...].prefix { ("0"..."9").contains($0) }
    guard let first = digits.first, first != "0" || digits.count == 1 else { return nil }
    place += digits.count
    return digits.prefix(8).reduce(0) { $0 * 10 + Int($1.value - 48) }
  }

  private mutating func atom(depth: Int) throws(PatternError) -> PatternNode {
    guard let character = next else { return .sequence([]) }
    switch character {
    case "(": return try group(depth: depth)
    case "[": return .character(try bracketClass())
    case "\\": return try escape()
    default: place += 1
    }
    switch character {
    case "^": return .position(.start)
    case "$": return .position(.end)
    case ".": return .character(.any)
    default: return literal(character)
    }
  }

  func literal(_ character: Unicode.Scalar) -> PatternNode {
    let ranges = CharacterRanges([character...character])
    return .character(ignoresCase ? ranges.ignoringCase : ranges)
  }

  private mutating func group(depth: Int) throws(PatternError) -> PatternNode {
    let outer = ignoresCase
    place += 1
    if take("?") {
      let isOpen = try flagsOrName()
      if !isOpen { return .sequence([]) }
    }
    let inside = try alternatives(depth: depth + 1)
    guard take(")") else { throw PatternError(.missingParenthesis, part(from: 0, to: text.count)) }
    ignoresCase = outer
    return inside
  }

  /// What stands behind `(?`; false where it sets flags for all that follows.
  private mutating func flagsOrName() throws(PatternError) -> Bool {
    let start = place - 2
    if take("P<") || take("<") {
      let name = text[place...].prefix { CharacterRanges.word.contains($0) }
      place += name.count
      guard !name.isEmpty, take(">") else {
        throw PatternError(.namedCapture, part(from: start, to: text.count))
      }
      return true
    }
    var isOn = true
    var seen = false
    while let character = next {
      place += 1
      switch character {
      case "i": ignoresCase = isOn
      case "m", "s", "U": break
      case "-" where isOn:
        isOn = false
        seen = false
        continue
      case ":" where isOn || seen: return true
      case ")" where isOn || seen: return false
      default: throw PatternError(.perlSyntax, part(from: start, to: place))
      }
      seen = true
    }
    throw PatternError(.missingParenthesis, part(from: 0, to: text.count))
  }
}

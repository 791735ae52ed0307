/// Keys written as text: tokens apart by blanks.
///
/// A token is a character, a name (`Right`, `PgDn`, `F1`, `S-F8`), `C-` and a letter, or text in double
/// quotes, which stands for its characters.
package enum KeyTokens {
  /// Why a text is no list of keys.
  package enum Failure: Error, Hashable, Sendable {
    case unknownToken(String)
    case missingQuote
  }

  /// The keys that `text` names.
  ///
  /// - Throws: `unknownToken` for a token that names no key, `missingQuote` where quoted text does not end.
  package static func keys(parsing text: String) throws(Failure) -> [Key] {
    var keys: [Key] = []
    var rest = Substring(text)
    while true {
      rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "\n" }
      guard let first = rest.first else { return keys }
      if first == "\"", rest.count > 1 {
        let body = rest.dropFirst()
        guard let end = body.firstIndex(of: "\"") else { throw .missingQuote }
        keys += body[..<end].map { .character($0) }
        rest = body[body.index(after: end)...]
      } else {
        let token = rest.prefix { $0 != " " && $0 != "\t" && $0 != "\n" }
        guard let key = key(named: token) else { throw .unknownToken(String(token)) }
        keys.append(key)
        rest = rest[token.endIndex...]
      }
    }
  }

  /// The name of a key as the key bar, the help and `--keys` write it.
  package static func name(of key: Key) -> String {
    if let named = names.first(where: { $0.key == key }) { return named.name }
    switch key {
    case .character(let character): return String(character)
    case .control(let character): return "C-\(character)"
    case .function(let number): return "F\(number)"
    case .shiftFunction(let number): return "S-F\(number)"
    default: return ""
    }
  }

  private static func key(named token: Substring) -> Key? {
    if token.count == 1, let character = token.first { return .character(character) }
    if let named = names.first(where: { $0.name == token }) { return named.key }
    if token.hasPrefix("C-"), token.count == 3, let letter = token.last { return .control(letter) }
    if token.hasPrefix("S-F"), let number = functionNumber(token.dropFirst(3)) {
      return .shiftFunction(number)
    }
    if token.hasPrefix("F"), let number = functionNumber(token.dropFirst()) { return .function(number) }
    return nil
  }

  private static func functionNumber(_ text: Substring) -> Int? {
    guard let number = Int(text), (1...24).contains(number) else { return nil }
    return number
  }

  private static let names: [(name: String, key: Key)] = [
    ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right), ("PgUp", .pageUp), ("PgDn", .pageDown),
    ("Home", .home), ("End", .end), ("Enter", .enter), ("Tab", .tab), ("S-Tab", .backTab), ("Esc", .escape),
    ("Backspace", .backspace), ("Del", .delete), ("Ins", .insert), ("Space", .character(" ")),
  ]
}

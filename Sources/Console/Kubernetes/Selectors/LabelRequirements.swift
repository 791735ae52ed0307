import NetModel

/// A selector text that cannot be read.
struct SelectorError: Error, Hashable, Sendable {
  var message: String
}

/// A label selector as `-l` takes it: `a=b,c!=d,e in (f,g),h notin (i),j,!k`.
///
/// Source: k8s.io/apimachinery `pkg/labels/selector.go`.
struct LabelRequirements: Hashable, Sendable {
  private(set) var text = ""
  private var requirements: [Requirement] = []

  private enum Requirement: Hashable, Sendable {
    case among(String, [String])
    case notAmong(String, [String])
    case exists(String)
    case missing(String)
    case greater(String, Int)
    case less(String, Int)
  }

  init() {}

  init(parsing text: String) throws(SelectorError) {
    self.text = text
    var scanner = Scanner(text)
    guard !scanner.isAtEnd else { return }
    repeat { requirements.append(try Self.requirement(&scanner)) } while scanner.take(",")
    guard scanner.isAtEnd else {
      throw SelectorError(
        message: "unable to parse requirement: found '\(scanner.rest)', expected: ',' or 'end of string'")
    }
  }

  func match(_ document: JSONValue) -> Bool {
    guard !requirements.isEmpty else { return true }
    let labels = document.value(at: "metadata", "labels")
    return requirements.allSatisfy { requirement in
      switch requirement {
      case .among(let key, let values): (labels?[key]?.text).map(values.contains) ?? false
      case .notAmong(let key, let values): !((labels?[key]?.text).map(values.contains) ?? false)
      case .exists(let key): labels?[key] != nil
      case .missing(let key): labels?[key] == nil
      case .greater(let key, let bound): (labels?[key]?.text).flatMap { Int($0) }.map { $0 > bound } ?? false
      case .less(let key, let bound): (labels?[key]?.text).flatMap { Int($0) }.map { $0 < bound } ?? false
      }
    }
  }

  private static func requirement(_ scanner: inout Scanner) throws(SelectorError) -> Requirement {
    if scanner.take("!") { return .missing(try key(&scanner)) }
    let key = try key(&scanner)
    if scanner.take("!=") { return .notAmong(key, [scanner.word()]) }
    if scanner.take("==") || scanner.take("=") { return .among(key, [scanner.word()]) }
    if scanner.take(">") { return .greater(key, try number(&scanner)) }
    if scanner.take("<") { return .less(key, try number(&scanner)) }
    if scanner.takeWord("in") { return .among(key, try values(&scanner)) }
    if scanner.takeWord("notin") { return .notAmong(key, try values(&scanner)) }
    return .exists(key)
  }

  private static func key(_ scanner: inout Scanner) throws(SelectorError) -> String {
    let key = scanner.word()
    if !key.isEmpty { return key }
    throw SelectorError(
      message: "unable to parse requirement: found '\(scanner.rest)', expected: identifier")
  }

  private static func number(_ scanner: inout Scanner) throws(SelectorError) -> Int {
    let word = scanner.word()
    if let number = Int(word) { return number }
    throw SelectorError(
      message: "values: Invalid value: \"\(word)\": for 'Gt', 'Lt' operators, the value must be an integer")
  }

  private static func values(_ scanner: inout Scanner) throws(SelectorError) -> [String] {
    guard scanner.take("(") else {
      throw SelectorError(message: "unable to parse requirement: found '\(scanner.rest)', expected: '('")
    }
    var values: [String] = []
    repeat { values.append(scanner.word()) } while scanner.take(",")
    guard scanner.take(")") else {
      throw SelectorError(
        message: "unable to parse requirement: found '\(scanner.rest)', expected: ',' or ')'")
    }
    return values
  }

  /// Goes through a selector word by word; blanks between words mean nothing.
  private struct Scanner {
    private var text: Substring

    init(_ text: String) {
      self.text = text[...]
      skipBlanks()
    }

    var isAtEnd: Bool { text.isEmpty }
    var rest: String { String(text) }

    private mutating func skipBlanks() { text = text.drop { $0.isWhitespace } }

    mutating func take(_ sign: String) -> Bool {
      guard text.hasPrefix(sign) else { return false }
      text = text.dropFirst(sign.count)
      skipBlanks()
      return true
    }

    mutating func takeWord(_ word: String) -> Bool {
      var ahead = self
      guard ahead.word() == word else { return false }
      self = ahead
      return true
    }

    mutating func word() -> String {
      let word = text.prefix { !"!=,()<>".contains($0) && !$0.isWhitespace }
      text = text.dropFirst(word.count)
      skipBlanks()
      return String(word)
    }
  }
}

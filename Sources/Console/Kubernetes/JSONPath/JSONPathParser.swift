/// Reads JSONPath templates.
///
/// Source: k8s.io/client-go `util/jsonpath/parser.go`.
struct JSONPathParser {
  private let text: [Unicode.Scalar]
  private var position = 0

  /// The nodes of a template: texts and, for each pair of braces, a list.
  static func parse(_ template: String) throws(JSONPathError) -> [JSONPathNode] {
    var parser = JSONPathParser(text: Array(template.unicodeScalars))
    return try parser.template()
  }

  /// The nodes of what stands inside a pair of braces.
  private static func action(_ text: String) throws(JSONPathError) -> [JSONPathNode] {
    guard case .list(let nodes) = try parse("{\(text)}").first else { return [] }
    return nodes
  }

  private var current: Unicode.Scalar? { position < text.count ? text[position] : nil }

  private func isNext(_ prefix: String) -> Bool {
    text[min(position, text.count)...].starts(with: prefix.unicodeScalars)
  }

  private func string(from start: Int, to end: Int) -> String {
    var string = String.UnicodeScalarView()
    string.append(contentsOf: text[start..<end])
    return String(string)
  }

  private mutating func template() throws(JSONPathError) -> [JSONPathNode] {
    var nodes: [JSONPathNode] = []
    var start = 0
    while position < text.count {
      guard text[position] == "{" else {
        position += 1
        continue
      }
      if position > start { nodes.append(.text(string(from: start, to: position))) }
      position += 1
      nodes.append(.list(try action()))
      start = position
    }
    if position > start { nodes.append(.text(string(from: start, to: position))) }
    return nodes
  }

  /// What stands up to the closing brace, and the brace.
  private mutating func action() throws(JSONPathError) -> [JSONPathNode] {
    var nodes: [JSONPathNode] = []
    while !isNext("}") {
      if let node = try node(behind: nodes) { nodes += node }
    }
    position += 1
    return nodes
  }

  private mutating func node(behind nodes: [JSONPathNode]) throws(JSONPathError) -> [JSONPathNode]? {
    if isNext("[?(") { return [try filter()] }
    if isNext("..") { return try recursive(behind: nodes) }
    guard let scalar = current, scalar != "\n", scalar != "\r" else {
      throw JSONPathError("unclosed action")
    }
    switch scalar {
    case " ", "@", "$":
      position += 1
      return nil
    case "[": return try array()
    case "\"", "'": return [.text(try quoted(by: scalar))]
    case ".":
      position += 1
      return [field()]
    case "+", "-": return [try number()]
    case _ where scalar.isDigit: return [try number()]
    case _ where scalar.isWordScalar: return [word()]
    default: throw JSONPathError("unrecognized character in action: \(scalar.goName)")
    }
  }

  private mutating func recursive(behind nodes: [JSONPathNode]) throws(JSONPathError) -> [JSONPathNode] {
    if nodes.last == .recursive { throw JSONPathError("invalid multiple recursive descent") }
    position += 2
    guard current?.isWordScalar == true else { return [.recursive] }
    return [.recursive, field()]
  }

  private mutating func field() -> JSONPathNode {
    let start = position
    while let scalar = current, !scalar.endsField { position += scalar == "\\" ? 2 : 1 }
    position = min(position, text.count)
    let name = string(from: start, to: position)
    return name == "*" ? .wildcard : .field(String(name.unicodeScalars.filter { $0 != "\\" }))
  }

  private mutating func word() -> JSONPathNode {
    let start = position
    while let scalar = current, !scalar.endsField { position += 1 }
    let name = string(from: start, to: position)
    switch name {
    case "true": return .bool(true)
    case "false": return .bool(false)
    default: return .identifier(name)
    }
  }

  private mutating func number() throws(JSONPathError) -> JSONPathNode {
    let start = position
    if current == "+" || current == "-" { position += 1 }
    while let scalar = current, scalar == "." || scalar.isDigit { position += 1 }
    let digits = string(from: start, to: position)
    if let integer = Int(digits) { return .integer(integer) }
    guard let decimal = Double(digits) else { throw JSONPathError("cannot parse number \(digits)") }
    return .decimal(decimal)
  }

  private mutating func quoted(by quote: Unicode.Scalar) throws(JSONPathError) -> String {
    let start = position
    repeat {
      position += 1
      guard let scalar = current, scalar != "\n" else { throw JSONPathError("unterminated quoted string") }
    } while text[position] != quote || text[position - 1] == "\\"
    position += 1
    let content = text[(start + 1)..<(position - 1)]
    guard let unquoted = GoString.unquoted(content, quote: quote) else {
      throw JSONPathError("unquote string \(string(from: start, to: position)) error invalid syntax")
    }
    return unquoted
  }

  private mutating func array() throws(JSONPathError) -> [JSONPathNode] {
    let start = position + 1
    while current != "]" {
      guard let scalar = current, scalar != "\n" else { throw JSONPathError("unterminated array") }
      position += 1
    }
    let inside = string(from: start, to: position)
    position += 1
    let parts = inside.split(separator: ",", omittingEmptySubsequences: false)
    if parts.count > 1 {
      var union: [[JSONPathNode]] = []
      for part in parts { union.append(try Self.action("[\(part.trimmed(of: " "))]")) }
      return [.union(union)]
    }
    if let key = inside.insideQuotes { return try Self.action(".\(key)") }
    return [.array(try Self.slice(inside == "*" ? ":" : inside))]
  }

  private static func slice(_ text: String) throws(JSONPathError) -> JSONPathNode.Slice {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 3, parts.allSatisfy(\.isOptionalNumber) else {
      throw JSONPathError("invalid array index \(text)")
    }
    var numbers: [Int?] = []
    for part in parts { numbers.append(try index(part)) }
    guard numbers.count > 1 else {
      let from = numbers.first ?? nil
      return JSONPathNode.Slice(from: from, to: (from ?? 0) &+ 1, isIndex: true)
    }
    return JSONPathNode.Slice(from: numbers[0], to: numbers[1], step: numbers.count > 2 ? numbers[2] : nil)
  }

  private static func index(_ text: Substring) throws(JSONPathError) -> Int? {
    if text.isEmpty { return nil }
    guard let number = Int(text) else { throw JSONPathError("array index \(text) is not a number") }
    return number
  }

  private mutating func filter() throws(JSONPathError) -> JSONPathNode {
    position += 3
    let start = position
    try passFilter()
    let inside = text[start..<position]
    position += 1
    guard current == "]" else { throw JSONPathError("unclosed array expect ]") }
    position += 1
    let isComparison: (Unicode.Scalar) -> Bool = { "!<>=".unicodeScalars.contains($0) }
    let left = inside.prefix { !isComparison($0) }
    let comparison = inside[left.endIndex...].prefix(while: isComparison)
    let right = inside[comparison.endIndex...]
    guard !left.isEmpty, !comparison.isEmpty, !right.isEmpty else {
      return .existence(try Self.action(String(scalars: inside)))
    }
    return .filter(
      left: try Self.action(String(scalars: left)), comparison: String(scalars: comparison),
      right: try Self.action(String(scalars: right)))
  }

  /// Up to the bracket that closes a filter: one quoted text may stand in it.
  private mutating func passFilter() throws(JSONPathError) {
    var quote: Unicode.Scalar?
    var isClosed = true
    while true {
      guard let scalar = current, scalar != "\n" else { throw JSONPathError("unterminated filter") }
      if scalar == ")", isClosed { return }
      if quote == nil, scalar == "\"" || scalar == "'" {
        quote = scalar
        isClosed = false
      } else if scalar == quote, text[position - 1] != "\\" {
        isClosed = true
      }
      position += 1
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { properties.generalCategory == .decimalNumber }

  fileprivate var isWordScalar: Bool { self == "_" || isDigit || properties.isAlphabetic }

  /// It cannot stand in a field's name without a backslash.
  fileprivate var endsField: Bool { " \t\r\n.,[]$@{}".unicodeScalars.contains(self) }

  /// Go's `%#U`.
  fileprivate var goName: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + " '\(self)'"
  }
}

extension StringProtocol {
  fileprivate func trimmed(of character: Character) -> String {
    let front = drop { $0 == character }
    return String(front.reversed().drop { $0 == character }.reversed())
  }

  /// What stands between two single quotes, where none stands inside.
  fileprivate var insideQuotes: String? {
    guard count >= 2, first == "'", last == "'" else { return nil }
    let inside = dropFirst().dropLast()
    return inside.contains("'") ? nil : String(inside)
  }

  /// Empty, or digits behind an optional minus.
  fileprivate var isOptionalNumber: Bool {
    let digits = first == "-" ? dropFirst() : self[...]
    return digits.allSatisfy { $0.isASCII && $0.isNumber }
  }
}

extension String {
  fileprivate init(scalars: some Sequence<Unicode.Scalar>) {
    var view = UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}

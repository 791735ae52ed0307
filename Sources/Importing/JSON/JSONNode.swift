/// A value of a JSON text with the line that it begins on.
///
/// The plain-text readers make the same trees from what `ip` prints without `-j`, so that each kind of entry is
/// understood in one place.
struct JSONNode: Hashable {
  /// From 1.
  let line: Int
  let value: Value

  indirect enum Value: Hashable {
    case null
    case bool(Bool)
    /// As written.
    case number(String)
    case string(String)
    case array([JSONNode])
    /// In the order of the text.
    case object([Member])
  }

  struct Member: Hashable {
    let name: String
    let node: JSONNode
  }

  init(_ line: Int, _ value: Value) {
    self.line = line
    self.value = value
  }

  /// The member of that name; `nil` where the value is no object or has none.
  subscript(name: String) -> JSONNode? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.name == name }?.node
  }

  /// The text that errors quote.
  var excerpt: String {
    switch value {
    case .null: "null"
    case .bool(let flag): String(flag)
    case .number(let text), .string(let text): text
    case .array: "[...]"
    case .object: "{...}"
    }
  }
}

extension JSONNode {
  /// The member is there, whatever its value: `ip` prints flags as null or true.
  func has(_ name: String) -> Bool { self[name] != nil }

  /// A string, or the digits of a number.
  var text: String? {
    switch value {
    case .string(let text), .number(let text): text
    default: nil
    }
  }

  /// The elements; none where the value is no list.
  var elements: [JSONNode] {
    if case .array(let elements) = value { elements } else { [] }
  }

  /// The texts of a list, such as flags.
  func words(_ name: String) -> [String] {
    self[name]?.elements.compactMap(\.text) ?? []
  }

  /// The member's text; `nil` where it is missing.
  func text(_ name: String) -> String? { self[name]?.text }

  /// The member's text, which must be there.
  func requiredText(_ name: String) throws(ReadingError) -> String {
    guard let text = text(name) else {
      throw ReadingError(line, .expected(.field(name), found: self[name]?.excerpt ?? excerpt))
    }
    return text
  }

  /// The member as a number, given as such or as a string; `nil` where it is missing.
  func integer(_ name: String, in range: ClosedRange<Int>) throws(ReadingError) -> Int? {
    guard let node = self[name] else { return nil }
    guard let number = node.text.flatMap(Int.init(numeral:)), range.contains(number) else {
      throw node.error(.number(range))
    }
    return number
  }

  func error(_ expectation: ImportFinding.Expectation) -> ReadingError {
    ReadingError(line, .expected(expectation, found: excerpt))
  }

  /// The member, as far as `parse` understands it; `nil` where it is missing.
  func parsed<Value>(
    _ name: String, as expectation: ImportFinding.Expectation, by parse: (String) -> Value?
  ) throws(ReadingError) -> Value? {
    guard let node = self[name] else { return nil }
    guard let value = node.text.flatMap(parse) else { throw node.error(expectation) }
    return value
  }
}

extension Int {
  /// A number in decimal digits, or in hexadecimal ones behind `0x`.
  init?(numeral text: String) {
    let isHexadecimal = text.hasPrefix("0x") || text.hasPrefix("0X")
    let number = isHexadecimal ? Int(text.dropFirst(2), radix: 16) : Int(text)
    guard let number else { return nil }
    self = number
  }
}

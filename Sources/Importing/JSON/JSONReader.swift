/// Reads JSON, as `ip -j` prints it, into nodes that know their lines.
///
/// Lenient in one point: in an object, a lone string followed by a comma is read as the member `type`, which
/// iproute2 before 5.10 printed so.
///
/// Source: RFC 8259.
struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  private var line: Int

  /// - Throws: where the text is no JSON value followed by blanks.
  static func read(_ text: some StringProtocol, firstLine: Int = 1) throws(ReadingError) -> JSONNode {
    var reader = JSONReader(bytes: Array(text.utf8), line: firstLine)
    let node = try reader.value(depth: 0)
    reader.skipBlanks()
    guard reader.position == reader.bytes.count else { throw reader.expected("the end of the file") }
    return node
  }

  private init(bytes: [UInt8], line: Int) {
    self.bytes = bytes
    self.line = line
  }

  /// How deep values may lie within values.
  private static let deepest = 64

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = current, byte == 0x20 || (0x09...0x0d).contains(byte) {
      if byte == 0x0a { line += 1 }
      position += 1
    }
  }

  private func expected(_ what: String) -> ReadingError {
    let rest = bytes[min(position, bytes.count)...].prefix(20)
    let found = rest.isEmpty ? "the end of the file" : String(decoding: rest, as: UTF8.self)
    return ReadingError(line, .expected(.json(what), found: found))
  }

  /// Passes over `byte` if it is next.
  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard current == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(ReadingError) -> JSONNode {
    skipBlanks()
    guard depth < JSONReader.deepest else { throw expected("fewer levels") }
    let start = line
    switch current.map(Unicode.Scalar.init) {
    case "{": return JSONNode(start, .object(try members(depth: depth)))
    case "[": return JSONNode(start, .array(try elements(depth: depth)))
    case "\"": return JSONNode(start, .string(try string()))
    case "-", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9": return JSONNode(start, .number(try number()))
    default: return JSONNode(start, try literal())
    }
  }

  private mutating func literal() throws(ReadingError) -> JSONNode.Value {
    let literals: [(String, JSONNode.Value)] = [
      ("null", .null), ("true", .bool(true)), ("false", .bool(false)),
    ]
    for (word, value) in literals where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw expected("a JSON value")
  }

  private mutating func number() throws(ReadingError) -> String {
    let digits = bytes[position...].prefix { "+-.0123456789eE".utf8.contains($0) }
    let text = String(decoding: digits, as: UTF8.self)
    guard Double(text) != nil else { throw expected("a number") }
    position += digits.count
    return text
  }

  private mutating func elements(depth: Int) throws(ReadingError) -> [JSONNode] {
    position += 1
    var elements: [JSONNode] = []
    if take("]") { return elements }
    repeat { elements.append(try value(depth: depth + 1)) } while take(",")
    guard take("]") else { throw expected("\",\" or \"]\"") }
    return elements
  }

  private mutating func members(depth: Int) throws(ReadingError) -> [JSONNode.Member] {
    position += 1
    var members: [JSONNode.Member] = []
    if take("}") { return members }
    repeat { members.append(try member(depth: depth)) } while take(",")
    guard take("}") else { throw expected("\",\" or \"}\"") }
    return members
  }

  private mutating func member(depth: Int) throws(ReadingError) -> JSONNode.Member {
    skipBlanks()
    guard current == UInt8(ascii: "\"") else { throw expected("a name in quotes") }
    let start = line
    let name = try string()
    if take(":") { return JSONNode.Member(name: name, node: try value(depth: depth + 1)) }
    guard current == UInt8(ascii: ",") else { throw expected("\":\"") }
    return JSONNode.Member(name: "type", node: JSONNode(start, .string(name)))
  }

  private mutating func string() throws(ReadingError) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = current, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw expected("the end of the string") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        text += Array(String(try escaped()).utf8)
      } else {
        text.append(byte)
      }
    }
    guard current != nil else { throw expected("the end of the string") }
    position += 1
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func escaped() throws(ReadingError) -> Unicode.Scalar {
    let plain: [Unicode.Scalar: Unicode.Scalar] = [
      "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{c}", "n": "\n", "r": "\r", "t": "\t",
    ]
    guard let letter = current.map(Unicode.Scalar.init) else { throw expected("an escape") }
    position += 1
    if letter == "u" { return try codePoint() }
    guard let scalar = plain[letter] else { throw expected("an escape") }
    return scalar
  }

  private mutating func codePoint() throws(ReadingError) -> Unicode.Scalar {
    let high = try codeUnit()
    guard UTF16.isLeadSurrogate(high) else { return Unicode.Scalar(high) ?? "\u{fffd}" }
    guard bytes[position...].starts(with: "\\u".utf8) else { return "\u{fffd}" }
    position += 2
    let low = try codeUnit()
    guard UTF16.isTrailSurrogate(low) else { return "\u{fffd}" }
    return UTF16.decode(UTF16.EncodedScalar([high, low]))
  }

  private mutating func codeUnit() throws(ReadingError) -> UInt16 {
    let digits = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
    guard digits.utf8.count == 4, let unit = UInt16(digits, radix: 16) else {
      throw expected("four hexadecimal digits")
    }
    position += 4
    return unit
  }
}

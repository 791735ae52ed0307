/// Texts as Go writes and reads them.
enum GoString {
  /// What stands between two quotes, with its escapes resolved; `nil` where they are none of Go's.
  ///
  /// Source: Go `strconv.UnquoteChar`.
  static func unquoted(_ content: ArraySlice<Unicode.Scalar>, quote: Unicode.Scalar) -> String? {
    var bytes: [UInt8] = []
    var rest = content
    while let scalar = rest.popFirst() {
      if scalar == quote { return nil }
      if scalar != "\\" {
        bytes += Array(String(scalar).utf8)
      } else {
        guard let escaped = escape(&rest, quote: quote) else { return nil }
        bytes += escaped
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let plainEscapes: [Unicode.Scalar: UInt8] = [
    "a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "\\": 92,
  ]

  private static func escape(_ rest: inout ArraySlice<Unicode.Scalar>, quote: Unicode.Scalar) -> [UInt8]? {
    guard let letter = rest.popFirst() else { return nil }
    if let byte = plainEscapes[letter] { return [byte] }
    switch letter {
    case quote: return Array(String(quote).utf8)
    case "x": return number(&rest, digits: 2, radix: 16).flatMap(UInt8.init(exactly:)).map { [$0] }
    case "u", "U":
      let value = number(&rest, digits: letter == "u" ? 4 : 8, radix: 16)
      return value.flatMap(Unicode.Scalar.init).map { Array(String($0).utf8) }
    case "0"..."7":
      rest.insert(letter, at: rest.startIndex)
      return number(&rest, digits: 3, radix: 8).flatMap(UInt8.init(exactly:)).map { [$0] }
    default: return nil
    }
  }

  private static func number(
    _ rest: inout ArraySlice<Unicode.Scalar>, digits: Int, radix: Int
  ) -> UInt32? {
    let text = rest.prefix(digits).map(String.init).joined()
    guard rest.count >= digits, text.first != "+", text.first != "-" else { return nil }
    rest = rest.dropFirst(digits)
    return UInt32(text, radix: radix)
  }
}

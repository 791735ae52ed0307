/// Untrusted text as it may be shown: nothing in it moves the cursor, turns the writing direction or hides.
///
/// - Control characters become `^[` and the like, those from U+0080 on and all others that a terminal does
///   not show by themselves become `<U+202E>`: format and bidi marks, line separators, private and
///   unassigned characters.
/// - A mark without a character to stand on, and each mark behind the fourth on one, becomes `<U+0301>`.
/// - Text of more than `limit` cells is cut and ends in `..`.
package func visible(_ text: some StringProtocol, limit: Int = 253) -> String {
  if text.utf8.count <= limit, text.isPrintableASCII { return String(text) }
  var result = ""
  var width = 0
  var roomForMarks = 0
  for scalar in text.unicodeScalars {
    let isMark = scalar.cellWidth == 0
    let isShown = scalar.isPrintable && (!isMark || roomForMarks > 0)
    if isMark { roomForMarks -= 1 } else { roomForMarks = mostMarks }
    if !isShown { roomForMarks = 0 }
    let shown = isShown ? String(scalar) : scalar.escaped
    width += shown.cellWidth
    guard width <= limit else { return (result + shown).shortened(columns: limit) }
    result += shown
  }
  return result
}

/// As many marks as a cell of a frame takes.
private let mostMarks = 4

extension Unicode.Scalar {
  fileprivate var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    case .spaceSeparator: value == 0x20
    default: !properties.isDefaultIgnorableCodePoint
    }
  }

  fileprivate var escaped: String {
    switch value {
    case 0..<0x20: "^" + String(Unicode.Scalar(UInt8(value) + 0x40))
    case 0x7f: "^?"
    default: "<U+" + String(repeating: "0", count: max(0, 4 - hexadecimal.count)) + hexadecimal + ">"
    }
  }

  private var hexadecimal: String { String(value, radix: 16, uppercase: true) }
}

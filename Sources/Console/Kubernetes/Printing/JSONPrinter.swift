import NetModel

/// JSON as Go's `encoding/json` writes it.
enum JSONPrinter {
  /// On one line without blanks.
  static func compact(_ value: JSONValue) -> String {
    var text = ""
    write(value, indent: nil, to: &text)
    return text
  }

  /// With so many blanks for each level, kubectl's four unless told; no line feed at the end.
  static func indented(_ value: JSONValue, by blanks: Int = 4) -> String {
    var text = ""
    write(value, indent: "\n", step: String(repeating: " ", count: blanks), to: &text)
    return text
  }

  private static func write(
    _ value: JSONValue, indent: String?, step: String = "", to text: inout String
  ) {
    switch value {
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .number(let number): text += String(number)
    case .string(let string): writeQuoted(string, to: &text)
    case .array(let elements):
      writeAll(elements, between: ("[", "]"), indent: indent, step: step, to: &text) { element, inner, text in
        write(element, indent: inner, step: step, to: &text)
      }
    case .object(let members):
      writeAll(members, between: ("{", "}"), indent: indent, step: step, to: &text) { member, inner, text in
        writeQuoted(member.name, to: &text)
        text += inner == nil ? ":" : ": "
        write(member.value, indent: inner, step: step, to: &text)
      }
    }
  }

  private static func writeAll<Element>(
    _ elements: [Element], between brackets: (String, String), indent: String?, step: String,
    to text: inout String, write: (Element, String?, inout String) -> Void
  ) {
    text += brackets.0
    let inner = indent.map { $0 + step }
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      text += inner ?? ""
      write(element, inner, &text)
    }
    if !elements.isEmpty { text += indent ?? "" }
    text += brackets.1
  }

  /// Go writes `<`, `>` and `&` as escapes, so that JSON may stand in HTML.
  private static func writeQuoted(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{8}": text += "\\b"
      case "\u{c}": text += "\\f"
      case "\u{0}"..<"\u{20}", "<", ">", "&", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

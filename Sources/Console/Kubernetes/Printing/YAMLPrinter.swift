import NetModel

/// YAML as sigs.k8s.io/yaml writes it.
///
/// Source: sigs.k8s.io/yaml `goyaml.v2` (`encode.go`, `emitterc.go`, `sorter.go`).
struct YAMLPrinter {
  private var text = ""
  /// Of the line that is being written, in scalars.
  private var column = 0

  /// A value as a document, with a line feed at its end.
  static func document(_ value: JSONValue) -> String {
    var printer = YAMLPrinter()
    printer.write(value, indent: 0, isInMapping: false)
    printer.write("\n")
    return printer.text
  }

  private mutating func write(_ piece: String) {
    text += piece
    if let lineFeed = piece.unicodeScalars.lastIndex(of: "\n") {
      column = piece.unicodeScalars[lineFeed...].count - 1
    } else {
      column += piece.unicodeScalars.count
    }
  }

  private mutating func newLine(indent: Int) {
    write("\n" + String(repeating: " ", count: indent))
  }

  /// Writes a value behind what stands on the line.
  private mutating func write(_ value: JSONValue, indent: Int, isInMapping: Bool) {
    switch value {
    case .null: write("null")
    case .bool(let flag): write(flag ? "true" : "false")
    case .number(let number): write(String(number))
    case .string(let string): write(scalar: string, indent: indent)
    case .array([]): write("[]")
    case .object([]): write("{}")
    case .array(let elements):
      if isInMapping { newLine(indent: indent) }
      for (index, element) in elements.enumerated() {
        if index > 0 { newLine(indent: indent) }
        write("- ")
        write(element, indent: indent + 2, isInMapping: false)
      }
    case .object(let members):
      if isInMapping { newLine(indent: indent) }
      for (index, member) in members.sorted(by: { YAMLKeyOrder.precedes($0.name, $1.name) }).enumerated() {
        if index > 0 { newLine(indent: indent) }
        write(YAMLScalar.key(member.name))
        write(":")
        writeMember(member.value, indent: indent)
      }
    }
  }

  private mutating func writeMember(_ value: JSONValue, indent: Int) {
    switch value {
    // Lists stand under their key without being indented.
    case .array(let elements) where !elements.isEmpty: write(value, indent: indent, isInMapping: true)
    case .object(let members) where !members.isEmpty: write(value, indent: indent + 2, isInMapping: true)
    default:
      write(" ")
      write(value, indent: indent + 2, isInMapping: false)
    }
  }

  private mutating func write(scalar string: String, indent: Int) {
    let scalar = YAMLScalar(string)
    // Inside a list's element or at the top, text goes on deeper than its surroundings, but never at 0.
    let indent = max(indent, 2)
    switch scalar.style {
    case .plain: write(folding: string.unicodeScalars.map { String($0) }, indent: indent)
    case .single:
      write("'")
      write(
        folding: string.unicodeScalars.map { $0 == "'" ? "''" : String($0) }, indent: indent, isQuoted: true)
      write("'")
    case .double:
      write("\"")
      writeDouble(Array(string.unicodeScalars), indent: indent)
      write("\"")
    case .literal: writeLiteral(string, indent: indent)
    }
  }

  private static let width = 80

  /// Goes on in the next line at the first lone blank beyond the width.
  private mutating func write(folding pieces: [String], indent: Int, isQuoted: Bool = false) {
    var isBehindBlank = false
    for (index, piece) in pieces.enumerated() {
      let isBlank = piece == " "
      let isNextBlank = index + 1 < pieces.count && pieces[index + 1] == " "
      let isInside = !isQuoted || (index > 0 && index < pieces.count - 1)
      if isBlank, !isBehindBlank, column > Self.width, isInside, !isNextBlank {
        newLine(indent: indent)
      } else {
        write(piece)
      }
      isBehindBlank = isBlank
    }
  }

  private mutating func writeDouble(_ scalars: [Unicode.Scalar], indent: Int) {
    var isBehindBlank = false
    for (index, scalar) in scalars.enumerated() {
      guard scalar == " " else {
        write(YAMLScalar.escaped(scalar))
        isBehindBlank = false
        continue
      }
      if !isBehindBlank, column > Self.width, index > 0, index < scalars.count - 1 {
        newLine(indent: indent)
        if scalars[index + 1] == " " { write("\\") }
      } else {
        write(" ")
      }
      isBehindBlank = true
    }
  }

  private mutating func writeLiteral(_ string: String, indent: Int) {
    write("|")
    if string.unicodeScalars.first == " " || string.unicodeScalars.first == "\n" { write("2") }
    var lines = string.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last != "" {
      write("-")
    } else {
      lines.removeLast()
      // The emitter writes one line feed of its own behind the scalar.
      if lines.last == "" { write("+") }
    }
    for line in lines {
      if line.isEmpty { write("\n") } else { newLine(indent: indent); write(String(line)) }
    }
  }
}

/// The order in which keys are written: letters by their code, numbers by their value.
///
/// Source: sigs.k8s.io/yaml `goyaml.v2/sorter.go`.
enum YAMLKeyOrder {
  static func precedes(_ left: String, _ right: String) -> Bool {
    let left = Array(left.unicodeScalars)
    let right = Array(right.unicodeScalars)
    guard let index = zip(left, right).enumerated().first(where: { $1.0 != $1.1 })?.offset else {
      return left.count < right.count
    }
    let isLeftLetter = left[index].isLetter
    let isRightLetter = right[index].isLetter
    if isLeftLetter && isRightLetter { return left[index] < right[index] }
    if isLeftLetter || isRightLetter { return isRightLetter }
    return comesFirst(left, right, at: index)
  }

  private static func comesFirst(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], at index: Int) -> Bool {
    var start: Int64 = 0
    if left[index] == "0" || right[index] == "0" {
      let digits = left[..<index].reversed().prefix(while: \.isDigit)
      if digits.contains(where: { $0 != "0" }) { start = 1 }
    }
    let leftNumber = number(left[index...], from: start)
    let rightNumber = number(right[index...], from: start)
    if leftNumber.value != rightNumber.value { return leftNumber.value < rightNumber.value }
    if leftNumber.digits != rightNumber.digits { return leftNumber.digits < rightNumber.digits }
    return left[index] < right[index]
  }

  private static func number(_ scalars: ArraySlice<Unicode.Scalar>, from start: Int64) -> (
    value: Int64, digits: Int
  ) {
    let digits = scalars.prefix(while: \.isDigit)
    let value = digits.reduce(start) { $0 &* 10 &+ (Int64($1.value) - 0x30) }
    return (value, digits.count)
  }
}

extension Unicode.Scalar {
  fileprivate var isLetter: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  fileprivate var isDigit: Bool { properties.generalCategory == .decimalNumber }
}

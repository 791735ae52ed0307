import NetModel

/// How a text is written in YAML.
///
/// Source: sigs.k8s.io/yaml `goyaml.v2/encode.go` (`stringv`), `resolve.go`, `emitterc.go`
/// (`yaml_emitter_analyze_scalar`, `yaml_emitter_select_scalar_style`).
struct YAMLScalar {
  let style: Style

  enum Style: Hashable, Sendable {
    case plain, single, double, literal
  }

  init(_ text: String, isKey: Bool = false) {
    let shape = Shape(text)
    if text.unicodeScalars.contains("\n") {
      style = shape.allowsLiteral && !isKey ? .literal : .double
    } else if PlainScalar.isNoText(text) {
      style = .double
    } else if shape.allowsPlain {
      style = .plain
    } else {
      style = shape.allowsSingle ? .single : .double
    }
  }

  /// A name in a mapping, on one line.
  static func key(_ text: String) -> String {
    switch YAMLScalar(text, isKey: true).style {
    case .plain, .literal: text
    case .single: "'" + text.unicodeScalars.map { $0 == "'" ? "''" : String($0) }.joined() + "'"
    case .double: "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    }
  }

  /// What the characters of a text allow.
  private struct Shape {
    private(set) var allowsPlain = true
    private(set) var allowsSingle = true
    private(set) var allowsLiteral = true

    init(_ text: String) {
      let scalars = Array(text.unicodeScalars)
      guard let first = scalars.first, let last = scalars.last else {
        allowsLiteral = false
        return
      }
      if text.hasPrefix("---") || text.hasPrefix("...") { allowsPlain = false }
      for (index, scalar) in scalars.enumerated() {
        look(at: scalar, index, in: scalars)
      }
      if first.isBlankOrBreak || last.isBlankOrBreak { allowsPlain = false }
      if last == " " { allowsLiteral = false }
      for (left, right) in zip(scalars, scalars.dropFirst()) {
        if left.isBreak && right == " " {
          allowsPlain = false
          allowsSingle = false
        }
        if left == " " && right.isBreak { forbidAll() }
      }
    }

    private mutating func forbidAll() {
      allowsPlain = false
      allowsSingle = false
      allowsLiteral = false
    }

    private mutating func look(at scalar: Unicode.Scalar, _ index: Int, in scalars: [Unicode.Scalar]) {
      let isFollowedByBlank = index + 1 == scalars.count || scalars[index + 1].isSpace
      let isFirst = index == 0
      if isFirst, "#,[]{}&*!|>'\"%@`".unicodeScalars.contains(scalar) { allowsPlain = false }
      if isFirst, "?-".unicodeScalars.contains(scalar), isFollowedByBlank { allowsPlain = false }
      if scalar == ":", isFollowedByBlank { allowsPlain = false }
      if scalar == "#", !isFirst, scalars[index - 1].isSpace { allowsPlain = false }
      if scalar.isBreak { allowsPlain = false }
      if !scalar.isPrintable { forbidAll() }
    }
  }

  /// A character as it stands between double quotes.
  static func escaped(_ scalar: Unicode.Scalar) -> String {
    if let letter = letters[scalar.value] { return "\\" + letter }
    if scalar.isPrintable, !scalar.isBreak { return String(scalar) }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let (letter, width) = scalar.value <= 0xff ? ("x", 2) : scalar.value <= 0xffff ? ("u", 4) : ("U", 8)
    return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
  }

  private static let letters: [UInt32: String] = [
    0: "0", 7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 0x1b: "e", 0x22: "\"", 0x5c: "\\",
    0x85: "N", 0xa0: "_", 0x2028: "L", 0x2029: "P",
  ]
}

extension Unicode.Scalar {
  fileprivate var isBreak: Bool { [0x0a, 0x0d, 0x85, 0x2028, 0x2029].contains(value) }

  fileprivate var isSpace: Bool { self == " " || self == "\t" || isBreak }

  fileprivate var isBlankOrBreak: Bool { self == " " || isBreak }

  /// Source: sigs.k8s.io/yaml `goyaml.v2/yamlprivateh.go` (`is_printable`).
  fileprivate var isPrintable: Bool {
    switch value {
    case 0x0a, 0x20...0x7e, 0xa0...0xd7ff, 0xe000...0xfefe, 0xff00...0xfffd: true
    default: false
    }
  }
}

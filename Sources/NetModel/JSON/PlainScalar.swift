/// What a text means that stands in YAML without quotes.
///
/// Source: sigs.k8s.io/yaml `goyaml.v2/resolve.go` (YAML 1.1, with Go's spelling of numbers).
package enum PlainScalar {
  private static let words: [String: JSONValue] = [
    "y": true, "Y": true, "yes": true, "Yes": true, "YES": true, "true": true, "True": true, "TRUE": true,
    "on": true, "On": true, "ON": true,
    "n": false, "N": false, "no": false, "No": false, "NO": false, "false": false, "False": false,
    "FALSE": false, "off": false, "Off": false, "OFF": false,
    "": .null, "~": .null, "null": .null, "Null": .null, "NULL": .null,
  ]
  /// Longer texts need not be looked up.
  private static let longestWord = 5
  private static let specialNumbers: Set<String> = [
    ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF",
  ]

  /// The value that is meant.
  ///
  /// A number with a fraction stays a text: quantities are the only ones in manifests, and those may be texts.
  package static func value(of text: String) -> JSONValue {
    if text.utf8.count <= longestWord, let word = words[text] { return word }
    guard let first = text.utf8.first, first.isDigit || "+-".utf8.contains(first) else {
      return .string(text)
    }
    return integer(text).map { .number($0) } ?? .string(text)
  }

  /// A reader would take the text, without quotes, for something else than a text.
  package static func isNoText(_ text: String) -> Bool {
    if words[text] != nil { return true }
    if specialNumbers.contains(text) { return true }
    guard let first = text.utf8.first, first.isDigit || "+-.".utf8.contains(first) else { return false }
    return integer(text) != nil || isDecimal(text) || isSexagesimal(text) || isTimestamp(text)
  }

  /// The whole number that the text stands for, as Go's `ParseInt` with base 0 reads it.
  private static func integer(_ text: String) -> Int? {
    let plain = text.utf8.contains(UInt8(ascii: "_")) ? text.filter { $0 != "_" } : text
    let digits = plain.hasPrefix("-") || plain.hasPrefix("+") ? plain.dropFirst() : plain[...]
    guard let first = digits.utf8.first, first.isDigit else { return nil }
    guard first == UInt8(ascii: "0") else { return Int(plain) }
    for (prefix, radix) in [("0x", 16), ("0b", 2), ("0o", 8)] where digits.lowercased().hasPrefix(prefix) {
      let sign = plain.hasPrefix("-") ? "-" : ""
      return Int(sign + digits.dropFirst(2), radix: radix)
    }
    return Int(plain, radix: 8)
  }

  private static func isDecimal(_ text: String) -> Bool {
    var rest = text.filter { $0 != "_" }[...].utf8
    rest.dropSign()
    let whole = rest.dropDigits()
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      if rest.dropDigits() == 0, whole == 0 { return false }
    } else if whole == 0 {
      return false
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      rest.dropSign()
      if rest.dropDigits() == 0 { return false }
    }
    return rest.isEmpty
  }

  /// Numbers with parts of 60, such as `10:30`.
  private static func isSexagesimal(_ text: String) -> Bool {
    let unsigned = text.hasPrefix("+") || text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = unsigned.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts[0].utf8.first, first.isDigit,
      parts[0].utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: "_") }), let last = parts.last
    else { return false }
    let lastWhole = last.prefix { $0 != "." }
    let fraction = last.dropFirst(lastWhole.count + 1)
    return (parts[1..<(parts.count - 1)] + [lastWhole]).allSatisfy(\.isBelowSixty)
      && fraction.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "_") }
  }

  /// A date, alone or with a time of day.
  private static func isTimestamp(_ text: String) -> Bool {
    let date = text.prefix { !"Tt ".contains($0) }
    let fields = date.split(separator: "-", omittingEmptySubsequences: false)
    guard fields.count == 3, fields[0].utf8.count == 4,
      fields.allSatisfy({ Int($0) != nil && $0.first != "+" }),
      let month = Int(fields[1]), (1...12).contains(month), fields[1].count <= 2, let day = Int(fields[2]),
      (1...31).contains(day), fields[2].count <= 2
    else { return false }
    if date.count == text.count { return true }
    return isTimeOfDay(text.dropFirst(date.count + 1), hasZone: !text.contains(" "))
  }

  private static func isTimeOfDay(_ text: Substring, hasZone: Bool) -> Bool {
    let time = text.prefix { !"Z+-".contains($0) }
    let zone = text.dropFirst(time.count)
    let fields = time.split(separator: ":", omittingEmptySubsequences: false)
    guard fields.count == 3, let hour = Int(fields[0]), (0...23).contains(hour), let minute = Int(fields[1]),
      (0...59).contains(minute), let second = Int(fields[2].prefix { $0 != "." }), (0...59).contains(second),
      fields[2].drop(while: { $0 != "." }).dropFirst().utf8.allSatisfy(\.isDigit)
    else { return false }
    return hasZone ? zone == "Z" || zone.count == 6 : zone.isEmpty
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

extension Substring {
  fileprivate var isBelowSixty: Bool {
    guard let number = Int(self), count <= 2, first != "+", first != "-" else { return false }
    return (0..<60).contains(number)
  }
}

extension Substring.UTF8View {
  /// Passes over digits, and tells how many.
  fileprivate mutating func dropDigits() -> Int {
    let digits = prefix(while: \.isDigit).count
    self = dropFirst(digits)
    return digits
  }

  fileprivate mutating func dropSign() {
    if let first, "+-".utf8.contains(first) { self = dropFirst() }
  }
}

/// A command line with its flags told from its other words.
package struct ParsedFlags: Hashable, Sendable {
  /// The words that are no flags, in order.
  package internal(set) var arguments: [String] = []
  /// How many of them stand before `--`; `nil` where there is none.
  package internal(set) var dashPosition: Int?
  private var values: [Value] = []

  private struct Value: Hashable, Sendable {
    var flag: Flag
    var text: String
  }

  /// The flag stands on the command line.
  package func contains(_ name: String) -> Bool {
    values.contains { $0.flag.name == name }
  }

  /// The flag's last value; `nil` where it does not stand there.
  package func text(_ name: String) -> String? {
    values.last { $0.flag.name == name }?.text
  }

  /// All values of a flag, in order, those in one word apart at commas where its kind says so.
  package func texts(_ name: String) -> [String] {
    values.filter { $0.flag.name == name }.flatMap { value -> [String] in
      guard value.flag.kind == .texts else { return [value.text] }
      return value.text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// A switch is on; `false` where it does not stand there.
  package func isOn(_ name: String) -> Bool {
    text(name).flatMap(Self.bool) ?? false
  }

  /// The number given for a flag.
  package func number(_ name: String) -> Int? {
    text(name).flatMap { Int($0) }
  }

  /// The real flags on the line on which the lab does not act, as `--name`.
  package var unmodelled: [String] {
    values.filter { !$0.flag.isModelled }.map { "--\($0.flag.name)" }
  }

  mutating func set(_ flag: Flag, to text: String) throws(FlagError) {
    switch flag.kind {
    case .bool: if Self.bool(text) == nil { throw .notABool(text, flag: flag) }
    case .number: if Int(text) == nil { throw .notANumber(text, flag: flag) }
    case .text, .texts, .optionalText: break
    }
    values.append(Value(flag: flag, text: text))
  }

  /// Source: Go `strconv.ParseBool`.
  private static func bool(_ text: String) -> Bool? {
    switch text {
    case "1", "t", "T", "TRUE", "true", "True": true
    case "0", "f", "F", "FALSE", "false", "False": false
    default: nil
    }
  }
}

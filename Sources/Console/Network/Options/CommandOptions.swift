/// A command line as getopt_long(3) reads it: options may stand behind operands, up to `--`.
struct CommandOptions {
  /// In the order in which they were given; a letter, or a long option's name.
  private(set) var given: [(name: String, value: String)] = []
  private(set) var operands: [String] = []

  /// Which options a command knows.
  struct Table: Sendable {
    /// Letters without a value.
    var flags: String
    /// Letters with a value.
    var valued: String
    /// Long options; those that equal a letter give the letter.
    var long: [LongOption] = []
  }

  struct LongOption: Sendable {
    var word: String
    /// The name that it is taken down by.
    var name: String
    var takesValue: Bool

    /// A long option without a value.
    static func flag(_ word: String, as name: String? = nil) -> LongOption {
      LongOption(word: word, name: name ?? word, takesValue: false)
    }

    /// A long option with a value.
    static func value(_ word: String, as name: String? = nil) -> LongOption {
      LongOption(word: word, name: name ?? word, takesValue: true)
    }
  }

  /// Why a command line cannot be read.
  enum Failure: Error, Hashable {
    /// An option that is not in the table, with its dashes.
    case notModelled(String)
    /// An option without the value that it needs: its name without dashes.
    case missingValue(String)
  }

  init(_ arguments: [String], _ table: Table) throws(Failure) {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        return
      }
      if word.hasPrefix("--") {
        try takeLong(word.dropFirst(2), table, &rest)
      } else if word.hasPrefix("-"), word.count > 1 {
        try takeLetters(word.dropFirst(), table, &rest)
      } else {
        operands.append(word)
      }
    }
  }

  private mutating func takeLong(
    _ word: Substring, _ table: Table, _ rest: inout ArraySlice<String>
  ) throws(Failure) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let option = table.long.first(where: { $0.word == parts[0] }) else {
      throw .notModelled("--\(word)")
    }
    guard option.takesValue else {
      given.append((option.name, ""))
      return
    }
    guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
      throw .missingValue(option.word)
    }
    given.append((option.name, value))
  }

  private mutating func takeLetters(
    _ letters: Substring, _ table: Table, _ rest: inout ArraySlice<String>
  ) throws(Failure) {
    var letters = letters
    while let letter = letters.popFirst() {
      if table.flags.contains(letter) {
        given.append((String(letter), ""))
      } else if table.valued.contains(letter) {
        guard let value = letters.isEmpty ? rest.popFirst() : String(letters) else {
          throw .missingValue(String(letter))
        }
        given.append((String(letter), value))
        return
      } else {
        throw .notModelled("-\(letter)")
      }
    }
  }

  /// True where an option was given.
  func has(_ name: String) -> Bool {
    given.contains { $0.name == name }
  }

  /// The last value of an option; `nil` where it was not given.
  func value(_ name: String) -> String? {
    given.last { $0.name == name }?.value
  }

  /// All values of an option, in order.
  func values(_ name: String) -> [String] {
    given.filter { $0.name == name }.map(\.value)
  }

  /// How often an option was given.
  func count(_ name: String) -> Int {
    given.count { $0.name == name }
  }
}

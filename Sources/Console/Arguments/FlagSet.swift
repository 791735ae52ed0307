/// The flags of one command, and how they are read: `-owide`, `-o=wide`, `-o wide`, `--output=wide`, `-it`,
/// flags before, between and behind the other words, and nothing but words behind `--`.
///
/// Source: github.com/spf13/pflag `flag.go`; github.com/spf13/cobra `command.go` (`stripFlags`).
package struct FlagSet: Sendable {
  package let flags: [Flag]
  /// Flags may stand behind the first word that is none; else that word ends them.
  package let areInterspersed: Bool

  package init(_ flags: [Flag], areInterspersed: Bool = true) {
    self.flags = flags
    self.areInterspersed = areInterspersed
  }

  /// Reads a command line.
  package func parse(_ words: [String]) throws(FlagError) -> ParsedFlags {
    var parsed = ParsedFlags()
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        parsed.dashPosition = parsed.arguments.count
        parsed.arguments += rest
        break
      }
      if word.hasPrefix("--") {
        try parseLong(word, &rest, into: &parsed)
      } else if word.hasPrefix("-"), word != "-" {
        try parseShort(word, &rest, into: &parsed)
      } else {
        parsed.arguments.append(word)
        if !areInterspersed {
          parsed.arguments += rest
          break
        }
      }
    }
    return parsed
  }

  /// Takes the name of a command out of a command line whose flags may stand before it.
  ///
  /// A flag that is not known here is taken to have a value, as cobra does.
  ///
  /// - Returns: `nil` where there are flags alone.
  package func command(in words: [String]) -> (name: String, rest: [String])? {
    var position = 0
    while position < words.count {
      let word = words[position]
      if word == "--" { return nil }
      if !word.hasPrefix("-") || word == "-" {
        var rest = words
        return (rest.remove(at: position), rest)
      }
      position += takesNextWord(word) ? 2 : 1
    }
    return nil
  }

  private func takesNextWord(_ word: String) -> Bool {
    guard !word.contains("=") else { return false }
    if word.hasPrefix("--") { return named(word.dropFirst(2))?.defaultWithoutValue == nil }
    return word.count == 2 && word.last.flatMap(shorthand)?.defaultWithoutValue == nil
  }

  private func named(_ name: some StringProtocol) -> Flag? { flags.first { $0.name == name } }

  private func shorthand(_ letter: Character) -> Flag? { flags.first { $0.shorthand == letter } }

  private func parseLong(
    _ word: String, _ rest: inout ArraySlice<String>, into parsed: inout ParsedFlags
  ) throws(FlagError) {
    let body = word.dropFirst(2)
    guard let first = body.first, first != "-", first != "=" else { throw .badSyntax(word) }
    let name = String(body.prefix { $0 != "=" })
    guard let flag = named(name) else { throw .unknown(name: name) }
    if name.count < body.count {
      try parsed.set(flag, to: String(body.dropFirst(name.count + 1)))
    } else if let text = flag.defaultWithoutValue ?? rest.popFirst() {
      try parsed.set(flag, to: text)
    } else {
      throw .missingValue(name: name)
    }
  }

  private func parseShort(
    _ word: String, _ rest: inout ArraySlice<String>, into parsed: inout ParsedFlags
  ) throws(FlagError) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let flag = shorthand(letter) else { throw .unknownShorthand(letter, in: word) }
      if letters.count > 1, letters.first == "=" {
        try parsed.set(flag, to: String(letters.dropFirst()))
        return
      }
      if let text = flag.defaultWithoutValue {
        try parsed.set(flag, to: text)
        continue
      }
      guard let text = letters.isEmpty ? rest.popFirst() : String(letters) else {
        throw .missingShorthandValue(letter, in: word)
      }
      try parsed.set(flag, to: text)
      return
    }
  }
}

import NetModel

/// Why a command line does not fit the flags that a Go tool's command declares.
///
/// Source: github.com/spf13/pflag `flag.go` (`parseLongArg`, `parseSingleShortArg`, `Set`).
package enum FlagError: Error, Hashable, Sendable {
  case unknown(name: String)
  case unknownShorthand(Character, in: String)
  case badSyntax(String)
  case missingValue(name: String)
  case missingShorthandValue(Character, in: String)
  case notANumber(String, flag: Flag)
  case notABool(String, flag: Flag)

  /// pflag's own sentence, without the tool's prefix.
  package var message: String {
    switch self {
    case .unknown(let name): "unknown flag: --\(name)"
    case .unknownShorthand(let letter, let word): "unknown shorthand flag: '\(letter)' in \(word)"
    case .badSyntax(let word): "bad flag syntax: \(word)"
    case .missingValue(let name): "flag needs an argument: --\(name)"
    case .missingShorthandValue(let letter, let word): "flag needs an argument: '\(letter)' in \(word)"
    case .notANumber(let text, let flag): refusal(of: text, for: flag, by: "ParseInt")
    case .notABool(let text, let flag): refusal(of: text, for: flag, by: "ParseBool")
    }
  }

  private func refusal(of text: String, for flag: Flag, by function: String) -> String {
    let value = JSONValue.quoted(text)
    return "invalid argument \(value) for \"\(flag.display)\" flag: "
      + "strconv.\(function): parsing \(value): invalid syntax"
  }
}

/// Why a text is no regular expression.
///
/// Source: Go `regexp/syntax/parse.go`, `ErrorCode`.
package struct PatternError: Error, Hashable, Sendable, CustomStringConvertible {
  package var code: Code
  /// The part of the expression that is wrong.
  package var part: String

  init(_ code: Code, _ part: String) {
    self.code = code
    self.part = part
  }

  /// What is wrong; the raw value is Go's text.
  package enum Code: String, Hashable, Sendable, CaseIterable {
    case characterClass = "invalid character class"
    case characterRange = "invalid character class range"
    case escape = "invalid escape sequence"
    case namedCapture = "invalid named capture"
    case perlSyntax = "invalid or unsupported Perl syntax"
    case nestedRepetition = "invalid nested repetition operator"
    case repeatCount = "invalid repeat count"
    case missingBracket = "missing closing ]"
    case missingParenthesis = "missing closing )"
    case missingArgument = "missing argument to repetition operator"
    case trailingBackslash = "trailing backslash at end of expression"
    case unexpectedParenthesis = "unexpected )"
  }

  /// Go's whole message.
  package var description: String { "error parsing regexp: \(code.rawValue): `\(part)`" }
}

/// A command line cut into words, as a shell cuts it where it has quotes and backslashes alone.
///
/// Source: POSIX.1-2024, Shell Command Language, section 2.2.
package struct CommandWords: Hashable, Sendable {
  package private(set) var words: [String] = []
  /// The last word has no end yet: nothing but it was typed behind the last blank.
  package private(set) var endsInWord = false

  package enum Failure: Error, Hashable, Sendable {
    case missingQuote
    /// A sign that only a shell understands: a pipe, a variable, a redirection.
    case needsShell(Character)
  }

  /// - Throws: `Failure` where a quote does not end, or the line needs a shell.
  package init(_ line: String) throws(Failure) {
    var quote: Character?
    var word: String?
    var isEscaped = false
    for character in line {
      if isEscaped {
        word = (word ?? "") + [character]
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if character == open {
          quote = nil
        } else if open == "\"", CommandWords.expansions.contains(character) {
          throw .needsShell(character)
        } else {
          word = (word ?? "") + [character]
        }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == " " || character == "\t" {
        if let ended = word { words.append(ended) }
        word = nil
      } else if CommandWords.operators.contains(character) || CommandWords.expansions.contains(character) {
        throw .needsShell(character)
      } else {
        word = (word ?? "") + [character]
      }
    }
    guard quote == nil, !isEscaped else { throw .missingQuote }
    endsInWord = word != nil
    if let word { words.append(word) }
  }

  private static let operators: Set<Character> = ["|", "&", ";", "<", ">", "(", ")"]
  private static let expansions: Set<Character> = ["$", "`"]

  /// The words as one line that is cut into them again.
  package static func line(_ words: [String]) -> String {
    words.map(quoted).joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    let isPlain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_./:=@,+%".contains($0) }
    return isPlain
      ? word
      : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}

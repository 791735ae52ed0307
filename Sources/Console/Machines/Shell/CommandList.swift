/// A line of simple commands, as far as they can be told apart without a shell: words and quotes, joined by
/// `;`, `&&`, `||` and line ends.
///
/// Source: POSIX.1-2024, Shell Command Language, 2.2 Quoting, 2.3 Token Recognition, 2.9.3 Lists.
struct CommandList: Hashable, Sendable {
  private(set) var commands: [Entry] = []

  struct Entry: Hashable, Sendable {
    /// When the command runs.
    var condition: Condition
    var words: [String]
  }

  enum Condition: Hashable, Sendable {
    case always
    /// `&&`: the one before succeeded.
    case afterSuccess
    /// `||`: the one before failed.
    case afterFailure
  }

  /// What only a shell can do stands in the line: pipes, variables, patterns, redirections, loops.
  struct NeedsShell: Error, Hashable {}

  /// - Throws: `NeedsShell` for anything but a list of plain commands.
  init(parsing line: String) throws(NeedsShell) {
    var lexer = WordLexer(line)
    var condition = Condition.always
    var words: [String] = []
    while let token = try lexer.next() {
      switch token {
      case .word(let word, let isQuoted):
        guard isQuoted || !words.isEmpty || !Self.begins(word) else { throw NeedsShell() }
        words.append(word)
      case .joint(let next):
        if words.isEmpty, next != .always || condition != .always { throw NeedsShell() }
        if !words.isEmpty { commands.append(Entry(condition: condition, words: words)) }
        words = []
        condition = next
      }
    }
    if !words.isEmpty { commands.append(Entry(condition: condition, words: words)) }
    if words.isEmpty, condition != .always { throw NeedsShell() }
  }

  /// Whether a first word begins something other than a simple command.
  private static func begins(_ word: String) -> Bool {
    let reserved: Set = [
      "!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until",
      "while", "function", "[[", "]]", "time", "select",
    ]
    return reserved.contains(word) || word.contains("=")
  }
}

/// Cuts a line into words and what joins commands.
private struct WordLexer {
  enum Token {
    case word(String, isQuoted: Bool)
    case joint(CommandList.Condition)
  }

  private var rest: Substring

  init(_ line: String) {
    rest = line[...]
  }

  mutating func next() throws(CommandList.NeedsShell) -> Token? {
    skipBlanks()
    guard let first = rest.first else { return nil }
    switch first {
    case ";", "\n", "\r\n":
      rest.removeFirst()
      return .joint(.always)
    case "&": return .joint(try twice("&", .afterSuccess))
    case "|": return .joint(try twice("|", .afterFailure))
    default: return try word()
    }
  }

  private mutating func skipBlanks() {
    rest = rest.drop { $0 == " " || $0 == "\t" }
    if rest.first == "#" { rest = rest.drop { !$0.isNewline } }
  }

  private mutating func twice(
    _ sign: Character, _ joint: CommandList.Condition
  ) throws(CommandList.NeedsShell) -> CommandList.Condition {
    guard rest.dropFirst().first == sign else { throw CommandList.NeedsShell() }
    rest.removeFirst(2)
    return joint
  }

  private mutating func word() throws(CommandList.NeedsShell) -> Token {
    var word = ""
    var isQuoted = false
    while let character = rest.first, !" \t\n;&|".contains(character), character != "\r\n" {
      rest.removeFirst()
      switch character {
      case "'", "\"":
        isQuoted = true
        word += try quoted(until: character)
      case "\\":
        guard let next = rest.popFirst(), !next.isNewline else { throw CommandList.NeedsShell() }
        isQuoted = true
        word.append(next)
      case "$", "`", "<", ">", "(", ")", "*", "?", "[": throw CommandList.NeedsShell()
      case "~" where word.isEmpty: throw CommandList.NeedsShell()
      case "{" where rest.contains("}"): throw CommandList.NeedsShell()
      default: word.append(character)
      }
    }
    return .word(word, isQuoted: isQuoted)
  }

  private mutating func quoted(until end: Character) throws(CommandList.NeedsShell) -> String {
    var text = ""
    while let character = rest.popFirst() {
      if character == end { return text }
      if end == "\"" {
        if character == "$" || character == "`" { throw CommandList.NeedsShell() }
        if character == "\\", let next = rest.first, "\"\\$`".contains(next) {
          text.append(rest.removeFirst())
          continue
        }
      }
      text.append(character)
    }
    throw CommandList.NeedsShell()
  }
}

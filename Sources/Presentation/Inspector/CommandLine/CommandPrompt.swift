import NetModel

/// The line for commands: what is typed, on which host, and what was typed before.
package struct CommandPrompt: Hashable, Sendable {
  package internal(set) var isOpen = false
  /// Where the command will run.
  package internal(set) var host: StackID?
  package internal(set) var text = EditableText()
  /// What was run before, the oldest first.
  package internal(set) var history: [String] = []
  /// The position in `history` that is shown; `nil` while the line is new.
  var recalled: Int?
  /// The line as it was before the history was looked at.
  var draft = ""
  /// How many lines the output is scrolled back.
  package internal(set) var scroll = 0
  /// The command that runs; `nil` where none does.
  package internal(set) var running: LabLine?
  /// What the word under the cursor could become, after Tab could not decide.
  package internal(set) var completions: [String] = []

  /// Typed commands that can be called back.
  private static let longestHistory = 500

  mutating func keep(_ line: String) {
    recalled = nil
    guard history.last != line else { return }
    history = (history + [line]).suffix(CommandPrompt.longestHistory)
  }

  /// Shows an earlier line, or a later one.
  mutating func recall(_ offset: Int) {
    guard !history.isEmpty else { return }
    if recalled == nil { draft = text.string }
    let wanted = (recalled ?? history.count) + offset
    guard wanted >= 0 else { return }
    recalled = wanted < history.count ? wanted : nil
    text = EditableText(recalled.map { history[$0] } ?? draft)
  }
}

/// Why a line is no command.
package enum CommandLineFault: Hashable, Sendable {
  case missingQuote
  /// It has a sign that only a shell understands.
  case needsShell(Character)
  case unknownHost(String)
  case missingFileName
  case stillRunning
}

/// One line of text under a cursor.
package struct EditableText: Hashable, Sendable {
  package private(set) var characters: [Character]
  /// Before which character the cursor stands, from 0.
  package private(set) var cursor: Int

  /// Characters of a command.
  private static let longest = 2000

  package init(_ text: String = "") {
    characters = Array(text.prefix(EditableText.longest))
    cursor = characters.count
  }

  package var string: String { String(characters) }

  /// What stands before the cursor.
  package var head: String { String(characters[..<cursor]) }

  /// Inserts text before the cursor; line breaks become blanks.
  mutating func insert(_ text: String) {
    let room = max(0, EditableText.longest - characters.count)
    let new = text.map { $0.isNewline ? " " : $0 }.prefix(room)
    characters.insert(contentsOf: new, at: cursor)
    cursor += new.count
  }

  /// Deletes `count` characters before the cursor.
  mutating func deleteBackward(_ count: Int = 1) {
    let start = max(0, cursor - count)
    characters.removeSubrange(start..<cursor)
    cursor = start
  }

  mutating func deleteForward() {
    if cursor < characters.count { characters.remove(at: cursor) }
  }

  /// Deletes back to the beginning of the word.
  mutating func deleteWord() {
    let blanks = characters[..<cursor].reversed().prefix { $0 == " " }.count
    let word = characters[..<(cursor - blanks)].reversed().prefix { $0 != " " }.count
    deleteBackward(blanks + word)
  }

  mutating func move(_ offset: Int) {
    cursor = min(max(0, cursor + offset), characters.count)
  }

  /// Does what a key does in any line of text; false where it does nothing there.
  mutating func typed(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .paste(let text): insert(text)
    case .backspace, .control("h"): deleteBackward()
    case .delete, .control("d"): deleteForward()
    case .left, .control("b"): move(-1)
    case .right, .control("f"): move(1)
    case .home, .control("a"): move(-characters.count)
    case .end, .control("e"): move(characters.count)
    case .control("u"): deleteBackward(cursor)
    case .control("k"): characters.removeSubrange(cursor...)
    case .control("w"): deleteWord()
    default: return false
    }
    return true
  }
}

/// What was done and what came of it, the oldest first; what is oldest goes first.
package struct Log: Hashable, Sendable {
  package private(set) var entries: [Entry] = []

  /// Entries of the log; the oldest go.
  private static let mostEntries = 4000
  /// Characters of a line in the log.
  private static let longestLine = 4000

  package enum Entry: Hashable, Sendable {
    /// A command that was typed.
    case command(LabLine)
    /// One line that it wrote.
    case output(String, isError: Bool)
    /// It ended otherwise than with success.
    case status(Int32)
    /// What a key changed, as the commands that it equals.
    case edit([EditCommand])
    /// Undo, redo, or a reset.
    case travelled(Action)
    case saved(String)
  }

  mutating func add(_ entry: Entry) {
    if entries.count >= 2 * Log.mostEntries { entries.removeFirst(Log.mostEntries) }
    entries.append(entry)
  }

  /// Adds what a command wrote; text that does not begin a line goes on with the last one.
  mutating func write(_ text: String, isError: Bool) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    if isLineOpen, case .output(let begun, isError)? = entries.last, let rest = lines.popFirst() {
      entries[entries.count - 1] = .output(String((begun + rest).prefix(Log.longestLine)), isError: isError)
    }
    isLineOpen = lines.last.map { !$0.isEmpty } ?? true
    if lines.last?.isEmpty == true { lines.removeLast() }
    for line in lines { add(.output(String(line.prefix(Log.longestLine)), isError: isError)) }
  }

  /// The last line of output has no end yet.
  private var isLineOpen = false

  /// Output that comes from now on begins a line.
  mutating func closeLine() {
    isLineOpen = false
  }
}

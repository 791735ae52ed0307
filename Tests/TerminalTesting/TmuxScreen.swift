import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A program in a tmux window of its own: its screen as a person sees it.
package final class TmuxScreen {
  private let tmux: String
  private static let environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "SHELL": "/bin/sh"]
  private let socket = "packetwalk-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"

  /// Runs a shell command with exactly this environment; TERM is tmux's own unless given.
  ///
  /// After the command its exit status is shown as `[ended N]`, on whatever screen the command left.
  package init(
    command: String, environment: [String: String], columns: Int = 80, rows: Int = 24
  ) throws {
    tmux = try BuiltProgram.tool("tmux")
    let assignments = ["TERM": "tmux-256color", "PATH": "/usr/bin:/bin"].merging(environment) { $1 }
      .sorted { $0.key < $1.key }.map { "\($0.key)='\($0.value)'" }.joined(separator: " ")
    let shell = "env -i \(assignments) \(command); echo \"[ended $?]\"; exec sleep 600"
    let size = ["-x", "\(columns)", "-y", "\(rows)"]
    try run(["new-session", "-d"] + size + [shell])
    try run(["set-option", "-s", "escape-time", "0"])
    try run(["set-option", "-g", "window-size", "manual"])
    try run(["set-option", "-g", "status", "off"])
    try resize(columns: columns, rows: rows)
  }

  deinit {
    _ = try? run(["kill-server"])
  }

  /// Presses keys by tmux's names (`Up`, `F8`, `Escape`, `C-r`) or as plain text.
  package func press(_ keys: String...) throws {
    try run(["send-keys"] + keys)
  }

  package func resize(columns: Int, rows: Int) throws {
    try run(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// The screen's rows, without blanks at their ends.
  package func text() throws -> String {
    try run(["capture-pane", "-p"])
  }

  /// The screen with colours and attributes as escape sequences.
  package func styledText() throws -> String {
    try run(["capture-pane", "-p", "-e"])
  }

  /// What tmux knows about the pane, such as `#{alternate_on}`.
  package func value(of format: String) throws -> String {
    try run(["display-message", "-p", format]).trimmingCharacters(in: .newlines)
  }

  /// Waits until the screen shows `expected`, and returns the screen.
  @discardableResult
  package func expect(_ expected: String) throws -> String {
    var screen = ""
    return try poll(for: "\"\(expected)\"", lastSeen: { screen }) {
      screen = try text()
      return screen.contains(expected) ? screen : nil
    }
  }

  /// Waits until `format` has a value.
  package func expect(_ expected: String, of format: String) throws {
    var seen = ""
    _ = try poll(for: "\(expected) of \(format)", lastSeen: { seen }) {
      seen = try value(of: format)
      return seen == expected ? true : nil
    }
  }

  @discardableResult
  private func run(_ arguments: [String]) throws -> String {
    let finished = try FinishedRun(
      tmux, ["-u", "-L", socket, "-f", "/dev/null"] + arguments, environment: Self.environment)
    guard finished.ending == .exited(0) else {
      throw TimedOut(description: "tmux \(arguments.joined(separator: " ")): \(finished.error)")
    }
    return finished.output
  }
}

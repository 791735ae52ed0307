import TerminalTesting
import Testing

/// What a person sees, in a tmux window.
@Suite(.serialized) struct TerminalScreenTests {
  private static let utf8 = ["LC_ALL": "C.UTF-8"]

  private func probe(
    _ environment: [String: String] = utf8, columns: Int = 80, rows: Int = 24, shell: String? = nil
  ) throws -> TmuxScreen {
    let program = try BuiltProgram.path(of: "TerminalProbe")
    return try TmuxScreen(
      command: shell ?? program, environment: environment.merging(["PROBE": program]) { $1 },
      columns: columns, rows: rows)
  }

  @Test func theFirstFrameKeepsEveryColumn() throws {
    let screen = try probe()
    let text = try screen.expect("END")
    #expect(text.hasPrefix("probe 80x24 unicode frame 1\nkey 0 none\n한글─│→e\u{301}|\nEND\n"))
    #expect(try screen.value(of: "#{alternate_on} #{cursor_flag} #{keypad_flag}") == "1 0 0")
  }

  @Test(arguments: [
    ("Up", "key 1 up"), ("F8", "function(8)"), ("S-F8", "shiftFunction(8)"),
    ("PageDown", "pageDown"),
    ("C-r", "control(\"r\")"), ("한", "character(\"한\")"), ("BTab", "backTab"), ("Escape", "escape"),
  ])
  func keysArrive(name: String, key: String) throws {
    let screen = try probe()
    try screen.expect("END")
    try screen.press(name)
    #expect(try screen.expect(key).contains("frame 2"))
  }

  @Test func everySizeIsDrawnAsAFreshStartWouldBe() throws {
    let screen = try probe()
    try screen.expect("END")
    for (columns, rows) in [(20, 5), (200, 60), (2, 40), (120, 3), (80, 24)] {
      try screen.resize(columns: columns, rows: rows)
      let firstRow = String("probe \(columns)x\(rows) unicode".prefix(columns))
      let text = try screen.expect(firstRow)
      #expect(text.split(separator: "\n").count <= min(rows, 4))
    }
    #expect(try screen.expect("END").contains("한글─│→e\u{301}|\nEND"))
  }

  /// tmux's description has no way to fill the last cell, which at this size is the only one.
  @Test func oneCellIsEnoughToLiveOn() throws {
    let screen = try probe()
    try screen.expect("END")
    try screen.resize(columns: 1, rows: 1)
    try screen.press("Up")
    try screen.resize(columns: 80, rows: 24)
    try screen.expect("key 1 up")
  }

  @Test func sizesInTheEnvironmentDoNotMatter() throws {
    let screen = try probe(["LC_ALL": "C.UTF-8", "LINES": "5", "COLUMNS": "10"])
    try screen.expect("probe 80x24")
    try screen.resize(columns: 60, rows: 12)
    try screen.expect("probe 60x12")
  }

  @Test func aLocaleWithoutUnicodeIsToldAndShowsNoBlanks() throws {
    let screen = try probe(["LC_ALL": "C"])
    let text = try screen.expect("END")
    #expect(text.hasPrefix("probe 80x24 ascii"))
    #expect(text.contains("? ? ???e|\nEND"))
  }

  @Test(arguments: [("", true), ("1", false)])
  func coloursFollowNoColor(value: String, isColored: Bool) throws {
    let screen = try probe(["LC_ALL": "C.UTF-8", "NO_COLOR": value])
    try screen.expect("END")
    let styled = try screen.styledText()
    #expect(styled.contains("38;5;") == isColored)
    #expect(styled.contains("\u{1B}[1m") || styled.contains("\u{1B}[1;"))
  }

  @Test(arguments: [
    "xterm", "xterm-256color", "screen", "screen-256color", "linux", "vt100", "xterm-mono", "ansi",
  ])
  func everyUsualTerminalShowsTheScreen(term: String) throws {
    let screen = try probe(["LC_ALL": "C.UTF-8", "TERM": term])
    #expect(try screen.expect("END").contains("한글─│→e\u{301}|"))
    try screen.press("q")
    try screen.expect("[ended 0]")
    #expect(try screen.value(of: "#{alternate_on} #{cursor_flag}") == "0 1")
  }

  @Test func quittingGivesTheScreenBack() throws {
    let screen = try probe(shell: "sh -c 'echo before; exec $PROBE'")
    try screen.expect("END")
    try screen.press("q")
    #expect(try screen.expect("[ended 0]").hasPrefix("before\n[ended 0]"))
    #expect(try screen.value(of: "#{alternate_on} #{cursor_flag}") == "0 1")
  }

  @Test(arguments: ["f", "o"])
  func aCrashGivesTheScreenBackAndTellsWhy(key: String) throws {
    let screen = try probe(shell: "sh -c 'ulimit -c 0; ulimit -s 1024; echo before; $PROBE; exit 9'")
    try screen.expect("END")
    try screen.press("e")
    try screen.expect("frame 2")
    try screen.press(key)
    let text = try screen.expect("[ended 9]")
    #expect(text.hasPrefix("before\n"))
    #expect(text.contains("kept for later"))
    #expect(key == "o" || text.contains("trapped on purpose"))
    #expect(try screen.value(of: "#{alternate_on} #{cursor_flag}") == "0 1")
  }

  @Test func controlZAndForegroundComeBackToTheSameScreen() throws {
    let screen = try probe(["LC_ALL": "C.UTF-8", "PS1": "$ "], shell: "bash --norc --noprofile -i")
    try screen.expect("$")
    try screen.press("$PROBE", "Enter")
    try screen.expect("END")
    try screen.press("e", "C-z")
    #expect(try screen.expect("Stopped").contains("kept for later"))
    #expect(try screen.value(of: "#{alternate_on} #{cursor_flag}") == "0 1")
    try screen.resize(columns: 70, rows: 20)
    try screen.press("fg", "Enter")
    #expect(try screen.expect("END").hasPrefix("probe 70x20"))
    try screen.press("Left")
    try screen.expect("left")
    try screen.press("q")
    try screen.expect("0", of: "#{alternate_on}")
    try screen.press("exit", "Enter")
    try screen.expect("[ended 0]")
  }

  @Test func aProgramInBetweenHasTheTerminal() throws {
    let screen = try probe()
    try screen.expect("END")
    try screen.press("s")
    try screen.expect("the shell speaks")
    #expect(try screen.value(of: "#{alternate_on} #{cursor_flag}") == "0 1")
    try screen.press("Enter")
    try screen.expect("END")
  }
}

import Testing

@testable import Console

struct CommandListTests {
  struct Case: Sendable {
    var line: String
    var words: [[String]]
    var conditions: [CommandList.Condition] = [.always]
  }

  @Test(arguments: [
    Case(line: "ip route", words: [["ip", "route"]]),
    Case(line: "  ip   route  # note", words: [["ip", "route"]]),
    Case(line: #"a 'b c' "d \"e" f\ g"#, words: [["a", "b c", "d \"e", "f g"]]),
    Case(line: "a '' x", words: [["a", "", "x"]]),
    Case(line: "a; b\nc;", words: [["a"], ["b"], ["c"]], conditions: [.always, .always, .always]),
    Case(
      line: "a && b || c", words: [["a"], ["b"], ["c"]],
      conditions: [.always, .afterSuccess, .afterFailure]),
    Case(line: "a '$x' \"*\" ';'", words: [["a", "$x", "*", ";"]]),
    Case(line: "", words: [], conditions: []),
  ])
  func plainCommandsAreToldApart(_ example: Case) throws {
    let list = try CommandList(parsing: example.line)
    #expect(list.commands.map(\.words) == example.words)
    #expect(list.commands.map(\.condition) == example.conditions)
  }

  @Test(arguments: [
    "a | b", "a > f", "a $x", "a `b`", "a \"$x\"", "for i in 1; do a; done", "a *", "a &", "(a)",
    "X=1 a",
    "a 'open", "a && ", "&& a", "a {1..3}", "~/a", "if a; then b; fi", "a \\", "! a",
  ])
  func whatTakesAShellIsLeftToOne(_ line: String) {
    #expect(throws: CommandList.NeedsShell()) { try CommandList(parsing: line) }
  }
}

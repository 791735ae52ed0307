import TerminalTesting
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What reaches the terminal's line, whatever happens to the program.
@Suite(.serialized) struct TerminalGuardTests {
  private static let environment = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]

  private func probe(_ environment: [String: String] = environment) throws -> PseudoTerminal {
    try PseudoTerminal(try BuiltProgram.path(of: "TerminalProbe"), environment: environment)
  }

  private func startedProbe() throws -> PseudoTerminal {
    let terminal = try probe()
    try terminal.expect("END")
    #expect(terminal.settings.flags != terminal.settingsBefore.flags)
    return terminal
  }

  private func expectClean(_ terminal: PseudoTerminal) throws {
    #expect(terminal.settings.flags == terminal.settingsBefore.flags)
    for (on, off) in [("\u{1B}[?1049h", "\u{1B}[?1049l"), ("\u{1B}[?2004h", "\u{1B}[?2004l")] {
      let switchedOn = try #require(terminal.text.lastRange(of: on))
      let switchedOff = try #require(terminal.text.lastRange(of: off))
      #expect(switchedOn.upperBound <= switchedOff.lowerBound)
    }
    let hidden = try #require(terminal.text.lastRange(of: "\u{1B}[?25l"))
    #expect(terminal.text[hidden.upperBound...].contains("\u{1B}[?25h"))
  }

  @Test(arguments: [
    SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE,
  ])
  func everySignalLeavesTheTerminalClean(signal: Int32) throws {
    let terminal = try startedProbe()
    terminal.signal(signal)
    #expect(try terminal.waitForEnd() == .killed(by: signal))
    try expectClean(terminal)
  }

  @Test(arguments: [("\u{03}", SIGINT), ("\u{1C}", SIGQUIT)])
  func interruptKeysEndAsTheirSignals(key: String, signal: Int32) throws {
    let terminal = try startedProbe()
    terminal.type(key)
    #expect(try terminal.waitForEnd() == .killed(by: signal))
    try expectClean(terminal)
  }

  @Test func quittingLeavesTheTerminalClean() throws {
    let terminal = try startedProbe()
    terminal.type("q")
    #expect(try terminal.waitForEnd() == .exited(0))
    try expectClean(terminal)
  }

  @Test func aVanishedTerminalEndsTheProgram() throws {
    let terminal = try startedProbe()
    terminal.vanish()
    let ending = try terminal.waitForEnd()
    #expect(ending == .exited(0) || ending == .killed(by: SIGHUP))
  }

  @Test func idleCostsNothing() throws {
    let terminal = try startedProbe()
    _ = terminal.bytesDuring(.milliseconds(100))
    #expect(terminal.bytesDuring(.milliseconds(500)) == 0)
  }

  @Test func aBurstOfKeysDrawsOnceOrTwice() throws {
    let terminal = try startedProbe()
    let start = terminal.output.count
    terminal.type(String(repeating: "\u{1B}[A", count: 200))
    terminal.type("!")
    try terminal.expect("(\"!\")", from: start)
    #expect(terminal.output.count - start < 500)
  }

  @Test func escapeArrivesWithoutAnotherKey() throws {
    let terminal = try startedProbe()
    terminal.type("\u{1B}")
    try terminal.expect("escape")
  }

  @Test(arguments: [
    (["TERM": "dumb"], "noCursorAddressing(name: \"dumb\")"),
    (["TERM": "no-such-terminal"], "unknownTerminal(name: \"no-such-terminal\")"),
    (["TERM": ""], "noTerminalName"),
    ([:], "noTerminalName"),
  ])
  func aTerminalThatCannotShowFramesIsRefused(environment: [String: String], error: String) throws {
    let terminal = try probe(environment)
    #expect(try terminal.waitForEnd() == .exited(1))
    #expect(terminal.text == "refused: \(error)\r\n")
    #expect(terminal.settings.flags == terminal.settingsBefore.flags)
  }

  @Test(arguments: ["</dev/null", "| cat", ">/dev/null 2>&1 </dev/null"])
  func noTerminalIsRefused(redirection: String) throws {
    let program = try BuiltProgram.path(of: "TerminalProbe")
    let terminal = try PseudoTerminal(
      "/bin/sh", arguments: ["-c", "\(program) \(redirection); echo done"], environment: Self.environment)
    #expect(try terminal.waitForEnd() == .exited(0))
    #expect(terminal.text.contains("done"))
    #expect(!terminal.text.contains("\u{1B}"))
  }
}

extension String {
  fileprivate func lastRange(of text: String) -> Range<String.Index>? {
    ranges(of: text).last
  }
}

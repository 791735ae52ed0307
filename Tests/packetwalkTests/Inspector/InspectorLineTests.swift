import Foundation
import TerminalTesting
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The real program on a terminal line: how it starts, ends and refuses.
@Suite(.serialized) struct InspectorLineTests {
  private static let environment = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]

  private func startedInspector() throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      try BuiltProgram.path(of: "packetwalk"), environment: Self.environment, columns: 100, rows: 30)
    try terminal.expect("EXITS_NETWORK")
    return terminal
  }

  /// The line as it was, and everything that was switched on switched off behind it.
  private func expectGivenBack(_ terminal: PseudoTerminal) throws {
    #expect(terminal.settings.flags == terminal.settingsBefore.flags)
    let modes = [("screen", "?1049"), ("paste", "?2004"), ("mouse", "?1000"), ("mouse's form", "?1006")]
    for (name, mode) in modes {
      let on = try #require(terminal.text.ranges(of: "\u{1B}[\(mode)h").last, "\(name)")
      let off = try #require(terminal.text.ranges(of: "\u{1B}[\(mode)l").last, "\(name)")
      #expect(on.upperBound <= off.lowerBound, "\(name)")
    }
    let hidden = try #require(terminal.text.ranges(of: "\u{1B}[?25l").last)
    #expect(terminal.text[hidden.upperBound...].contains("\u{1B}[?25h"))
  }

  /// With the mouse taken and a prompt open, which is when most is switched on.
  private func busyInspector() throws -> PseudoTerminal {
    let terminal = try startedInspector()
    terminal.type("M")
    try terminal.expect("\u{1B}[?1006h")
    terminal.type(":")
    try terminal.expect("command")
    return terminal
  }

  @Test(arguments: [
    SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE,
  ])
  func signalsGiveTheTerminalBack(signal: Int32) throws {
    let terminal = try busyInspector()
    terminal.signal(signal)
    #expect(try terminal.waitForEnd() == .killed(by: signal))
    try expectGivenBack(terminal)
  }

  @Test(arguments: ["q", "\u{1B}[21~"]) func quittingGivesTheTerminalBack(key: String) throws {
    let terminal = try busyInspector()
    terminal.type("\u{1B}")
    terminal.type(key)
    #expect(try terminal.waitForEnd() == .exited(0))
    try expectGivenBack(terminal)
  }

  /// Who pastes two lines has not pressed Enter.
  @Test func pastedTextIsOneLineThatNobodyHasSent() throws {
    let terminal = try startedInspector()
    terminal.type(":")
    try terminal.expect("command")
    terminal.type("\u{1B}[200~hostname\nuname -a\n\u{1B}[201~")
    try terminal.expect("hostname uname -a")
  }

  /// Nothing was drawn, so nothing is left.
  @Test(arguments: [["--lab", "nowhere"], ["--chapter", "nothing"], ["--no-such-option"]])
  func aFailedStartLeavesTheTerminalAlone(arguments: [String]) throws {
    let terminal = try PseudoTerminal(
      try BuiltProgram.path(of: "packetwalk"), arguments: arguments, environment: Self.environment)
    guard case .exited(let status) = try terminal.waitForEnd() else {
      Issue.record("no exit")
      return
    }
    #expect(status != 0)
    #expect(terminal.settings.flags == terminal.settingsBefore.flags)
    #expect(!terminal.text.contains("\u{1B}"))
  }

  @Test func aVanishedTerminalEndsTheInspector() throws {
    let terminal = try startedInspector()
    terminal.vanish()
    let ending = try terminal.waitForEnd()
    #expect(ending == .exited(0) || ending == .killed(by: SIGHUP))
  }

  @Test func socketsOfKilledInspectorsAreRemoved() throws {
    let home = FileManager.default.temporaryDirectory.appendingPathComponent("home-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: home) }
    let folder = home.appendingPathComponent("packetwalk")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // No process has a number this high (proc(5), pid_max).
    let names = ["lab-99999999.sock", "lab-\(getpid()).sock"]
    for name in names { try Data().write(to: folder.appendingPathComponent(name)) }
    let terminal = try PseudoTerminal(
      try BuiltProgram.path(of: "packetwalk"),
      environment: Self.environment.merging(["XDG_RUNTIME_DIR": home.path]) { $1 }, columns: 100, rows: 30)
    try terminal.expect("EXITS_NETWORK")
    terminal.signal(SIGTERM)
    #expect(try terminal.waitForEnd() == .killed(by: SIGTERM))
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(left.filter { names.contains($0) } == [names[1]])
  }

  @Test(arguments: [
    (["TERM": "dumb"], "'dumb'"), (["TERM": "no-such-terminal"], "'no-such-terminal'"),
    (["TERM": ""], "TERM"),
    ([:], "TERM"),
  ])
  func aTerminalThatCannotShowItIsRefusedInOneLine(environment: [String: String], name: String) throws {
    let terminal = try PseudoTerminal(try BuiltProgram.path(of: "packetwalk"), environment: environment)
    #expect(try terminal.waitForEnd() == .exited(1))
    #expect(terminal.text.hasSuffix("\r\n") && terminal.text.filter { $0 == "\r\n" }.count == 1)
    #expect(terminal.text.contains(name))
    #expect(terminal.text.contains("packetwalk trace SRC DST --format plain"))
  }

  @Test func withoutATerminalItSaysWhatHelpsInOneLine() throws {
    let run = try FinishedRun(try BuiltProgram.path(of: "packetwalk"), [], environment: Self.environment)
    #expect(run.ending == .exited(1))
    #expect(run.output.isEmpty)
    #expect(run.error.filter { $0 == "\n" }.count == 1)
    #expect(run.error.contains("packetwalk trace SRC DST --format plain"))
  }

  @Test func wrongUsageIsStatusTwo() throws {
    let run = try FinishedRun(
      try BuiltProgram.path(of: "packetwalk"), ["--no-such-option"], environment: Self.environment)
    #expect(run.ending == .exited(2))
    #expect(run.output.isEmpty)
  }
}

import NetModel
import Testing

@testable import Console

/// Command lines with what the real `ip` printed in one recorded namespace.
struct RecordedSessionTests {
  @Test(arguments: try RecordedSession.recorded.commands)
  func outputIsThatOfTheRealTool(_ command: RecordedSession.Command) throws {
    var lab = RunningLab(try RecordedSession.recorded.stack())
    let result = lab.run(command.cmd, input: CommandInput(standardInput: command.stdin ?? ""))
    #expect(result.standardOutput == command.out)
    #expect(result.standardError == command.err)
    #expect(result.status == command.rc)
  }
}

/// The state of a namespace and what was typed there.
struct RecordedSession {
  let commands: [Command]
  /// What made the namespace; absent where nothing says so.
  let setup: [String]
  private let recorded: RecordedStack

  struct Command: Decodable, CustomTestStringConvertible {
    var cmd: String
    var stdin: String?
    var out: String
    var err: String
    var rc: Int32

    var testDescription: String { cmd }
  }

  private struct Commands: Decodable {
    var commands: [Command]
    var setup: [String]?
  }

  init(file: String) throws {
    let content = try Fixture.decode(Commands.self, file)
    (commands, setup) = (content.commands, content.setup ?? [])
    recorded = RecordedStack(try Fixture.object(file))
  }

  static var recorded: RecordedSession {
    get throws { try RecordedSession(file: "iproute2/session.json") }
  }

  func stack() throws -> NetworkStack {
    try recorded.stack()
  }
}

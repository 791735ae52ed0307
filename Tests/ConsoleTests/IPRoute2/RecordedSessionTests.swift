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

struct RecordedSession: Decodable {
  var commands: [Command]
  var dump: KernelDump

  struct Command: Decodable, CustomTestStringConvertible {
    var cmd: String
    var stdin: String?
    var out: String
    var err: String
    var rc: Int32

    var testDescription: String { cmd }
  }

  static var recorded: RecordedSession {
    get throws { try Fixture.decode(RecordedSession.self, "iproute2/session.json") }
  }

  private enum Key: CodingKey {
    case commands
  }

  init(from decoder: any Decoder) throws {
    commands = try decoder.container(keyedBy: Key.self).decode([Command].self, forKey: .commands)
    dump = try KernelDump(from: decoder)
  }

  func stack() throws -> NetworkStack {
    try dump.stack()
  }
}

import Console
import LabSocket
import Presentation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// This program under the name of a lab's command, as a lab shell starts it.
struct CommandLink {
  let name: String

  /// `nil` where the program was called by its own name.
  init?(programName: String) {
    let name = programName.split(separator: "/").last.map(String.init) ?? ""
    guard name != "packetwalk", LabCommand.named(name) != nil else { return nil }
    self.name = name
  }

  /// Runs the command in the lab of the shell around it.
  func run(_ arguments: [String]) -> Never {
    guard let socket = ShellVariable.socket.value, let stack = ShellVariable.stack.value else {
      fail("this is a lab's command: it works in a shell of packetwalk shell")
    }
    do {
      var client = LabClient(try SocketPath(socket).connect())
      finish(client.run(CommandRequest(stack: stack, arguments: [name] + arguments)))
    } catch {
      fail("\(error)")
    }
  }

  private func finish(_ ending: LabClient.Ending) -> Never {
    switch ending {
    case .exited(let status): endProcess(status: status)
    case .failed(let reason): fail(reason)
    case .shell(let stack, let line): becomeShell(on: stack, line: line)
    }
  }

  /// Goes on as a shell in the place of this process: the user's own where the line stays on this stack.
  private func becomeShell(on stack: String, line: String?) -> Never {
    let program = ShellProgram.ofUser
    guard let folder = ShellVariable.folder.value, program.isBash else { fail("not modelled here") }
    let isGuest = stack != ShellVariable.stack.value || GuestShell.isAround
    let guest = GuestShell(folder: folder)
    let words = isGuest ? guest.arguments(line: line) : program.arguments(line: line, folder: folder)
    if isGuest {
      setenv(ShellVariable.stack.rawValue, stack, 1)
      setenv(ShellVariable.hostname.rawValue, stack.split(separator: "/").last.map(String.init) ?? stack, 1)
      setenv("BASH_ENV", "\(folder)/guest", 1)
    }
    withCStrings(words) { _ = execv(program.path, $0) }
    fail("no shell can be started")
  }

  private func fail(_ reason: String) -> Never {
    writeAll("\(name): \(visible(reason, limit: 400))\n", to: .standardError)
    endProcess(status: 1)
  }
}

extension CommandRequest {
  /// A command of this process, with its terminal.
  init(stack: String, arguments: [String]) {
    var size = winsize()
    let isTerminal = isatty(STDOUT_FILENO) == 1
    if isTerminal { _ = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) }
    self.init(
      stack: stack, arguments: arguments, inputIsTerminal: isatty(STDIN_FILENO) == 1,
      outputIsTerminal: isTerminal, columns: Int(size.ws_col), rows: Int(size.ws_row))
  }
}

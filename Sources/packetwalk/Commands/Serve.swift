import ArgumentParser
import LabSocket
import Presentation

/// `lab`: a lab that shells join.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab", abstract: "Serve the lab to shells, until Ctrl-C.",
    discussion: """
      EXAMPLES
        packetwalk lab &
        packetwalk shell router -c 'ip route'
        packetwalk lab --chapter tunnel --socket /tmp/lab.sock
      """)

  @Option(help: ArgumentHelp("Where shells find the lab.", valueName: "path"))
  var socket: String?

  @OptionGroup var options: LabOptions

  func run() throws {
    // The server's thread must not take the signals that this one waits for.
    holdEndingSignals()
    let folder = try socket == nil ? PrivateFolder.ofUser() : nil
    defer { folder?.removeIfEmpty() }
    let path = try SocketPath.chosen(socket ?? folder?.socket)
    let server = try LabServer.open(try .open(options), at: path)
    if outputIsTerminal {
      writeAll("\(visible(path.path)): packetwalk shell joins it\n", to: .standardOutput)
    }
    _ = waitForEndingSignal()
    server.close()
  }
}

import ArgumentParser
import LabSocket

/// `shell`: a shell on a lab's host.
struct Shell: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "A shell on a host of the lab: your own bash, with the lab's commands.",
    discussion: """
      EXAMPLES
        packetwalk shell
        packetwalk shell router -c 'ip -br addr'
        packetwalk shell k8s-w0 --chapter tunnel

      It joins the lab that packetwalk lab or the inspector serves. Where none is served,
      or where the options ask for a lab of their own, the shell brings it along.
      """)

  @Argument(help: "A machine or a pod; without it the cluster's first node.")
  var host: String?

  @Option(help: ArgumentHelp("Where the lab is served.", valueName: "path"))
  var socket: String?

  @Option(
    name: .customShort("c"), help: ArgumentHelp("Run this line instead of a terminal's.", valueName: "line"))
  var line: String?

  @OptionGroup var options: LabOptions

  func run() throws {
    holdEndingSignals()
    let ending = try runShell()
    if let signal = ending.signal { die(of: signal) }
    throw ExitCode(ending.status)
  }

  private func runShell() throws -> Child.Ending {
    let parent = try PrivateFolder.ofUser()
    defer { parent.removeIfEmpty() }
    let folder = try ShellFolder(in: parent)
    defer { folder.remove() }
    let common = try SocketPath.chosen(socket ?? parent.socket)
    let isJoining = socket != nil || options.asksForNothing && common.isServed
    let server = try isJoining ? nil : LabServer.open(.open(options), at: .chosen(folder.socket))
    defer { server?.close() }
    return try LabShell(socket: server?.path ?? common, host: host, line: line).run(in: folder)
  }
}

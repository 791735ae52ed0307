import ArgumentParser
import Console
import NetModel
import PacketTrace
import Presentation

/// `exec`: one command on one of the lab's hosts.
struct Exec: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run one lab command; its output and its exit status are the command's own.",
    discussion: """
      EXAMPLES
        packetwalk exec router -- ip route
        packetwalk exec k8s-ctr -- ip route get 172.20.2.33
        packetwalk exec k8s-w0 --mode vxlan -- ip -j link
      """)

  @OptionGroup var options: LabOptions

  @Argument(help: "A machine or a pod; without it the cluster's first node.")
  var host: String?

  @Argument(parsing: .postTerminator, help: "The command and its arguments, behind `--`.")
  var command: [String] = []

  func validate() throws {
    guard !command.isEmpty else {
      throw ValidationError("a command is missing: packetwalk exec [HOST] -- COMMAND [ARGUMENT ...]")
    }
  }

  func run() throws {
    var lab = RunningLab(network: try OpenedLab(options).network)
    let snapshot = lab.snapshot
    guard
      let stack = host.map({ lab.stack(named: $0) }) ?? snapshot.agents.first.map({ .host($0.node) })
        ?? snapshot.stacks.first?.id
    else { throw unknownHost(snapshot.stacks.map(\.id)) }
    let result = lab.run(command, on: stack, input: input)
    try writeAnswer(result.standardOutput)
    writeAll(result.standardError, to: .standardError)
    throw ExitCode(result.status)
  }

  private func unknownHost(_ known: [StackID]) -> Complaint {
    let error = FlowError.unknownName(host ?? "", nearest: known.prefix(4).map(\.shortName))
    return Complaint(description: options.language.phrasebook.error(error))
  }

  /// Standard input is read only where an argument asks for it: it may be a pipe that nobody closes.
  private var input: CommandInput {
    let asksForInput = command.contains("-") || command.contains("/dev/stdin")
    return CommandInput(
      standardInput: asksForInput ? readStandardInput() : "", outputIsTerminal: outputIsTerminal,
      readFile: { path throws(FileError) in try TextFile.read(path) })
  }
}

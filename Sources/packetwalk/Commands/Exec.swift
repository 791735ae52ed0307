import ArgumentParser
import Console
import LabSocket
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
    let lab = try SharedLab.open(options)
    let server = try LabServer.open(lab)
    var client = LabClient(try server.connect())
    let ending = client.run(CommandRequest(stack: try stack(in: lab.current), arguments: command))
    server.close()
    switch ending {
    case .exited(let status): throw ExitCode(status)
    case .failed(let reason): throw Complaint(description: visible(reason, limit: 400))
    case .shell(_, let line):
      writeAll("\(visible(line ?? "shell", limit: 400)): not modelled here\n", to: .standardError)
      throw ExitCode(127)
    }
  }

  private func stack(in lab: RunningLab) throws(Complaint) -> String {
    guard let stack = host.map({ lab.stack(named: $0) }) ?? lab.firstStack else {
      let known = lab.snapshot.stacks.prefix(4).map(\.id.shortName)
      let error = FlowError.unknownName(host ?? "", nearest: known)
      throw Complaint(description: options.language.phrasebook.error(error))
    }
    return stack.description
  }
}

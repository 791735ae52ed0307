import NetModel

/// One command of the lab: the shell's help and its table of commands are made from these.
package struct LabCommand: Sendable {
  package let name: String
  /// One line on what it does; `nil` for a command that the lab only shadows.
  package let summary: String?
  /// Runs it to its end.
  let run: @Sendable (Invocation, inout RunningLab) -> CommandResult

  /// All commands that the lab answers, modelled ones first.
  package static let all: [LabCommand] =
    [
      LabCommand(name: "ip", summary: "show and change addresses, links, routes, rules and neighbors") {
        IPTool.run($0, in: &$1)
      },
      LabCommand(name: "hostname", summary: "print the machine's name") { invocation, _ in
        Hostname.run(invocation)
      },
    ] + shadowed.map(LabCommand.init(shadowing:))

  /// Commands that would touch a real machine or its cluster, and that the lab does not model.
  private static let shadowed = [
    "sudo", "su", "sysctl", "iptables", "iptables-save", "iptables-restore", "ip6tables", "nft", "bridge",
    "ss", "conntrack", "ethtool", "netplan", "shutdown", "poweroff", "halt", "init", "reboot", "insmod",
    "rmmod", "modprobe", "crictl", "kubeadm", "helm", "k9s", "systemctl",
  ]

  private init(
    name: String, summary: String, run: @escaping @Sendable (Invocation, inout RunningLab) -> CommandResult
  ) {
    self.name = name
    self.summary = summary
    self.run = run
  }

  private init(shadowing name: String) {
    self.name = name
    summary = nil
    run = { _, _ in CommandResult(standardError: "\(name): not modelled here\n", status: 127) }
  }
}

/// A command line as it reaches a command.
struct Invocation {
  /// The words behind the command's name.
  var arguments: [String]
  /// Where it runs.
  var stack: StackID
  var input: CommandInput
}

import NetModel

/// One command of the lab: the shell's help and its table of commands are made from these.
package struct LabCommand: Sendable {
  package let name: String
  /// One line on what it does; `nil` for a command that the lab only shadows.
  package let summary: String?
  /// Begins a command line.
  let start: @Sendable (Invocation, inout RunningLab) -> any Job

  /// A command that may go on for a while.
  init(
    name: String, summary: String, start: @escaping @Sendable (Invocation, inout RunningLab) -> any Job
  ) {
    self.name = name
    self.summary = summary
    self.start = start
  }

  /// A command that answers at once.
  init(
    name: String, summary: String,
    answer: @escaping @Sendable (Invocation, inout RunningLab) -> CommandResult
  ) {
    self.init(name: name, summary: summary) { invocation, lab -> any Job in
      FinishedJob(answer(invocation, &lab))
    }
  }

  private init(shadowing name: String) {
    self.name = name
    summary = nil
    start = { _, _ in
      FinishedJob(CommandResult(standardError: "\(name): not modelled here\n", status: 127))
    }
  }

  /// All commands that the lab answers, modelled ones first, each once.
  package static let all: [LabCommand] = {
    let modelled = machineCommands + networkCommands + kubernetesCommands + ciliumCommands
    let names = Set(modelled.map(\.name))
    return modelled + shadowed.filter { !names.contains($0) }.map(LabCommand.init(shadowing:))
  }()

  /// Commands that only guests have: pods, and machines that are reached from others. In a lab shell these names
  /// are the user's own programs, which find the lab's files in place of this machine's.
  package static let guestOnly: [LabCommand] = [
    LabCommand(name: "cat", summary: "show a file that the lab knows") { (invocation, _) -> any Job in
      do throws(Refusal) {
        return try CatJob(invocation)
      } catch {
        return FinishedJob(error.result(of: "cat"))
      }
    }
  ]

  /// The command of that name; `nil` where the lab has none.
  package static func named(_ name: String) -> LabCommand? {
    all.first { $0.name == name } ?? guestOnly.first { $0.name == name }
  }

  /// Commands that would touch a real machine or its cluster: answered here also where nothing models them.
  private static let shadowed = [
    "kubectl", "cilium", "cilium-dbg", "hubble", "curl", "ping", "arping", "arp", "ifconfig", "route",
    "tcpdump",
    "tracepath", "traceroute", "nslookup", "dig", "sudo", "su", "sysctl", "iptables", "iptables-save",
    "iptables-restore", "ip6tables", "nft", "bridge",
    "ss", "conntrack", "ethtool", "netplan", "shutdown", "poweroff", "halt", "init", "reboot", "insmod",
    "rmmod", "modprobe", "crictl", "kubeadm", "helm", "k9s", "systemctl",
    "arptables", "bmon", "bpftool", "brctl", "calicoctl", "cilium-bugtool", "cilium-health", "ctr", "dmesg",
    "docker",
    "drill",
    "dropwatch", "ebtables", "etcdctl", "fping", "hostnamectl", "iftop", "ifstat", "ip6tables-restore",
    "ip6tables-save", "iperf", "iperf3",
    "ipset", "ipvsadm", "istioctl", "journalctl", "kubectx", "kubens", "lsof", "mtr", "ncat", "nerdctl",
    "netcat",
    "networkctl", "nmap", "nsenter", "nstat", "lnstat", "nmcli", "resolvectl", "rtmon", "socat", "stern",
    "tc", "telnet", "timedatectl", "tshark", "ufw",
    "vtysh", "wg", "wget",
  ]
}

/// A command line as it reaches a command.
package struct Invocation: Sendable {
  /// The words behind the command's name.
  package var arguments: [String]
  /// Where it runs.
  package var stack: StackID
  package var input: CommandInput

  package init(arguments: [String], stack: StackID, input: CommandInput = CommandInput()) {
    self.arguments = arguments
    self.stack = stack
    self.input = input
  }
}

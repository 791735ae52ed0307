import NetModel

/// `hostname`: the machine's or the pod's own name.
///
/// Source: hostname(1), Debian's.
enum Hostname {
  static func run(_ invocation: Invocation, in lab: RunningLab) -> CommandResult {
    switch invocation.arguments {
    case [], ["-s"], ["--short"], ["-f"], ["--fqdn"]:
      CommandResult(standardOutput: invocation.stack.hostname + "\n")
    case ["-I"], ["--all-ip-addresses"]:
      CommandResult(standardOutput: addresses(of: invocation.stack, in: lab).map { "\($0) " }.joined() + "\n")
    case ["-i"], ["--ip-address"]: ownAddress(of: invocation.stack, in: lab)
    default: Refusal.notModelled(invocation.arguments[0]).result(of: "hostname")
    }
  }

  /// By `/etc/hosts`; how the C library orders several addresses of one name is not modelled.
  private static func ownAddress(of stack: StackID, in lab: RunningLab) -> CommandResult {
    let found = lab.hostsFile(of: stack).filter { $0.name == stack.hostname }
    guard found.count == 1 else { return Refusal.notModelled("-i").result(of: "hostname") }
    return CommandResult(standardOutput: "\(found[0].address)\n")
  }

  /// Of all interfaces that are up, but for the loopback.
  private static func addresses(of stack: StackID, in lab: RunningLab) -> [IPv4Address] {
    let interfaces = lab.snapshot.stack(stack)?.interfaces ?? []
    return interfaces.filter { $0.isUp && $0.name != "lo" }.flatMap { $0.addresses.map(\.local.address) }
  }
}

extension StackID {
  /// The name that the machine or the pod has for itself.
  package var hostname: String {
    switch self {
    case .host(let node): node.name
    case .pod(let pod): pod.name
    }
  }
}

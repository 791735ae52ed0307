import ControlPlane

/// `uname` on the cluster's nodes.
///
/// Source: coreutils `src/uname.c`.
enum Uname {
  static func run(_ invocation: Invocation, in lab: RunningLab) -> CommandResult {
    guard let software = lab.network?.cluster.flatMap({ software(of: invocation, in: $0) }) else {
      return Refusal.notModelled("here").result(of: "uname")
    }
    var parts: [String] = []
    for word in invocation.arguments.isEmpty ? ["-s"] : invocation.arguments {
      switch word {
      case "-s", "--kernel-name": parts.append("Linux")
      case "-n", "--nodename": parts.append(invocation.stack.hostname)
      case "-r", "--kernel-release": parts.append(software.kernel)
      case "-m", "--machine", "-p", "--processor", "-i", "--hardware-platform":
        parts.append(software.architecture == "amd64" ? "x86_64" : software.architecture)
      case "-o", "--operating-system": parts.append("GNU/Linux")
      default: return Refusal.notModelled(word).result(of: "uname")
      }
    }
    return CommandResult(standardOutput: parts.joined(separator: " ") + "\n")
  }

  private static func software(of invocation: Invocation, in cluster: Cluster) -> NodeSoftware? {
    guard case .host(let node) = invocation.stack, cluster.node(node) != nil else { return nil }
    return cluster.software.kernel.isEmpty ? nil : cluster.software
  }
}

import ControlPlane
import NetModel

/// `uname`; a kernel's build (`-v`) is not recorded.
///
/// Source: coreutils `src/uname.c`.
enum Uname {
  static func run(_ invocation: Invocation, in lab: RunningLab) -> CommandResult {
    do throws(Refusal) {
      let parts = try parts(invocation.arguments, of: invocation.stack, in: lab)
      return CommandResult(standardOutput: parts.joined(separator: " ") + "\n")
    } catch {
      return error.result(of: "uname")
    }
  }

  private static let table = CommandOptions.Table(
    flags: "asnrmpio", valued: "",
    long: [
      .flag("all", as: "a"), .flag("kernel-name", as: "s"), .flag("nodename", as: "n"),
      .flag("kernel-release", as: "r"), .flag("machine", as: "m"), .flag("processor", as: "p"),
      .flag("hardware-platform", as: "i"), .flag("operating-system", as: "o"),
    ])

  /// In the tool's own order, whatever the order of the options.
  private static func parts(
    _ words: [String], of stack: StackID, in lab: RunningLab
  ) throws(Refusal) -> [String] {
    let options: CommandOptions
    do throws(CommandOptions.Failure) {
      options = try CommandOptions(words, table)
    } catch {
      throw error.refusal(of: "uname", status: 1)
    }
    if let extra = options.operands.first {
      throw .complaint("uname: extra operand ‘\(extra)’\n", status: 1)
    }
    let letters = options.has("a") ? "snrmpio" : options.given.isEmpty ? "s" : ""
    let software = software(of: stack, in: lab)
    return try "snrmpio".filter { letters.contains($0) || options.has(String($0)) }.map {
      letter throws(Refusal) in
      switch letter {
      case "s": return "Linux"
      case "n": return stack.hostname
      case "o": return "GNU/Linux"
      default:
        guard let software else { throw .notModelled("here") }
        if letter == "r" { return software.kernel }
        return software.architecture == "amd64" ? "x86_64" : software.architecture
      }
    }
  }

  /// Of the cluster's nodes, and of pods as those of their node.
  private static func software(of stack: StackID, in lab: RunningLab) -> NodeSoftware? {
    let node: NodeID? =
      switch stack {
      case .host(let node): node
      case .pod(let pod): lab.snapshot.placement(of: pod)?.node
      }
    guard let node, let cluster = lab.network?.cluster, cluster.node(node) != nil else { return nil }
    return cluster.software.kernel.isEmpty ? nil : cluster.software
  }
}

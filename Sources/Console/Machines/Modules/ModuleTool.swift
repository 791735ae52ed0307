import ControlPlane
import NetModel

/// `lsmod`, `modprobe` and `rmmod` for the modules that the lab knows.
///
/// Source: kmod 31 `tools/lsmod.c`, `tools/modprobe.c`, `tools/rmmod.c`.
enum ModuleTool {
  static func list(_ invocation: Invocation, in lab: RunningLab) -> CommandResult {
    guard case .host(let node) = invocation.stack, let network = lab.network,
      let machine = network.machine(node)
    else { return Refusal.notModelled("here").result(of: "lsmod") }
    let lines = machine.modules.reversed().compactMap { name -> String? in
      guard let module = network.kernelModule(named: name) else { return nil }
      let users = network.users(of: name, on: machine)
      let usage = "\(users.count)" + (users.isEmpty ? "" : " " + users.joined(separator: ","))
      let size = "\(module.size)"
      return name + blanks(19 - name.count) + " " + blanks(8 - size.count) + size + "  \(usage)\n"
    }
    return CommandResult(standardOutput: "Module                  Size  Used by\n" + lines.joined())
  }

  /// Loads, or with `-r` removes.
  static func probe(_ invocation: Invocation, in lab: inout RunningLab) -> CommandResult {
    change("modprobe", invocation, in: &lab) { name, node, removes in
      removes ? .unloadModule(name, on: node) : .loadModule(name, on: node)
    }
  }

  static func remove(_ invocation: Invocation, in lab: inout RunningLab) -> CommandResult {
    change("rmmod", invocation, in: &lab) { name, node, _ in .unloadModule(name, on: node) }
  }

  private static func change(
    _ tool: String, _ invocation: Invocation, in lab: inout RunningLab,
    _ edit: (String, NodeID, Bool) -> Edit
  ) -> CommandResult {
    do throws(Refusal) {
      guard case .host(let node) = invocation.stack, lab.network != nil else { throw .notModelled("here") }
      let (names, removes) = try words(of: tool, invocation.arguments)
      for name in names { try apply(edit(name, node, removes), of: name, tool, to: &lab) }
      return CommandResult()
    } catch {
      return error.result(of: tool)
    }
  }

  private static func words(
    of tool: String, _ arguments: [String]
  ) throws(Refusal) -> (names: [String], removes: Bool) {
    var names: [String] = []
    var removes = false
    for word in arguments {
      switch word {
      case "-r", "--remove": removes = true
      case "-a", "--all", "-q", "--quiet", "-v", "--verbose", "-s", "--syslog": break
      case _ where word.hasPrefix("-"): throw .notModelled(word)
      default: names.append(word)
      }
    }
    guard !names.isEmpty else { throw .complaint("\(tool): ERROR: missing parameters. See -h.\n", status: 1) }
    return (names, removes)
  }

  private static func apply(
    _ edit: Edit, of name: String, _ tool: String, to lab: inout RunningLab
  ) throws(Refusal) {
    do throws(EditError) {
      try lab.apply(edit)
    } catch {
      throw refusal(error, name: name, tool)
    }
  }

  private static func refusal(_ error: EditError, name: String, _ tool: String) -> Refusal {
    switch error {
    case .moduleNotLoaded:
      .complaint("\(tool): ERROR: Module \(name) is not currently loaded\n", status: 1)
    case .moduleInUse: .complaint("\(tool): ERROR: Module \(name) is in use\n", status: 1)
    // The kernel has many modules that the lab knows nothing of.
    default: .notModelled(name)
    }
  }

  private static func blanks(_ count: Int) -> String {
    String(repeating: " ", count: max(count, 0))
  }
}

import ControlPlane
import NetModel

/// `reboot`, `poweroff`, `halt` and `shutdown`: the machine goes off, and for a reboot comes on again.
///
/// Source: systemd `systemctl(1)`, `shutdown(8)`.
enum PowerTool {
  static func run(_ name: String, _ invocation: Invocation, in lab: inout RunningLab) -> CommandResult {
    do throws(Refusal) {
      guard case .host(let node) = invocation.stack else { throw .notModelled("in a pod") }
      let comesBack = try comesBack(name, invocation.arguments)
      let isForced = name != "shutdown" && !invocation.arguments.isEmpty
      try apply(
        comesBack
          ? .reboot(node, isClean: !isForced) : isForced ? .setPower(node, isOn: false) : .shutDown(node),
        to: &lab)
      return CommandResult()
    } catch {
      return error.result(of: name)
    }
  }

  private static func comesBack(_ name: String, _ words: [String]) throws(Refusal) -> Bool {
    switch name {
    case "shutdown":
      let flags = words.filter { $0.hasPrefix("-") }
      let times = words.filter { !$0.hasPrefix("-") }
      guard flags.allSatisfy({ ["-h", "-P", "-H", "-r", "--reboot", "--poweroff"].contains($0) }) else {
        throw .notModelled(flags.joined(separator: " "))
      }
      guard times.isEmpty || ["now", "+0"].contains(times[0]) else { throw .notModelled(times[0]) }
      guard !times.isEmpty else { throw .notModelled("without `now`") }
      return flags.contains("-r") || flags.contains("--reboot")
    default:
      let known = ["-f", "--force", "-ff"]
      if let word = words.first(where: { !known.contains($0) }) { throw .notModelled(word) }
      return name == "reboot"
    }
  }

  private static func apply(_ edit: Edit, to lab: inout RunningLab) throws(Refusal) {
    guard lab.network != nil else { throw .notModelled("in a recording") }
    do throws(EditError) {
      try lab.apply(edit)
    } catch {
      throw .notModelled("now")
    }
  }
}

import ControlPlane
import NetModel

/// `uptime`: since when the machine is up; of users and load the model knows nothing.
///
/// Source: procps `library/uptime.c`, `procps_uptime_sprint`, `procps_uptime_sprint_short`.
enum Uptime {
  static func run(_ invocation: Invocation, in lab: RunningLab) -> CommandResult {
    let booted = lab.bootTime(of: invocation.stack)
    let seconds = Int((lab.now - booted).components.seconds)
    let start = WallTime(booted, since: lab.startTime)
    switch invocation.arguments {
    case []:
      let clock = DateFormat(lab.wallTime).text("%H:%M:%S")
      return CommandResult(standardOutput: " \(clock) up \(length(seconds))\n")
    case ["-p"], ["--pretty"]: return CommandResult(standardOutput: "up \(words(seconds))\n")
    case ["-s"], ["--since"]:
      return CommandResult(standardOutput: DateFormat(start).text("%Y-%m-%d %H:%M:%S") + "\n")
    default: return Refusal.notModelled(invocation.arguments[0]).result(of: "uptime")
    }
  }

  private static func length(_ seconds: Int) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60)
    let day = days > 0 ? "\(days) day\(days == 1 ? "" : "s"), " : ""
    guard hours > 0 else { return day + "\(minutes) min" }
    return day + "\(hours < 10 ? " " : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
  }

  private static func words(_ seconds: Int) -> String {
    let parts = [
      (seconds / 604_800, "week"), (seconds / 86_400 % 7, "day"), (seconds / 3600 % 24, "hour"),
      (seconds / 60 % 60, "minute"),
    ]
    let shown = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
    return shown.isEmpty ? "0 minutes" : shown.joined(separator: ", ")
  }
}

extension RunningLab {
  /// When a machine, or the one that a pod runs on, came up last: the lab's start, or the end of its last boot.
  func bootTime(of stack: StackID) -> Instant {
    let node: NodeID? =
      switch stack {
      case .host(let node): node
      case .pod(let pod): snapshot.placement(of: pod)?.node
      }
    let boots = edits.compactMap { past -> Instant? in
      switch past.edit {
      case .reboot(node, _): past.instant + Outage.bootTime
      case .setPower(node, isOn: true): past.instant
      default: nil
      }
    }
    return min(boots.max() ?? .start, now)
  }
}

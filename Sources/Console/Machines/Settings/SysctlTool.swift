import ControlPlane
import NetModel

/// `sysctl` for the settings that decide about packets.
///
/// Source: procps-ng 4.0.4 `src/sysctl.c`.
struct SysctlTool {
  private let stack: StackID
  private var printsValueOnly = false
  private var printsNameOnly = false
  private var isQuiet = false
  private var ignoresUnknown = false
  private var result = CommandResult()

  static func run(_ invocation: Invocation, in lab: inout RunningLab) -> CommandResult {
    var tool = SysctlTool(stack: invocation.stack)
    do throws(Refusal) {
      try tool.run(invocation.arguments, in: &lab)
      return tool.result
    } catch {
      return error.result(of: "sysctl")
    }
  }

  private init(stack: StackID) {
    self.stack = stack
  }

  private mutating func run(_ words: [String], in lab: inout RunningLab) throws(Refusal) {
    var keys: [String] = []
    var showsAll = false
    for word in words {
      switch word {
      case "-a", "-A", "-X", "--all": showsAll = true
      case "-n", "--values": printsValueOnly = true
      case "-N", "--names": printsNameOnly = true
      case "-q", "--quiet": isQuiet = true
      case "-e", "--ignore": ignoresUnknown = true
      case "-w", "--write": break
      case _ where word.hasPrefix("-"): throw .notModelled(word)
      default: keys.append(word)
      }
    }
    guard showsAll || !keys.isEmpty else { throw .notModelled("without a key") }
    if showsAll {
      for entry in lab.snapshot.stack(stack)?.sysctls.entries ?? [] { show(entry.key, entry.value) }
    }
    for key in keys { try handle(key, in: &lab) }
  }

  private mutating func handle(_ word: String, in lab: inout RunningLab) throws(Refusal) {
    let parts = word.split(separator: "=", maxSplits: 1).map { $0.trimmed }
    let key = parts[0].contains(".") ? parts[0] : parts[0].split(separator: "/").joined(separator: ".")
    guard let value = value(of: key, in: lab) else {
      if ignoresUnknown { return }
      throw .notModelled(parts[0])
    }
    guard parts.count == 2 else { return show(key, value) }
    guard let new = Int(parts[1]) else {
      result.standardError += "sysctl: setting key \"\(key)\": Invalid argument\n"
      result.status = 1
      return
    }
    do throws(EditError) {
      try lab.apply(.setSysctl(key, value: new, on: stack))
    } catch {
      throw .notModelled(word)
    }
    if !isQuiet { show(key, new) }
  }

  private mutating func show(_ key: String, _ value: Int) {
    if printsValueOnly {
      result.standardOutput += "\(value)\n"
    } else if printsNameOnly {
      result.standardOutput += "\(key)\n"
    } else {
      result.standardOutput += "\(key) = \(value)\n"
    }
  }

  /// What the kernel would show; `nil` for keys that decide about no packet.
  private func value(of key: String, in lab: RunningLab) -> Int? {
    guard let found = lab.snapshot.stack(stack) else { return nil }
    if found.sysctls.contains(key) || key == "net.ipv4.ip_forward" { return found.sysctls[key] }
    let parts = key.split(separator: ".").map(String.init)
    guard parts.count == 5, parts[0...2] == ["net", "ipv4", "conf"] else { return nil }
    guard parts[3] == "all" || parts[3] == "default" || found.interface(named: parts[3]) != nil else {
      return nil
    }
    switch parts[4] {
    case "forwarding": return found.sysctls["net.ipv4.ip_forward"]
    case "send_redirects": return 1
    case "rp_filter", "accept_local", "route_localnet", "ignore_routes_with_linkdown", "src_valid_mark":
      return 0
    default: return nil
    }
  }
}

extension Substring {
  /// Without blanks at either end.
  fileprivate var trimmed: String {
    let blanks: Set<Character> = [" ", "\t"]
    let start = drop { blanks.contains($0) }
    return String(start.reversed().drop { blanks.contains($0) }.reversed())
  }
}

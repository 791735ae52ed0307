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
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { $0.trimmed }
    let key = parts[0].contains(".") ? parts[0] : parts[0].split(separator: "/").joined(separator: ".")
    guard let value = lab.snapshot.stack(stack)?.shownSysctl(key) else {
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
}

extension Substring {
  /// Without blanks at either end.
  fileprivate var trimmed: String {
    let blanks: Set<Character> = [" ", "\t"]
    let start = drop { blanks.contains($0) }
    return String(start.reversed().drop { blanks.contains($0) }.reversed())
  }
}

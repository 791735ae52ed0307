import ControlPlane
import NetModel

/// `ifconfig`: interfaces with their addresses and counters; `up` and `down`.
///
/// Source: net-tools 2.10 `ifconfig.c`, `lib/interface.c`.
enum IfconfigTool {
  static func run(_ invocation: Invocation, in lab: inout RunningLab) -> CommandResult {
    let table = CommandOptions.Table(flags: "asv", valued: "")
    do throws(CommandOptions.Failure) {
      let options = try CommandOptions(invocation.arguments, table)
      guard let stack = lab.snapshot.stack(invocation.stack) else {
        throw .notModelled(invocation.stack.description)
      }
      if options.operands.count == 2, let isUp = ["up": true, "down": false][options.operands[1]] {
        return try set(isUp: isUp, options.operands[0], of: stack, in: &lab)
      }
      if options.operands.count > 1 { throw .notModelled(options.operands[1]) }
      return try show(options, of: stack, counters: lab.traffic.counters)
    } catch {
      return error.refusal(of: "ifconfig", status: 1).result(of: "ifconfig")
    }
  }

  private static func set(
    isUp: Bool, _ name: String, of stack: NetworkStack, in lab: inout RunningLab
  ) throws(CommandOptions.Failure) -> CommandResult {
    guard let interface = stack.interface(named: name) else {
      return CommandResult(
        standardError: "\(name): ERROR while getting interface flags: No such device\n", status: 255)
    }
    guard lab.network != nil else { throw .notModelled("changes of a recording") }
    do throws(EditError) {
      try lab.apply(.setLink(InterfaceID(stack.id, interface.name), isUp: isUp))
      return CommandResult()
    } catch {
      throw .notModelled("\(name) \(isUp ? "up" : "down")")
    }
  }

  private static func show(
    _ options: CommandOptions, of stack: NetworkStack, counters: InterfaceCounters
  ) throws(CommandOptions.Failure) -> CommandResult {
    var interfaces = stack.interfaces.sorted { naturalOrder($0.name, $1.name) }
    if let name = options.operands.first {
      interfaces = interfaces.filter { $0.name == name }
      guard !interfaces.isEmpty else {
        return CommandResult(
          standardError: "\(name): error fetching interface information: Device not found\n", status: 1)
      }
    } else if !options.has("a") {
      interfaces = interfaces.filter(\.isUp)
    }
    let entries = interfaces.map {
      IfconfigEntry(interface: $0, count: counters[InterfaceID(stack.id, $0.name)])
    }
    guard options.has("s") else {
      return CommandResult(standardOutput: entries.map { $0.text + "\n" }.joined())
    }
    let rows = [IfconfigEntry.shortHeader] + entries.map(\.shortText)
    return CommandResult(standardOutput: rows.map { $0 + "\n" }.joined())
  }

  /// Names by their letters, then by the number at their end.
  ///
  /// Source: net-tools 2.10 `lib/util.c`, `nstrcmp`.
  private static func naturalOrder(_ one: String, _ other: String) -> Bool {
    let (first, second) = (parts(one), parts(other))
    return first.text == second.text ? first.number < second.number : one < other
  }

  private static func parts(_ name: String) -> (text: String, number: Int) {
    let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }
    return (String(name.dropLast(digits.count)), Int(String(digits.reversed())) ?? 0)
  }
}

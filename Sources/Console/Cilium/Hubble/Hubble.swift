import ControlPlane
import NetModel

/// `hubble`.
///
/// Source: Cilium `hubble/cmd`.
enum Hubble {
  static func start(_ invocation: Invocation, in lab: RunningLab) -> any Job {
    let words = invocation.arguments
    if ToolUsage.isAsked(by: words) {
      return printed(
        ToolUsage.text(
          of: "hubble", commands: ["list namespaces", "list nodes", "observe", "status", "version"]))
    }
    do throws(ToolFailure) {
      switch words.first {
      case "observe":
        let rest = Array(words.dropFirst())
        return try HubbleObserve(
          rest.first == "flows" ? Array(rest.dropFirst()) : rest, on: invocation.stack)
      case "status": return printed(try status(Array(words.dropFirst()), on: invocation.stack, in: lab))
      case "list": return printed(try list(Array(words.dropFirst()), in: lab))
      case "version":
        guard let version = lab.network?.cluster?.ciliumVersion else { throw .notModelled("hubble version") }
        return printed("hubble v\(version.number)\n")
      default: throw refusal(words)
      }
    } catch {
      return FinishedJob(CommandResult(error))
    }
  }

  private static func printed(_ text: String) -> any Job {
    FinishedJob(CommandResult(standardOutput: text))
  }

  /// The commands that the tool has and the lab does not.
  private static let unmodelledCommands = ["completion", "config", "help", "record", "reflect", "watch"]

  private static func refusal(_ words: [String]) -> ToolFailure {
    guard let name = words.first, !name.hasPrefix("-"), !unmodelledCommands.contains(name) else {
      return .notModelled((["hubble"] + words).joined(separator: " "))
    }
    return .error("unknown command \(JSONValue.quoted(name)) for \"hubble\"\nRun 'hubble --help' for usage.")
  }

  private static let flags: [Flag] = [
    Flag("server", nil, .text), Flag("output", "o", .text), .unmodelled("tls", nil, .bool),
    .unmodelled("port-forward", "P", .bool), .unmodelled("help", "h", .bool),
    .unmodelled("debug", "D", .bool),
  ]

  /// The rate of flows, which the model does not know, is told as a server does that knows none.
  ///
  /// Source: Cilium `hubble/cmd/status/status.go`, `hubble/pkg/printer/printer.go`, `WriteServerStatusResponse`.
  private static func status(
    _ words: [String], on stack: StackID, in lab: RunningLab
  ) throws(ToolFailure) -> String {
    let flags = try FlagSet(flags).parse(words, of: "hubble status")
    if let format = flags.text("output"), format != "compact" {
      throw .notModelled("hubble status -o \(format)")
    }
    let relay = try HubbleRelay(server: flags.text("server"), on: stack, in: lab)
    let count = min(relay.flows(in: lab).count, HubbleRing.capacity * relay.connected.count)
    let most = HubbleRing.capacity * relay.connected.count
    let share = Decimals.percent(of: count, in: most)
    var text = """
      Healthcheck (via \(relay.server)): Ok
      Current/Max Flows: \(Decimals.grouped(count))/\(Decimals.grouped(most)) (\(share)%)
      Flows/s: N/A

      """
    if relay.pod == nil { return text }
    let all = relay.connected.count + relay.unavailable.count
    text += "Connected Nodes: \(relay.connected.count)/\(all)\n"
    guard !relay.unavailable.isEmpty else { return text }
    text += "Unavailable Nodes: \(relay.unavailable.count)\n"
    return text + relay.unavailable.map { "  - \($0)\n" }.joined()
  }

  private static func list(_ words: [String], in lab: RunningLab) throws(ToolFailure) -> String {
    switch words.first {
    case "nodes", "node": return try nodes(Array(words.dropFirst()), in: lab)
    case "namespaces": return try namespaces(Array(words.dropFirst()), in: lab)
    default: throw .notModelled((["hubble", "list"] + words).joined(separator: " "))
    }
  }

  /// The namespaces that flows were seen of within the last hour.
  ///
  /// Source: Cilium `hubble/cmd/list/namespaces.go`; `pkg/hubble/observer/namespace/manager.go`.
  private static func namespaces(_ words: [String], in lab: RunningLab) throws(ToolFailure) -> String {
    let flags = try FlagSet(flags).parse(words, of: "hubble list namespaces")
    if let format = flags.text("output"), format != "table" {
      throw .notModelled("hubble list namespaces -o \(format)")
    }
    let flows = try HubbleRelay(in: lab).flows(in: lab)
      .filter { lab.now - $0.time < namespaceLifetime }
    let pods = flows.flatMap { [$0.event.source.pod, $0.event.destination.pod] }
    let names = Set(pods.compactMap { $0?.namespace }).sorted()
    return (["NAMESPACE"] + names).map { $0 + "\n" }.joined()
  }

  /// Source: Cilium `pkg/hubble/observer/namespace/defaults.go`.
  private static let namespaceLifetime = Duration.seconds(3600)

  /// Source: Cilium `hubble/cmd/list/node.go`.
  private static func nodes(_ words: [String], in lab: RunningLab) throws(ToolFailure) -> String {
    let flags = try FlagSet(flags).parse(words, of: "hubble list nodes")
    if let format = flags.text("output"), format != "table" {
      throw .notModelled("hubble list nodes -o \(format)")
    }
    let relay = try HubbleRelay(in: lab)
    let flows = relay.flows(in: lab)
    let rows = (relay.connected + relay.unavailable).sorted().map { node -> [String] in
      guard relay.connected.contains(node) else { return [node.name, "Unavailable", "N/A", "N/A", "N/A"] }
      let count = min(flows.filter { $0.event.node == node }.count, HubbleRing.capacity)
      let share = Decimals.percent(of: count, in: HubbleRing.capacity)
      let padded = String(repeating: " ", count: max(0, 6 - share.count)) + share
      return [node.name, "Connected", "N/A", "N/A", "\(count)/\(HubbleRing.capacity) (\(padded)%)"]
    }
    var writer = TabWriter(minimumWidth: 2, padding: 3)
    return writer.format(rows: [["NAME", "STATUS", "AGE", "FLOWS/S", "CURRENT/MAX-FLOWS"]] + rows)
  }
}

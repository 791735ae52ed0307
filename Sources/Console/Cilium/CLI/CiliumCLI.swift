import ControlPlane
import NetModel

/// `cilium`, the tool of those who run a cluster.
///
/// Source: Cilium `cilium-cli/cli`.
enum CiliumCLI {
  static func start(_ invocation: Invocation, in lab: RunningLab) -> any Job {
    do throws(ToolFailure) {
      guard let cluster = lab.network?.cluster else {
        throw ToolFailure.error("no Kubernetes cluster in this lab")
      }
      if ToolUsage.isAsked(by: invocation.arguments) {
        return printed(
          ToolUsage.text(of: "cilium", commands: commands.map { $0.path.joined(separator: " ") }))
      }
      let words = invocation.arguments.prefix { !$0.hasPrefix("-") }
      guard let command = commands.first(where: { words.starts(with: $0.path) }) else {
        return FinishedJob(CommandResult(unknown(invocation.arguments)))
      }
      let flags = try flags(of: command, in: Array(invocation.arguments.dropFirst(command.path.count)))
      let request = Request(
        lab: lab, cluster: cluster, flags: flags, isTerminal: invocation.input.outputIsTerminal)
      return try command.start(request)
    } catch {
      return FinishedJob(CommandResult(error))
    }
  }

  /// What a command is asked with.
  struct Request {
    let lab: RunningLab
    let cluster: Cluster
    let flags: ParsedFlags
    /// Standard output is a terminal.
    let isTerminal: Bool
  }

  private struct Command: Sendable {
    let path: [String]
    let flags: [Flag]
    let start: @Sendable (Request) throws(ToolFailure) -> any Job

    init(
      _ path: String, _ flags: [Flag] = [],
      _ start: @escaping @Sendable (Request) throws(ToolFailure) -> any Job
    ) {
      self.path = path.split(separator: " ").map(String.init)
      self.flags = flags
      self.start = start
    }
  }

  private static let commands: [Command] = [
    Command("bgp peers") { request throws(ToolFailure) in printed(try CiliumBGP.peers(request)) },
    Command("bgp routes") { request throws(ToolFailure) in printed(try CiliumBGP.routes(request)) },
    Command("config view") { request in printed(configView(request.cluster)) },
    Command("features status", [Flag("output", "o", .text), Flag("node", nil, .text)]) {
      request throws(ToolFailure) in printed(try FeatureStatus.text(request))
    },
    Command(
      "hubble port-forward", [Flag("port-forward", nil, .number)]
    ) { request throws(ToolFailure) in try HubblePortForward(request) },
    Command(
      "status",
      [
        Flag("wait", nil, .bool), Flag("wait-duration", nil, .text), Flag("ignore-warnings", nil, .bool),
        Flag("interactive", nil, .bool), Flag("verbose", nil, .bool), .unmodelled("output", "o", .text),
        .unmodelled("brief", nil, .bool), .unmodelled("worker-count", nil, .number),
        .unmodelled("agent-pod-selector", nil, .text), .unmodelled("operator-pod-selector", nil, .text),
      ]
    ) { request in
      let status = ClusterStatus(request.lab, request.cluster)
      let text = status.text(inColors: request.isTerminal)
      guard request.flags.isOn("wait"), status.errorCount > 0 else {
        return printed(text)
      }
      let reason = "timeout while waiting for status to become successful: context deadline exceeded"
      return FinishedJob(
        CommandResult(standardError: "\(text)\nError: Unable to determine status:  \(reason)\n", status: 1))
    },
    Command("version", [Flag("client", nil, .bool)]) { request throws(ToolFailure) in
      guard let version = request.cluster.ciliumVersion, !request.flags.isOn("client") else {
        throw .notModelled("cilium version --client")
      }
      return printed("cilium image (running): \(version.number)\n")
    },
  ]

  private static func printed(_ text: String) -> any Job {
    FinishedJob(CommandResult(standardOutput: text))
  }

  /// Source: Cilium `cilium-cli/cli/cmd.go`.
  private static let commonFlags: [Flag] = [
    Flag("namespace", "n", .text), .unmodelled("context", nil, .text), .unmodelled("kubeconfig", nil, .text),
    .unmodelled("helm-release-name", nil, .text), .unmodelled("help", "h", .bool),
  ]

  private static func flags(of command: Command, in words: [String]) throws(ToolFailure) -> ParsedFlags {
    let line = (["cilium"] + command.path).joined(separator: " ")
    return try FlagSet(command.flags + commonFlags).parse(words, of: line)
  }

  /// Source: Cilium `cilium-cli/cli/cmd.go` and the files of its commands.
  private static let unmodelledCommands = [
    "bgp", "clustermesh", "completion", "config", "connectivity", "context", "encryption", "features", "help",
    "hubble", "install", "multicast", "sysdump", "uninstall", "upgrade",
  ]

  private static func unknown(_ arguments: [String]) -> ToolFailure {
    guard let name = arguments.first, !name.hasPrefix("-"), !unmodelledCommands.contains(name) else {
      return .notModelled((["cilium"] + arguments).joined(separator: " "))
    }
    return .error("unknown command \(JSONValue.quoted(name)) for \"cilium\"")
  }

  /// Source: Cilium `cilium-cli/config/config.go`, `View`.
  private static func configView(_ cluster: Cluster) -> String {
    var writer = TabWriter(minimumWidth: 0, padding: 4)
    return writer.format(rows: cluster.ciliumConfig.map { [$0.key, $0.value] })
  }
}

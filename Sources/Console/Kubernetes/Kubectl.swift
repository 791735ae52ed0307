import ControlPlane

/// `kubectl`, version 1.33.
///
/// Source: Kubernetes `staging/src/k8s.io/kubectl/pkg/cmd`.
enum Kubectl {
  /// Begins a command line.
  static func start(_ invocation: Invocation, in lab: inout RunningLab) -> any Job {
    do {
      return try startCommand(invocation, in: &lab)
    } catch {
      var answer = KubectlAnswer()
      answer.fail(error)
      return FinishedJob(answer.result)
    }
  }

  static let commands: [KubectlCommand] =
    getCommands + describeCommands + manifestCommands + changeCommands + rolloutCommands + containerCommands
    + clusterCommands

  private static func startCommand(
    _ invocation: Invocation, in lab: inout RunningLab
  ) throws(KubectlError) -> any Job {
    guard let (command, words) = try command(of: invocation.arguments) else {
      return FinishedJob(CommandResult(standardOutput: overview))
    }
    let parsed: ParsedFlags
    do {
      parsed = try FlagSet(command.flags + globalFlags).parse(words)
    } catch {
      throw .usage(error.message, command: command.name)
    }
    if parsed.isOn("help") { return FinishedJob(CommandResult(standardOutput: help(for: command))) }
    if let flag = parsed.unmodelled.first { throw .notModelled(flag) }
    guard lab.network?.cluster != nil else { throw .plain(noCluster) }
    let call = KubectlCall(
      command: command.name, flags: parsed, invocation: invocation,
      contextNamespace: lab.contextNamespace ?? "default")
    return try command.start(call, &lab)
  }

  /// The command of a command line and what is left of the line; `nil` where there is only kubectl's name.
  private static func command(
    of words: [String]
  ) throws(KubectlError) -> (command: KubectlCommand, rest: [String])? {
    let flags = FlagSet(globalFlags)
    guard let first = flags.command(in: words), first.name != "help" else {
      if let word = words.first(where: { !["--help", "-h", "help"].contains($0) }), words.first != "help" {
        throw .usage("unknown flag: \(word)", command: "")
      }
      return nil
    }
    if let second = flags.command(in: first.rest) {
      let name = "\(first.name) \(aliases[second.name] ?? second.name)"
      if let command = commands.first(where: { $0.name == name }) { return (command, second.rest) }
    }
    if let command = commands.first(where: { $0.name == first.name }) { return (command, first.rest) }
    let isKnown = commands.contains { $0.name.hasPrefix(first.name + " ") }
    if isKnown || unmodelledCommands.contains(first.name) {
      let second = flags.command(in: first.rest).map { " \($0.name)" }
      throw .notModelled(first.name + (isKnown ? second ?? " without a command" : ""))
    }
    throw .client("unknown command \"\(first.name)\" for \"kubectl\"")
  }

  /// Other names of commands behind `create`.
  private static let aliases = [
    "ns": "namespace", "deploy": "deployment", "svc": "service", "cm": "configmap",
  ]

  /// Real commands that the lab does not answer.
  private static let unmodelledCommands: Set<String> = [
    "alpha", "attach", "autoscale", "certificate", "completion", "cp", "debug", "diff", "events",
    "kustomize", "options", "plugin", "port-forward", "proxy",
  ]

  /// Flags of every command.
  static let globalFlags: [Flag] = [
    Flag("namespace", "n", .text), Flag("help", "h", .bool), Flag("request-timeout", nil, .text),
    Flag("v", "v", .number), Flag("warnings-as-errors", nil, .bool), Flag("match-server-version", nil, .bool),
    Flag("cache-dir", nil, .text), Flag("context", nil, .text), Flag("disable-compression", nil, .bool),
    .unmodelled("kubeconfig", nil, .text), .unmodelled("server", "s", .text),
    .unmodelled("cluster", nil, .text), .unmodelled("user", nil, .text), .unmodelled("token", nil, .text),
    .unmodelled("as", nil, .text), .unmodelled("as-group", nil, .texts), .unmodelled("as-uid", nil, .text),
    .unmodelled("certificate-authority", nil, .text), .unmodelled("client-certificate", nil, .text),
    .unmodelled("client-key", nil, .text), .unmodelled("insecure-skip-tls-verify", nil, .bool),
    .unmodelled("tls-server-name", nil, .text), .unmodelled("password", nil, .text),
    .unmodelled("username", nil, .text), .unmodelled("profile", nil, .text),
    .unmodelled("vmodule", nil, .text),
  ]

  private static let noCluster =
    "The connection to the server localhost:8080 was refused - did you specify the right host or port?"

  private static var overview: String {
    "kubectl controls the Kubernetes cluster manager. These commands are modelled here:\n\n"
      + commands.map { "  kubectl \($0.name)\n" }.joined()
  }

  private static func help(for command: KubectlCommand) -> String {
    let flags = (command.flags + globalFlags).filter(\.isModelled)
    return "Usage:\n  kubectl \(command.name) [options]\n\nOptions that are modelled here:\n"
      + flags.map { "  \($0.display)\n" }.joined()
  }
}

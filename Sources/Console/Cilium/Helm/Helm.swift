import ControlPlane
import NetModel

/// `helm`, for the release of Cilium.
///
/// Source: Helm v3 `cmd/helm`.
enum Helm {
  static func run(_ invocation: Invocation, in lab: inout RunningLab) -> CommandResult {
    do throws(ToolFailure) {
      return CommandResult(standardOutput: try answer(to: invocation, in: &lab))
    } catch {
      return CommandResult(error)
    }
  }

  private static func answer(
    to invocation: Invocation, in lab: inout RunningLab
  ) throws(ToolFailure) -> String {
    if ToolUsage.isAsked(by: invocation.arguments) {
      return ToolUsage.text(
        of: "helm", commands: ["get values", "history", "list", "rollback", "status", "upgrade"])
    }
    guard let cluster = lab.network?.cluster else { throw .error("Kubernetes cluster unreachable") }
    guard let (name, rest) = FlagSet(commonFlags).command(in: invocation.arguments) else {
      throw .notModelled("helm")
    }
    let text = HelmText(cluster: cluster, start: lab.startTime)
    switch name {
    case "upgrade": return try HelmUpgrade.run(rest, invocation.input, in: &lab)
    case "rollback": return try HelmUpgrade.rollback(rest, in: &lab)
    case "list", "ls": return try list(rest, text)
    case "history", "hist":
      try requireRelease(try parse(rest, [], of: "history"))
      return text.history()
    case "status":
      let flags = try parse(rest, [Flag("revision", nil, .number)], of: "status")
      try requireRelease(flags)
      return text.status(of: try revision(flags.number("revision"), of: cluster))
    case "get": return try get(rest, cluster)
    default: return try refuse(name, invocation.arguments)
    }
  }

  private static let commonFlags: [Flag] = [
    Flag("namespace", "n", .text), .unmodelled("kube-context", nil, .text),
    .unmodelled("kubeconfig", nil, .text), .unmodelled("debug", nil, .bool), .unmodelled("help", "h", .bool),
  ]

  static func parse(
    _ words: [String], _ flags: [Flag], of command: String
  ) throws(ToolFailure) -> ParsedFlags {
    try FlagSet(flags + commonFlags).parse(words, of: "helm \(command)")
  }

  /// The commands that Helm has and the lab does not.
  private static let unmodelledCommands = [
    "completion", "create", "dependency", "diff", "env", "help", "install", "lint", "package", "plugin",
    "pull", "push", "registry", "repo", "search", "show", "template", "test", "uninstall", "verify",
    "version",
  ]

  private static func refuse(_ name: String, _ arguments: [String]) throws(ToolFailure) -> String {
    if unmodelledCommands.contains(name) {
      throw .notModelled((["helm"] + arguments).joined(separator: " "))
    }
    throw .error("unknown command \(JSONValue.quoted(name)) for \"helm\"\nRun 'helm --help' for usage.")
  }

  /// The first word must name the release, in its namespace.
  static func requireRelease(_ flags: ParsedFlags) throws(ToolFailure) {
    guard let name = flags.arguments.first else {
      throw .error("requires 1 argument\n\nUsage:  helm [command] RELEASE_NAME [flags]")
    }
    guard name == HelmText.name, flags.text("namespace") == HelmText.namespace else {
      throw .error("release: not found")
    }
  }

  /// A revision by its number; the latest where none is given.
  private static func revision(_ number: Int?, of cluster: Cluster) throws(ToolFailure) -> HelmRevision {
    let found =
      number == nil || number == 0
      ? cluster.helmRevisions.last : cluster.helmRevisions.first { $0.number == number }
    guard let found else { throw .error("release: not found") }
    return found
  }

  private static func list(_ words: [String], _ text: HelmText) throws(ToolFailure) -> String {
    let flags = try parse(
      words,
      [
        Flag("all-namespaces", "A", .bool), Flag("all", "a", .bool), .unmodelled("filter", "f", .text),
        .unmodelled("output", "o", .text),
      ], of: "list")
    let isShown = flags.isOn("all-namespaces") || flags.text("namespace") == HelmText.namespace
    return text.list(isShown: isShown)
  }

  private static func get(_ words: [String], _ cluster: Cluster) throws(ToolFailure) -> String {
    guard words.first == "values" else {
      throw .notModelled((["helm", "get"] + words).joined(separator: " "))
    }
    let flags = try parse(
      Array(words.dropFirst()),
      [Flag("output", "o", .text), Flag("revision", nil, .number), .unmodelled("all", "a", .bool)],
      of: "get values")
    try requireRelease(flags)
    let document = try revision(flags.number("revision"), of: cluster).values.document
    switch flags.text("output") {
    case nil, "table": return "USER-SUPPLIED VALUES:\n" + YAMLPrinter.document(document)
    case "yaml": return YAMLPrinter.document(document)
    case "json": return JSONPrinter.compact(document) + "\n"
    case .some(let format):
      let value = JSONValue.quoted(format)
      throw .error("invalid argument \(value) for \"-o, --output\" flag: invalid format type")
    }
  }
}

import ControlPlane
import Importing
import NetModel

/// `helm upgrade` and `helm rollback`: a new revision of the release.
///
/// Source: Helm `cmd/helm/upgrade.go`, `pkg/action/upgrade.go`, `cmd/helm/rollback.go`.
enum HelmUpgrade {
  private static let flags: [Flag] = [
    Flag("set", nil, .text), Flag("set-string", nil, .text), Flag("values", "f", .texts),
    Flag("reuse-values", nil, .bool), Flag("reset-values", nil, .bool),
    Flag("reset-then-reuse-values", nil, .bool), Flag("version", nil, .text), Flag("install", "i", .bool),
    Flag("wait", nil, .bool), Flag("timeout", nil, .text), Flag("atomic", nil, .bool),
    .unmodelled("dry-run", nil, .optionalText("client")), .unmodelled("force", nil, .bool),
    .unmodelled("set-json", nil, .text), .unmodelled("set-file", nil, .text),
    .unmodelled("set-literal", nil, .text), .unmodelled("description", nil, .text),
    .unmodelled("output", "o", .text), .unmodelled("devel", nil, .bool), .unmodelled("repo", nil, .text),
  ]

  static func run(
    _ words: [String], _ input: CommandInput, in lab: inout RunningLab
  ) throws(ToolFailure) -> String {
    let flags = try Helm.parse(words, flags, of: "upgrade")
    let cluster = try release(of: flags, in: lab)
    if let version = flags.text("version"), version != cluster.ciliumVersion?.number {
      throw .notModelled("helm upgrade --version \(version)")
    }
    let given = try GivenValues(flags, input)
    let isKept = flags.isOn("reuse-values") || flags.isOn("reset-then-reuse-values") || given.isEmpty
    let former = isKept && !flags.isOn("reset-values") ? cluster.helmValues : HelmValues()
    let values = try given.laid(over: former)
    if let refusal = HelmChecks.refusal(of: values) { throw .error("UPGRADE FAILED: \(refusal)") }
    try apply(.setRelease(values), in: &lab)
    guard let changed = lab.network?.cluster, let revision = changed.helmRevisions.last else { return "" }
    return "Release \"\(HelmText.name)\" has been upgraded. Happy Helming!\n"
      + HelmText(cluster: changed, start: lab.startTime).status(of: revision)
  }

  /// The cluster whose release the words name.
  private static func release(of flags: ParsedFlags, in lab: RunningLab) throws(ToolFailure) -> Cluster {
    guard flags.arguments.count == 2, let cluster = lab.network?.cluster else {
      throw .error("\"helm upgrade\" requires 2 arguments\n\nUsage:  helm upgrade [RELEASE] [CHART] [flags]")
    }
    let (name, chart) = (flags.arguments[0], flags.arguments[1])
    guard chart == "cilium/cilium" else { throw .notModelled("helm upgrade \(name) \(chart)") }
    guard name == HelmText.name, flags.text("namespace") == HelmText.namespace else {
      if flags.isOn("install") { throw .notModelled("helm upgrade --install \(name)") }
      throw .error("UPGRADE FAILED: \(JSONValue.quoted(name)) has no deployed releases")
    }
    return cluster
  }

  static func rollback(_ words: [String], in lab: inout RunningLab) throws(ToolFailure) -> String {
    let flags = try Helm.parse(words, [Flag("wait", nil, .bool)], of: "rollback")
    try Helm.requireRelease(flags)
    guard let cluster = lab.network?.cluster else { throw .error("release: not found") }
    let asked = flags.arguments.dropFirst().first ?? "0"
    guard let wanted = Int(asked) else {
      throw .error(
        "could not convert revision to a number: strconv.Atoi: parsing \(JSONValue.quoted(asked)): "
          + "invalid syntax")
    }
    let number = wanted == 0 ? (cluster.helmRevisions.last?.number ?? 1) - 1 : wanted
    guard cluster.helmRevisions.contains(where: { $0.number == number }) else {
      throw .error("release: not found")
    }
    try apply(.rollBackHelm(to: number), in: &lab)
    return "Rollback was a success! Happy Helming!\n"
  }

  private static func apply(_ edit: Edit, in lab: inout RunningLab) throws(ToolFailure) {
    do {
      try lab.apply(edit)
    } catch {
      throw .error("UPGRADE FAILED: \(error)")
    }
  }

  /// What a command line sets: files first, then `--set`, then `--set-string`.
  private struct GivenValues {
    private var documents: [JSONValue] = []
    private let sets: [String]
    private let stringSets: [String]

    init(_ flags: ParsedFlags, _ input: CommandInput) throws(ToolFailure) {
      sets = flags.texts("set")
      stringSets = flags.texts("set-string")
      for path in flags.texts("values") { documents.append(try Self.document(at: path, input)) }
    }

    var isEmpty: Bool { documents.isEmpty && sets.isEmpty && stringSets.isEmpty }

    func laid(over former: HelmValues) throws(ToolFailure) -> HelmValues {
      var values = former
      for document in documents { values = values.overlaid(with: try HelmValues(document: document)) }
      for text in sets { try HelmSetText.apply(text, to: &values) }
      for text in stringSets {
        try HelmSetText.apply(text, option: "--set-string", keepsText: true, to: &values)
      }
      return values
    }

    private static func document(at path: String, _ input: CommandInput) throws(ToolFailure) -> JSONValue {
      let text: String
      do {
        text = path == "-" ? input.standardInput : try input.readFile(path)
      } catch {
        throw .error("open \(path): \(error.reason.lowercased())")
      }
      do {
        return try ManifestDocuments(text).values.first ?? .object([])
      } catch {
        let place = error.line.map { "line \($0): " } ?? ""
        throw .error(
          "failed to parse \(path): error converting YAML to JSON: yaml: \(place)\(error.problem)")
      }
    }
  }
}

import ControlPlane
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/get/get.go`.
  static let getCommands = [
    KubectlCommand("get", flags: getFlags) { (call, lab) throws(KubectlError) -> any Job in
      if let path = call.flags.text("raw") { return FinishedJob(try rawAnswer(path, call)) }
      let get = try Get(call, lab)
      if call.flags.isOn("watch") || call.flags.isOn("watch-only") { return try GetWatchJob(get, call: call) }
      return FinishedJob(try get.answer(in: lab))
    }
  ]

  private static let getFlags: [Flag] =
    selectionFlags + [
      Flag("output", "o", .text), Flag("template", nil, .text), Flag("no-headers", nil, .bool),
      Flag("label-columns", "L", .texts), Flag("show-labels", nil, .bool), Flag("show-kind", nil, .bool),
      Flag("sort-by", nil, .text), Flag("ignore-not-found", nil, .bool), Flag("watch", "w", .bool),
      Flag("watch-only", nil, .bool), Flag("allow-missing-template-keys", nil, .bool),
      Flag("show-managed-fields", nil, .bool), Flag("chunk-size", nil, .number),
      Flag("server-print", nil, .bool), Flag("output-watch-events", nil, .bool),
      Flag("raw", nil, .text), .unmodelled("filename", "f", .texts),
      .unmodelled("kustomize", "k", .text),
      .unmodelled("recursive", "R", .bool), .unmodelled("subresource", nil, .text),
    ]

  /// What the API server answers to a plain path: its checks, which all pass.
  ///
  /// Source: Kubernetes `staging/src/k8s.io/apiserver/pkg/server/healthz/healthz.go`.
  private static func rawAnswer(_ path: String, _ call: KubectlCall) throws(KubectlError) -> CommandResult {
    guard call.arguments.isEmpty else {
      throw .usage("arguments may not be passed when --raw is specified", command: "get")
    }
    guard ["/healthz", "/livez", "/readyz"].contains(path) else { throw .notModelled("get --raw \(path)") }
    return CommandResult(standardOutput: "ok")
  }

  /// Flags that choose objects.
  static let selectionFlags: [Flag] = [
    Flag("all-namespaces", "A", .bool), Flag("selector", "l", .text), Flag("field-selector", nil, .text),
  ]
}

/// One `kubectl get`.
struct Get: Sendable {
  let arguments: ResourceArguments
  let query: ResourceQuery
  let format: OutputFormat
  private let call: KubectlCall

  init(_ call: KubectlCall, _ lab: RunningLab) throws(KubectlError) {
    guard let network = lab.network else { throw .notModelled("a recorded cluster") }
    format = try OutputFormat(
      call.flags.text("output"), template: call.flags.text("template"), tables: true,
      input: call.invocation.input)
    if call.arguments.isEmpty { throw .plain(Self.withoutResource) }
    arguments = try ResourceArguments(call.arguments, names: ResourceNames(network))
    query = try ResourceQuery(arguments, call: call)
    self.call = call
  }

  private static let withoutResource = """
    You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.

    error: Required resource not specified.
    Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).
    See 'kubectl get -h' for help and examples
    """

  func answer(in lab: RunningLab) throws(KubectlError) -> CommandResult {
    var errors: [KubectlError] = []
    var found = query.run(on: lab, errors: &errors)
    if let field = call.flags.text("sort-by"), !field.isEmpty { found = try sorted(found, by: field) }
    var answer = KubectlAnswer()
    if case .table(let isWide) = format {
      answer.output = table(found, options: tableOptions(isWide: isWide, lab))
      if answer.output.isEmpty, errors.isEmpty, !query.ignoresMissing { answer.warn(nothingFound) }
    } else {
      answer.output = try documents(found)
    }
    errors.forEach { answer.fail($0) }
    return answer.result
  }

  private func sorted(
    _ found: [ResourceQuery.Found], by field: String
  ) throws(KubectlError) -> [ResourceQuery.Found] {
    var sorted = found
    for index in sorted.indices {
      sorted[index].documents = try DocumentOrder.sorted(sorted[index].documents, by: field)
    }
    return sorted
  }

  func tableOptions(isWide: Bool, _ lab: RunningLab) -> TablePrinter.Options {
    TablePrinter.Options(
      context: TableContext(now: lab.wallTime, isWide: isWide), withHeaders: !call.flags.isOn("no-headers"),
      withNamespace: call.isAllNamespaces,
      withKind: arguments.areOfSeveralResources || call.flags.isOn("show-kind"),
      labelColumns: call.flags.texts("label-columns"), showsLabels: call.flags.isOn("show-labels"))
  }

  private func table(_ found: [ResourceQuery.Found], options: TablePrinter.Options) -> String {
    var printer = TablePrinter(options)
    var text = ""
    for part in found { text += printer.print(part.documents, of: part.resource) }
    return text + printer.flush()
  }

  private var nothingFound: String {
    let areNamespaced = arguments.targets.allSatisfy(\.resource.isNamespaced)
    return call.isAllNamespaces || !areNamespaced
      ? "No resources found" : "No resources found in \(call.namespace) namespace."
  }

  private func documents(_ found: [ResourceQuery.Found]) throws(KubectlError) -> String {
    let all = found.flatMap { part in part.documents.map { (part.resource, $0) } }
    if case .name = format { return all.map { "\($0.kindName)/\($1.objectName)\n" }.joined() }
    if case .customColumns(let columns) = format {
      return try columns.text(of: all.map(\.1), withHeaders: !call.flags.isOn("no-headers"))
    }
    if arguments.isOneObject {
      guard let (resource, document) = all.first else { return "" }
      return try DocumentPrinter.text(of: document, kindName: resource.kindName, as: format)
    }
    if all.isEmpty, arguments.hasNames { return "" }
    return try DocumentPrinter.text(of: DocumentPrinter.list(all.map(\.1)), kindName: "list", as: format)
  }
}

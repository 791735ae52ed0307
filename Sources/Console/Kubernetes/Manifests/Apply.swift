import ControlPlane
import Importing
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/apply`, `pkg/cmd/create`, `pkg/cmd/replace`, `pkg/cmd/delete`.
  static let manifestCommands: [KubectlCommand] =
    [
      KubectlCommand(
        "apply",
        flags: fileFlags + changeFlags + [
          Flag("validate", nil, .optionalText("strict")), Flag("overwrite", nil, .bool),
          Flag("wait", nil, .bool),
          Flag("timeout", nil, .text), Flag("openapi-patch", nil, .bool), Flag("selector", "l", .text),
          .unmodelled("server-side", nil, .bool), .unmodelled("force-conflicts", nil, .bool),
          .unmodelled("prune", nil, .bool), .unmodelled("all", nil, .bool), .unmodelled("force", nil, .bool),
          .unmodelled("prune-allowlist", nil, .texts),
        ],
        readsManifests: true,
        answer: { (call, lab, answer) throws(KubectlError) in
          try eachManifest(call, &lab, &answer) { (manifest, lab, answer) throws(KubectlError) in
            try Apply(call, manifest).run(in: &lab, &answer)
          }
        }),
      KubectlCommand(
        "replace",
        flags: fileFlags + changeFlags + [
          Flag("validate", nil, .optionalText("strict")), .unmodelled("force", nil, .bool),
          .unmodelled("subresource", nil, .text), .unmodelled("raw", nil, .text),
          Flag("grace-period", nil, .number),
        ],
        readsManifests: true,
        answer: { (call, lab, answer) throws(KubectlError) in
          let dryRun = try DryRun(call.flags)
          try eachManifest(call, &lab, &answer) { (manifest, lab, answer) throws(KubectlError) in
            let object = try lab.request(
              .replace(manifest.document, namespace: manifest.namespace), dryRun: dryRun,
              doing: "replacing \"\(manifest.source)\"")
            try answer.report(object, of: manifest.resource, "replaced", dryRun: dryRun, call: call)
          }
        }),
    ] + createCommands

  /// Runs a command on each object of its files; what fails does not keep the others from being done.
  static func eachManifest(
    _ call: KubectlCall, _ lab: inout RunningLab, _ answer: inout KubectlAnswer,
    do run: (Manifest, inout RunningLab, inout KubectlAnswer) throws(KubectlError) -> Void
  ) throws(KubectlError) {
    guard call.arguments.isEmpty else {
      throw .client(
        "Unexpected args: [\(call.arguments.joined(separator: " "))]\nSee 'kubectl \(call.command) -h' for help and examples"
      )
    }
    let reading = try ManifestReading(call, lab)
    for manifest in reading.manifests {
      do throws(KubectlError) {
        try run(manifest, &lab, &answer)
      } catch {
        answer.fail(error)
      }
    }
    reading.errors.forEach { answer.fail($0) }
  }
}

/// `kubectl apply` of one object.
///
/// Source: kubectl `pkg/cmd/apply/apply.go`, `patcher.go`; `pkg/util/apply.go`.
struct Apply {
  private let call: KubectlCall
  private let manifest: Manifest
  private let dryRun: DryRun

  init(_ call: KubectlCall, _ manifest: Manifest) throws(KubectlError) {
    self.call = call
    self.manifest = manifest
    dryRun = try DryRun(call.flags)
  }

  func run(in lab: inout RunningLab, _ answer: inout KubectlAnswer) throws(KubectlError) {
    guard !manifest.name.isEmpty else {
      throw .client(
        "error when retrieving current configuration of:\nResource: \"\(manifest.resource.groupAndVersion), "
          + "Resource=\(manifest.resource.plural)\", GroupVersionKind: "
          + "\"\(manifest.resource.groupAndVersion), Kind=\(manifest.resource.kind)\"\nName: \"\", "
          + "Namespace: \"\(manifest.namespace)\"\nfrom server for: \"\(manifest.source)\": "
          + "resource name may not be empty")
    }
    let current: JSONValue
    do {
      current = try lab.object(manifest.resource, namespace: manifest.namespace, name: manifest.name)
    } catch {
      guard error.reason == .notFound else { throw .server(error) }
      let created = try lab.request(
        .create(Self.annotated(manifest.document), namespace: manifest.namespace), dryRun: dryRun,
        doing: "creating \"\(manifest.source)\"")
      return try answer.report(created, of: manifest.resource, "created", dryRun: dryRun, call: call)
    }
    if current.value(at: "metadata", "annotations", JSONValue.lastAppliedKey) == nil {
      answer.warn(missingAnnotation)
    }
    try update(current, in: &lab, &answer)
  }

  private func update(
    _ current: JSONValue, in lab: inout RunningLab, _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    let merged = Self.annotated(manifest.document).applied(
      to: current, last: Self.lastApplied(of: current), resource: manifest.resource)
    let change = APIChange.replace(merged, namespace: manifest.namespace)
    let doing = "applying patch for \"\(manifest.source)\""
    let changed = try lab.request(change, dryRun: .server, doing: doing)
    if changed.withoutVersion == current.withoutVersion {
      return try answer.report(current, of: manifest.resource, "unchanged", dryRun: dryRun, call: call)
    }
    if dryRun == .none { _ = try lab.request(change, doing: doing) }
    try answer.report(changed, of: manifest.resource, "configured", dryRun: dryRun, call: call)
  }

  private var missingAnnotation: String {
    "Warning: resource \(manifest.resource.plural)/\(manifest.name) is missing the \(JSONValue.lastAppliedKey) annotation "
      + "which is required by kubectl apply. kubectl apply should only be used on resources created "
      + "declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be "
      + "patched automatically."
  }

  /// The document with a copy of itself in an annotation.
  static func annotated(_ document: JSONValue) -> JSONValue {
    document.notingItself(namespace: nil).sorted
  }

  private static func lastApplied(of document: JSONValue) -> JSONValue? {
    document.value(at: "metadata", "annotations", JSONValue.lastAppliedKey)?.text.flatMap {
      (try? ManifestDocuments($0))?.values.first
    }
  }
}

extension JSONValue {
  /// The object without what the API server counts.
  var withoutVersion: JSONValue {
    setting(["metadata", "resourceVersion"], to: nil).setting(["metadata", "generation"], to: nil)
  }
}

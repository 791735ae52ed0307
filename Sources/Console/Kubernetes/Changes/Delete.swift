import ControlPlane
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/delete/delete.go`.
  static let deleteCommand = KubectlCommand(
    "delete",
    flags: fileFlags + selectionFlags + [
      Flag("output", "o", .text), DryRun.flag, Flag("all", nil, .bool), Flag("force", nil, .bool),
      Flag("now", nil, .bool), Flag("grace-period", nil, .number), Flag("wait", nil, .bool),
      Flag("timeout", nil, .text), Flag("ignore-not-found", nil, .bool),
      Flag("cascade", nil, .optionalText("background")), .unmodelled("interactive", "i", .bool),
      .unmodelled("raw", nil, .text),
    ],
    readsManifests: true,
    answer: { (call, lab, answer) throws(KubectlError) in
      if call.flags.contains("filename") {
        return try eachManifest(call, &lab, &answer) { (manifest, lab, answer) throws(KubectlError) in
          try Delete(call).run(
            manifest.resource, manifest.namespace, manifest.name, in: &lab, &answer)
        }
      }
      try Delete(call).run(in: &lab, &answer)
    })
}

/// `kubectl delete`.
private struct Delete {
  private let call: KubectlCall
  private let dryRun: DryRun
  /// `nil` for each pod's own.
  private let graceSeconds: Int?

  init(_ call: KubectlCall) throws(KubectlError) {
    self.call = call
    dryRun = try DryRun(call.flags)
    graceSeconds = try Self.graceSeconds(call.flags)
  }

  /// Source: kubectl `pkg/cmd/delete/delete.go`, `Complete` and `Validate`.
  private static func graceSeconds(_ flags: ParsedFlags) throws(KubectlError) -> Int? {
    let given = flags.number("grace-period") ?? -1
    if flags.isOn("now") {
      guard given < 0 else {
        throw .client("--now and --grace-period cannot be specified together")
      }
      return 1
    }
    if flags.isOn("force") {
      guard given <= 0 else {
        throw .client("--force and --grace-period greater than 0 cannot be specified together")
      }
      return 0
    }
    return given < 0 ? nil : max(1, given)
  }

  private static let forceWarning =
    "Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. "
    + "The resource may continue to run on the cluster indefinitely."

  func run(in lab: inout RunningLab, _ answer: inout KubectlAnswer) throws(KubectlError) {
    guard let network = lab.network else { return }
    guard !call.arguments.isEmpty else {
      throw .client(
        "You must provide one or more resources by argument or filename.\n"
          + "Example resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n"
          + "   '<resource> <name>'\n   '<resource>'")
    }
    let arguments = try ResourceArguments(call.arguments, names: ResourceNames(network))
    let choosesAll =
      call.flags.isOn("all") || call.flags.contains("selector") || call.flags.contains("field-selector")
    guard arguments.hasNames || choosesAll else {
      throw .client("resource(s) were provided, but no name was specified")
    }
    if call.flags.isOn("force"), dryRun == .none { answer.warn(Self.forceWarning) }
    var errors: [KubectlError] = []
    let found = try ResourceQuery(arguments, call: call).run(on: lab, errors: &errors)
    errors.forEach { answer.fail($0) }
    lab.together { lab in
      for part in found {
        for document in part.documents {
          do throws(KubectlError) {
            try remove(part.resource, document.objectNamespace, document.objectName, in: &lab, &answer)
          } catch {
            answer.fail(error)
          }
        }
      }
    }
    if found.allSatisfy(\.documents.isEmpty), errors.isEmpty { answer.warn("No resources found") }
  }

  /// Deletes one object by its name.
  func run(
    _ resource: APIResource, _ namespace: String, _ name: String, in lab: inout RunningLab,
    _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    do {
      _ = try lab.object(resource, namespace: namespace, name: name)
    } catch {
      if call.flags.isOn("ignore-not-found") { return }
      throw .server(error, doing: "deleting \"\(call.flags.texts("filename").first ?? "STDIN")\"")
    }
    try remove(resource, namespace, name, in: &lab, &answer)
  }

  private func remove(
    _ resource: APIResource, _ namespace: String, _ name: String, in lab: inout RunningLab,
    _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    if dryRun != .client {
      _ = try lab.request(
        .delete(resource, namespace: namespace, name: name, graceSeconds: graceSeconds), dryRun: dryRun)
    }
    if call.flags.text("output") == "name" {
      answer.output += "\(resource.kindName)/\(name)\n"
      return
    }
    let verb = call.flags.isOn("force") ? "force deleted" : "deleted"
    answer.output += "\(resource.kindName) \"\(name)\" \(verb)\(dryRun.suffix)\n"
  }
}

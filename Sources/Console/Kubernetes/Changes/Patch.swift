import ControlPlane
import Importing
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/patch/patch.go`.
  static let patchCommand = KubectlCommand(
    "patch",
    flags: changeFlags + [
      Flag("patch", "p", .text), Flag("patch-file", nil, .text), Flag("type", nil, .text),
      Flag("subresource", nil, .text), .unmodelled("local", nil, .bool), .unmodelled("filename", "f", .texts),
    ]
  ) { (call, lab, answer) throws(KubectlError) in
    guard let network = lab.network else { return }
    let kind = call.flags.text("type") ?? "strategic"
    guard let type = PatchType(rawValue: kind.lowercased()) else {
      throw .client("--type must be one of [json merge strategic], not \"\(kind)\"")
    }
    let patch = try patchDocument(call)
    let dryRun = try DryRun(call.flags)
    guard !call.arguments.isEmpty else { throw .client("must specify one of -f and -k") }
    let arguments = try ResourceArguments(call.arguments, names: ResourceNames(network))
    guard arguments.hasNames else {
      throw .client("resource(s) were provided, but no name was specified")
    }
    for target in arguments.targets {
      do throws(KubectlError) {
        let before = try call.object(target, in: lab)
        let change = APIChange.patch(
          target.resource, namespace: call.namespace, name: target.name ?? "", patch, type,
          subresource: call.flags.text("subresource"))
        let after = try lab.request(change, dryRun: dryRun)
        let isSame = after.withoutVersion == before.withoutVersion
        try answer.report(
          after, of: target.resource, isSame ? "patched (no change)" : "patched", dryRun: dryRun, call: call)
      } catch {
        answer.fail(error)
      }
    }
  }

  private static func patchDocument(_ call: KubectlCall) throws(KubectlError) -> JSONValue {
    var text = call.flags.text("patch") ?? ""
    if let file = call.flags.text("patch-file") {
      do {
        text = try call.invocation.input.readFile(file)
      } catch {
        throw .client("unable to read patch file: open \(file): \(error.reason.lowercased())")
      }
    }
    if text.isEmpty {
      throw .client("must specify --patch or --patch-file containing the contents of the patch")
    }
    do {
      if let patch = try ManifestDocuments(text).values.first { return patch }
    } catch {
      throw .client("unable to parse \(JSONValue.quoted(text)): yaml: \(error.problem)")
    }
    return .object([])
  }
}

extension KubectlCall {
  /// The object that a target names.
  func object(_ target: ResourceArguments.Target, in lab: RunningLab) throws(KubectlError) -> JSONValue {
    do {
      return try lab.object(target.resource, namespace: namespace, name: target.name ?? "")
    } catch {
      throw .server(error)
    }
  }
}

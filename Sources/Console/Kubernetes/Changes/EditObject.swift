import ControlPlane
import Importing
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/util/editor/editoptions.go`.
  static let editCommand = KubectlCommand(
    "edit",
    flags: changeFlags + [
      .unmodelled("filename", "f", .texts), .unmodelled("subresource", nil, .text),
      .unmodelled("windows-line-endings", nil, .bool), Flag("validate", nil, .optionalText("strict")),
    ]
  ) { (call, lab) throws(KubectlError) -> any Job in
    guard let network = lab.network else { throw .notModelled("a recorded cluster") }
    guard !call.arguments.isEmpty else { throw .client("must specify one of -f and -k") }
    let arguments = try ResourceArguments(call.arguments, names: ResourceNames(network))
    guard arguments.isOneObject, let target = arguments.targets.first else {
      throw .notModelled("edit of several objects")
    }
    return EditJob(call: call, target: target, text: YAMLPrinter.document(try call.object(target, in: lab)))
  }
}

/// `kubectl edit`: the object in the user's editor, and what came out of it back to the API server.
private struct EditJob: Job {
  let call: KubectlCall
  let target: ResourceArguments.Target
  /// As it was handed to the editor.
  let text: String

  private static let heading = """
    # Please edit the object below. Lines beginning with a '#' will be ignored,
    # and an empty file will abort the edit. If an error occurs while saving this file will be
    # reopened with the relevant failures.
    #

    """

  mutating func resume(
    _ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput
  ) -> JobState {
    switch event {
    case .edited(let edited): return finish(edited, in: &lab, output: &output)
    case .interrupted: return .ended(status: 130)
    default: return .waiting(JobWait(forEditing: Self.heading + text))
    }
  }

  private func finish(_ edited: String?, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    var answer = KubectlAnswer()
    do throws(KubectlError) {
      guard let edited else { throw KubectlError.client("unable to launch the editor") }
      try replace(with: edited, in: &lab, &answer)
    } catch {
      answer.fail(error)
    }
    let result = answer.result
    output.write(result.standardOutput)
    output.writeError(result.standardError)
    return .ended(status: result.status)
  }

  private func replace(
    with edited: String, in lab: inout RunningLab, _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    let documents: [JSONValue]
    do {
      documents = try ManifestDocuments(edited).values
    } catch {
      let line = error.line.map { "line \($0): " } ?? ""
      throw .client(
        "The edited file had a syntax error: error converting YAML to JSON: yaml: \(line)\(error.problem)")
    }
    guard let document = documents.first else { throw .plain("Edit cancelled, saved file was empty.") }
    guard document != (try? ManifestDocuments(text))?.values.first else {
      answer.output += "Edit cancelled, no changes made.\n"
      return
    }
    let object = try lab.request(
      .replace(document, namespace: target.resource.isNamespaced ? call.namespace : ""))
    try answer.report(object, of: target.resource, "edited", dryRun: .none, call: call)
  }
}

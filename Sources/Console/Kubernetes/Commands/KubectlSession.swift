import ControlPlane
import NetModel

extension RunningLab {
  /// Asks the API server for a change, or only whether it would make it.
  ///
  /// - Parameter doing: what kubectl is about, such as `creating "STDIN"`.
  /// - Returns: The object as it is then; of a deletion, as it was before.
  mutating func request(
    _ change: APIChange, dryRun: DryRun = .none, doing: String? = nil
  ) throws(KubectlError) -> JSONValue {
    guard let network else { throw .notModelled("a recorded cluster") }
    do {
      return dryRun == .none ? try self.change(change) : try network.apiDryRun(change, at: now)
    } catch {
      throw .server(error, doing: doing)
    }
  }

  /// One object as it is.
  func object(_ resource: APIResource, namespace: String?, name: String) throws(APIError) -> JSONValue {
    guard let network else { throw APIError(.notFound, "\(resource.qualifiedName) \"\(name)\" not found") }
    return try network.apiGet(resource, namespace: namespace, name: name, at: now)
  }
}

extension KubectlAnswer {
  /// Says what was done to an object, or prints the object where `-o` asks for it.
  ///
  /// - Parameter verb: such as `created`.
  mutating func report(
    _ document: JSONValue, of resource: APIResource, _ verb: String, dryRun: DryRun, call: KubectlCall
  ) throws(KubectlError) {
    guard let output = call.flags.text("output"), !output.isEmpty else {
      self.output += "\(resource.kindName)/\(document.objectName) \(verb)\(dryRun.suffix)\n"
      return
    }
    let format = try OutputFormat(
      output, template: call.flags.text("template"), tables: false, input: call.invocation.input)
    self.output += try DocumentPrinter.text(of: document, kindName: resource.kindName, as: format)
  }
}

extension Kubectl {
  /// Flags of commands that print what they changed.
  static let printFlags: [Flag] = [
    Flag("output", "o", .text), Flag("template", nil, .text), Flag("allow-missing-template-keys", nil, .bool),
    Flag("show-managed-fields", nil, .bool),
  ]

  /// Flags of commands that change objects.
  static let changeFlags: [Flag] =
    printFlags + [DryRun.flag, Flag("field-manager", nil, .text), Flag("save-config", nil, .bool)]

  /// Flags of commands that read manifests.
  static let fileFlags: [Flag] = [
    Flag("filename", "f", .texts), .unmodelled("recursive", "R", .bool), .unmodelled("kustomize", "k", .text),
  ]
}

import ControlPlane
import NetModel

extension Kubectl {
  /// The fields of a kind and their types; the API's prose is not in the lab.
  ///
  /// Source: kubectl `pkg/explain/v2/templates/plaintext.tmpl`.
  static let explainCommand = KubectlCommand(
    "explain",
    flags: [
      Flag("recursive", nil, .bool), .unmodelled("api-version", nil, .text),
      .unmodelled("output", "o", .text),
    ]
  ) { (call, lab, answer) throws(KubectlError) in
    guard let network = lab.network else { return }
    guard call.arguments.count == 1, let word = call.arguments.first else {
      throw .usage(
        call.arguments.isEmpty
          ? "You must specify the type of resource to explain. Use \"kubectl api-resources\" for a complete list of supported resources."
          : "We accept only this format: explain RESOURCE", command: "explain")
    }
    let path = word.split(separator: ".").map(String.init)
    let names = ResourceNames(network)
    guard let type = path.first, let resource = try names.resources(named: type).first else { return }
    let text = Explanation(resource, isRecursive: call.flags.isOn("recursive"))
    answer.output += try text.text(of: Array(path.dropFirst()))
  }
}

/// What `kubectl explain` prints of one kind.
private struct Explanation {
  private let resource: APIResource
  private let isRecursive: Bool

  init(_ resource: APIResource, isRecursive: Bool) {
    self.resource = resource
    self.isRecursive = isRecursive
  }

  func text(of path: [String]) throws(KubectlError) -> String {
    var type = resource.kind
    var heading = ""
    var hasFields = true
    for (index, name) in path.enumerated() {
      guard let field = DocumentedField.all(of: type)?.first(where: { $0.name == name }) else {
        throw .client("field \"\(name)\" does not exist")
      }
      if index == path.count - 1 { heading = "FIELD: \(name) <\(field.type)>\(required(field))\n\n" }
      type = field.element ?? ""
      hasFields = field.element != nil
    }
    let group = resource.group.isEmpty ? "" : "GROUP:      \(resource.group)\n"
    let kind = "KIND:       \(resource.kind)\nVERSION:    \(resource.version)\n\n"
    let description = "DESCRIPTION:\n    <empty>\n\n"
    guard hasFields else { return group + kind + heading + description }
    return group + kind + heading + description + "FIELDS:\n" + fields(of: type, depth: 1, above: []) + "\n"
  }

  private func required(_ field: DocumentedField) -> String { field.isRequired ? " -required-" : "" }

  private func fields(of type: String, depth: Int, above: [String]) -> String {
    let indent = String(repeating: "  ", count: depth)
    return (DocumentedField.all(of: type) ?? []).sorted { $0.name < $1.name }.map { field in
      let choices = field.choices.isEmpty ? "" : "\(indent)enum: \(field.choices.joined(separator: ", "))\n"
      var text = "\(indent)\(field.name)\t<\(field.type)>\(required(field))\n" + choices
      if isRecursive, let element = field.element, !above.contains(element) {
        text += fields(of: element, depth: depth + 1, above: above + [type])
      }
      return text
    }.joined()
  }
}

import ControlPlane
import NetModel

/// An object of the cluster in one line: its name, then what kubectl's wide table says of it, but for its age.
package struct ObjectLine: Hashable, Sendable {
  package let resource: APIResource
  package let document: JSONValue
  package let text: String

  /// The objects of a resource in all namespaces, in the order of namespace and name; none without a cluster.
  package static func lines(of resource: APIResource, in network: Network) -> [ObjectLine] {
    let context = TableContext(
      now: WallTime(network.now, since: network.cluster?.startTime ?? .start), isWide: true)
    let columns = ResourceColumns.of(resource).dropFirst().filter { $0.name != "AGE" }
    return network.apiList(resource, namespace: nil, at: network.now).map { document in
      let cells = columns.map { (name: $0.name, value: $0.cell(document, context)) }
      let known = cells.filter { !["", "<none>", "<unset>"].contains($0.value) }
      let parts = [document.qualifiedName] + known.map { "\($0.name)=\($0.value.withoutEscapes)" }
      return ObjectLine(
        resource: resource, document: document, text: parts.joined(separator: " "))
    }
  }

  /// The command that a person would type to change the object, to be finished.
  package var changingCommand: String {
    let name = document.objectName
    switch resource.kind {
    case "Node", "Namespace": return line(["label", resource.singular, name]) + " "
    case "Deployment":
      let replicas = document.value(at: "spec", "replicas") ?? 1
      return line(["scale", resource.singular, name, "--replicas=\(replicas)"])
    default:
      let spec = JSONValue.object([.init("spec", document["spec"] ?? .object([]))])
      let whole = line(["patch", resource.singular, name, "--type", "merge", "-p", spec.description])
      guard whole.count > ObjectLine.longestCommand else { return whole }
      return line(["patch", resource.singular, name, "--type", "merge", "-p", "{\"spec\":{}}"])
    }
  }

  package var removingCommand: String { line(["delete", resource.singular, document.objectName]) }

  /// Characters of a command that shows an object's document.
  private static let longestCommand = 600

  private func line(_ words: [String]) -> String {
    let scope = resource.isNamespaced ? ["--namespace", document.objectNamespace] : []
    return CommandWords.line(["kubectl"] + scope + words)
  }
}

extension JSONValue {
  /// `NAMESPACE/NAME`, or the name alone.
  fileprivate var qualifiedName: String {
    objectNamespace.isEmpty ? objectName : "\(objectNamespace)/\(objectName)"
  }
}

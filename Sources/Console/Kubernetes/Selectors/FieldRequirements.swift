import ControlPlane
import NetModel

/// A field selector as `--field-selector` takes it: `spec.nodeName=a,status.phase!=Running`.
///
/// Source: k8s.io/apimachinery `pkg/fields/selector.go`; Kubernetes `pkg/apis/core/v1/conversion.go` for the
/// fields that may be asked for.
struct FieldRequirements: Hashable, Sendable {
  private(set) var text = ""
  private var requirements: [Requirement] = []

  private struct Requirement: Hashable, Sendable {
    var field: String
    var value: String
    var isEqual: Bool
  }

  init() {}

  init(parsing text: String) throws(SelectorError) {
    self.text = text
    for part in text.split(separator: ",") {
      guard let sign = ["!=", "==", "="].first(where: { part.contains($0) }),
        let range = part.firstRange(of: sign)
      else {
        throw SelectorError(message: "invalid selector: '\(text)'; can't understand '\(part)'")
      }
      requirements.append(
        Requirement(
          field: String(part[..<range.lowerBound]), value: String(part[range.upperBound...]),
          isEqual: sign != "!="))
    }
  }

  func match(_ document: JSONValue) -> Bool {
    requirements.allSatisfy { requirement in
      (Self.value(of: requirement.field, in: document) == requirement.value) == requirement.isEqual
    }
  }

  /// The first field that the API server cannot select objects of a resource by.
  func unsupportedField(of resource: APIResource) -> String? {
    let fields = (Self.fields[resource.kind] ?? []).union(["metadata.name", "metadata.namespace"])
    return requirements.map(\.field).first { !fields.contains($0) }
  }

  private static let fields: [String: Set<String>] = [
    "Pod": [
      "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName",
      "spec.hostNetwork",
      "status.phase", "status.podIP", "status.podIPs", "status.nominatedNodeName",
    ],
    "Node": ["spec.unschedulable"],
    "Namespace": ["status.phase"],
    "Service": ["spec.clusterIP", "spec.type"],
    "ReplicaSet": ["status.replicas"],
  ]

  private static func value(of field: String, in document: JSONValue) -> String {
    var value: JSONValue? = document
    for name in field.split(separator: ".") { value = value?[String(name)] }
    switch value {
    case .string(let text): return text
    case .bool(let flag): return String(flag)
    case .number(let number): return String(number)
    default: return ["spec.unschedulable", "spec.hostNetwork"].contains(field) ? "false" : ""
    }
  }
}

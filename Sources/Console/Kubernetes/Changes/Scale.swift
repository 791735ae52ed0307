import ControlPlane
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/scale/scale.go`.
  static let scaleCommand = KubectlCommand(
    "scale",
    flags: selectionFlags + changeFlags + [
      Flag("replicas", nil, .number), Flag("current-replicas", nil, .number), Flag("timeout", nil, .text),
      Flag("all", nil, .bool), .unmodelled("filename", "f", .texts),
      .unmodelled("resource-version", nil, .text),
    ]
  ) { (call, lab, answer) throws(KubectlError) in
    guard let network = lab.network else { return }
    guard let replicas = call.flags.number("replicas") else {
      throw .client("required flag(s) \"replicas\" not set")
    }
    guard replicas >= 0 else {
      throw .client("The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0")
    }
    let dryRun = try DryRun(call.flags)
    let arguments = try ResourceArguments(call.arguments, names: ResourceNames(network))
    let choosesAll = call.flags.isOn("all") || call.flags.contains("selector")
    guard arguments.hasNames || choosesAll else {
      throw .client("resource(s) were provided, but no name was specified")
    }
    var errors: [KubectlError] = []
    let found = try ResourceQuery(arguments, call: call).run(on: lab, errors: &errors)
    errors.forEach { answer.fail($0) }
    for part in found {
      for document in part.documents {
        do throws(KubectlError) {
          try scale(document, part.resource, to: replicas, dryRun, call, &lab, &answer)
        } catch {
          answer.fail(error)
        }
      }
    }
    if found.allSatisfy(\.documents.isEmpty), errors.isEmpty { throw .client("no objects passed to scale") }
  }

  private static func scale(
    _ document: JSONValue, _ resource: APIResource, to replicas: Int, _ dryRun: DryRun, _ call: KubectlCall,
    _ lab: inout RunningLab, _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    guard ["Deployment", "ReplicaSet"].contains(resource.kind) else {
      throw .server(APIError(.notFound, "the server could not find the requested resource"))
    }
    let current = document.value(at: "spec", "replicas")?.integer ?? 1
    if let expected = call.flags.number("current-replicas"), expected >= 0, expected != current {
      throw .client("Expected replicas to be \(expected), was \(current)")
    }
    let change = APIChange.scale(
      resource, namespace: document.objectNamespace, name: document.objectName, replicas: replicas)
    let after = try lab.request(change, dryRun: dryRun)
    try answer.report(after, of: resource, "scaled", dryRun: dryRun, call: call)
  }
}

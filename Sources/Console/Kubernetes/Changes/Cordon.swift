import ControlPlane
import NetModel

extension Kubectl {
  static let cordonCommands = [
    KubectlCommand("cordon", flags: [DryRun.flag, Flag("selector", "l", .text)]) {
      (call, lab, answer) throws(KubectlError) in try cordon(true, call, &lab, &answer)
    },
    KubectlCommand("uncordon", flags: [DryRun.flag, Flag("selector", "l", .text)]) {
      (call, lab, answer) throws(KubectlError) in try cordon(false, call, &lab, &answer)
    },
  ]

  /// Source: kubectl `pkg/cmd/drain/drain.go` (`RunCordonOrUncordon`).
  private static func cordon(
    _ isCordoned: Bool, _ call: KubectlCall, _ lab: inout RunningLab, _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    guard let network = lab.network, let node = ResourceNames(network).resource(named: "node") else { return }
    if call.arguments.isEmpty, !call.flags.contains("selector") {
      throw .plain(
        "error: one or more resources must be specified as <resource> <name> or <resource>/<name>")
    }
    let arguments = try ResourceArguments(["nodes"] + call.arguments, names: ResourceNames(network))
    let dryRun = try DryRun(call.flags)
    var errors: [KubectlError] = []
    let found = try ResourceQuery(arguments, call: call).run(on: lab, errors: &errors)
    errors.forEach { answer.fail($0) }
    for document in found.flatMap(\.documents) {
      do throws(KubectlError) {
        try setSchedulable(!isCordoned, document, node, dryRun, in: &lab, &answer)
      } catch {
        answer.fail(error)
      }
    }
  }

  /// Marks a node as one that takes new pods, or none, and says so.
  static func setSchedulable(
    _ isSchedulable: Bool, _ document: JSONValue, _ nodes: APIResource, _ dryRun: DryRun,
    in lab: inout RunningLab, _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    let word = isSchedulable ? "uncordoned" : "cordoned"
    let was = document.value(at: "spec", "unschedulable")?.boolean == true
    guard was == isSchedulable else {
      answer.output += "node/\(document.objectName) already \(word)\(dryRun.suffix)\n"
      return
    }
    let patch = JSONValue.object([
      .init("spec", .object([.init("unschedulable", isSchedulable ? .null : .bool(true))]))
    ])
    let change = APIChange.patch(
      nodes, namespace: nil, name: document.objectName, patch, .strategic, subresource: nil)
    _ = try lab.request(change, dryRun: dryRun)
    answer.output += "node/\(document.objectName) \(word)\(dryRun.suffix)\n"
  }
}

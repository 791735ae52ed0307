import ControlPlane
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/taint/taint.go`.
  static let taintCommand = KubectlCommand(
    "taint",
    flags: [
      DryRun.flag, Flag("selector", "l", .text), Flag("all", nil, .bool), Flag("overwrite", nil, .bool),
    ]
  ) { (call, lab, answer) throws(KubectlError) in try Taint(call).run(in: &lab, &answer) }
}

/// `kubectl taint`.
private struct Taint {
  private let call: KubectlCall
  private let dryRun: DryRun
  private let resources: [String]
  private var added: [Spec] = []
  private var removed: [Spec] = []

  /// A taint as it is named on the command line; without an effect it stands for all of its key.
  private struct Spec {
    var key: String
    var value: String
    var effect: String

    var document: JSONValue {
      .fields([
        "effect": .string(effect), "key": .string(key), "value": value.isEmpty ? nil : .string(value),
      ])
    }

    func names(_ taint: JSONValue) -> Bool {
      taint["key"]?.text == key && (effect.isEmpty || taint["effect"]?.text == effect)
    }
  }

  init(_ call: KubectlCall) throws(KubectlError) {
    self.call = call
    dryRun = try DryRun(call.flags)
    func isTaint(_ text: String) -> Bool { text.contains("=") || text.contains(":") || text.hasSuffix("-") }
    resources = call.arguments.filter { !isTaint($0) }
    for text in call.arguments.filter(isTaint) {
      if text.hasSuffix("-") {
        removed.append(try Self.spec(String(text.dropLast())))
      } else {
        let spec = try Self.spec(text)
        guard !spec.effect.isEmpty else { throw .client("invalid taint spec: \(text)") }
        added.append(spec)
      }
    }
  }

  /// Source: kubectl `pkg/cmd/taint/utils.go`, `parseTaint`.
  private static func spec(_ text: String) throws(KubectlError) -> Spec {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let pair = parts[0].split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, pair.count <= 2, !pair[0].isEmpty else {
      throw .client("invalid taint spec: \(text)")
    }
    let effect = parts.count == 2 ? parts[1] : ""
    guard parts.count == 1 || ["NoSchedule", "PreferNoSchedule", "NoExecute"].contains(effect) else {
      throw .client("invalid taint effect: \(effect), unsupported taint effect")
    }
    return Spec(key: pair[0], value: pair.count == 2 ? pair[1] : "", effect: effect)
  }

  func run(in lab: inout RunningLab, _ answer: inout KubectlAnswer) throws(KubectlError) {
    guard let network = lab.network, let nodes = ResourceNames(network).resource(named: "node") else {
      return
    }
    try validate()
    let arguments = try ResourceArguments(["nodes"] + resources.dropFirst(), names: ResourceNames(network))
    var errors: [KubectlError] = []
    let found = try ResourceQuery(arguments, call: call).run(on: lab, errors: &errors)
    errors.forEach { answer.fail($0) }
    for document in found.flatMap(\.documents) {
      do throws(KubectlError) {
        try change(document, nodes, in: &lab, &answer)
      } catch {
        answer.fail(error)
      }
    }
  }

  private func validate() throws(KubectlError) {
    guard let kind = resources.first else {
      throw .client("one or more resources must be specified as <resource> <name>")
    }
    guard ["node", "nodes", "no"].contains(kind.lowercased()) else {
      throw .client("invalid resource type \(kind), only node types are supported")
    }
    guard resources.count > 1 || call.flags.isOn("all") || call.flags.contains("selector") else {
      throw .client("at least one resource name must be specified since 'all' parameter is not set")
    }
    guard !added.isEmpty || !removed.isEmpty else { throw .client("at least one taint update is required") }
  }

  private func change(
    _ document: JSONValue, _ nodes: APIResource, in lab: inout RunningLab, _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    let name = document.objectName
    let old = document.value(at: "spec", "taints")?.elements ?? []
    let existing = added.filter { spec in old.contains { spec.names($0) } }.map(\.key)
    guard existing.isEmpty || call.flags.isOn("overwrite") else {
      throw .client(
        "node \(name) already has \(existing.joined(separator: ",")) taint(s) with same effect(s) and "
          + "--overwrite is false")
    }
    for spec in removed where !old.contains(where: { spec.names($0) }) {
      let text = spec.effect.isEmpty ? spec.key : "\(spec.key):\(spec.effect)"
      throw .client("taint \(JSONValue.quoted(text)) not found")
    }
    let kept = old.filter { taint in !(added + removed).contains { $0.names(taint) } }
    let taints = added.map(\.document) + kept
    let patch = JSONValue.object([
      .init("spec", .object([.init("taints", taints.isEmpty ? .null : .array(taints))]))
    ])
    _ = try lab.request(
      .patch(nodes, namespace: nil, name: name, patch, .merge, subresource: nil), dryRun: dryRun)
    let verb = removed.isEmpty ? "tainted" : added.isEmpty ? "untainted" : "modified"
    answer.output += "node/\(name) \(verb)\(dryRun.suffix)\n"
  }
}

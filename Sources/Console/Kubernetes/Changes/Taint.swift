import ControlPlane
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/taint/taint.go`, `utils.go`.
  static let taintCommand = KubectlCommand(
    "taint",
    flags: changeFlags + [
      Flag("selector", "l", .text), Flag("all", nil, .bool), Flag("overwrite", nil, .bool),
      Flag("validate", nil, .optionalText("strict")),
    ]
  ) { (call, lab, answer) throws(KubectlError) in
    try TaintChange(call, lab).run(in: &lab, &answer)
  }
}

/// `kubectl taint`.
private struct TaintChange {
  private let call: KubectlCall
  private let dryRun: DryRun
  private let arguments: ResourceArguments
  private let added: [Taint]
  private let removed: [Taint]

  private struct Taint: Hashable {
    var key: String
    var value: String
    /// Empty for all of the key's.
    var effect: String

    init(_ document: JSONValue) {
      key = document["key"]?.text ?? ""
      value = document["value"]?.text ?? ""
      effect = document["effect"]?.text ?? ""
    }

    /// `KEY=VALUE:EFFECT`, `KEY:EFFECT` or `KEY`.
    init(_ text: String) throws(KubectlError) {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      let pair = parts[0].split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard parts.count <= 2, pair.count <= (parts.count == 2 ? 2 : 1), !pair[0].isEmpty else {
        throw .client("invalid taint spec: \(text)")
      }
      effect = parts.count == 2 ? parts[1] : ""
      guard parts.count == 1 || Taint.effects.contains(effect) else {
        throw .client("invalid taint effect: \(effect), unsupported taint effect")
      }
      key = pair[0]
      value = pair.count == 2 ? pair[1] : ""
    }

    private static let effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"]

    /// As errors name it.
    var text: String {
      effect.isEmpty ? key : value.isEmpty ? "\(key):\(effect)" : "\(key)=\(value):\(effect)"
    }

    var document: JSONValue {
      var fields: [JSONValue.Member] = [.init("effect", .string(effect)), .init("key", .string(key))]
      if !value.isEmpty { fields.append(.init("value", .string(value))) }
      return .object(fields)
    }

    func isSame(as other: Taint) -> Bool { key == other.key && effect == other.effect }

    /// A removal of this one takes the other away.
    func covers(_ other: Taint) -> Bool { key == other.key && (effect.isEmpty || effect == other.effect) }
  }

  init(_ call: KubectlCall, _ lab: RunningLab) throws(KubectlError) {
    guard let network = lab.network else { throw .notModelled("a recorded cluster") }
    self.call = call
    dryRun = try DryRun(call.flags)
    let firstChange = call.arguments.firstIndex { Self.isChange($0) } ?? call.arguments.count
    let words = Array(call.arguments[..<firstChange])
    let changes = call.arguments[firstChange...]
    if let word = changes.first(where: { !Self.isChange($0) }) {
      throw .client("all resources must be specified before taint changes: \(word)")
    }
    guard let type = words.first else {
      throw .client("one or more resources must be specified as <resource> <name>")
    }
    guard !changes.isEmpty else { throw .client("at least one taint update is required") }
    (added, removed) = try Self.taints(Array(changes))
    arguments = try ResourceArguments(words, names: ResourceNames(network))
    guard arguments.targets.allSatisfy({ $0.resource.kind == "Node" }) else {
      throw .client("invalid resource type \(type.lowercased()), only node types are supported")
    }
    let choosesAll = call.flags.isOn("all") || call.flags.contains("selector")
    guard words.count > 1 || choosesAll else {
      throw .client("at least one resource name must be specified since 'all' parameter is not set")
    }
  }

  private static func isChange(_ word: String) -> Bool {
    word.contains("=") || word.contains(":") || word.hasSuffix("-")
  }

  private static func taints(_ words: [String]) throws(KubectlError) -> (added: [Taint], removed: [Taint]) {
    var added: [Taint] = []
    var removed: [Taint] = []
    for word in words {
      if word.hasSuffix("-") {
        removed.append(try Taint(String(word.dropLast())))
        continue
      }
      let taint = try Taint(word)
      guard !taint.effect.isEmpty else { throw .client("invalid taint spec: \(word)") }
      guard !added.contains(where: taint.isSame) else {
        let text = "{\(taint.key) \(taint.value) \(taint.effect) <nil>}"
        throw .client("duplicated taints with the same key and effect: \(text)")
      }
      added.append(taint)
    }
    let conflicts = added.flatMap { taint in removed.filter { $0.covers(taint) } }
    guard !conflicts.isEmpty else { return (added, removed) }
    let texts = conflicts.map { "{\"\($0.key)\":\"\($0.effect)\"}" }.joined(separator: ", ")
    throw .client("can not both modify and remove the following taint(s) in the same command: \(texts)")
  }

  func run(in lab: inout RunningLab, _ answer: inout KubectlAnswer) throws(KubectlError) {
    var errors: [KubectlError] = []
    let found = try ResourceQuery(arguments, call: call).run(on: lab, errors: &errors)
    errors.forEach { answer.fail($0) }
    for part in found {
      for document in part.documents {
        do throws(KubectlError) {
          try change(document, part.resource, in: &lab, &answer)
        } catch {
          answer.fail(error)
        }
      }
    }
  }

  private func change(
    _ document: JSONValue, _ resource: APIResource, in lab: inout RunningLab, _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    let before = (document.value(at: "spec", "taints")?.elements ?? []).map { Taint($0) }
    let taken = added.filter { taint in before.contains(where: taint.isSame) }
    if !call.flags.isOn("overwrite"), !taken.isEmpty {
      let keys = taken.map(\.key).joined(separator: ",")
      throw .client(
        "node \(document.objectName) already has \(keys) taint(s) with same effect(s) and --overwrite is false"
      )
    }
    let together = added + before.filter { taint in !added.contains(where: taint.isSame) }
    if let missing = removed.first(where: { taint in !together.contains(where: taint.covers) }) {
      throw .client("taint \(JSONValue.quoted(missing.text)) not found")
    }
    let after = together.filter { taint in !removed.contains { $0.covers(taint) } }
    let patch = JSONValue.object([
      .init(
        "spec",
        .object([.init("taints", after.isEmpty ? .null : .array(after.map(\.document)))]))
    ])
    let request = APIChange.patch(
      resource, namespace: nil, name: document.objectName, patch, .merge, subresource: nil)
    let changed = try lab.request(request, dryRun: dryRun)
    let hasNew = together.count != before.count
    let verb =
      call.flags.isOn("overwrite") || (hasNew && !removed.isEmpty)
      ? "modified" : hasNew ? "tainted" : "untainted"
    try answer.report(changed, of: resource, verb, dryRun: dryRun, call: call)
  }
}

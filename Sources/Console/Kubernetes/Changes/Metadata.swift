import ControlPlane
import Importing
import NetModel

extension Kubectl {
  static let metadataCommands = [
    KubectlCommand(
      "annotate", flags: metadataFlags, readsManifests: true,
      answer: { (call, lab, answer) throws(KubectlError) in
        try MetadataChange(call, .annotations).run(in: &lab, &answer)
      }),
    KubectlCommand(
      "label", flags: metadataFlags, readsManifests: true,
      answer: { (call, lab, answer) throws(KubectlError) in
        try MetadataChange(call, .labels).run(in: &lab, &answer)
      }),
  ]

  private static let metadataFlags: [Flag] =
    fileFlags + selectionFlags + changeFlags + [
      Flag("overwrite", nil, .bool), Flag("all", nil, .bool), Flag("list", nil, .bool),
      Flag("local", nil, .bool),
      .unmodelled("resource-version", nil, .text),
    ]
}

/// `kubectl annotate` and `kubectl label`.
///
/// Source: kubectl `pkg/cmd/annotate/annotate.go`, `pkg/cmd/label/label.go`.
private struct MetadataChange {
  private let call: KubectlCall
  private let field: Field
  private let dryRun: DryRun
  private let words: [String]
  private var values: [JSONValue.Member] = []
  private var removed: [String] = []

  enum Field: String {
    case annotations, labels

    var noun: String { self == .labels ? "label" : "annotation" }
  }

  init(_ call: KubectlCall, _ field: Field) throws(KubectlError) {
    self.call = call
    self.field = field
    dryRun = try DryRun(call.flags)
    let firstChange = call.arguments.firstIndex { Self.isChange($0) } ?? call.arguments.count
    words = Array(call.arguments[..<firstChange])
    for word in call.arguments[firstChange...] {
      if let sign = word.firstIndex(of: "=") {
        values.append(.init(String(word[..<sign]), .string(String(word[word.index(after: sign)...]))))
      } else if word.hasSuffix("-") {
        removed.append(String(word.dropLast()))
      } else {
        throw .client(
          field == .labels
            ? "unknown parameter type \"\(word)\""
            : "all resources must be specified before annotation changes: \(word)")
      }
    }
    if values.contains(where: { removed.contains($0.name) }) {
      throw .client(
        "can not both modify and remove \(field == .labels ? "a label" : "an annotation") in the same command"
      )
    }
  }

  private static func isChange(_ word: String) -> Bool {
    word.contains("=") && !word.hasPrefix("=") || word.hasSuffix("-") && word.count > 1
  }

  func run(in lab: inout RunningLab, _ answer: inout KubectlAnswer) throws(KubectlError) {
    let isListing = call.flags.isOn("list")
    if values.isEmpty, removed.isEmpty, !isListing {
      throw .client("at least one \(field.noun) update is required")
    }
    for (resource, document) in try objects(in: lab, &answer) {
      do throws(KubectlError) {
        if isListing { list(document, &answer) } else { try change(document, resource, in: &lab, &answer) }
      } catch {
        answer.fail(error)
      }
    }
  }

  private func objects(
    in lab: RunningLab, _ answer: inout KubectlAnswer
  ) throws(KubectlError) -> [(APIResource, JSONValue)] {
    guard let network = lab.network else { return [] }
    if call.flags.contains("filename") {
      let reading = try ManifestReading(call, lab)
      reading.errors.forEach { answer.fail($0) }
      return reading.manifests.map { ($0.resource, $0.document) }
    }
    guard !words.isEmpty else {
      throw .client("one or more resources must be specified as <resource> <name> or <resource>/<name>")
    }
    let arguments = try ResourceArguments(words, names: ResourceNames(network))
    let choosesAll =
      call.flags.isOn("all") || call.flags.contains("selector") || call.flags.contains("field-selector")
    guard arguments.hasNames || choosesAll else {
      throw .client("resource(s) were provided, but no name was specified")
    }
    var errors: [KubectlError] = []
    let found = try ResourceQuery(arguments, call: call).run(on: lab, errors: &errors)
    errors.forEach { answer.fail($0) }
    return found.flatMap { part in part.documents.map { (part.resource, $0) } }
  }

  private func list(_ document: JSONValue, _ answer: inout KubectlAnswer) {
    for member in document.value(at: "metadata", field.rawValue)?.members ?? [] {
      answer.output += "\(member.name)=\(member.value.text ?? "")\n"
    }
  }

  private func change(
    _ document: JSONValue, _ resource: APIResource, in lab: inout RunningLab, _ answer: inout KubectlAnswer
  ) throws(KubectlError) {
    let before = document.value(at: "metadata", field.rawValue)
    try refuseOverwriting(before)
    let missing = removed.filter { before?[$0] == nil }
    if field == .labels { missing.forEach { answer.output += "label \"\($0)\" not found.\n" } }
    let changes = values + removed.map { JSONValue.Member($0, .null) }
    let patch = JSONValue.object([
      .init("metadata", .object([.init(field.rawValue, .object(changes))]))
    ])
    var after = document
    for change in changes {
      after = after.setting(
        ["metadata", field.rawValue, change.name], to: change.value == .null ? nil : change.value)
    }
    after = after.sorted
    if !call.flags.isOn("local") {
      let request = APIChange.patch(
        resource, namespace: document.objectNamespace, name: document.objectName, patch, .merge,
        subresource: nil)
      after = try lab.request(request, dryRun: dryRun)
    }
    try answer.report(after, of: resource, verb(before), dryRun: dryRun, call: call)
  }

  private func refuseOverwriting(_ before: JSONValue?) throws(KubectlError) {
    guard !call.flags.isOn("overwrite") else { return }
    let taken = values.filter { member in before?[member.name].map { $0 != member.value } ?? false }
    let texts = taken.map { "'\($0.name)' already has a value (\(before?[$0.name]?.text ?? ""))" }
    guard let first = texts.first else { return }
    if field == .labels { throw .client("\(first), and --overwrite is false") }
    throw .client(
      "--overwrite is false but found the following declared annotation(s): \(texts.joined(separator: "; "))")
  }

  private func verb(_ before: JSONValue?) -> String {
    guard field == .labels else { return "annotated" }
    let isSame =
      values.allSatisfy { before?[$0.name] == $0.value } && removed.allSatisfy { before?[$0] == nil }
    if isSame { return "not labeled" }
    return values.isEmpty ? "unlabeled" : "labeled"
  }
}

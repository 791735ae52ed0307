import ControlPlane
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/set/set_image.go`, `set_env.go`.
  static let setCommands = [
    KubectlCommand("set image", flags: setFlags) { (call, lab, answer) throws(KubectlError) in
      try setTemplates(call, "image", &lab, &answer) { (container, words) in
        let image = words.last { $0.name == container["name"]?.text || $0.name == "*" }?.value
        return image.map { [.init("image", $0)] }
      }
    },
    KubectlCommand(
      "set env", flags: setFlags + [Flag("containers", "c", .text), .unmodelled("list", nil, .bool)]
    ) { (call, lab, answer) throws(KubectlError) in
      let wanted = call.flags.text("containers") ?? "*"
      try setTemplates(call, "env", &lab, &answer) { (container, words) in
        guard wanted == "*" || wanted == container["name"]?.text else { return nil }
        let removed = words.filter { $0.value == .null }.map(\.name)
        let names = (container["env"]?.elements ?? []).compactMap { $0["name"]?.text }
        if removed.count == words.count, names.allSatisfy(removed.contains) { return [.init("env", .null)] }
        let variables = words.map { word -> JSONValue in
          word.value == .null
            ? .object([.init("$patch", "delete"), .init("name", .string(word.name))])
            : .object([.init("name", .string(word.name)), .init("value", word.value)])
        }
        return [.init("env", .array(variables))]
      }
    },
  ]

  private static let setFlags: [Flag] =
    selectionFlags + changeFlags + [
      Flag("all", nil, .bool), .unmodelled("filename", "f", .texts), .unmodelled("local", nil, .bool),
    ]

  /// Changes the containers of workloads' templates.
  ///
  /// - Parameters:
  ///   - field: as the answer names it.
  ///   - change: the patch of a container by the words `NAME=VALUE` and `NAME-` of the line (the latter with a null);
  ///     `nil` leaves it as it is.
  private static func setTemplates(
    _ call: KubectlCall, _ field: String, _ lab: inout RunningLab, _ answer: inout KubectlAnswer,
    _ change: (JSONValue, [JSONValue.Member]) -> [JSONValue.Member]?
  ) throws(KubectlError) {
    guard let network = lab.network else { return }
    let isChange = { (word: String) in word.contains("=") || word.hasSuffix("-") }
    let words = call.arguments.prefix { !isChange($0) }
    let changes = call.arguments.dropFirst(words.count).map { word -> JSONValue.Member in
      guard let sign = word.firstIndex(of: "=") else { return .init(String(word.dropLast()), .null) }
      return .init(String(word[..<sign]), .string(String(word[word.index(after: sign)...])))
    }
    guard !words.isEmpty else {
      throw .client("one or more resources must be specified as <resource> <name> or <resource>/<name>")
    }
    guard !changes.isEmpty else { throw .client("at least one \(field) update is required") }
    let arguments = try ResourceArguments(Array(words), names: ResourceNames(network))
    var errors: [KubectlError] = []
    let found = try ResourceQuery(arguments, call: call).run(on: lab, errors: &errors)
    errors.forEach { answer.fail($0) }
    let dryRun = try DryRun(call.flags)
    for part in found {
      for document in part.documents {
        let path = part.resource.kind == "Pod" ? ["spec"] : ["spec", "template", "spec"]
        let containers = path.reduce(Optional(document)) { $0?[$1] }?["containers"]?.elements ?? []
        let names = ["*"] + containers.compactMap { $0["name"]?.text }
        if field == "image", let unknown = changes.first(where: { !names.contains($0.name) }) {
          answer.fail(.client("unable to find container named \"\(unknown.name)\""))
          continue
        }
        let patches = containers.compactMap { container in
          change(container, changes).map {
            JSONValue.object($0 + [.init("name", container["name"] ?? .null)])
          }
        }
        let patch = JSONValue.object([]).setting(path + ["containers"], to: .array(patches))
        do throws(KubectlError) {
          let after = try lab.request(
            .patch(
              part.resource, namespace: document.objectNamespace, name: document.objectName, patch,
              .strategic,
              subresource: nil), dryRun: dryRun)
          guard after.withoutVersion != document.withoutVersion else { continue }
          try answer.report(after, of: part.resource, "\(field) updated", dryRun: dryRun, call: call)
        } catch {
          answer.fail(error)
        }
      }
    }
  }
}

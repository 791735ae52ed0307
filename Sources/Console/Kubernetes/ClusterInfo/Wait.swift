import ControlPlane
import NetModel

extension Kubectl {
  /// Source: kubectl `pkg/cmd/wait/wait.go`.
  static let waitCommand = KubectlCommand(
    "wait",
    flags: selectionFlags + [
      Flag("for", nil, .text), Flag("timeout", nil, .text), Flag("all", nil, .bool),
      Flag("output", "o", .text),
      .unmodelled("filename", "f", .texts),
    ]
  ) { (call, lab) throws(KubectlError) -> any Job in
    guard let network = lab.network else { return FinishedJob(CommandResult()) }
    let arguments = try ResourceArguments(call.arguments, names: ResourceNames(network))
    let condition = try WaitCondition(call.flags.text("for") ?? "")
    guard let seconds = seconds(call.flags.text("timeout") ?? "30s") else {
      throw .usage(
        "invalid argument \(JSONValue.quoted(call.flags.text("timeout") ?? "")) for \"--timeout\" flag: "
          + "time: invalid duration", command: "wait")
    }
    var errors: [KubectlError] = []
    let found = try ResourceQuery(arguments, call: call).run(on: lab, errors: &errors)
    if let error = errors.first {
      if condition == .deleted { return FinishedJob(CommandResult()) }
      throw error
    }
    let targets = found.flatMap { part in
      part.documents.map { (part.resource, $0.objectNamespace, $0.objectName) }
    }
    guard !targets.isEmpty else { throw .client("no matching resources found") }
    return WaitJob(
      condition: condition,
      pending: targets.map { WaitJob.Subject(resource: $0.0, namespace: $0.1, name: $0.2) },
      until: Instant(nanoseconds: lab.now.nanoseconds &+ Int64(seconds) * 1_000_000_000))
  }

  /// Whole seconds of a Go duration such as `90s`, `1m30s`, `0`.
  private static func seconds(_ text: String) -> Int? {
    if text == "0" { return 0 }
    var total = 0
    var digits = ""
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
      } else {
        guard let number = Int(digits), number < 1_000_000,
          let unit = ["s": 1, "m": 60, "h": 3600][character]
        else {
          return nil
        }
        total += number * unit
        digits = ""
      }
    }
    return digits.isEmpty && !text.isEmpty ? total : nil
  }
}

/// What `--for` asks for.
enum WaitCondition: Hashable, Sendable {
  case deleted
  case created
  case condition(String, status: String)
  /// A template and the text that it must find; `nil` for any.
  case path(String, String?)

  init(_ text: String) throws(KubectlError) {
    let lowered = text.lowercased()
    if lowered == "delete" {
      self = .deleted
    } else if lowered == "create" {
      self = .created
    } else if lowered.hasPrefix("condition=") {
      let parts = text.dropFirst("condition=".count).split(separator: "=", maxSplits: 1)
      guard let type = parts.first else { throw .client("unrecognized condition: \(JSONValue.quoted(text))") }
      self = .condition(String(type), status: parts.count > 1 ? String(parts[1]) : "true")
    } else if lowered.hasPrefix("jsonpath=") {
      let rest = text.dropFirst("jsonpath=".count)
      let path = rest.lastIndex(of: "}").map { rest[...$0] } ?? rest.prefix { $0 != "=" }
      let value = rest.dropFirst(path.count)
      self = .path(
        path.trimmingQuotes, value.hasPrefix("=") ? value.dropFirst().trimmingQuotes : nil)
    } else {
      throw .client("unrecognized condition: \(JSONValue.quoted(text))")
    }
  }

  func holds(for document: JSONValue?) -> Bool {
    switch self {
    case .deleted: return document == nil
    case .created: return document != nil
    case .condition(let type, let status):
      let found = document?.value(at: "status", "conditions")?.elements.first {
        $0["type"]?.text?.lowercased() == type.lowercased()
      }
      return found?["status"]?.text?.lowercased() == status.lowercased()
    case .path(let path, let wanted):
      guard let document, let path = try? JSONPath(relaxed: path), let text = try? path.text(on: document)
      else {
        return false
      }
      return wanted.map { $0 == text } ?? !text.isEmpty
    }
  }
}

/// `kubectl wait`.
private struct WaitJob: Job {
  struct Subject: Hashable, Sendable {
    var resource: APIResource
    var namespace: String
    var name: String
  }

  let condition: WaitCondition
  var pending: [Subject]
  let until: Instant

  mutating func resume(
    _ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput
  ) -> JobState {
    if event == .interrupted { return .ended(status: 130) }
    var rest: [Subject] = []
    for subject in pending {
      let document = try? lab.object(subject.resource, namespace: subject.namespace, name: subject.name)
      if condition.holds(for: document) {
        let verb = condition == .deleted ? "deleted" : condition == .created ? "created" : "condition met"
        output.write("\(subject.resource.kindName)/\(subject.name) \(verb)\n")
      } else {
        rest.append(subject)
      }
    }
    pending = rest
    if pending.isEmpty { return .ended(status: 0) }
    guard lab.now < until else {
      for subject in pending {
        output.writeError(
          "error: timed out waiting for the condition on \(subject.resource.plural)/\(subject.name)\n")
      }
      return .ended(status: 1)
    }
    return .waiting(JobWait(until: until, forLabChange: true))
  }
}

extension StringProtocol {
  /// The text without quotes around it.
  fileprivate var trimmingQuotes: String {
    guard count >= 2, let first, first == last, first == "'" || first == "\"" else { return String(self) }
    return String(dropFirst().dropLast())
  }
}

import Foundation
import NetModel
import Testing
import YAML

/// One scenario file: what happens to a cluster, and what must be so in between and in the end.
struct Scenario: CustomTestStringConvertible, Sendable {
  var name: String
  /// The rule that it shows.
  var rule: String
  var settings: JSONValue
  var steps: [JSONValue]
  /// The API server would not let it happen in the cluster of the scenarios.
  var isForLBIPAMAlone: Bool

  var testDescription: String { name }

  /// The scenarios of a folder, in the order of their names.
  static func all(in folder: String) -> [Scenario] {
    let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures")
    let directory = fixtures.appending(path: "scenarios/\(folder)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return names.sorted().compactMap { name in
      guard let text = try? String(contentsOf: directory.appending(path: name), encoding: .utf8),
        let document = try? YAML.document(text)
      else {
        Issue.record("\(folder)/\(name) cannot be read")
        return nil
      }
      return Scenario(name: name, document: JSONValue(document))
    }
  }

  private init(name: String, document: JSONValue) {
    self.name = name
    rule = document["rule"]?.text ?? ""
    settings = document["settings"] ?? .object([])
    steps = document["steps"]?.elements ?? []
    isForLBIPAMAlone = !settings.members.isEmpty || document["alone"] != nil
  }
}

extension JSONValue {
  /// The value that a YAML node stands for.
  init(_ node: Node) {
    switch node {
    case .scalar(let scalar): self = JSONValue(scalar)
    case .sequence(let sequence): self = .array(sequence.map { JSONValue($0) })
    case .mapping(let mapping):
      self = .object(mapping.map { Member($0.key.string ?? "", JSONValue($0.value)) })
    }
  }

  private init(_ scalar: Node.Scalar) {
    guard scalar.isPlain else {
      self = .string(scalar.string)
      return
    }
    switch scalar.string {
    case "", "null", "~": self = .null
    case "true": self = .bool(true)
    case "false": self = .bool(false)
    default: self = Int(scalar.string).map { .number($0) } ?? .string(scalar.string)
    }
  }

  /// A text, or a number or truth value as text.
  var anyText: String? {
    switch self {
    case .string(let text): text
    case .number(let number): String(number)
    case .bool(let value): String(value)
    default: nil
    }
  }
}

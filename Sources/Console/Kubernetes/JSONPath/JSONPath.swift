import NetModel

/// A JSONPath template, ready to be evaluated on documents.
///
/// Source: k8s.io/client-go `util/jsonpath/jsonpath.go`; kubectl evaluates with missing keys allowed.
struct JSONPath: Sendable {
  let template: String
  let nodes: [JSONPathNode]

  init(_ template: String) throws(JSONPathError) {
    self.template = template
    nodes = try JSONPathParser.parse(template)
  }

  /// A template in the shortened spelling of `--sort-by` and custom columns: `.metadata.name`,
  /// `metadata.name`, `{metadata.name}`.
  ///
  /// Source: kubectl `pkg/cmd/get/customcolumn.go` (`RelaxedJSONPathExpression`).
  init(relaxed text: String) throws(JSONPathError) {
    if text.isEmpty {
      try self.init("")
      return
    }
    var inside = text[...]
    if text.count >= 2, text.hasPrefix("{"), text.hasSuffix("}") { inside = inside.dropFirst().dropLast() }
    if inside.hasPrefix(".") { inside = inside.dropFirst() }
    guard !inside.isEmpty, !inside.contains(where: { "{}".contains($0) }) else {
      throw JSONPathError(
        "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'"
      )
    }
    try self.init("{.\(inside)}")
  }

  /// What the template finds, one list for each of its parts.
  func results(in document: JSONValue) throws(JSONPathError) -> [[JSONPathValue]] {
    var evaluation = JSONPathEvaluation(nodes: nodes)
    return try evaluation.results(on: [.json(document)], from: 0)
  }

  /// The values that the template finds, in one list.
  func values(in document: JSONValue) throws(JSONPathError) -> [JSONValue] {
    try results(in: document).flatMap { $0 }.map(\.json)
  }

  /// The template filled in, as `-o jsonpath=` prints it.
  func text(on document: JSONValue) throws(JSONPathError) -> String {
    try results(in: document).map { $0.map(\.text).joined(separator: " ") }.joined()
  }

  /// What is found as JSON lists, as `-o jsonpath-as-json=` prints it.
  func json(on document: JSONValue) throws(JSONPathError) -> String {
    try results(in: document).map { JSONPrinter.indented(.array($0.map(\.json))) + "\n" }.joined()
  }
}

/// A value that a template has found, or that stands in it.
enum JSONPathValue: Hashable, Sendable {
  case json(JSONValue)
  /// A number with a fraction, which stands in templates alone.
  case decimal(Double)

  /// The value as JSON; a fraction as its digits.
  var json: JSONValue {
    switch self {
    case .json(let value): value
    case .decimal: .string(text)
    }
  }

  /// As Go's `fmt.Fprint` writes it; lists and objects as JSON.
  var text: String {
    switch self {
    case .json(.string(let text)): text
    case .json(.null): "null"
    case .json(let value): JSONPrinter.compact(value)
    case .decimal(let number):
      number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }
  }
}

import NetModel

/// Labels and selectors on one line.
enum LabelText {
  /// `a=b,c=d` in the order of the names; `<none>` without any.
  ///
  /// Source: k8s.io/apimachinery `pkg/labels/labels.go` (`FormatLabels`).
  static func labels(_ labels: JSONValue?) -> String {
    let members = labels?.members ?? []
    return members.isEmpty ? "<none>" : equalities(members).joined(separator: ",")
  }

  /// A `LabelSelector` object; `<none>` where it is missing or selects everything.
  ///
  /// Source: k8s.io/apimachinery `pkg/apis/meta/v1/helpers.go` (`FormatLabelSelector`),
  /// `pkg/labels/selector.go` (`Requirement.String`).
  static func selector(_ selector: JSONValue?) -> String {
    let texts = equalities(selector?["matchLabels"]?.members ?? [])
    let keys = selector?["matchLabels"]?.members.map(\.name) ?? []
    let expressions = selector?["matchExpressions"]?.elements ?? []
    let all = zip(keys, texts).map { ($0, $1) } + expressions.map { ($0["key"]?.text ?? "", requirement($0)) }
    if all.isEmpty { return "<none>" }
    return all.sorted { $0.0 < $1.0 }.map(\.1).joined(separator: ",")
  }

  private static func equalities(_ members: [JSONValue.Member]) -> [String] {
    members.sorted { $0.name < $1.name }.map { "\($0.name)=\($0.value.text ?? "")" }
  }

  private static func requirement(_ expression: JSONValue) -> String {
    let key = expression["key"]?.text ?? ""
    let values = (expression["values"]?.elements ?? []).compactMap(\.text).sorted().joined(separator: ",")
    switch expression["operator"]?.text {
    case "In": return "\(key) in (\(values))"
    case "NotIn": return "\(key) notin (\(values))"
    case "DoesNotExist": return "!\(key)"
    default: return key
    }
  }
}

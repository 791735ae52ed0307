import NetModel

/// Source: Kubernetes `apimachinery/pkg/apis/meta/v1/validation/validation.go`, `ValidateLabelSelector`.
enum SelectorRules {
  static func causes(_ selector: JSONValue, path: String) -> [APIError.Cause] {
    let labels = ObjectNames.labelCauses(of: selector["matchLabels"], path: "\(path).matchLabels")
    let expressions = (selector["matchExpressions"]?.elements ?? []).enumerated()
    return labels + expressions.compactMap { cause($1, path: "\(path).matchExpressions[\($0)]") }
  }

  private static func cause(_ expression: JSONValue, path: String) -> APIError.Cause? {
    let hasValues = !(expression["values"]?.elements ?? []).isEmpty
    switch expression["operator"]?.text ?? "" {
    case "In", "NotIn":
      return hasValues
        ? nil
        : .init("\(path).values", "Required value: must be specified when `operator` is 'In' or 'NotIn'")
    case "Exists", "DoesNotExist":
      return hasValues
        ? .init(
          "\(path).values", "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
        : nil
    case let other:
      return .init(
        "\(path).operator", "Invalid value: \(JSONValue.quoted(other)): not a valid selector operator")
    }
  }
}

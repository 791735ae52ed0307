import NetModel

/// Comparisons in a JSONPath filter.
///
/// Source: k8s.io/client-go `third_party/forked/golang/template/funcs.go`.
enum JSONPathComparison {
  private enum Kind: Hashable {
    case bool, integer, decimal, text
  }

  static func holds(
    _ left: JSONPathValue, _ comparison: String, _ right: JSONPathValue
  ) throws(JSONPathError) -> Bool {
    switch comparison {
    case "==": try isEqual(left, right)
    case "!=": try !isEqual(left, right)
    case "<": try isLess(left, right)
    case ">=": try !isLess(left, right)
    case "<=": try isLess(left, right) ? true : isEqual(left, right)
    case ">": try isLess(left, right) ? false : !isEqual(left, right)
    default: throw JSONPathError("unrecognized filter operator \(comparison)")
    }
  }

  private static func isEqual(_ left: JSONPathValue, _ right: JSONPathValue) throws(JSONPathError) -> Bool {
    guard try kind(left) == kind(right) else { throw JSONPathError("incompatible types for comparison") }
    return left == right
  }

  private static func isLess(_ left: JSONPathValue, _ right: JSONPathValue) throws(JSONPathError) -> Bool {
    guard try kind(left) == kind(right) else { throw JSONPathError("incompatible types for comparison") }
    switch (left, right) {
    case (.json(.number(let left)), .json(.number(let right))): return left < right
    case (.decimal(let left), .decimal(let right)): return left < right
    case (.json(.string(let left)), .json(.string(let right))):
      return left.utf8.lexicographicallyPrecedes(right.utf8)
    default: throw JSONPathError("invalid type for comparison")
    }
  }

  private static func kind(_ value: JSONPathValue) throws(JSONPathError) -> Kind {
    switch value {
    case .json(.bool): return .bool
    case .json(.number): return .integer
    case .json(.string): return .text
    case .decimal: return .decimal
    case .json: throw JSONPathError("invalid type for comparison")
    }
  }
}

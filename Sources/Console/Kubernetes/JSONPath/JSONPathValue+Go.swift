import NetModel

/// Values as Go's `fmt` shows them in errors.
extension JSONPathValue {
  /// The type of the decoded value.
  var goType: String {
    switch self {
    case .json(let value): value.goType
    case .decimal: "float64"
    }
  }

  /// `%v`.
  var goText: String {
    switch self {
    case .json(let value): value.goText
    case .decimal: text
    }
  }
}

extension JSONValue {
  fileprivate var goType: String {
    switch self {
    case .null: "<nil>"
    case .bool: "bool"
    case .number: "int64"
    case .string: "string"
    case .array: "[]interface {}"
    case .object: "map[string]interface {}"
    }
  }

  /// `%v`.
  var goText: String {
    switch self {
    case .null: "<nil>"
    case .bool(let flag): String(flag)
    case .number(let number): String(number)
    case .string(let text): text
    case .array(let elements): "[" + elements.map(\.goText).joined(separator: " ") + "]"
    case .object(let members):
      "map[" + members.map { "\($0.name):\($0.value.goText)" }.joined(separator: " ") + "]"
    }
  }

  /// `%#v`.
  var goSyntax: String {
    switch self {
    case .null: "interface {}(nil)"
    case .bool(let flag): String(flag)
    case .number(let number): String(number)
    case .string(let text): JSONValue.quoted(text)
    case .array(let elements): "[]interface {}{" + elements.map(\.goSyntax).joined(separator: ", ") + "}"
    case .object(let members):
      "map[string]interface {}{"
        + members.map { "\(JSONValue.quoted($0.name)):\($0.value.goSyntax)" }.joined(separator: ", ") + "}"
    }
  }
}

import NetModel

/// A value of a manifest and the way to it from the manifest's root.
struct ManifestNode {
  let value: JSONValue
  let path: [ManifestStep]

  init(_ value: JSONValue, path: [ManifestStep] = []) {
    self.value = value
    self.path = path
  }

  /// A scalar's text; `nil` for other values.
  var scalar: String? {
    switch value {
    case .null: ""
    case .bool(let flag): String(flag)
    case .number(let number): String(number)
    case .string(let text): text
    case .array, .object: nil
    }
  }

  /// A scalar's text, or the kind of value for a message.
  var text: String {
    switch value {
    case .array: "a list"
    case .object: "a mapping"
    default: scalar ?? ""
    }
  }

  var isEmptyList: Bool { value == .array([]) }
}

/// One step from a value to one inside it.
package enum ManifestStep: Hashable, Sendable {
  case member(String)
  case element(Int)
}

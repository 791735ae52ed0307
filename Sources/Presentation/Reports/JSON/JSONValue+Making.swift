import Console
import NetModel

extension JSONValue {
  /// An object of these members, in this order.
  static func members(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(members.map { Member($0.key, $0.value) })
  }

  static func text(_ value: (some CustomStringConvertible)?) -> JSONValue {
    value.map { .string($0.description) } ?? .null
  }

  static func number(_ value: (some BinaryInteger)?) -> JSONValue {
    value.map { .number(Int($0)) } ?? .null
  }

  /// The members of this object and of `other` behind them.
  func merging(_ other: JSONValue) -> JSONValue {
    guard case .object(let mine) = self, case .object(let theirs) = other else { return self }
    return .object(mine + theirs)
  }

  /// The value over several lines, indented by two blanks a level; short arrays and objects stay on one line.
  package func indented(by depth: Int = 0) -> String {
    let (inner, outer) = (String(repeating: "  ", count: depth + 1), String(repeating: "  ", count: depth))
    switch self {
    case .array(let values) where !isShort:
      let lines = values.map { inner + $0.indented(by: depth + 1) }
      return "[\n" + lines.joined(separator: ",\n") + "\n\(outer)]"
    case .object(let members) where !isShort:
      let lines = members.map { member in
        "\(inner)\(JSONValue.quoted(member.name)): \(member.value.indented(by: depth + 1))"
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
    default: return oneLine
    }
  }

  /// At most 160 bytes on one line and nothing nested twice.
  private var isShort: Bool {
    let nested: [JSONValue] =
      switch self {
      case .array(let values): values
      case .object(let members): members.map(\.value)
      default: []
      }
    return nested.allSatisfy { !$0.isContainer || $0.isEmpty } && oneLine.utf8.count <= 160
  }

  private var isContainer: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }

  private var isEmpty: Bool {
    switch self {
    case .array(let values): values.isEmpty
    case .object(let members): members.isEmpty
    default: false
    }
  }

  private var oneLine: String {
    switch self {
    case .array(let values): "[" + values.map(\.oneLine).joined(separator: ", ") + "]"
    case .object(let members) where members.isEmpty: "{}"
    case .object(let members):
      "{ " + members.map { "\(JSONValue.quoted($0.name)): \($0.value.oneLine)" }.joined(separator: ", ")
        + " }"
    default: description
    }
  }
}

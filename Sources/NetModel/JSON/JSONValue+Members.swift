extension JSONValue {
  /// The members of an object; none of other values.
  package var members: [Member] {
    if case .object(let members) = self { members } else { [] }
  }

  /// The elements of an array; none of other values.
  package var elements: [JSONValue] {
    if case .array(let elements) = self { elements } else { [] }
  }

  /// The text of a string; `nil` for other values.
  package var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// A whole number; `nil` for other values.
  package var integer: Int? {
    if case .number(let number) = self { number } else { nil }
  }

  package var boolean: Bool? {
    if case .bool(let flag) = self { flag } else { nil }
  }

  /// The value at a path of member names; `nil` where there is none.
  package func value(at path: String...) -> JSONValue? {
    var value = self
    for name in path {
      guard let next = value[name] else { return nil }
      value = next
    }
    return value
  }

  /// The object with a value at a path of member names; objects on the way are made, `nil` takes it away.
  package func setting(_ path: [String], to value: JSONValue?) -> JSONValue {
    guard let first = path.first else { return value ?? .null }
    var copy = self
    guard path.count > 1 else {
      copy[first] = value
      return copy
    }
    if value == nil, self[first] == nil { return self }
    copy[first] = (self[first] ?? .object([])).setting(Array(path.dropFirst()), to: value)
    return copy
  }

  /// An object of those members that have a value, in this order.
  package static func fields(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(members.compactMap { name, value in value.map { Member(name, $0) } })
  }

  /// A list of texts.
  package static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  /// The value with the members of all its objects in ascending order of their names.
  package var sorted: JSONValue {
    switch self {
    case .object(let members):
      .object(members.map { Member($0.name, $0.value.sorted) }.sorted { $0.name < $1.name })
    case .array(let elements): .array(elements.map(\.sorted))
    default: self
    }
  }

  /// The value without members that are `null`.
  package var withoutNulls: JSONValue {
    switch self {
    case .object(let members):
      .object(members.filter { $0.value != .null }.map { Member($0.name, $0.value.withoutNulls) })
    case .array(let elements): .array(elements.map(\.withoutNulls))
    default: self
    }
  }
}

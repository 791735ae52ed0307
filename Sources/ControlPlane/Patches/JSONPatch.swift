import NetModel

/// A list of operations on a document.
///
/// Source: RFC 6902, RFC 6901.
struct JSONPatch {
  private let operations: [JSONValue]

  init(_ patch: JSONValue) throws(APIError) {
    guard case .array(let operations) = patch else { throw .unfitPatch }
    self.operations = operations
  }

  /// - Throws: where an operation does not fit the document; nothing is changed then.
  func applied(to document: JSONValue) throws(APIError) -> JSONValue {
    var result = document
    for operation in operations { result = try applied(operation, to: result) }
    return result
  }

  private func applied(_ operation: JSONValue, to document: JSONValue) throws(APIError) -> JSONValue {
    let path = try pointer(operation["path"])
    switch operation["op"]?.text {
    case "add": return try document.adding(try value(of: operation), at: path[...])
    case "remove": return try document.removing(path[...])
    case "replace":
      guard document.value(at: path[...]) != nil else { throw .unfitPatch }
      return try document.replacing(path[...], with: try value(of: operation))
    case "move":
      let from = try pointer(operation["from"])
      guard let moved = document.value(at: from[...]) else { throw .unfitPatch }
      return try document.removing(from[...]).adding(moved, at: path[...])
    case "copy":
      guard let copied = document.value(at: try pointer(operation["from"])[...]) else { throw .unfitPatch }
      return try document.adding(copied, at: path[...])
    case "test":
      guard document.value(at: path[...])?.sorted == (try value(of: operation)).sorted else {
        throw .unfitPatch
      }
      return document
    default: throw .unfitPatch
    }
  }

  private func value(of operation: JSONValue) throws(APIError) -> JSONValue {
    guard let value = operation["value"] else { throw .unfitPatch }
    return value
  }

  private func pointer(_ value: JSONValue?) throws(APIError) -> [String] {
    guard let text = value?.text, text.isEmpty || text.hasPrefix("/") else { throw .unfitPatch }
    return text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(Self.unescaped)
  }

  /// Source: RFC 6901, section 4: `~1` first, then `~0`.
  private static func unescaped(_ step: Substring) -> String {
    var text = ""
    var rest = step
    while let first = rest.first {
      if rest.hasPrefix("~1") || rest.hasPrefix("~0") {
        text += rest.hasPrefix("~1") ? "/" : "~"
        rest = rest.dropFirst(2)
      } else {
        text.append(first)
        rest = rest.dropFirst()
      }
    }
    return text
  }
}

extension JSONValue {
  fileprivate func value(at path: ArraySlice<String>) -> JSONValue? {
    guard let step = path.first else { return self }
    let next: JSONValue? =
      switch self {
      case .object: self[step]
      case .array(let elements): Int(step).flatMap { elements[ifThere: $0] }
      default: nil
      }
    return next?.value(at: path.dropFirst())
  }

  fileprivate func replacing(_ path: ArraySlice<String>, with value: JSONValue) throws(APIError) -> JSONValue
  {
    guard let step = path.first else { return value }
    guard let inner = self.value(at: [step][...]) else { throw .unfitPatch }
    return try putting(try inner.replacing(path.dropFirst(), with: value), at: step)
  }

  fileprivate func adding(_ value: JSONValue, at path: ArraySlice<String>) throws(APIError) -> JSONValue {
    guard let step = path.first else { return value }
    guard path.count == 1 else {
      guard let inner = self.value(at: [step][...]) else { throw .unfitPatch }
      return try putting(try inner.adding(value, at: path.dropFirst()), at: step)
    }
    guard case .array(var elements) = self else {
      guard case .object = self else { throw .unfitPatch }
      var copy = self
      copy[step] = value
      return copy
    }
    guard let position = step == "-" ? elements.count : Int(step), (0...elements.count).contains(position)
    else {
      throw .unfitPatch
    }
    elements.insert(value, at: position)
    return .array(elements)
  }

  fileprivate func removing(_ path: ArraySlice<String>) throws(APIError) -> JSONValue {
    guard let step = path.first, let inner = value(at: [step][...]) else { throw .unfitPatch }
    guard path.count == 1 else { return try putting(try inner.removing(path.dropFirst()), at: step) }
    if case .array(var elements) = self, let position = Int(step) {
      elements.remove(at: position)
      return .array(elements)
    }
    return setting([step], to: nil)
  }

  private func putting(_ value: JSONValue, at step: String) throws(APIError) -> JSONValue {
    if case .array(var elements) = self {
      guard let position = Int(step), elements.indices.contains(position) else { throw .unfitPatch }
      elements[position] = value
      return .array(elements)
    }
    guard case .object = self else { throw .unfitPatch }
    var copy = self
    copy[step] = value
    return copy
  }
}

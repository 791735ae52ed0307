import NetModel

/// The order that `--sort-by` asks for.
///
/// Source: kubectl `pkg/cmd/get/sorter.go`.
enum DocumentOrder {
  static func sorted(_ documents: [JSONValue], by field: String) throws(KubectlError) -> [JSONValue] {
    var keyed: [(key: JSONValue?, document: JSONValue)] = []
    do throws(JSONPathError) {
      let path = try JSONPath(relaxed: field)
      for document in documents { keyed.append((try path.values(in: document).first, document)) }
      if !documents.isEmpty, keyed.allSatisfy({ $0.key == nil }) {
        throw JSONPathError("couldn't find any field with path \"\(path.template)\" in the list of objects")
      }
    } catch {
      throw .client(error.message)
    }
    return keyed.enumerated().sorted { left, right in
      if precedes(left.element.key, right.element.key) { return true }
      return !precedes(right.element.key, left.element.key) && left.offset < right.offset
    }.map(\.element.document)
  }

  /// Objects without the field come first.
  private static func precedes(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
    switch (left, right) {
    case (nil, .some): return true
    case (.number(let left)?, .number(let right)?): return left < right
    case (.bool(let left)?, .bool(let right)?): return !left && right
    case (.string(let left)?, .string(let right)?):
      if let left = ResourceQuantity(exactly: left), let right = ResourceQuantity(exactly: right) {
        return left < right
      }
      return left.utf8.lexicographicallyPrecedes(right.utf8)
    default: return false
    }
  }
}

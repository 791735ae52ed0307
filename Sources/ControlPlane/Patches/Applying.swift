import NetModel

/// What `kubectl apply` does on the client: a three-way merge of what it applied last, what it is to apply now,
/// and the object as it is.
///
/// Source: Kubernetes `kubectl/pkg/cmd/apply/patcher.go`, `apimachinery/pkg/util/strategicpatch/patch.go`,
/// `CreateThreeWayMergePatch`.
extension JSONValue {
  /// Where clients keep what they applied last.
  package static let lastAppliedKey = "kubectl.kubernetes.io/last-applied-configuration"

  /// The document with a note of itself among its annotations, as `kubectl apply` sends it.
  ///
  /// - Parameter namespace: where the document goes, for kinds that live in one.
  package func notingItself(namespace: String?) -> JSONValue {
    var noted = setting(["metadata", "annotations", Self.lastAppliedKey], to: nil)
    noted = noted.setting(
      ["metadata", "annotations"], to: noted.value(at: "metadata", "annotations") ?? .object([]))
    if let namespace { noted = noted.setting(["metadata", "namespace"], to: .string(namespace)) }
    let text = noted.sorted.goText + "\n"
    return noted.setting(["metadata", "annotations", Self.lastAppliedKey], to: .string(text))
  }

  /// The object `current` after this document, with its note, is applied to it.
  ///
  /// - Parameter last: what was applied last; `nil` where nothing was noted.
  package func applied(to current: JSONValue, last: JSONValue?, resource: APIResource) -> JSONValue {
    ThreeWayMerge(schema: .all).merge(last: last, wanted: self, current: current, type: resource.kind)
  }

  /// As Go's `json.Marshal` writes it: `<`, `>` and `&` are escaped.
  var goText: String {
    var text = ""
    for character in description.unicodeScalars {
      switch character {
      case "<": text += "\\u003c"
      case ">": text += "\\u003e"
      case "&": text += "\\u0026"
      default: text.unicodeScalars.append(character)
      }
    }
    return text
  }
}

private struct ThreeWayMerge {
  let schema: Schema

  /// What was applied last and is no longer wanted goes; what others added stays.
  func merge(last: JSONValue?, wanted: JSONValue, current: JSONValue, type: String?) -> JSONValue {
    guard case .object(let members) = wanted, case .object = current else { return wanted }
    var result = current
    for member in last?.members ?? [] where wanted[member.name] == nil { result[member.name] = nil }
    for member in members {
      let field = type.flatMap { schema.field(member.name, of: $0) }
      result[member.name] =
        member.value == .null
        ? nil : value(last: last?[member.name], wanted: member.value, current: current[member.name], field)
    }
    return result
  }

  private func value(
    last: JSONValue?, wanted: JSONValue, current: JSONValue?, _ field: Schema.Field?
  ) -> JSONValue {
    guard let current else { return wanted.withoutNulls }
    switch (wanted, field?.shape) {
    case (.array(let elements), .list(let shape)):
      guard let keys = field?.mergeKeys, !keys.isEmpty else { return wanted }
      let type: String? = if case .object(let name) = shape { name } else { nil }
      return list(last: last?.elements ?? [], wanted: elements, current: current.elements, keys, type)
    case (.object, .object(let type)): return merge(last: last, wanted: wanted, current: current, type: type)
    case (.object, _): return merge(last: last, wanted: wanted, current: current, type: nil)
    default: return wanted
    }
  }

  private func list(
    last: [JSONValue], wanted: [JSONValue], current: [JSONValue], _ keys: [String], _ type: String?
  ) -> JSONValue {
    let merged = wanted.map { element in
      let counterpart = current.first { $0.isSame(as: element, by: keys) }
      return counterpart.map { counterpart in
        merge(
          last: last.first { $0.isSame(as: element, by: keys) }, wanted: element, current: counterpart,
          type: type)
      } ?? element
    }
    let others = current.filter { element in
      !wanted.contains { $0.isSame(as: element, by: keys) }
        && !last.contains { $0.isSame(as: element, by: keys) }
    }
    return .array(merged + others)
  }
}

import NetModel

/// Strategic merge patches: lists of objects with a key are merged element by element.
///
/// Source: Kubernetes `apimachinery/pkg/util/strategicpatch/patch.go`.
struct StrategicMerge {
  let schema: Schema

  private static let orderPrefix = "$setElementOrder/"
  private static let deletionPrefix = "$deleteFromPrimitiveList/"

  /// The value of a type after a patch.
  func merge(_ original: JSONValue, _ patch: JSONValue, type: String?) -> JSONValue {
    guard case .object(let changes) = patch else { return patch }
    if patch["$patch"] == "replace" { return patch.setting(["$patch"], to: nil) }
    if patch["$patch"] == "delete" { return .object([]) }
    var result = JSONValue.object(original.members)
    if let kept = patch["$retainKeys"]?.elements.compactMap(\.text) {
      result = .object(result.members.filter { kept.contains($0.name) })
    }
    for change in changes where !change.name.hasPrefix("$") {
      let field = type.flatMap { schema.field(change.name, of: $0) }
      result[change.name] =
        change.value == .null ? nil : merge(result[change.name], change.value, field: field)
    }
    for change in changes {
      if let name = change.name.suffix(behind: Self.deletionPrefix), let list = result[name] {
        result[name] = .array(list.elements.filter { !change.value.elements.contains($0) })
      }
      if let name = change.name.suffix(behind: Self.orderPrefix), let list = result[name] {
        let keys = type.flatMap { schema.field(name, of: $0) }?.mergeKeys ?? []
        result[name] = ordered(list.elements, like: change.value.elements, keys: keys)
      }
    }
    return result
  }

  private func merge(_ original: JSONValue?, _ patch: JSONValue, field: Schema.Field?) -> JSONValue {
    switch (patch, field?.shape) {
    case (.array(let elements), .list(let shape)):
      guard let keys = field?.mergeKeys else { return .array(elements.map(\.withoutDirectives)) }
      let type: String? = if case .object(let name) = shape { name } else { nil }
      return keys.isEmpty
        ? union(original?.elements ?? [], elements) : merge(original?.elements ?? [], elements, keys, type)
    case (.object, .object(let type)): return merge(original ?? .object([]), patch, type: type)
    case (.object, _): return merge(original ?? .object([]), patch, type: nil)
    default: return patch
    }
  }

  private func union(_ original: [JSONValue], _ patch: [JSONValue]) -> JSONValue {
    .array(original + patch.filter { !original.contains($0) })
  }

  private func merge(
    _ original: [JSONValue], _ patch: [JSONValue], _ keys: [String], _ type: String?
  ) -> JSONValue {
    if patch.contains(.object([.init("$patch", "replace")])) {
      return .array(patch.filter { $0["$patch"] != "replace" })
    }
    var result = original
    for element in patch {
      let place = result.firstIndex { $0.isSame(as: element, by: keys) }
      if element["$patch"] == "delete" {
        if let place { result.remove(at: place) }
      } else if let place {
        result[place] = merge(result[place], element, type: type)
      } else {
        result.append(element.withoutDirectives)
      }
    }
    return .array(result)
  }

  private func ordered(_ elements: [JSONValue], like order: [JSONValue], keys: [String]) -> JSONValue {
    func rank(_ element: JSONValue) -> Int {
      order.firstIndex { keys.isEmpty ? $0 == element : $0.isSame(as: element, by: keys) } ?? order.count
    }
    let ranked = elements.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }
    return .array(ranked.map(\.element))
  }
}

extension JSONValue {
  /// Both bear the same values under all keys.
  func isSame(as other: JSONValue, by keys: [String]) -> Bool {
    keys.allSatisfy { self[$0] != nil && self[$0] == other[$0] }
  }

  /// The value without what only tells how to merge it.
  fileprivate var withoutDirectives: JSONValue {
    switch self {
    case .object(let members):
      .object(
        members.filter { !$0.name.hasPrefix("$") && $0.value != .null }
          .map { Member($0.name, $0.value.withoutDirectives) })
    case .array(let elements): .array(elements.map(\.withoutDirectives))
    default: self
    }
  }
}

extension String {
  /// What stands behind a prefix; `nil` where it does not stand there.
  fileprivate func suffix(behind prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}

import NetModel

/// The patch that `kubectl apply` sends: what the manifest says, and `null` for what it said the last time and
/// says no longer.
///
/// Source: k8s.io/apimachinery `pkg/util/strategicpatch/patch.go` (`CreateThreeWayMergePatch`),
/// `pkg/util/jsonmergepatch/patch.go`.
struct ApplyPatch {
  let value: JSONValue

  /// - Parameter mergesLists: Lists of a built-in kind are merged by their elements' keys; the others are replaced.
  init(original: JSONValue?, modified: JSONValue, mergesLists: Bool) {
    value = Self.patch(original, modified, mergesLists)
  }

  private static func patch(_ original: JSONValue?, _ modified: JSONValue, _ mergesLists: Bool) -> JSONValue {
    switch (original, modified) {
    case (.object(let old)?, .object(let new)):
      let kept = new.map { member in
        let before = original?[member.name]
        if mergesLists, let key = mergeKey(of: member.name, member.value) {
          return JSONValue.Member(member.name, list(before, member.value, by: key))
        }
        return JSONValue.Member(member.name, patch(before, member.value, mergesLists))
      }
      let names = Set(new.map(\.name))
      let gone = old.filter { !names.contains($0.name) }.map { JSONValue.Member($0.name, .null) }
      return .object(kept + gone)
    default: return modified
    }
  }

  /// Elements that are no longer wanted are marked as such.
  private static func list(_ original: JSONValue?, _ modified: JSONValue, by key: String) -> JSONValue {
    let wanted = modified.elements.compactMap { $0[key] }
    let elements = modified.elements.map { element in
      patch(original?.elements.first { $0[key] == element[key] }, element, true)
    }
    let gone = (original?.elements ?? []).compactMap { $0[key] }.filter { !wanted.contains($0) }
    return .array(elements + gone.map { .object([.init("$patch", "delete"), .init(key, $0)]) })
  }

  /// The field by which a list's elements are told apart; `nil` for lists that are replaced.
  ///
  /// Source: Kubernetes `staging/src/k8s.io/api/core/v1/types.go` (`patchMergeKey`).
  private static func mergeKey(of name: String, _ list: JSONValue) -> String? {
    let keys: [String]? =
      switch name {
      case "containers", "initContainers", "env", "volumes", "imagePullSecrets": ["name"]
      case "ports": ["containerPort", "port"]
      case "volumeMounts": ["mountPath"]
      case "hostAliases": ["ip"]
      default: nil
      }
    return keys?.first { key in !list.elements.isEmpty && list.elements.allSatisfy { $0[key] != nil } }
  }
}

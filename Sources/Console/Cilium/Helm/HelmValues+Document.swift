import ControlPlane
import NetModel

extension HelmValues {
  /// The values as one document, keys in ascending order; null where nobody set anything.
  var document: JSONValue {
    settings.isEmpty
      ? .null : HelmValues.tree(settings.map { (keys: HelmValues.keys(of: $0.path), value: $0.value) })
  }

  /// The values of a document, those of maps by their paths.
  ///
  /// - Throws: for lists of maps, which are not modelled.
  init(document: JSONValue) throws(ToolFailure) {
    self.init()
    try add(document, at: "")
  }

  /// These values with others laid over them.
  func overlaid(with others: HelmValues) -> HelmValues {
    var values = self
    for setting in others.settings { values[setting.path] = setting.value }
    return values
  }

  private mutating func add(_ value: JSONValue, at path: String) throws(ToolFailure) {
    guard case .object(let members) = value else {
      self[path] = try HelmValue(value, at: path)
      return
    }
    for member in members {
      let key = member.name.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "\\.")
      try add(member.value, at: path.isEmpty ? key : "\(path).\(key)")
    }
  }

  private static func tree(_ entries: [(keys: [String], value: HelmValue)]) -> JSONValue {
    var names: [String] = []
    for entry in entries {
      if let name = entry.keys.first, !names.contains(name) { names.append(name) }
    }
    return .object(
      names.sorted().map { name in
        let below = entries.filter { $0.keys.first == name }
        if let leaf = below.first(where: { $0.keys.count == 1 }) { return .init(name, leaf.value.document) }
        return .init(name, tree(below.map { (keys: Array($0.keys.dropFirst()), value: $0.value) }))
      })
  }

  /// A path's keys; an escaped dot belongs to its key.
  private static func keys(of path: String) -> [String] {
    var keys = [""]
    var isEscaped = false
    for character in path {
      if isEscaped {
        keys[keys.count - 1].append(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "." {
        keys.append("")
      } else {
        keys[keys.count - 1].append(character)
      }
    }
    return keys
  }
}

extension HelmValue {
  fileprivate var document: JSONValue {
    switch self {
    case .bool(let value): .bool(value)
    case .integer(let value): .number(value)
    case .string(let value): .string(value)
    case .list(let values): .array(values.map(\.document))
    }
  }

  /// `nil` for null, which takes a value away.
  fileprivate init?(_ value: JSONValue, at path: String) throws(ToolFailure) {
    switch value {
    case .null: return nil
    case .bool(let value): self = .bool(value)
    case .number(let value): self = .integer(value)
    case .string(let value): self = .string(value)
    case .array(let values):
      var list: [HelmValue] = []
      for value in values {
        if let element = try HelmValue(value, at: path) { list.append(element) }
      }
      self = .list(list)
    case .object: throw .notModelled("helm: a list of maps (\(path))")
    }
  }
}

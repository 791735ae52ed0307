/// One key of the ConfigMap `cilium-config`, and how the chart renders it from a release's values.
///
/// What the chart renders for clouds, a key-value store and CNI chaining alone is left out.
struct ConfigKey: Sendable {
  let name: String
  let value: Value
  /// The key is there where all of them hold.
  let conditions: [Condition]

  init(_ name: String, _ value: Value, _ conditions: [Condition] = []) {
    self.name = name
    self.value = value
    self.conditions = conditions
  }

  enum Value: Sendable {
    case text(String)
    /// A value's text behind a prefix; without default the key is there only where the value is set.
    case value(String, String?, prefix: String = "")
  }

  /// What is asked of a value; the second word is its default.
  enum Condition: Sendable {
    /// It is neither empty, nor 0, nor false.
    case on(String, Bool)
    case off(String, Bool)
    /// Somebody gave it.
    case set(String)
    case equals(String, String, String)
  }

  /// What the chart renders for a release; `nil` where it leaves the key out.
  func rendered(for values: HelmValues) -> String? {
    guard conditions.allSatisfy({ $0.holds(for: values) }) else { return nil }
    switch value {
    case .text(let text): return text
    case .value(let path, let fallback, let prefix):
      return (values[path]?.configText ?? fallback).map { prefix + $0 }
    }
  }
}

extension ConfigKey.Condition {
  fileprivate func holds(for values: HelmValues) -> Bool {
    switch self {
    case .on(let path, let fallback): values[path]?.isTruthy ?? fallback
    case .off(let path, let fallback): !(values[path]?.isTruthy ?? fallback)
    case .set(let path): values[path] != nil
    case .equals(let path, let fallback, let word): (values[path]?.configText ?? fallback) == word
    }
  }
}

extension HelmValue {
  /// The value as a ConfigMap holds it: lists are words apart by blanks.
  fileprivate var configText: String {
    if case .list(let values) = self { values.map(\.configText).joined(separator: " ") } else { description }
  }

  /// Source: Go `text/template`, `IsTrue`.
  fileprivate var isTruthy: Bool {
    switch self {
    case .bool(let value): value
    case .integer(let value): value != 0
    case .string(let value): !value.isEmpty
    case .list(let values): !values.isEmpty
    }
  }
}

extension Cluster {
  /// The data of the ConfigMap `cilium-config`, in ascending order of key.
  package var ciliumConfig: [(key: String, value: String)] {
    let keys = ConfigKey.agent + ConfigKey.node + ConfigKey.bpf + ConfigKey.hubble + ConfigKey.proxy
    let rendered = keys.compactMap { key in
      key.rendered(for: helmValues).map { (key: key.name, value: $0) }
    }
    return (rendered + extraConfig).sorted { $0.key < $1.key }
  }

  /// What `extraConfig` adds.
  private var extraConfig: [(key: String, value: String)] {
    helmValues.settings.compactMap { setting in
      guard setting.path.hasPrefix("extraConfig.") else { return nil }
      return (key: String(setting.path.dropFirst("extraConfig.".count)), value: setting.value.configText)
    }
  }
}

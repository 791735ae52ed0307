/// The values of a Helm release that somebody set, by their paths.
package struct HelmValues: Hashable, Sendable {
  /// In ascending order of the path; no path twice.
  package private(set) var settings: [HelmSetting] = []

  package init() {}

  package init(_ settings: [HelmSetting]) {
    for setting in settings { self[setting.path] = setting.value }
  }

  /// The value at a path such as `bpf.masquerade`; `nil` where the chart's own default holds.
  package subscript(path: String) -> HelmValue? {
    get { settings.first { $0.path == path }?.value }
    set {
      settings.removeAll { $0.path == path }
      guard let newValue else { return }
      let position = settings.firstIndex { $0.path > path } ?? settings.endIndex
      settings.insert(HelmSetting(path: path, value: newValue), at: position)
    }
  }
}

/// One value as `--set PATH=VALUE` gives it.
package struct HelmSetting: Hashable, Sendable {
  package var path: String
  package var value: HelmValue

  package init(path: String, value: HelmValue) {
    self.path = path
    self.value = value
  }
}

/// A value in a Helm release.
package enum HelmValue: Hashable, Sendable, CustomStringConvertible {
  case bool(Bool)
  case integer(Int)
  case string(String)
  case list([HelmValue])

  /// A value as `--set` reads it: `true` and `false`, numbers, `{a,b}` as a list, all else as text.
  ///
  /// Source: Helm `pkg/strvals/parser.go`.
  package init(parsing text: some StringProtocol) {
    if text == "true" || text == "false" {
      self = .bool(text == "true")
    } else if let number = Int(text), String(number) == text {
      self = .integer(number)
    } else if text.hasPrefix("{"), text.hasSuffix("}") {
      let items = text.dropFirst().dropLast().split(separator: ",")
      self = .list(items.map { HelmValue(parsing: $0) })
    } else {
      self = .string(String(text))
    }
  }

  /// The value as `--set` takes it.
  package var description: String {
    switch self {
    case .bool(let value): String(value)
    case .integer(let value): String(value)
    case .string(let value): value
    case .list(let values): "{" + values.map(\.description).joined(separator: ",") + "}"
    }
  }
}

import NetModel

/// A column of the table that the API server makes of a kind's objects.
struct TableColumn: Sendable {
  /// In capitals, as kubectl prints it.
  let name: String
  /// Shown with `-o wide` alone.
  let isWide: Bool
  let cell: @Sendable (JSONValue, TableContext) -> String

  init(_ name: String, isWide: Bool = false, cell: @escaping @Sendable (JSONValue, TableContext) -> String) {
    self.name = name
    self.isWide = isWide
    self.cell = cell
  }

  /// A column that needs nothing but the document.
  init(_ name: String, isWide: Bool = false, of cell: @escaping @Sendable (JSONValue) -> String) {
    self.init(name, isWide: isWide) { document, _ in cell(document) }
  }

  /// A column of a custom resource: what the path of its definition finds first.
  ///
  /// Source: Kubernetes `apiextensions-apiserver/pkg/registry/customresource/tableconvertor/tableconvertor.go`.
  init(_ name: String, isWide: Bool = false, path: String) {
    let path = try? JSONPath("{\(path)}")
    self.init(name, isWide: isWide) { document in
      guard let found = try? path?.results(in: document).first?.first, found.json != .null else { return "" }
      return found.text
    }
  }

  static let name = TableColumn("NAME") { document in document.objectName }

  static let age = TableColumn("AGE") { document, context in
    context.age(of: document.value(at: "metadata", "creationTimestamp")?.text)
  }
}

/// What cells depend on besides their object.
struct TableContext: Sendable {
  var now: WallTime
  var isWide = false

  /// How long ago a moment was; `<unknown>` without one.
  func age(of time: String?) -> String {
    guard let time = time.flatMap({ WallTime(parsing: $0) }) else { return "<unknown>" }
    return HumanDuration.text(nanoseconds: now.nanoseconds - time.nanoseconds)
  }
}

/// Durations as kubectl's AGE column shows them.
///
/// Source: k8s.io/apimachinery `pkg/util/duration/duration.go` (`HumanDuration`).
enum HumanDuration {
  static func text(nanoseconds: Int64) -> String {
    let seconds = Int(nanoseconds / 1_000_000_000)
    let (minutes, hours) = (seconds / 60, seconds / 3600)
    switch seconds {
    case ..<(-1): return "<invalid>"
    case ..<0: return "0s"
    case ..<120: return "\(seconds)s"
    case ..<600: return pair(minutes, "m", seconds % 60, "s")
    case ..<(3 * 3600): return "\(minutes)m"
    case ..<(8 * 3600): return pair(hours, "h", minutes % 60, "m")
    case ..<(48 * 3600): return "\(hours)h"
    case ..<(8 * 86_400): return pair(hours / 24, "d", hours % 24, "h")
    case ..<(2 * 365 * 86_400): return "\(hours / 24)d"
    case ..<(8 * 365 * 86_400): return pair(hours / 24 / 365, "y", hours / 24 % 365, "d")
    default: return "\(hours / 24 / 365)y"
    }
  }

  private static func pair(_ large: Int, _ largeUnit: String, _ small: Int, _ smallUnit: String) -> String {
    small == 0 ? "\(large)\(largeUnit)" : "\(large)\(largeUnit)\(small)\(smallUnit)"
  }
}

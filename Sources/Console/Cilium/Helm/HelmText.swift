import ControlPlane
import NetModel

/// What Helm prints about the release.
///
/// Source: Helm `cmd/helm/status.go`, `list.go`, `history.go`; `github.com/gosuri/uitable`.
struct HelmText: Sendable {
  let cluster: Cluster
  /// When the lab's time began.
  let start: WallTime

  static let name = "cilium"
  static let namespace = "kube-system"

  /// The chart's version; the release's own, as the agents' image bears it.
  var version: String { cluster.ciliumVersion?.number ?? "" }

  /// Source: Helm `cmd/helm/status.go`, `statusPrinter.WriteTable`.
  func status(of revision: HelmRevision) -> String {
    let lines = [
      "NAME: \(Self.name)", "LAST DEPLOYED: \(date(revision.updated))", "NAMESPACE: \(Self.namespace)",
      "STATUS: \(state(of: revision))", "REVISION: \(revision.number)", "TEST SUITE: None", "NOTES:",
    ]
    return lines.map { $0 + "\n" }.joined() + notes(for: revision.values)
  }

  /// Source: Cilium `install/kubernetes/cilium/templates/NOTES.txt`.
  private func notes(for values: HelmValues) -> String {
    let minor = version.split(separator: ".").prefix(2).joined(separator: ".")
    return """
      You have successfully installed Cilium\(features(of: values)).

      Your release version is \(version).

      For any further help, visit https://docs.cilium.io/en/v\(minor)/gettinghelp

      """
  }

  private func features(of values: HelmValues) -> String {
    guard values.isOn("hubble.enabled", byDefault: true) else { return "" }
    guard values.isOn("hubble.relay.enabled") else { return " with Hubble" }
    return values.isOn("hubble.ui.enabled") ? " with Hubble Relay and Hubble UI" : " with Hubble Relay"
  }

  /// - Parameter isShown: the release is among those that were asked for.
  func list(isShown: Bool) -> String {
    let head = ["NAME", "NAMESPACE", "REVISION", "UPDATED", "STATUS", "CHART", "APP VERSION"]
    guard isShown, let revision = cluster.helmRevisions.last else { return Self.table([head]) }
    let row = [
      Self.name, Self.namespace, "\(revision.number)", timestamp(revision.updated), state(of: revision),
      "cilium-\(version)", version,
    ]
    return Self.table([head, row])
  }

  func history() -> String {
    let rows = cluster.helmRevisions.map { revision in
      [
        "\(revision.number)", date(revision.updated), state(of: revision), "cilium-\(version)", version,
        revision.origin.description,
      ]
    }
    return Self.table([["REVISION", "UPDATED", "STATUS", "CHART", "APP VERSION", "DESCRIPTION"]] + rows)
  }

  private func state(of revision: HelmRevision) -> String {
    revision.number == cluster.helmRevisions.last?.number ? "deployed" : "superseded"
  }

  /// Cells as wide as their column, apart by tabs.
  private static func table(_ rows: [[String]]) -> String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: max(0, width - cell.count))
      }.joined(separator: "\t") + "\n"
    }.joined()
  }

  /// Go's `time.ANSIC`.
  private func date(_ instant: Instant) -> String {
    WallTime(instant, since: start).ctime
  }

  /// Go's `2006-01-02 15:04:05.999999999 -0700 MST`.
  private func timestamp(_ instant: Instant) -> String {
    let text = WallTime(instant, since: start).description
    return text.prefix(10) + " " + text.dropFirst(11).prefix(8) + " +0000 UTC"
  }
}

extension HelmValues {
  /// A switch's value as charts' templates take it.
  func isOn(_ path: String, byDefault fallback: Bool = false) -> Bool {
    switch self[path] {
    case nil: fallback
    case .bool(let value): value
    case .string(let text): !text.isEmpty
    case .integer(let number): number != 0
    case .list(let values): !values.isEmpty
    }
  }
}

import NetModel

/// One revision of the Cilium release.
///
/// Source: Helm `pkg/release/v1/release.go`, `info.go`.
package struct HelmRevision: Hashable, Sendable {
  /// From 1.
  package var number: Int
  package var values: HelmValues
  package var updated: Instant
  package var origin: Origin

  package init(number: Int, values: HelmValues, updated: Instant, origin: Origin) {
    self.number = number
    self.values = values
    self.updated = updated
    self.origin = origin
  }

  /// What made the revision.
  package enum Origin: Hashable, Sendable {
    case install
    case upgrade
    case rollback(to: Int)

    /// As `helm history` tells it.
    package var description: String {
      switch self {
      case .install: "Install complete"
      case .upgrade: "Upgrade complete"
      case .rollback(let number): "Rollback to \(number)"
      }
    }
  }
}

extension Cluster {
  /// The release's values change, and its history grows; the ten last revisions are kept.
  ///
  /// Source: Helm `pkg/cmd/upgrade.go`, `--history-max`.
  mutating func release(_ values: HelmValues, _ origin: HelmRevision.Origin, at instant: Instant) {
    let number = (helmRevisions.last?.number ?? 0) + 1
    helmValues = values
    helmRevisions.append(HelmRevision(number: number, values: values, updated: instant, origin: origin))
    helmRevisions = helmRevisions.suffix(10)
  }
}

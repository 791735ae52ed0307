import NetModel

/// A machine that is switched off, and who knows of it.
package struct Outage: Hashable, Sendable {
  package var node: NodeID
  package var since: Instant
  /// When it comes up by itself; `nil` where somebody must switch it on.
  package var returns: Instant?
  /// The cluster holds the node for gone: its pods are no backends any more.
  package var isNoticed = false
  /// The node's pods were given to other nodes.
  package var isEvicted = false
  /// Peers of its BGP sessions hold them for ended.
  package var sessionsEnded: Bool

  init(node: NodeID, since: Instant, returns: Instant? = nil, isClean: Bool) {
    self.node = node
    self.since = since
    self.returns = returns
    sessionsEnded = isClean
  }

  /// How long a machine is away when it boots anew. Assumed.
  static let bootTime = Duration.seconds(40)
  /// Source: Kubernetes 1.33 `kube-controller-manager --node-monitor-grace-period`.
  static let gracePeriod = Duration.seconds(50)
  /// Source: Kubernetes `plugin/pkg/admission/defaulttolerationseconds`: 300 s.
  static let toleration = Duration.seconds(300)

  /// When the next of its consequences comes; `nil` where all have come. `holdTime`: that of its BGP sessions.
  func nextEvent(holdTime: Duration) -> Instant? {
    let consequences = [
      returns, sessionsEnded ? nil : since + holdTime, isNoticed ? nil : since + Self.gracePeriod,
      isEvicted ? nil : since + Self.gracePeriod + Self.toleration,
    ]
    return consequences.compactMap(\.self).min()
  }
}

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
  /// Other speakers of MetalLB hold the node's for gone.
  package var isMissed = false
  /// It took leave of its peers.
  let isClean: Bool
  /// Peers of its BGP sessions keep its routes no more.
  package var sessionsEnded: Bool

  /// - Parameter keepsRoutes: peers keep its routes for a while, though it took leave.
  init(node: NodeID, since: Instant, returns: Instant? = nil, isClean: Bool, keepsRoutes: Bool = false) {
    self.node = node
    self.since = since
    self.returns = returns
    self.isClean = isClean
    sessionsEnded = isClean && !keepsRoutes
  }

  /// How long a machine is away when it boots anew. Assumed.
  package static let bootTime = Duration.seconds(40)
  /// One probe of a second, and a suspicion of four, as for clusters of up to ten nodes. Assumed for larger ones.
  ///
  /// Source: `hashicorp/memberlist`, `DefaultLANConfig`, `suspicionTimeout`.
  static let memberSilence = Duration.seconds(5)
  /// Source: Kubernetes 1.33 `kube-controller-manager --node-monitor-grace-period`.
  static let gracePeriod = Duration.seconds(50)
  /// Source: Kubernetes `plugin/pkg/admission/defaulttolerationseconds`: 300 s.
  static let toleration = Duration.seconds(300)

  /// When the next of its consequences comes; `nil` where all have come. `silence`: how long peers keep
  /// its BGP routes; `isMember`: speakers of MetalLB watch one another.
  func nextEvent(silence: Duration, isMember: Bool) -> Instant? {
    let consequences = [
      isMissed || isClean || !isMember ? nil : since + Self.memberSilence,
      returns, sessionsEnded ? nil : since + silence, isNoticed ? nil : since + Self.gracePeriod,
      isEvicted ? nil : since + Self.gracePeriod + Self.toleration,
    ]
    return consequences.compactMap(\.self).min()
  }
}

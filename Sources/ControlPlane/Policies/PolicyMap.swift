/// `cilium_policy_v2_NNNNN`: what policy makes of the packets of one endpoint.
///
/// Source: Cilium `bpf/lib/policy.h`, `pkg/policy/mapstate.go`.
package struct PolicyMap: Hashable, Sendable {
  /// The endpoint's number on its node.
  package var endpoint: Int
  /// A policy selects the endpoint for what it receives.
  package var enforcesIngress: Bool
  /// A policy selects the endpoint for what it sends.
  package var enforcesEgress: Bool
  /// In ascending order of direction, identity, protocol and port.
  package var entries: [Entry]
  /// What rules ask for and stronger entries leave no room for, in the same order; not in the real map.
  package var covered: [Entry]
  /// The rules that apply and that the model does not know in full, in ascending order.
  package var unmodelled: [UnmodelledRule]

  package init(
    endpoint: Int, enforcesIngress: Bool, enforcesEgress: Bool, entries: [Entry], covered: [Entry] = [],
    unmodelled: [UnmodelledRule] = []
  ) {
    self.endpoint = endpoint
    self.enforcesIngress = enforcesIngress
    self.enforcesEgress = enforcesEgress
    self.entries = entries
    self.covered = covered
    self.unmodelled = unmodelled
  }

  /// The name that the map of an endpoint is pinned under.
  package static func name(ofEndpoint id: Int) -> String {
    let digits = String(id)
    return "cilium_policy_v2_" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }

  package func enforces(_ direction: TrafficDirection) -> Bool {
    direction == .ingress ? enforcesIngress : enforcesEgress
  }

  package struct Entry: Hashable, Sendable {
    package var key: Key
    package var isDeny: Bool
    /// Where it comes from, in ascending order; never empty.
    package var origins: [Origin]

    package init(key: Key, isDeny: Bool = false, origins: [Origin]) {
      self.key = key
      self.isDeny = isDeny
      self.origins = origins
    }
  }

  package struct Key: Hashable, Comparable, Sendable {
    package var direction: TrafficDirection
    /// `SecurityIdentity.unknown` stands for every peer.
    package var identity: SecurityIdentity
    package var l4: L4Match

    package init(_ direction: TrafficDirection, _ identity: SecurityIdentity, _ l4: L4Match) {
      self.direction = direction
      self.identity = identity
      self.l4 = l4
    }

    package var isForEveryPeer: Bool { identity == .unknown }

    func isAbout(_ peer: SecurityIdentity) -> Bool { isForEveryPeer || identity == peer }

    /// True where every packet that `other` is about is one that this key is about.
    func covers(_ other: Key) -> Bool {
      direction == other.direction && isAbout(other.identity) && l4.contains(other.l4)
    }

    package static func < (left: Key, right: Key) -> Bool {
      (left.direction, left.identity, left.l4) < (right.direction, right.identity, right.l4)
    }
  }

  /// Why an entry is in a map.
  package enum Origin: Hashable, Comparable, Sendable {
    case rule(PolicyRuleID)
    /// Every rule for that direction has `enableDefaultDeny` off.
    case allowsTheRest
    /// Programs of the node reach its pods (`allow-localhost`), so that probes pass.
    case allowsLocalhost
    /// No policy selects the endpoint in that direction.
    case notEnforced
  }

  /// A rule that applies, with a section that the model does not know.
  package struct UnmodelledRule: Hashable, Sendable {
    package var id: PolicyRuleID
    package var section: UnmodelledSection
    /// The peers that it may be about, in ascending order; `nil` is every peer.
    package var identities: [SecurityIdentity]?
    /// In ascending order; never empty.
    package var l4: [L4Match]

    package init(
      id: PolicyRuleID, section: UnmodelledSection, identities: [SecurityIdentity]?, l4: [L4Match]
    ) {
      self.id = id
      self.section = section
      self.identities = identities
      self.l4 = l4
    }
  }
}

extension PolicyMap.Origin: CustomStringConvertible {
  /// The rule's place, or the name that Cilium gives to entries without a rule.
  ///
  /// Source: Cilium `pkg/policy/mapstate.go`, `LabelAllowLocalHostIngress`.
  package var description: String {
    switch self {
    case .rule(let id): id.description
    case .allowsTheRest: "enableDefaultDeny: false"
    case .allowsLocalhost: "allow-localhost-ingress"
    case .notEnforced: "allow-any"
    }
  }
}

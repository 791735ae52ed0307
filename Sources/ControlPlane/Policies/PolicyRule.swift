import NetModel

/// What both kinds of policy come down to: a subject, and rules by peer and port.
///
/// Source: Cilium `pkg/policy/api/rule.go`.
package struct PolicyRuleSet: Hashable, Sendable {
  package var policy: PolicyID
  /// The endpoints that it is about; `nil` where it is about nodes.
  package var subject: EndpointSelector?
  package var ingress: Posture
  package var egress: Posture
  package var rules: [PolicyRule]

  /// What a rule set does in one direction to what its rules do not name.
  package enum Posture: Int, Hashable, Comparable, Sendable {
    /// It does not speak of the direction.
    case untouched
    case allowsTheRest
    case deniesTheRest

    package static func < (left: Posture, right: Posture) -> Bool { left.rawValue < right.rawValue }
  }

  package func posture(_ direction: TrafficDirection) -> Posture {
    direction == .ingress ? ingress : egress
  }

  func selects(_ endpoint: LabelledIdentity) -> Bool {
    subject?.selects(endpoint.labels) ?? false
  }
}

/// One rule: what it lets pass, or denies, in one direction.
package struct PolicyRule: Hashable, Sendable {
  package var id: PolicyRuleID
  /// Empty selects no peer.
  package var peers: [PolicyPeer]
  /// Empty is every protocol and port.
  package var ports: [PolicyPort]
  /// What the rule says besides, that the model does not know.
  package var unmodelled: [UnmodelledSection]

  package init(
    id: PolicyRuleID, peers: [PolicyPeer], ports: [PolicyPort] = [], unmodelled: [UnmodelledSection] = []
  ) {
    self.id = id
    self.peers = peers
    self.ports = ports
    self.unmodelled = unmodelled
  }
}

/// Peers that a rule names.
package enum PolicyPeer: Hashable, Sendable {
  /// Every peer, known or not: an entry without identity.
  case all
  case endpoints(EndpointSelector)
  /// Addresses outside the cluster.
  case cidr(IPv4Prefix, except: [IPv4Prefix])

  func selects(_ identity: LabelledIdentity) -> Bool {
    switch self {
    case .all: true
    case .endpoints(let selector): selector.selects(identity.labels)
    case .cidr(let prefix, let except): identity.isSelected(by: prefix, except: except)
    }
  }
}

extension LabelledIdentity {
  /// A CIDR selects the identities of the prefixes within it, and world itself only as 0.0.0.0/0.
  ///
  /// Source: Cilium `pkg/policy/api/cidr.go`, `GetAsEndpointSelectors`.
  fileprivate func isSelected(by wanted: IPv4Prefix, except: [IPv4Prefix]) -> Bool {
    guard let prefix else { return identity == .world && wanted.length == 0 }
    return wanted.contains(prefix) && !except.contains { $0.contains(prefix) }
  }
}

/// A protocol and ports that a rule names.
package struct PolicyPort: Hashable, Sendable {
  package var `protocol`: PolicyProtocol
  /// Number 0 is every port.
  package var number: PortNumber
  /// The last port of a range that begins with the number.
  package var endPort: UInt16?

  package init(_ protocol: PolicyProtocol, _ number: PortNumber = .number(0), endPort: UInt16? = nil) {
    self.protocol = `protocol`
    self.number = number
    self.endPort = endPort
  }
}

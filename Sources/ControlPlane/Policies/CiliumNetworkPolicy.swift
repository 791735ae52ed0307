import NetModel

/// A CiliumNetworkPolicy, or a CiliumClusterwideNetworkPolicy.
///
/// Source: Cilium `pkg/policy/api/rule.go`, `pkg/k8s/apis/cilium.io/v2/cnp_types.go`.
package struct CiliumNetworkPolicy: Hashable, Sendable {
  package var id: PolicyID
  /// `spec` where there is one, then `specs` in order.
  package var parts: [Part]
  /// When it was made.
  package var created = Creation.unset
  package var record = ObjectRecord()

  /// An empty namespace makes it a policy of the whole cluster.
  package init(namespace: String, name: String, parts: [Part]) {
    let kind: PolicyID.Kind = namespace.isEmpty ? .ciliumClusterwideNetworkPolicy : .ciliumNetworkPolicy
    id = PolicyID(kind: kind, namespace: namespace, name: name)
    self.parts = parts
  }

  /// One set of rules with its subject.
  package struct Part: Hashable, Sendable {
    package var subject: Subject
    package var ingress: [Rule]?
    package var ingressDeny: [Rule]?
    package var egress: [Rule]?
    package var egressDeny: [Rule]?
    package var enableDefaultDeny: DefaultDeny

    package init(
      subject: Subject, ingress: [Rule]? = nil, ingressDeny: [Rule]? = nil, egress: [Rule]? = nil,
      egressDeny: [Rule]? = nil, enableDefaultDeny: DefaultDeny = DefaultDeny()
    ) {
      self.subject = subject
      self.ingress = ingress
      self.ingressDeny = ingressDeny
      self.egress = egress
      self.egressDeny = egressDeny
      self.enableDefaultDeny = enableDefaultDeny
    }

    /// The rules of a section, in order.
    package func rules(_ section: PolicyRuleID.Section) -> [Rule] {
      switch section {
      case .ingress: ingress ?? []
      case .ingressDeny: ingressDeny ?? []
      case .egress: egress ?? []
      case .egressDeny: egressDeny ?? []
      }
    }
  }

  package enum Subject: Hashable, Sendable {
    case endpoints(LabelSelector)
    /// The nodes themselves; without the host firewall this does nothing.
    case nodes(LabelSelector)
  }

  /// Whether what no rule allows is denied; `nil` means yes where the direction has rules.
  package struct DefaultDeny: Hashable, Sendable {
    package var ingress: Bool?
    package var egress: Bool?

    package init(ingress: Bool? = nil, egress: Bool? = nil) {
      self.ingress = ingress
      self.egress = egress
    }
  }

  /// One entry of a section.
  package struct Rule: Hashable, Sendable {
    /// `nil` where the rule names no peers: every peer where it names ports, else none.
    package var peers: [Peer]?
    package var toPorts: [PortRule]
    package var icmps: [ICMPType]
    /// What the rule says besides, that the model does not know.
    package var unmodelled: [UnmodelledSection]

    package init(
      peers: [Peer]? = nil, toPorts: [PortRule] = [], icmps: [ICMPType] = [],
      unmodelled: [UnmodelledSection] = []
    ) {
      self.peers = peers
      self.toPorts = toPorts
      self.icmps = icmps
      self.unmodelled = unmodelled
    }
  }

  package enum Peer: Hashable, Sendable {
    /// `fromEndpoints` and `toEndpoints`.
    case endpoints(LabelSelector)
    /// `fromEntities` and `toEntities`.
    case entity(PolicyEntity)
    /// `fromCIDR`, `toCIDR` and the CIDR sets.
    case cidr(IPv4Prefix, except: [IPv4Prefix])
    /// IPv6 addresses as written: no IPv4 packet is about them.
    case ipv6CIDR(String)
  }

  /// One port or range of `toPorts`.
  package struct PortRule: Hashable, Sendable {
    /// Number 0 is every port.
    package var number: PortNumber
    /// The last port of a range that begins with the number.
    package var endPort: UInt16?
    /// `nil` is `ANY`: TCP, UDP and SCTP.
    package var `protocol`: PolicyProtocol?
    /// What is asked of the packets to this port besides, that the model does not know.
    package var unmodelled: [UnmodelledSection]

    package init(
      number: PortNumber, endPort: UInt16? = nil, protocol: PolicyProtocol? = nil,
      unmodelled: [UnmodelledSection] = []
    ) {
      self.number = number
      self.endPort = endPort
      self.protocol = `protocol`
      self.unmodelled = unmodelled
    }
  }

  /// One field of `icmps`.
  package struct ICMPType: Hashable, Sendable {
    package var isIPv6: Bool
    package var type: UInt8

    package init(type: UInt8, isIPv6: Bool = false) {
      self.type = type
      self.isIPv6 = isIPv6
    }
  }
}

/// Classes of peers that have no labels of their own; the raw value is the name in policies.
///
/// Source: Cilium `pkg/policy/api/entity.go`.
package enum PolicyEntity: String, Hashable, Sendable, CaseIterable {
  case all, cluster, host, world, health, unmanaged, ingress, none
  case `init`
  case remoteNode = "remote-node"
  case kubeAPIServer = "kube-apiserver"
}

/// A section of a policy that the model does not know; the raw value is its stable code.
///
/// A rule with one is kept, and where it would decide about a packet the verdict is undecided.
package enum UnmodelledSection: String, Hashable, Sendable, CaseIterable {
  case layer7 = "layer-7-rules"
  case listener = "envoy-listener"
  case tls = "tls"
  case fqdns = "fqdns"
  case services = "services"
  case groups = "groups"
  case nodes = "nodes"
  case requires = "requires"
  case cidrGroups = "cidr-groups"
  case authentication = "authentication"

  /// Which peers a rule with the section may be about.
  package var reach: Reach {
    switch self {
    case .layer7, .listener, .tls, .authentication: .listedPeers
    case .fqdns, .groups, .cidrGroups: .outsideCluster
    case .services, .nodes, .requires: .anyPeer
    }
  }

  /// What other rules allow may be forbidden for it.
  package var mayForbid: Bool {
    switch self {
    case .layer7, .listener, .tls, .authentication, .requires: true
    case .fqdns, .services, .groups, .nodes, .cidrGroups: false
    }
  }

  package enum Reach: Hashable, Sendable {
    /// Those that the rule lists: what the section leaves open is what happens to their packets.
    case listedPeers
    case outsideCluster
    case anyPeer
  }
}

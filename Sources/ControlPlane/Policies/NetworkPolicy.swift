import NetModel

/// A Kubernetes NetworkPolicy.
///
/// Source: Kubernetes `networking/v1/types.go`.
package struct NetworkPolicy: Hashable, Sendable {
  package var id: PolicyID
  package var podSelector: LabelSelector
  /// The directions that it speaks of; `nil` means ingress, and egress where it has egress rules.
  package var policyTypes: [TrafficDirection]?
  package var ingress: [Rule]
  package var egress: [Rule]
  /// When it was made.
  package var created = Creation.unset
  package var record = ObjectRecord()

  package init(
    namespace: String, name: String, podSelector: LabelSelector = LabelSelector(),
    policyTypes: [TrafficDirection]? = nil, ingress: [Rule] = [], egress: [Rule] = []
  ) {
    id = PolicyID(kind: .networkPolicy, namespace: namespace, name: name)
    self.podSelector = podSelector
    self.policyTypes = policyTypes
    self.ingress = ingress
    self.egress = egress
  }

  /// One entry of `ingress` or `egress`.
  package struct Rule: Hashable, Sendable {
    /// `from` or `to`; empty lets every peer pass.
    package var peers: [Peer]
    /// Empty lets every port and protocol pass.
    package var ports: [Port]

    package init(peers: [Peer] = [], ports: [Port] = []) {
      self.peers = peers
      self.ports = ports
    }
  }

  package enum Peer: Hashable, Sendable {
    /// Pods of the policy's own namespace.
    case pods(LabelSelector)
    /// Pods of the namespaces that bear those labels; without a pod selector all of them.
    case namespaces(LabelSelector, pods: LabelSelector?)
    /// Addresses outside the cluster: Cilium never matches pods and nodes by address.
    case ipBlock(IPv4Prefix, except: [IPv4Prefix])
    /// IPv6 addresses as written: no IPv4 packet is about them.
    case ipv6Block(String)
  }

  package struct Port: Hashable, Sendable {
    package var `protocol`: PolicyProtocol
    /// `nil` lets every port of the protocol pass.
    package var number: PortNumber?
    /// The last port of a range that begins with the number.
    package var endPort: UInt16?

    package init(protocol: PolicyProtocol = .tcp, number: PortNumber? = nil, endPort: UInt16? = nil) {
      self.protocol = `protocol`
      self.number = number
      self.endPort = endPort
    }
  }

  /// The directions in which the pods that it selects are denied what no rule allows.
  ///
  /// Cilium takes a direction with rules for one that is enforced, whatever `policyTypes` says.
  ///
  /// Source: Kubernetes `pkg/apis/networking/v1/defaults.go`; Cilium `pkg/k8s/network_policy.go`.
  package var enforcedDirections: [TrafficDirection] {
    let declared = policyTypes ?? (egress.isEmpty ? [.ingress] : [.ingress, .egress])
    return TrafficDirection.allCases.filter { direction in
      declared.contains(direction) || !(direction == .ingress ? ingress : egress).isEmpty
    }
  }
}

/// A port as policies write it.
package enum PortNumber: Hashable, Sendable {
  case number(UInt16)
  /// The name that a container gives to a port.
  case name(String)
}

/// The protocols that policies tell apart, by their numbers in the IP header.
///
/// Source: IANA, Assigned Internet Protocol Numbers.
package enum PolicyProtocol: UInt8, Hashable, Comparable, Sendable, CaseIterable {
  case icmp = 1
  case tcp = 6
  case udp = 17
  case icmpv6 = 58
  case sctp = 132

  package init(_ transport: Transport) {
    switch transport {
    case .tcp: self = .tcp
    case .udp: self = .udp
    case .sctp: self = .sctp
    }
  }

  /// The name in policies and in Cilium's tables.
  package var name: String {
    switch self {
    case .icmp: "ICMP"
    case .tcp: "TCP"
    case .udp: "UDP"
    case .icmpv6: "ICMPv6"
    case .sctp: "SCTP"
    }
  }

  package static func < (left: PolicyProtocol, right: PolicyProtocol) -> Bool {
    left.rawValue < right.rawValue
  }
}

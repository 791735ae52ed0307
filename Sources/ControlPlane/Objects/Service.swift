import NetModel

/// A Service of the cluster.
package struct Service: Hashable, Identifiable, Sendable {
  package var id: ServiceID
  package var labels: Labels
  package var type: Kind
  /// The pods behind it; `nil` where `endpoints` says what is behind it.
  package var selector: Labels?
  package var ports: [Port]
  package var clusterIP: ClusterIP
  package var internalTrafficPolicy: TrafficPolicy
  package var externalTrafficPolicy: TrafficPolicy
  /// How long a client keeps its backend, in seconds (`sessionAffinity: ClientIP`); `nil` without affinity.
  package var affinitySeconds: Int?
  /// The only clients from outside that a load balancer lets in; empty for all.
  package var loadBalancerSourceRanges: [IPv4Prefix] = []
  /// The addresses that a load balancer gave it (`status.loadBalancer.ingress`), in ascending order.
  package var loadBalancerAddresses: [IPv4Address] = []
  /// What stands behind a Service without selector, in ascending order of address.
  package var endpoints: [IPv4Address]
  /// Addresses that somebody else brings to the nodes (`spec.externalIPs`), in the order of the manifest.
  package var externalIPs: [IPv4Address] = []
  /// A load balancer needs node ports (`allocateLoadBalancerNodePorts`).
  package var allocatesNodePorts = true
  /// Where a load balancer asks whether a node has backends of its own; `nil` unless the policy is Local.
  package var healthCheckNodePort: UInt16?
  package var annotations = Labels()
  /// The name that it stands for (`spec.externalName`); `nil` unless its type is ExternalName.
  package var externalName: String?
  package var created: Creation
  package var record = ObjectRecord()

  package init(
    id: ServiceID, labels: Labels = Labels(), type: Kind = .clusterIP, selector: Labels?, ports: [Port],
    clusterIP: ClusterIP = .unset, internalTrafficPolicy: TrafficPolicy = .cluster,
    externalTrafficPolicy: TrafficPolicy = .cluster, endpoints: [IPv4Address] = [],
    created: Creation = .unset
  ) {
    self.id = id
    self.labels = labels
    self.type = type
    self.selector = selector
    self.ports = ports
    self.clusterIP = clusterIP
    self.internalTrafficPolicy = internalTrafficPolicy
    self.externalTrafficPolicy = externalTrafficPolicy
    self.endpoints = endpoints
    self.created = created
  }

  /// Where a Service can be reached from (`spec.type`); each serves what those before it serve.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case clusterIP = "ClusterIP"
    case nodePort = "NodePort"
    case loadBalancer = "LoadBalancer"
    /// A name in the DNS for a name outside the cluster; nothing is served.
    case externalName = "ExternalName"
  }

  /// Whose pods answer: any node's, or those of the node that took the packet.
  package enum TrafficPolicy: String, Hashable, Sendable, CaseIterable {
    case cluster = "Cluster"
    case local = "Local"
  }

  /// The address in the cluster (`spec.clusterIP`).
  package enum ClusterIP: Hashable, Sendable {
    /// The cluster is to choose one.
    case unset
    /// `clusterIP: None`: names resolve to the pods themselves.
    case headless
    case address(IPv4Address)
  }

  /// One port of a Service.
  package struct Port: Hashable, Sendable {
    /// Empty where it has none.
    package var name: String
    package var transport: Transport
    package var number: UInt16
    package var target: Target
    /// The port on every node; `nil` where there is none, or none yet.
    package var nodePort: UInt16?

    package init(
      name: String = "", transport: Transport = .tcp, number: UInt16, target: Target? = nil,
      nodePort: UInt16? = nil
    ) {
      self.name = name
      self.transport = transport
      self.number = number
      self.target = target ?? .number(number)
      self.nodePort = nodePort
    }
  }

  /// The port of the pods behind a Service.
  package enum Target: Hashable, Sendable {
    case number(UInt16)
    case name(String)
  }

  /// Its ports are to be reached on every node.
  package var needsNodePorts: Bool { type == .nodePort || (type == .loadBalancer && allocatesNodePorts) }

  /// `loadBalancerSourceRanges` are of clients that are kept out.
  ///
  /// Source: Cilium `pkg/loadbalancer/service.go`, `GetSourceRangesPolicy`.
  package var deniesSourceRanges: Bool {
    annotations["service.cilium.io/src-ranges-policy"]?.lowercased() == "deny"
  }

  /// The address in the cluster; `nil` where it has none.
  package var address: IPv4Address? {
    if case .address(let address) = clusterIP { address } else { nil }
  }
}

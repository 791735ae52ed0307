import NetModel

/// A Service of the cluster.
package struct Service: Hashable, Sendable {
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
  package var created: Creation

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

  /// The address in the cluster; `nil` where it has none.
  package var address: IPv4Address? {
    if case .address(let address) = clusterIP { address } else { nil }
  }
}

/// An object of the cluster, as it is handed in.
package enum ClusterObject: Hashable, Sendable {
  case workload(Workload)
  case pod(Pod)
  case service(Service)
  case namespace(Namespace)
  case policy(Policy)

  package var id: ObjectID {
    switch self {
    case .workload(let workload): .workload(workload.id)
    case .pod(let pod): .pod(pod.id)
    case .service(let service): .service(service.id)
    case .namespace(let namespace): .namespace(namespace.name)
    case .policy(let policy): .policy(policy.id)
    }
  }
}

/// What an object of the cluster is known by.
package enum ObjectID: Hashable, Sendable, CustomStringConvertible {
  case workload(WorkloadID)
  case pod(PodID)
  case service(ServiceID)
  case namespace(String)
  case policy(PolicyID)

  /// `Kind NAMESPACE/NAME`.
  package var description: String {
    switch self {
    case .workload(let id): id.description
    case .pod(let id): "Pod \(id)"
    case .service(let id): "Service \(id)"
    case .namespace(let name): "Namespace \(name)"
    case .policy(let id): id.description
    }
  }
}

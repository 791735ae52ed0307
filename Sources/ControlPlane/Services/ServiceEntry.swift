import NetModel

/// One frontend of `cilium_lb4_services_v2` with its slots.
///
/// Source: Cilium `pkg/loadbalancer/maps/types.go`.
package struct ServiceEntry: Hashable, Sendable {
  /// The number that `cilium-dbg service list` prints and reverse NAT is keyed by.
  package var id: Int
  package var frontend: Frontend
  package var type: FrontendType
  /// The service that it was made from.
  package var service: ServiceID
  /// The name of the service's port; empty where it has none.
  package var portName: String
  /// Backends for new connections in the order of their slots, from slot 1, as clients outside the cluster get them:
  /// the active ones; where there are none, those that end and still serve.
  package var backends: [ServiceBackend]
  /// The backends for clients in the cluster, where those are others (flag `two-scopes`, keys with `/i`).
  package var internalBackends: [ServiceBackend]?
  /// Backends that end, in the slots behind `backends`: they keep the connections that they have.
  package var drainingBackends: [ServiceBackend] = []
  /// Those behind `internalBackends`.
  package var internalDrainingBackends: [ServiceBackend] = []
  /// How long a client keeps its backend, in seconds; `nil` without affinity.
  package var affinitySeconds: Int?
  /// The only clients from outside that are let in, or those that are not; empty for all.
  package var sourceRanges: [IPv4Prefix]
  /// The ranges are of clients that are kept out.
  package var deniesSourceRanges: Bool

  package init(
    id: Int, frontend: Frontend, type: FrontendType, service: ServiceID, portName: String = "",
    backends: [ServiceBackend], internalBackends: [ServiceBackend]? = nil, affinitySeconds: Int? = nil,
    sourceRanges: [IPv4Prefix] = [], deniesSourceRanges: Bool = false
  ) {
    self.id = id
    self.frontend = frontend
    self.type = type
    self.service = service
    self.portName = portName
    self.backends = backends
    self.internalBackends = internalBackends
    self.affinitySeconds = affinitySeconds
    self.sourceRanges = sourceRanges
    self.deniesSourceRanges = deniesSourceRanges
  }

  /// The backends for a client inside or outside the cluster, in the order of their slots.
  package func backends(forClientInside isInside: Bool) -> [ServiceBackend] {
    isInside ? internalBackends ?? backends : backends
  }

  /// Whether a client from outside may ask here.
  ///
  /// Source: Cilium `bpf/lib/lb.h`, `lb4_src_range_ok`.
  package func admits(client: IPv4Address) -> Bool {
    sourceRanges.isEmpty || sourceRanges.contains { $0.contains(client) } != deniesSourceRanges
  }

  package enum FrontendType: String, Hashable, Sendable, CaseIterable {
    case clusterIP = "ClusterIP"
    case nodePort = "NodePort"
    case loadBalancer = "LoadBalancer"
    case externalIPs = "ExternalIPs"
  }
}

/// The name of a Service.
package struct ServiceID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let namespace: String
  package let name: String

  package init(namespace: String, name: String) {
    self.namespace = namespace
    self.name = name
  }

  package var description: String { "\(namespace)/\(name)" }

  package static func < (left: ServiceID, right: ServiceID) -> Bool {
    (left.namespace, left.name) < (right.namespace, right.name)
  }
}

/// An address and port that a Service is reached by.
package struct Frontend: Hashable, Comparable, Sendable, CustomStringConvertible {
  package var address: IPv4Address
  package var port: UInt16
  package var transport: Transport

  package init(address: IPv4Address, port: UInt16, transport: Transport) {
    self.address = address
    self.port = port
    self.transport = transport
  }

  /// `ADDRESS:PORT/TRANSPORT` as Cilium prints it.
  package var description: String {
    "\(address):\(port)/\(transport.name)"
  }

  package static func < (left: Frontend, right: Frontend) -> Bool {
    (left.address, left.port, left.transport) < (right.address, right.port, right.transport)
  }
}

/// One backend of a frontend.
package struct ServiceBackend: Hashable, Sendable {
  /// The node-local number of the backend.
  package var id: Int
  package var address: IPv4Address
  package var port: UInt16
  /// The pod behind it; `nil` for a backend on a host's own address.
  package var pod: PodID?
  /// The node it runs on, where known.
  package var node: NodeID?
  /// Its pod was deleted, and serves until it ends (state `terminating`).
  package var isTerminating: Bool

  package init(
    id: Int, address: IPv4Address, port: UInt16, pod: PodID? = nil, node: NodeID? = nil,
    isTerminating: Bool = false
  ) {
    self.id = id
    self.address = address
    self.port = port
    self.pod = pod
    self.node = node
    self.isTerminating = isTerminating
  }
}

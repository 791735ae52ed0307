import NetModel

/// What a real run of the lab produced and must come out again.
///
/// A fact is keyed by the object and the ordinal it belongs to. Facts win over allotment where they can be
/// used; no rule reads them.
package struct RecordedFacts: Hashable, Sendable {
  /// In ascending order of workload, node and ordinal.
  package var pods: [PodFact]
  /// In ascending order of workload.
  package var workloads: [WorkloadFact]
  /// In ascending order of service.
  package var services: [ServiceFact]
  /// In ascending order of node.
  package var nodes: [NodeFact]
  /// `tracepath` closes with a line that sums up, as iputils has it; a transcript may have left it out.
  package var tracepathShowsSummary = true

  package init(
    pods: [PodFact] = [], workloads: [WorkloadFact] = [], services: [ServiceFact] = [],
    nodes: [NodeFact] = []
  ) {
    self.pods = pods.sorted { $0.key < $1.key }
    self.workloads = workloads.sorted { $0.workload < $1.workload }
    self.services = services.sorted { $0.service < $1.service }
    self.nodes = nodes.sorted { $0.node < $1.node }
  }

  /// What was recorded of one pod; `nil` where nothing was.
  package func pod(_ key: PodFact.Key) -> PodFact? {
    pods.element(at: key, by: \.key)
  }

  /// What was recorded of a workload; `nil` where nothing was.
  package func workload(_ id: WorkloadID) -> WorkloadFact? {
    workloads.element(at: id, by: \.workload)
  }

  /// What was recorded of a Service; `nil` where nothing was.
  package func service(_ id: ServiceID) -> ServiceFact? {
    services.element(at: id, by: \.service)
  }

  /// What was recorded of a node; `nil` where nothing was.
  package func node(_ id: NodeID) -> NodeFact? {
    nodes.element(at: id, by: \.node)
  }
}

/// What was recorded of one pod; `nil` where nothing was.
package struct PodFact: Hashable, Sendable {
  package var key: Key
  package var name: String?
  /// Where the scheduler put it.
  package var node: NodeID?
  package var address: IPv4Address?
  package var mac: MACAddress?
  package var interface: String?
  package var hostMAC: MACAddress?
  package var endpointID: Int?
  /// The node's kernel was seen to know the pod's MAC.
  package var isKnownNeighbor: Bool

  package init(
    key: Key, name: String? = nil, node: NodeID? = nil, address: IPv4Address? = nil, mac: MACAddress? = nil,
    interface: String? = nil, hostMAC: MACAddress? = nil, endpointID: Int? = nil,
    isKnownNeighbor: Bool = false
  ) {
    self.key = key
    self.name = name
    self.node = node
    self.address = address
    self.mac = mac
    self.interface = interface
    self.hostMAC = hostMAC
    self.endpointID = endpointID
    self.isKnownNeighbor = isKnownNeighbor
  }

  /// Which pod of which workload.
  package struct Key: Hashable, Comparable, Sendable {
    package var workload: WorkloadID
    /// The node, for a DaemonSet's pods, which are counted on each node.
    package var node: NodeID?
    /// From 0, in the order in which they were made.
    package var ordinal: Int

    package init(workload: WorkloadID, node: NodeID? = nil, ordinal: Int) {
      self.workload = workload
      self.node = node
      self.ordinal = ordinal
    }

    package static func < (left: Key, right: Key) -> Bool {
      (left.workload, left.node?.name ?? "", left.ordinal)
        < (right.workload, right.node?.name ?? "", right.ordinal)
    }
  }
}

/// What was recorded of a workload; `nil` where nothing was.
package struct WorkloadFact: Hashable, Sendable {
  package var workload: WorkloadID
  /// The hash of the pod template, which stands in the pods' names.
  package var templateHash: String?
  /// The security identity of its pods.
  package var identity: SecurityIdentity?

  package init(workload: WorkloadID, templateHash: String? = nil, identity: SecurityIdentity? = nil) {
    self.workload = workload
    self.templateHash = templateHash
    self.identity = identity
  }
}

/// What was recorded of a Service; `nil` where nothing was.
package struct ServiceFact: Hashable, Sendable {
  package var service: ServiceID
  package var clusterIP: IPv4Address?
  package var ports: [PortFact]
  /// The names of its EndpointSlices, in the order in which they were made.
  package var sliceNames: [String] = []
  /// The addresses in the order in which the first slice lists them.
  package var sliceOrder: [IPv4Address] = []
  /// Which nodes took its lease, in the order in which they did.
  package var leaseHolders: [NodeID]

  package init(
    service: ServiceID, clusterIP: IPv4Address? = nil, ports: [PortFact] = [], leaseHolders: [NodeID] = []
  ) {
    self.service = service
    self.clusterIP = clusterIP
    self.ports = ports
    self.leaseHolders = leaseHolders
  }

  /// What was recorded of one port of the Service.
  package struct PortFact: Hashable, Sendable {
    package var port: UInt16
    package var nodePort: UInt16?
    /// What the agents numbered the frontend at the cluster address.
    package var frontendIDs: [NodeNumber]

    package init(port: UInt16, nodePort: UInt16? = nil, frontendIDs: [NodeNumber] = []) {
      self.port = port
      self.nodePort = nodePort
      self.frontendIDs = frontendIDs
    }
  }

  /// A number that one node's agent gave.
  package struct NodeNumber: Hashable, Sendable {
    package var node: NodeID
    package var number: Int

    package init(node: NodeID, number: Int) {
      self.node = node
      self.number = number
    }
  }

  /// What was recorded of a port; `nil` where nothing was.
  package func port(_ number: UInt16) -> PortFact? {
    ports.first { $0.port == number }
  }
}

/// What was recorded of a node; `nil` where nothing was.
package struct NodeFact: Hashable, Sendable {
  package var node: NodeID
  /// The address of `cilium_host`.
  package var routerAddress: IPv4Address?
  /// The MACs of the agent's devices, in ascending order of name.
  package var deviceMACs: [DeviceMAC]

  package init(node: NodeID, routerAddress: IPv4Address? = nil, deviceMACs: [DeviceMAC] = []) {
    self.node = node
    self.routerAddress = routerAddress
    self.deviceMACs = deviceMACs.sorted { $0.device < $1.device }
  }

  /// The MAC of one of the agent's devices.
  package struct DeviceMAC: Hashable, Sendable {
    package var device: String
    package var mac: MACAddress

    package init(device: String, mac: MACAddress) {
      self.device = device
      self.mac = mac
    }
  }

  /// The recorded MAC of a device; `nil` where none was.
  package func mac(of device: String) -> MACAddress? {
    deviceMACs.first { $0.device == device }?.mac
  }
}

import NetModel

/// A pod of the cluster and what it was given.
package struct Pod: Hashable, Identifiable, Sendable {
  package var id: PodID
  /// What made it; a `Kind.pod` for a pod that was made by hand or by its node.
  package var workload: WorkloadID
  /// How many pods the workload had made before (a DaemonSet: on the same node).
  package var ordinal: Int
  package var template: PodTemplate
  package var created: Creation
  /// Where it runs; `nil` while no node will have it.
  package var node: NodeID?
  /// Its place in the network; `nil` while it has none, and for pods in their node's own namespace.
  package var endpoint: Endpoint?
  /// The hash of the template that it was made from, where a workload made it.
  package var revision: String?
  /// Its labels are no longer those that its workload looks for.
  package var isDetached = false
  /// It was deleted, and has not ended yet.
  package var termination: Termination?
  /// Its programs have not come up yet.
  package var isStarting = false
  /// How often its containers were started again.
  package var restarts = 0
  package var record = ObjectRecord()

  package init(
    id: PodID, workload: WorkloadID, ordinal: Int = 0, template: PodTemplate, created: Creation = .unset,
    node: NodeID? = nil, endpoint: Endpoint? = nil
  ) {
    self.id = id
    self.workload = workload
    self.ordinal = ordinal
    self.template = template
    self.created = created
    self.node = node
    self.endpoint = endpoint
  }

  /// A pod's interface pair and what the agent knows it by.
  package struct Endpoint: Hashable, Sendable {
    package var address: IPv4Address
    /// The endpoint's number on its node, from 1.
    package var id: Int
    package var identity: SecurityIdentity
    /// The host side of the veth pair.
    package var interface: String
    /// The number of the host side on the node.
    package var index: Int
    /// The number of the pod side, from before it was moved into the pod.
    package var podIndex: Int
    /// The MAC of the pod's eth0.
    package var mac: MACAddress
    /// The MAC of the host side.
    package var hostMAC: MACAddress
    /// The node's own kernel has learned the pod's MAC.
    package var isKnownNeighbor: Bool

    package init(
      address: IPv4Address, id: Int, identity: SecurityIdentity, interface: String, index: Int,
      podIndex: Int, mac: MACAddress, hostMAC: MACAddress, isKnownNeighbor: Bool = false
    ) {
      self.address = address
      self.id = id
      self.identity = identity
      self.interface = interface
      self.index = index
      self.podIndex = podIndex
      self.mac = mac
      self.hostMAC = hostMAC
      self.isKnownNeighbor = isKnownNeighbor
    }
  }
}

import NetModel

/// The state that packets meet: every stack as `ip` would show it, and every agent's maps.
///
/// It is derived from a `Network` and changes only by deriving it again.
package struct Snapshot: Hashable, Sendable {
  /// The revision of the network that it was derived from.
  package var revision: Int
  /// In ascending order of their names.
  package var wires: [Wire]
  /// Machines, then pods, each in ascending order of name.
  package var stacks: [NetworkStack]
  /// The nodes that run an agent, in ascending order of name.
  package var agents: [Agent]
  /// The pods that have an address of their own, in ascending order of name.
  package var pods: [PodPlacement]

  package init(
    revision: Int, wires: [Wire], stacks: [NetworkStack], agents: [Agent], pods: [PodPlacement]
  ) {
    self.revision = revision
    self.wires = wires
    self.stacks = stacks
    self.agents = agents
    self.pods = pods
  }

  /// A node and the maps of the agent there.
  package struct Agent: Hashable, Sendable {
    package var node: NodeID
    package var datapath: Datapath

    package init(node: NodeID, datapath: Datapath) {
      self.node = node
      self.datapath = datapath
    }
  }

  /// Where a pod is and what it was made by.
  package struct PodPlacement: Hashable, Sendable {
    package var pod: PodID
    package var node: NodeID
    package var address: IPv4Address
    package var identity: SecurityIdentity
    /// The name of the Deployment, or of the pod itself where nothing made it.
    package var workload: String

    package init(
      pod: PodID, node: NodeID, address: IPv4Address, identity: SecurityIdentity, workload: String
    ) {
      self.pod = pod
      self.node = node
      self.address = address
      self.identity = identity
      self.workload = workload
    }
  }

  // Searched by index: an element is large, and is copied only where it is found.

  package func stack(_ id: StackID) -> NetworkStack? {
    for index in stacks.indices where stacks[index].id == id { return stacks[index] }
    return nil
  }

  package func wire(_ id: WireID) -> Wire? {
    wires.first { $0.id == id }
  }

  /// The maps of the agent on `node`; `nil` where none runs.
  package func datapath(on node: NodeID) -> Datapath? {
    for index in agents.indices where agents[index].node == node { return agents[index].datapath }
    return nil
  }

  package func placement(of pod: PodID) -> PodPlacement? {
    for index in pods.indices where pods[index].pod == pod { return pods[index] }
    return nil
  }
}

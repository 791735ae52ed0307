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

  // An element is large, and is copied only where it is found.

  package func stack(_ id: StackID) -> NetworkStack? {
    place(of: id).map { stacks[$0] }
  }

  /// The place of a stack among the stacks.
  package func place(of id: StackID) -> Int? {
    place(of: id, among: stacks.count) { stacks[$0].id }
  }

  package func wire(_ id: WireID) -> Wire? {
    place(of: id, among: wires.count) { wires[$0].id }.map { wires[$0] }
  }

  /// The maps of the agent on `node`; `nil` where none runs.
  package func datapath(on node: NodeID) -> Datapath? {
    place(of: node, among: agents.count) { agents[$0].node }.map { agents[$0].datapath }
  }

  package func placement(of pod: PodID) -> PodPlacement? {
    place(of: pod, among: pods.count) { pods[$0].pod }.map { pods[$0] }
  }

  /// Halves a list in ascending order of its names.
  private func place<Name: Comparable>(
    of name: Name, among count: Int, nameAt: (Int) -> Name
  ) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if nameAt(middle) < name { low = middle + 1 } else { high = middle }
    }
    return low < count && nameAt(low) == name ? low : nil
  }
}

import NetModel

extension Network {
  /// What packets meet: every stack with all its tables, and every agent's maps.
  package func snapshot() -> Snapshot {
    let hosts = machines.map { hostStack(of: $0) }
    let pods = connectedPods.map { podStack(of: $0.pod, on: $0.agent) }
    let stacks = (hosts + pods).map { stack in
      var known = stack
      known.neighbors = neighbors(of: stack, among: hosts)
      return known
    }
    return Snapshot(
      revision: revision, wires: wires, stacks: stacks, agents: agents, pods: placements)
  }

  /// The pods that have a place of their own in the network, on machines that run.
  var connectedPods: [(pod: Pod, agent: ClusterNode.Agent)] {
    guard let cluster else { return [] }
    return cluster.pods.compactMap { pod in
      guard pod.endpoint != nil, let node = pod.node, let agent = runningAgent(on: node) else { return nil }
      return (pod, agent)
    }
  }

  /// The agent of a node that is switched on.
  func runningAgent(on node: NodeID) -> ClusterNode.Agent? {
    machine(node)?.isUp == true ? cluster?.node(node)?.agent : nil
  }

  private var agents: [Snapshot.Agent] {
    guard let cluster else { return [] }
    let ports = cluster.backedPorts
    return cluster.nodes.compactMap { node in
      guard let agent = runningAgent(on: node.id) else { return nil }
      let datapath = datapath(of: node, agent: agent, cluster: cluster, services: ports)
      return Snapshot.Agent(node: node.id, datapath: datapath)
    }
  }

  private func datapath(
    of node: ClusterNode, agent: ClusterNode.Agent, cluster: Cluster, services: [Cluster.BackedPort]
  ) -> Datapath {
    let devices = agentDevices(on: node.id)
    return Datapath(
      settings: agent.programSettings ?? agent.settings, devices: devices.map(\.name).sorted(),
      directRoutingDevice: directRoutingDevice(of: node, among: devices),
      routerAddress: agent.routerAddress, nodeAddress: node.address, podCIDRs: [agent.podCIDR],
      endpoints: localEndpoints(on: node, agent: agent),
      ipcache: ipcache(on: node, agent: agent, cluster: cluster),
      services: cluster.serviceEntries(on: node, in: self, of: services).sorted { $0.frontend < $1.frontend },
      policyMaps: cluster.policyMaps(on: node, agent: agent),
      l2Announcements: cluster.announcements(on: node, devices: devices.map(\.name)))
  }

  /// Source: Cilium `pkg/datapath/tables/direct_routing_device.go`: the device that bears the InternalIP.
  private func directRoutingDevice(of node: ClusterNode, among devices: [Interface]) -> String {
    let bearing = devices.first { $0.addresses.contains { $0.local.address == node.address } }
    return (bearing ?? devices.first)?.name ?? ""
  }

  private var placements: [Snapshot.PodPlacement] {
    connectedPods.compactMap { pod, _ in
      guard let endpoint = pod.endpoint, let node = pod.node else { return nil }
      return Snapshot.PodPlacement(
        pod: pod.id, node: node, address: endpoint.address, identity: endpoint.identity,
        workload: pod.workload.name)
    }
  }
}

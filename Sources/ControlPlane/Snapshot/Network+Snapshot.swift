import NetModel

extension Network {
  /// What packets meet: every stack with all its tables, and every agent's maps.
  package func snapshot() -> Snapshot {
    let hosts = machines.map { hostStack(of: $0) }
    let pods = connectedPods.map { podStack(of: $0.pod, on: $0.agent) }
    let owners = AddressOwners(hosts)
    let stacks = (hosts + pods).map { stack in
      var known = stack
      known.neighbors = neighbors(of: stack, owners)
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
    let common = common(of: cluster)
    return cluster.nodes.compactMap { node in
      datapath(on: node.id, of: cluster, knowing: common).map { Snapshot.Agent(node: node.id, datapath: $0) }
    }
  }

  /// What is found once for all agents.
  private struct Common {
    var held: [NodeID: [ServiceID]]
    var spoken: [NodeID: [L2Announcement]]
    var policies: Cluster.CommonPolicies
  }

  private func common(of cluster: Cluster) -> Common {
    Common(
      held: cluster.leaseElections.heldServices(among: nil), spoken: speakerAnnouncements,
      policies: cluster.commonPolicies)
  }

  /// The maps of one node's agent; `nil` where none runs.
  package func datapath(on node: NodeID) -> Datapath? {
    cluster.flatMap { datapath(on: node, of: $0, knowing: common(of: $0)) }
  }

  private func datapath(on node: NodeID, of cluster: Cluster, knowing common: Common) -> Datapath? {
    guard let member = cluster.node(node), let agent = runningAgent(on: node) else { return nil }
    var datapath = datapath(of: member, agent: agent, cluster: cluster, knowing: common.policies)
    datapath.l2Announcements = cluster.announcements(
      of: common.held[node] ?? [], on: member, devices: datapath.devices)
    datapath.speakerAnnouncements = common.spoken[node] ?? []
    return datapath
  }

  private func datapath(
    of node: ClusterNode, agent: ClusterNode.Agent, cluster: Cluster, knowing policies: Cluster.CommonPolicies
  ) -> Datapath {
    let devices = agentDevices(on: node.id)
    return Datapath(
      settings: agent.programSettings ?? agent.settings, devices: devices.map(\.name).sorted(),
      directRoutingDevice: directRoutingDevice(of: node, among: devices),
      routerAddress: agent.routerAddress, nodeAddress: node.address, podCIDRs: [agent.podCIDR],
      endpoints: localEndpoints(on: node, agent: agent),
      ipcache: ipcache(on: node, agent: agent, cluster: cluster),
      services: cluster.serviceEntries(on: node).sorted { $0.frontend < $1.frontend },
      policyMaps: cluster.policyMaps(on: node, agent: agent, knowing: policies))
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

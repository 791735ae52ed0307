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
    let spoken = speakerAnnouncements
    let held = cluster?.leaseElections.heldServices(among: nil) ?? [:]
    return (cluster?.nodes.map(\.id) ?? []).compactMap { node in
      datapath(on: node, holding: held[node] ?? [], spoken: spoken[node] ?? []).map {
        Snapshot.Agent(node: node, datapath: $0)
      }
    }
  }

  /// The maps of one node's agent; `nil` where none runs.
  package func datapath(on node: NodeID) -> Datapath? {
    let held = cluster?.leaseElections.heldServices(among: nil) ?? [:]
    return datapath(on: node, holding: held[node] ?? [], spoken: speakerAnnouncements[node] ?? [])
  }

  private func datapath(
    on node: NodeID, holding services: [ServiceID], spoken: [L2Announcement]
  ) -> Datapath? {
    guard let cluster, let member = cluster.node(node), let agent = runningAgent(on: node) else { return nil }
    var datapath = datapath(of: member, agent: agent, cluster: cluster)
    datapath.l2Announcements = cluster.announcements(of: services, on: member, devices: datapath.devices)
    datapath.speakerAnnouncements = spoken
    return datapath
  }

  private func datapath(
    of node: ClusterNode, agent: ClusterNode.Agent, cluster: Cluster
  ) -> Datapath {
    let devices = agentDevices(on: node.id)
    return Datapath(
      settings: agent.programSettings ?? agent.settings, devices: devices.map(\.name).sorted(),
      directRoutingDevice: directRoutingDevice(of: node, among: devices),
      routerAddress: agent.routerAddress, nodeAddress: node.address, podCIDRs: [agent.podCIDR],
      endpoints: localEndpoints(on: node, agent: agent),
      ipcache: ipcache(on: node, agent: agent, cluster: cluster),
      services: cluster.serviceEntries(on: node).sorted { $0.frontend < $1.frontend },
      policyMaps: cluster.policyMaps(on: node, agent: agent))
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

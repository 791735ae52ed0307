import NetModel

extension Cluster {
  /// Starts the agent of a node, for the first time or again.
  mutating func startAgent(
    on id: NodeID, settings: CiliumSettings, in network: Network
  ) throws(EditError) {
    try startAgents(on: [id], settings: settings, in: network)
  }

  /// Starts the agents of nodes, in this order.
  ///
  /// A node that has no share of the pool yet gets the first one that no node has.
  /// Source: Cilium `pkg/ipam/allocator/clusterpool/cidralloc`.
  mutating func startAgents(
    on ids: [NodeID], settings: CiliumSettings, in network: Network
  ) throws(EditError) {
    let taken = Set(nodes.compactMap { $0.agent?.podCIDR })
    var shares = podPool.shares
    func nextFree() -> IPv4Prefix? {
      while let share = shares.next() {
        if !taken.contains(share) { return share }
      }
      return nil
    }
    for id in ids { try startAgent(on: id, settings: settings, in: network, nextShare: nextFree) }
  }

  private mutating func startAgent(
    on id: NodeID, settings: CiliumSettings, in network: Network, nextShare: () -> IPv4Prefix?
  ) throws(EditError) {
    guard let position = nodes.position(of: id) else { throw .notInCluster(id) }
    var agent: ClusterNode.Agent
    if let running = nodes[position].agent {
      agent = running
    } else {
      guard let share = nextShare() else { throw .podPoolExhausted(id) }
      agent = firstAgent(on: id, podCIDR: share, settings: settings, in: network)
    }
    agent.settings = settings
    agent.programSettings = nil
    let tunnel = settings.tunnelDevice?.deviceName
    agent.devices.removeAll { $0.isTunnel && $0.name != tunnel }
    if let tunnel, !agent.devices.contains(where: { $0.name == tunnel }) {
      agent.addDevice(tunnel, mac: mac(of: tunnel, on: id, in: network))
    }
    nodes[position].agent = agent
  }

  private func firstAgent(
    on id: NodeID, podCIDR: IPv4Prefix, settings: CiliumSettings, in network: Network
  ) -> ClusterNode.Agent {
    let used = network.machine(id)?.stack.interfaces.map(\.index).max() ?? 0
    var agent = ClusterNode.Agent(
      settings: settings, podCIDR: podCIDR,
      routerAddress: routerAddress(on: id, in: podCIDR, seed: network.seed),
      devices: [], nextInterfaceIndex: used + 1)
    for name in ["cilium_net", "cilium_host"] {
      agent.addDevice(name, mac: mac(of: name, on: id, in: network))
    }
    return agent
  }

  /// Source: Cilium `daemon/cmd/ipam.go`, `allocateRouterIPv4`: any address of the node's pod CIDR.
  private func routerAddress(on id: NodeID, in podCIDR: IPv4Prefix, seed: UInt64) -> IPv4Address {
    if let recorded = facts.node(id)?.routerAddress, podCIDR.contains(recorded) { return recorded }
    let recorded = facts.pods.compactMap(\.address)
    var draw = Draw(seed: seed, for: "router-address", id.name)
    return draw.address(in: podCIDR) { !recorded.contains($0) } ?? podCIDR.last
  }

  private func mac(of device: String, on id: NodeID, in network: Network) -> MACAddress {
    facts.node(id)?.mac(of: device)
      ?? .virtualDevice(InterfaceID(.host(id), device), seed: network.seed)
  }
}

extension ClusterNode.Agent {
  fileprivate mutating func addDevice(_ name: String, mac: MACAddress) {
    devices.append(ClusterNode.Device(name: name, index: takeInterfaceIndex(), mac: mac))
  }

  /// The number of the next interface of the node's kernel.
  mutating func takeInterfaceIndex() -> Int {
    defer { nextInterfaceIndex += 1 }
    return nextInterfaceIndex
  }
}

extension ClusterNode.Device {
  /// The protocol of a tunnel device; `nil` for all others.
  package var tunnel: TunnelProtocol? {
    TunnelProtocol.allCases.first { $0.deviceName == name }
  }

  var isTunnel: Bool { tunnel != nil }
}

extension Draw {
  /// A free host address of `prefix`, neither its first nor its last; `nil` where none is free.
  mutating func address(in prefix: IPv4Prefix, where isFree: (IPv4Address) -> Bool) -> IPv4Address? {
    let first = Int(prefix.address.rawValue) + 1
    let last = Int(prefix.last.rawValue) - 1
    guard first <= last else { return nil }
    let found = number(in: first...last) { isFree(IPv4Address(rawValue: UInt32($0))) }
    return found.map { IPv4Address(rawValue: UInt32($0)) }
  }
}

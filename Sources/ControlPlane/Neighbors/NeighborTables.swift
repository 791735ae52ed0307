import NetModel

extension Network {
  /// The neighbor table of a stack, in ascending order of address, then interface.
  ///
  /// `hosts` are all machines' stacks: who owns an address on a wire answers for it.
  func neighbors(of stack: NetworkStack, among hosts: [NetworkStack]) -> [Neighbor] {
    let changes = changes(of: stack.id)
    if changes == nil, case .host(let node) = stack.id, machine(node)?.isRecorded == true {
      return stack.neighbors
    }
    var table = changes?.neighbors ?? []
    let derived =
      stack.neighbors.map { resolved($0, of: stack, among: hosts) }
      + managedNeighbors(of: stack, among: hosts) + learnedPods(of: stack)
    for neighbor in derived where !table.contains(where: { $0.isSamePlace(as: neighbor) }) {
      let isDeleted = changes?.deletedNeighbors.contains { key in
        key.address == neighbor.address && key.interface == neighbor.interface
      }
      if isDeleted != true { table.append(neighbor) }
    }
    return table.filter { stack.interface(named: $0.interface)?.isUp == true }
      .sorted { ($0.address, $0.interface) < ($1.address, $1.interface) }
  }

  /// The next hops to the other nodes, which the agent has the kernel keep fresh.
  ///
  /// Source: Cilium `pkg/datapath/linux/node.go`, `insertNeighbor` (`l2NeighDiscovery`).
  private func managedNeighbors(of stack: NetworkStack, among hosts: [NetworkStack]) -> [Neighbor] {
    guard case .host(let node) = stack.id, runningAgent(on: node) != nil else { return [] }
    var table: [Neighbor] = []
    for (remote, _) in remoteAgents(of: node) {
      guard let hop = stack.nextHop(to: remote.address), let interface = hop.interface else { continue }
      let mac = ownerMAC(of: hop.gateway ?? remote.address, near: interface, of: stack, among: hosts)
      let neighbor = Neighbor(
        address: hop.gateway ?? remote.address, interface: interface, mac: mac,
        state: mac == nil ? .failed : .reachable, isExternallyLearned: true, isManaged: true)
      if !table.contains(where: { $0.isSamePlace(as: neighbor) }) { table.append(neighbor) }
    }
    return table
  }

  /// The pods whose MAC the node's own kernel has learned.
  private func learnedPods(of stack: NetworkStack) -> [Neighbor] {
    guard case .host(let node) = stack.id else { return [] }
    return connectedPods.filter { $0.pod.node == node }.compactMap { pod, _ in
      guard let endpoint = pod.endpoint, endpoint.isKnownNeighbor else { return nil }
      return Neighbor(
        address: endpoint.address, interface: endpoint.interface, mac: endpoint.mac, state: .stale)
    }
  }

  /// An entry whose MAC the lab leaves to its owner.
  private func resolved(
    _ neighbor: Neighbor, of stack: NetworkStack, among hosts: [NetworkStack]
  ) -> Neighbor {
    guard neighbor.mac == nil else { return neighbor }
    var resolved = neighbor
    resolved.mac = ownerMAC(of: neighbor.address, near: neighbor.interface, of: stack, among: hosts)
    if resolved.mac == nil { resolved.state = .failed }
    return resolved
  }

  private func ownerMAC(
    of address: IPv4Address, near name: String, of stack: NetworkStack, among hosts: [NetworkStack]
  ) -> MACAddress? {
    guard case .wire(let wire) = stack.interface(named: name)?.attachment else { return nil }
    for host in hosts where host.id != stack.id {
      for interface in host.interfaces where interface.attachment == .wire(wire) && interface.isRunning {
        if interface.addresses.contains(where: { $0.local.address == address }) { return interface.mac }
      }
    }
    let gateways = wires.first { $0.id == wire }?.exit?.gateways
    return gateways?.first { $0.address == address }?.mac
  }
}

extension Neighbor {
  func isSamePlace(as other: Neighbor) -> Bool {
    address == other.address && interface == other.interface
  }
}

import NetModel

extension Network {
  /// The neighbor table of a stack, in ascending order of address, then interface.
  ///
  /// Who owns an address on a wire answers for it.
  func neighbors(of stack: NetworkStack, _ owners: AddressOwners) -> [Neighbor] {
    let changes = changes(of: stack.id)
    if changes == nil, case .host(let node) = stack.id, machine(node)?.isRecorded == true {
      return stack.neighbors
    }
    var table = changes?.neighbors ?? []
    let derived =
      stack.neighbors.map { resolved($0, of: stack, owners) } + managedNeighbors(of: stack, owners)
      + learnedPods(of: stack)
    var known = Set(table.map(\.place))
    for neighbor in derived where known.insert(neighbor.place).inserted {
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
  private func managedNeighbors(of stack: NetworkStack, _ owners: AddressOwners) -> [Neighbor] {
    guard case .host(let node) = stack.id, runningAgent(on: node) != nil else { return [] }
    var table: [Neighbor] = []
    for (remote, _) in remoteAgents(of: node) {
      guard let hop = stack.nextHop(to: remote.address), let interface = hop.interface else { continue }
      let mac = ownerMAC(of: hop.gateway ?? remote.address, near: interface, of: stack, owners)
      table.append(
        Neighbor(
          address: hop.gateway ?? remote.address, interface: interface, mac: mac,
          state: mac == nil ? .failed : .reachable, isExternallyLearned: true, isManaged: true))
    }
    return table
  }

  /// The pods whose MAC the node's own kernel has learned.
  private func learnedPods(of stack: NetworkStack) -> [Neighbor] {
    guard case .host(let node) = stack.id, runningAgent(on: node) != nil, let cluster else { return [] }
    return cluster.pods(on: node).compactMap { pod in
      guard let endpoint = pod.endpoint, endpoint.isKnownNeighbor else { return nil }
      return Neighbor(
        address: endpoint.address, interface: endpoint.interface, mac: endpoint.mac, state: .stale)
    }
  }

  /// An entry whose MAC the lab leaves to its owner.
  private func resolved(
    _ neighbor: Neighbor, of stack: NetworkStack, _ owners: AddressOwners
  ) -> Neighbor {
    guard neighbor.mac == nil else { return neighbor }
    var resolved = neighbor
    resolved.mac = ownerMAC(of: neighbor.address, near: neighbor.interface, of: stack, owners)
    if resolved.mac == nil { resolved.state = .failed }
    return resolved
  }

  private func ownerMAC(
    of address: IPv4Address, near name: String, of stack: NetworkStack, _ owners: AddressOwners
  ) -> MACAddress? {
    guard case .wire(let wire) = stack.interface(named: name)?.attachment else { return nil }
    if let mac = owners.mac(of: address, on: wire, besides: stack.id) { return mac }
    let gateways = wires.first { $0.id == wire }?.exit?.gateways
    return gateways?.first { $0.address == address }?.mac
  }
}

extension Neighbor {
  func isSamePlace(as other: Neighbor) -> Bool { place == other.place }

  fileprivate var place: Place { Place(address: address, interface: interface) }

  /// A table has one entry of each.
  fileprivate struct Place: Hashable {
    var address: IPv4Address
    var interface: String
  }
}

/// Which machines have which addresses on which wires, on interfaces that run.
struct AddressOwners {
  private struct Place: Hashable {
    var wire: WireID
    var address: IPv4Address
  }

  private struct Owner {
    var stack: StackID
    var mac: MACAddress
  }

  /// In the order of the machines.
  private var owners: [Place: [Owner]] = [:]

  init(_ hosts: [NetworkStack]) {
    for host in hosts {
      for interface in host.interfaces where interface.isRunning {
        guard case .wire(let wire) = interface.attachment else { continue }
        for address in interface.addresses {
          owners[Place(wire: wire, address: address.local.address), default: []].append(
            Owner(stack: host.id, mac: interface.mac))
        }
      }
    }
  }

  /// The MAC of the first machine but `asker` that has the address; `nil` where none has.
  func mac(of address: IPv4Address, on wire: WireID, besides asker: StackID) -> MACAddress? {
    owners[Place(wire: wire, address: address)]?.first { $0.stack != asker }?.mac
  }
}

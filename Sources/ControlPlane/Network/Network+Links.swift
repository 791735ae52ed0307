import NetModel

extension Network {
  mutating func setLink(_ id: InterfaceID, isUp: Bool) throws(EditError) {
    _ = try interface(id)
    if let place = ownInterface(id) {
      machines[place.machine].stack.interfaces[place.interface].isUp = isUp
    } else {
      updateChanges(of: id.stack) { $0.updateLink(id.name) { $0.isUp = isUp } }
    }
    guard isUp else { return }
    updateChanges(of: id.stack) { changes in
      changes.deletedRoutes.removeAll { $0.nextHops.contains { $0.interface == id.name } }
    }
  }

  /// Bytes; from 68, the least that IPv4 allows, to 65535 (RFC 791, section 3.2).
  mutating func setMTU(_ id: InterfaceID, bytes: Int) throws(EditError) {
    let allowed = 68...65535
    _ = try interface(id)
    guard allowed.contains(bytes) else { throw .invalidMTU(bytes, allowed: allowed) }
    if let place = ownInterface(id) {
      machines[place.machine].stack.interfaces[place.interface].mtu = bytes
    } else {
      updateChanges(of: id.stack) { $0.updateLink(id.name) { $0.mtu = bytes } }
    }
  }

  /// Bytes; from 68, the least that IPv4 allows, to 65535 (RFC 791, section 3.2).
  mutating func setWireLimit(_ wire: WireID, bytes: Int?) throws(EditError) {
    let allowed = 68...65535
    if let bytes, !allowed.contains(bytes) { throw .invalidMTU(bytes, allowed: allowed) }
    wires[try position(of: wire)].mtu = bytes
  }

  mutating func setPortFilter(_ wire: WireID, port: UInt16, isBlocked: Bool) throws(EditError) {
    let position = try position(of: wire)
    wires[position].blockedUDPPorts.removeAll { $0 == port }
    guard isBlocked else { return }
    wires[position].blockedUDPPorts.append(port)
    wires[position].blockedUDPPorts.sort()
  }

  private func position(of wire: WireID) throws(EditError) -> Int {
    guard let position = wires.firstIndex(where: { $0.id == wire }) else { throw .unknownWire(wire) }
    return position
  }

  mutating func setSysctl(_ key: String, value: Int, on id: StackID) throws(EditError) {
    _ = try runningStack(id)
    updateChanges(of: id) { $0.sysctls[key] = value }
  }

  mutating func setNeighbor(_ neighbor: Neighbor, on id: StackID) throws(EditError) {
    _ = try interface(InterfaceID(id, neighbor.interface))
    updateChanges(of: id) { changes in
      changes.neighbors.removeAll { $0.isSamePlace(as: neighbor) }
      changes.neighbors.append(neighbor)
    }
  }

  mutating func deleteNeighbor(
    _ address: IPv4Address, interface name: String, on id: StackID
  ) throws(EditError) {
    _ = try interface(InterfaceID(id, name))
    guard snapshot().stack(id)?.neighbor(address, on: name) != nil else { throw .noSuchNeighbor(address) }
    updateChanges(of: id) { changes in
      changes.neighbors.removeAll { $0.address == address && $0.interface == name }
      changes.deletedNeighbors.append(.init(address: address, interface: name))
    }
  }

  private func interface(_ id: InterfaceID) throws(EditError) -> Interface {
    guard let interface = try runningStack(id.stack).interface(named: id.name) else {
      throw .unknownInterface(id)
    }
    return interface
  }

  /// Where an interface of a machine's own stands; `nil` for one that an agent made.
  private func ownInterface(_ id: InterfaceID) -> (machine: Int, interface: Int)? {
    guard let machine = machines.firstIndex(where: { $0.stack.id == id.stack }),
      let interface = machines[machine].stack.interfaces.firstIndex(where: { $0.name == id.name })
    else { return nil }
    return (machine, interface)
  }
}

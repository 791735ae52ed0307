import NetModel

/// An entry that a stack's kernel made of ARP packets.
package struct LearnedNeighbor: Hashable, Sendable {
  package var stack: StackID
  package var neighbor: Neighbor

  package init(_ neighbor: Neighbor, on stack: StackID) {
    self.stack = stack
    self.neighbor = neighbor
  }
}

extension Network {
  /// Kernels take down what ARP taught them; an entry that an administrator fixed stays.
  mutating func learn(_ entries: [LearnedNeighbor]) {
    for entry in entries {
      updateChanges(of: entry.stack) { changes in
        let known = changes.neighbors.first { $0.isSamePlace(as: entry.neighbor) }
        guard known?.state != .permanent else { return }
        changes.neighbors.removeAll { $0.isSamePlace(as: entry.neighbor) }
        changes.neighbors.append(entry.neighbor)
      }
    }
  }

  /// A station announces by gratuitous ARP that `address` is at `mac`: whoever on the wire has learned the
  /// address before takes the new MAC; nobody makes a new entry.
  ///
  /// Source: Linux `net/ipv4/arp.c`, `arp_process`: `arp_accept` 0.
  package mutating func hearAnnouncement(of address: IPv4Address, at mac: MACAddress, on wire: WireID) {
    for position in manualChanges.indices {
      let stack = manualChanges[position].stack
      for index in manualChanges[position].neighbors.indices {
        let neighbor = manualChanges[position].neighbors[index]
        guard neighbor.address == address, neighbor.state != .permanent,
          interface(InterfaceID(stack, neighbor.interface), isOn: wire)
        else { continue }
        manualChanges[position].neighbors[index].mac = mac
        manualChanges[position].neighbors[index].state = .stale
      }
    }
  }

  private func interface(_ id: InterfaceID, isOn wire: WireID) -> Bool {
    machines.first { $0.stack.id == id.stack }?.stack.interface(named: id.name)?.attachment == .wire(wire)
  }
}

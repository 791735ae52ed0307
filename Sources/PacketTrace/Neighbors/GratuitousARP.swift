import ControlPlane
import NetModel

/// A node's word to a whole wire that it answers for an address from now on.
///
/// Source: Cilium `pkg/datapath/garp`: a broadcast ARP reply in which sender and target are the address; MetalLB
/// `internal/layer2/arp.go`, `Gratuitous`.
package struct GratuitousARP: Hashable, Sendable {
  package var sender: InterfaceID
  package var packet: ARPPacket
}

extension Snapshot {
  /// What nodes announce that did not answer for an address in a former snapshot, in ascending order.
  ///
  /// A speaker of MetalLB sends both forms; that it repeats them for five seconds is left out.
  package func announcements(since former: Snapshot) -> [GratuitousARP] {
    agents.flatMap { agent -> [GratuitousARP] in
      let known = former.datapath(on: agent.node)
      let own = new(agent.datapath.l2Announcements, beside: known?.l2Announcements)
      let spoken = new(agent.datapath.speakerAnnouncements, beside: known?.speakerAnnouncements)
      return own.compactMap { gratuitousARP($0, .reply, by: agent.node) }
        + spoken.flatMap { row in
          [.request, .reply].compactMap { gratuitousARP(row, $0, by: agent.node) }
        }
    }
  }

  private func new(_ rows: [L2Announcement], beside known: [L2Announcement]?) -> [L2Announcement] {
    let known = Set((known ?? []).map { Place(address: $0.address, interface: $0.interface) })
    return rows.filter { !known.contains(Place(address: $0.address, interface: $0.interface)) }
  }

  private struct Place: Hashable {
    var address: IPAddress
    var interface: String
  }

  private func gratuitousARP(
    _ row: L2Announcement, _ operation: ARPPacket.Operation, by node: NodeID
  ) -> GratuitousARP? {
    guard case .v4(let address) = row.address,
      let interface = stack(.host(node))?.interface(named: row.interface), interface.isRunning
    else { return nil }
    return GratuitousARP(
      sender: InterfaceID(.host(node), row.interface),
      packet: ARPPacket(
        operation: operation, senderMAC: interface.mac, senderAddress: address, targetMAC: .broadcast,
        targetAddress: address))
  }
}

import ControlPlane
import NetModel

/// A node's word to a whole wire that it answers for an address from now on.
///
/// Source: Cilium `pkg/datapath/garp`: a broadcast ARP reply in which sender and target are the address.
package struct GratuitousARP: Hashable, Sendable {
  package var sender: InterfaceID
  package var packet: ARPPacket
}

extension Snapshot {
  /// What nodes announce that did not answer for an address in a former snapshot, in ascending order.
  package func announcements(since former: Snapshot) -> [GratuitousARP] {
    agents.flatMap { agent -> [GratuitousARP] in
      let known = former.datapath(on: agent.node)?.l2Announcements ?? []
      return agent.datapath.l2Announcements.compactMap { row in
        guard case .v4(let address) = row.address,
          !known.contains(where: { $0.address == row.address && $0.interface == row.interface }),
          let interface = stack(.host(agent.node))?.interface(named: row.interface), interface.isRunning
        else { return nil }
        return GratuitousARP(
          sender: InterfaceID(.host(agent.node), row.interface),
          packet: ARPPacket(
            operation: .reply, senderMAC: interface.mac, senderAddress: address, targetMAC: .broadcast,
            targetAddress: address))
      }
    }
  }
}

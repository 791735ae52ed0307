import ControlPlane
import NetModel

/// An ARP request, and everybody who answers it, in the order of their names.
package struct ARPExchange: Hashable, Sendable {
  package var asker: InterfaceID
  package var request: ARPPacket
  package var answers: [Answer]

  package struct Answer: Hashable, Sendable {
    package var reply: ARPPacket
    package var responder: NeighborEvidence.Responder
  }
}

extension Snapshot {
  /// Asks for an address as `arping` does, past the kernel's own table; `nil` where the interface cannot ask.
  package func askByARP(
    _ address: IPv4Address, by asker: InterfaceID, as sender: IPv4Address? = nil
  ) -> ARPExchange? {
    guard let stack = stack(asker.stack), let interface = stack.interface(named: asker.name),
      interface.isRunning, interface.usesARP
    else { return nil }
    let request = ARPPacket(
      operation: .request, senderMAC: interface.mac,
      senderAddress: sender ?? interface.addresses.first?.local.address ?? .any, targetMAC: .zero,
      targetAddress: address)
    let answers = responders(for: address, asking: interface, in: stack).map { mac, responder in
      ARPExchange.Answer(reply: request.answered(by: mac), responder: responder)
    }
    return ARPExchange(asker: asker, request: request, answers: answers)
  }

  /// Everybody who answers an interface that asks for an address.
  func responders(
    for address: IPv4Address, asking interface: Interface, in stack: NetworkStack
  ) -> [(MACAddress, NeighborEvidence.Responder)] {
    switch interface.attachment {
    case .wire(let wire): responders(for: address, on: wire, except: stack.id)
    case .veth(let peer): responder(for: address, at: peer, asking: stack).map { [$0] } ?? []
    case .loopback, .dummy, .tunnel, .unknown: []
    }
  }

  /// Owners, then nodes that announce the address, then the world outside; several leaders are several answers.
  ///
  /// Linux answers on every interface for every address of the machine (arp_ignore 0).
  private func responders(
    for address: IPv4Address, on wire: WireID, except asking: StackID
  ) -> [(MACAddress, NeighborEvidence.Responder)] {
    var found: [(MACAddress, NeighborEvidence.Responder)] = []
    for port in ports(on: wire) where port.stack != asking && bears(address, stackAt: port.place) {
      found.append((port.mac, .owner(port.id)))
    }
    found += announcers(of: address, on: wire, except: asking)
    let gateways = self.wire(wire)?.exit?.gateways.filter { $0.address == address } ?? []
    return found + gateways.map { ($0.mac, .outside(wire)) }
  }

  private func bears(_ address: IPv4Address, stackAt place: Int) -> Bool {
    stacks[place].interfaces.contains { $0.addresses.contains { $0.local.address == address } }
  }

  /// Nodes answer for what they announce, on the devices that the rows name.
  ///
  /// Source: Cilium `bpf/bpf_host.c`, `handle_l2_announcement`; MetalLB `internal/layer2/arp.go`.
  private func announcers(
    of address: IPv4Address, on wire: WireID, except asking: StackID
  ) -> [(MACAddress, NeighborEvidence.Responder)] {
    agents.flatMap { agent -> [(MACAddress, NeighborEvidence.Responder)] in
      let id = StackID.host(agent.node)
      guard id != asking else { return [] }
      return answers(agent.datapath.l2Announcements, by: id, for: address, on: wire) { .announcer($0) }
        + answers(agent.datapath.speakerAnnouncements, by: id, for: address, on: wire) { .speaker($0) }
    }
  }

  private func answers(
    _ rows: [L2Announcement], by id: StackID, for address: IPv4Address, on wire: WireID,
    _ responder: (InterfaceID) -> NeighborEvidence.Responder
  ) -> [(MACAddress, NeighborEvidence.Responder)] {
    let wanted = rows.filter { $0.address == .v4(address) }
    guard !wanted.isEmpty, let stack = stack(id) else { return [] }
    return wanted.compactMap { row in
      guard let interface = stack.interface(named: row.interface), interface.attachment == .wire(wire),
        interface.isRunning
      else { return nil }
      return (interface.mac, responder(InterfaceID(id, row.interface)))
    }
  }

  /// BPF on the host side of a pod's veth answers for every address but the pod's own.
  ///
  /// Source: Cilium `bpf/bpf_lxc.c`, `tail_handle_arp`.
  private func responder(
    for address: IPv4Address, at peer: InterfaceID, asking stack: NetworkStack
  ) -> (MACAddress, NeighborEvidence.Responder)? {
    guard let other = self.stack(peer.stack), let interface = other.interface(named: peer.name),
      interface.isRunning
    else { return nil }
    if case .host(let node) = peer.stack, datapath(on: node) != nil {
      guard stack.interface(bearing: address) == nil else { return nil }
      return (interface.mac, .bpf(peer))
    }
    return other.interface(bearing: address).map { _ in (interface.mac, .owner(peer)) }
  }
}

extension ARPPacket {
  /// The answer to this request.
  func answered(by mac: MACAddress) -> ARPPacket {
    ARPPacket(
      operation: .reply, senderMAC: mac, senderAddress: targetAddress, targetMAC: senderMAC,
      targetAddress: senderAddress)
  }
}

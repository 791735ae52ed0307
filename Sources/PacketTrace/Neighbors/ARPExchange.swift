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
    for stack in stacks where stack.id != asking && stack.interface(bearing: address) != nil {
      for interface in stack.interfaces where interface.attachment == .wire(wire) && interface.isRunning {
        found.append((interface.mac, .owner(InterfaceID(stack.id, interface.name))))
      }
    }
    let gateways = self.wire(wire)?.exit?.gateways.filter { $0.address == address } ?? []
    found += stacks.filter { $0.id != asking }.flatMap { announcers(of: address, by: $0, on: wire) }
    return found + gateways.map { ($0.mac, .outside(wire)) }
  }

  /// A node answers for what it announces, on the device that the row names.
  ///
  /// Source: Cilium `bpf/bpf_host.c`, `handle_l2_announcement`; MetalLB `internal/layer2/arp.go`.
  private func announcers(
    of address: IPv4Address, by stack: NetworkStack, on wire: WireID
  ) -> [(MACAddress, NeighborEvidence.Responder)] {
    guard case .host(let node) = stack.id, let datapath = datapath(on: node) else { return [] }
    func answers(
      _ rows: [L2Announcement], _ responder: (InterfaceID) -> NeighborEvidence.Responder
    ) -> [(MACAddress, NeighborEvidence.Responder)] {
      rows.filter { $0.address == .v4(address) }.compactMap { row in
        guard let interface = stack.interface(named: row.interface), interface.attachment == .wire(wire),
          interface.isRunning
        else { return nil }
        return (interface.mac, responder(InterfaceID(stack.id, row.interface)))
      }
    }
    return answers(datapath.l2Announcements) { .announcer($0) }
      + answers(datapath.speakerAnnouncements) { .speaker($0) }
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

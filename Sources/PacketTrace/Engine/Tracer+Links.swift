import ControlPlane
import NetModel

extension Tracer {
  /// Addresses the frame to `nextHop`, whose link-layer address the neighbor table knows or ARP asks for;
  /// false where nobody answers, and then the walk has ended.
  ///
  /// Source: RFC 826; Linux `net/ipv4/arp.c`.
  mutating func resolve(
    _ nextHop: IPv4Address, on device: String, in stack: NetworkStack, _ hook: Step.Hook
  ) -> Bool {
    guard let interface = stack.interface(named: device) else { return false }
    let (answer, rivals) = neighborAnswer(nextHop, on: interface, in: stack)
    let evidence = NeighborEvidence(
      address: nextHop, interface: device, table: stack.neighbors(on: device), answer: answer, rivals: rivals)
    journey.record(
      .neighborLookup, answer.isFromBPF ? .arpResponder : hook, on: device, .neighbor(evidence),
      by: rivals.isEmpty ? answer.rule : .firstAnswerWins
    ) { packet in
      if let mac = answer.mac {
        packet = packet.framed(EthernetHeader(destination: mac, source: interface.mac))
      }
    }
    if answer.mac == nil { endUnanswered(hook, on: device) }
    return answer.mac != nil
  }

  private mutating func endUnanswered(_ hook: Step.Hook, on device: String) {
    let rule = Rule.addressResolutionFailure
    if isForwarding {
      _ = refuse(.neighborUnreachable, .noARPAnswer, hook, on: device, by: rule)
    } else {
      _ = journey.end(.neighborUnreachable, .noARPAnswer, hook, on: device, by: rule)
    }
  }

  /// The answer that counts, and those that came behind it.
  ///
  /// Source: Linux `net/ipv4/arp.c`, `arp_process`: for a second (`locktime`) after an entry was confirmed, no
  /// other answer takes its place. Who is the first one is not known; here it is the order of the names.
  private func neighborAnswer(
    _ nextHop: IPv4Address, on interface: Interface, in stack: NetworkStack
  ) -> (NeighborEvidence.Answer, [NeighborEvidence.Rival]) {
    guard interface.usesARP else { return (.notNeeded(interface.mac), []) }
    if let known = stack.neighbor(nextHop, on: interface.name), known.isUsable, let mac = known.mac {
      return (.known(mac), [])
    }
    let request = ARPPacket(
      operation: .request, senderMAC: interface.mac,
      senderAddress: interface.addresses.first?.local.address ?? .any, targetMAC: .zero,
      targetAddress: nextHop)
    guard interface.isRunning else { return (.unanswered(request: request), []) }
    let responders = snapshot.responders(for: nextHop, asking: interface, in: stack)
    guard let (mac, responder) = responders.first else { return (.unanswered(request: request), []) }
    let rivals = responders.dropFirst().map { mac, responder in
      NeighborEvidence.Rival(reply: request.answered(by: mac), responder: responder)
    }
    return (.resolved(request: request, reply: request.answered(by: mac), by: responder), rivals)
  }

  /// The frame goes onto what the interface is attached to.
  mutating func transmit(by interface: Interface) -> Stage? {
    guard case .wire(let id) = interface.attachment, let wire = snapshot.wire(id) else {
      return journey.end(
        .undecided, .unknownAttachment, .queueTransmit, on: interface.name, by: .limitOfTheModel)
    }
    let receivers = receivers(of: journey.packet, on: id, except: InterfaceID(journey.place, interface.name))
    let transmission = Transmission(
      from: InterfaceID(journey.place, interface.name), wire: id, receivers: receivers)
    journey.record(
      .transmit, .queueTransmit, on: interface.name, .transmission(transmission), by: .wireTransmission)
    if case .refused(let end) = passWire(wire, from: interface) { return end }
    guard let receiver = receivers.first else { return leave(wire, from: interface, transmission) }
    journey.endHop(departure: interface.name)
    return arrive(at: receiver)
  }

  private func receivers(of frame: Packet, on wire: WireID, except sender: InterfaceID) -> [InterfaceID] {
    snapshot.ports(on: wire).filter { $0.mac == frame.ethernet?.destination && $0.id != sender }.map(\.id)
  }

  private mutating func leave(
    _ wire: Wire, from interface: Interface, _ transmission: Transmission
  ) -> Stage? {
    let target = journey.packet.ethernet?.destination
    guard let exit = wire.exit, exit.gateways.contains(where: { $0.mac == target }) else {
      return journey.end(
        .neighborUnreachable, .notAddressedToHost, .wire, on: interface.name, by: .wireTransmission)
    }
    journey.endHop(departure: interface.name)
    journey.record(
      .leaveNetwork, .wire, on: interface.name, .transmission(transmission), by: .leavingTheModel)
    journey.outcome = Outcome(
      disposition: .exitsNetwork, node: journey.node, interface: interface.name, reason: .leftNetwork)
    return nil
  }

  private mutating func arrive(at receiver: InterfaceID) -> Stage? {
    guard let node = machine(of: receiver.stack), journey.hops.count < Journey.mostHops else {
      return journey.end(.undecided, .pathTooLong, .wire, by: .limitOfTheModel)
    }
    journey.place = receiver.stack
    journey.sourceIdentity = .unknown
    journey.beginHop(on: node, arrival: receiver.name)
    return .fromNetdev(receiver.name)
  }
}

extension NeighborEvidence.Answer {
  /// The address that was found; `nil` where nobody answered.
  package var mac: MACAddress? {
    switch self {
    case .known(let mac), .notNeeded(let mac): mac
    case .resolved(_, let reply, _): reply.senderMAC
    case .unanswered: nil
    }
  }

  fileprivate var isFromBPF: Bool {
    if case .resolved(_, _, .bpf) = self { true } else { false }
  }

  fileprivate var rule: Rule {
    switch self {
    case .known, .notNeeded: .neighborKnown
    case .resolved(_, _, .bpf): .podARPAnsweredByBPF
    case .resolved(_, _, .announcer): .l2Announcement
    case .resolved(_, _, .speaker): .speakerAnnouncement
    case .resolved: .addressResolution
    case .unanswered: .addressResolutionFailure
    }
  }
}

import ControlPlane
import NetModel

extension CaptureObserver {
  /// How often a stack asks before it gives a neighbor up.
  ///
  /// Source: Linux `net/ipv4/arp.c`, `arp_tbl`: mcast_probes 3.
  private static let requests = 3

  /// The ARP packets of a lookup that the neighbor table did not answer.
  mutating func watch(_ evidence: NeighborEvidence, in stack: StackID) {
    let asker = InterfaceID(stack, evidence.interface)
    switch evidence.answer {
    case .known, .notNeeded: break
    case .resolved(let request, let reply, let responder):
      broadcast(request, from: asker)
      answer(reply, by: responder, to: asker)
      for rival in evidence.rivals { answer(rival.reply, by: rival.responder, to: asker) }
    case .unanswered(let request):
      guard snapshot.stack(stack)?.interface(named: asker.name)?.isRunning == true else { return }
      for _ in 0..<CaptureObserver.requests {
        broadcast(request, from: asker)
        wait(CaptureObserver.requestInterval)
      }
    }
  }

  /// A request that a program sends by itself, and all answers.
  mutating func watch(_ exchange: ARPExchange) {
    broadcast(exchange.request, from: exchange.asker)
    for given in exchange.answers { answer(given.reply, by: given.responder, to: exchange.asker) }
  }

  mutating func broadcast(_ packet: ARPPacket, from asker: InterfaceID) {
    let header = EthernetHeader(destination: .broadcast, source: packet.senderMAC)
    let frame = Packet(headers: [.ethernet(header), .arp(packet)])
    see(frame, at: asker, .outgoing)
    for interface in listeners(besides: asker) { see(frame, at: interface, .broadcast) }
  }

  private mutating func answer(
    _ reply: ARPPacket, by responder: NeighborEvidence.Responder, to asker: InterfaceID
  ) {
    let header = EthernetHeader(destination: reply.targetMAC, source: reply.senderMAC)
    let frame = Packet(headers: [.ethernet(header), .arp(reply)])
    switch responder {
    case .owner(let interface), .bpf(let interface), .announcer(let interface), .speaker(let interface):
      pass(frame, from: interface, to: asker)
    case .outside: see(frame, at: asker, .incoming)
    }
  }

  /// Who hears what `asker` broadcasts: the other interfaces of its wire, or the other end of its pair.
  private func listeners(besides asker: InterfaceID) -> [InterfaceID] {
    switch snapshot.stack(asker.stack)?.interface(named: asker.name)?.attachment {
    case .wire(let wire):
      snapshot.stacks.flatMap { stack in
        stack.interfaces.filter { $0.attachment == .wire(wire) && $0.isRunning }
          .map { InterfaceID(stack.id, $0.name) }
      }.filter { $0 != asker }
    case .veth(let peer): [peer]
    case .loopback, .dummy, .tunnel, .unknown, nil: []
    }
  }
}

extension GratuitousARP {
  /// What every interface of `snapshot` sees of it, in the order in which it happens.
  package func captures(in snapshot: Snapshot) -> [CapturedPacket] {
    var observer = CaptureObserver(snapshot: snapshot)
    observer.broadcast(packet, from: sender)
    return observer.captured
  }
}

extension ARPExchange {
  /// What every interface of `snapshot` sees of it, in the order in which it happens.
  package func captures(in snapshot: Snapshot) -> [CapturedPacket] {
    var observer = CaptureObserver(snapshot: snapshot)
    observer.watch(self)
    return observer.captured
  }
}

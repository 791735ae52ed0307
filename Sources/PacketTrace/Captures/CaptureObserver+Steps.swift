import ControlPlane
import NetModel

extension CaptureObserver {
  /// What happened between two steps of one hop: the packet has come to another device.
  mutating func enter(_ step: Step, after former: Step) {
    switch (former.stack, step.stack, step.hook) {
    case (.pod, .host, .fromContainer):
      guard let device = step.device else { return }
      let outside = InterfaceID(step.stack, device)
      guard let inside = peer(of: outside) else { return }
      pass(step.before, from: inside, to: outside)
    case (_, _, .routeInput) where former.hook == .fromHost:
      guard let device = step.device else { return }
      let inside = InterfaceID(step.stack, device)
      guard let outside = peer(of: inside) else { return }
      pass(step.before, from: outside, to: inside)
    default: break
    }
  }

  /// What interfaces see of the step itself; `next` is the step behind it in the same hop.
  mutating func watch(_ step: Step, next: Step?) {
    switch (step.kind, step.evidence) {
    case (.neighborLookup, .neighbor(let evidence)): watch(evidence, in: step.stack)
    case (.transmit, .transmission(let transmission)): watch(transmission, of: step.after, next: next)
    case (.redirect, _): followRedirect(of: step)
    case (.encapsulation, _): seeInner(step.after, at: step, .outgoing)
    case (.decapsulation, _): seeInner(step.after, at: step, .incoming)
    case (.localDelivery, .delivery(let delivery)): watch(delivery, of: step.after)
    case (.routeLookup, .route(let lookup)):
      guard case .local = lookup.result, next?.kind == .accept, step.hook == .routeOutput else { return }
      // The loopback device shows its packets once: libpcap leaves out the sight of the sender.
      see(step.after, at: InterfaceID(step.stack, "lo"), .incoming)
    default: break
    }
  }

  private mutating func seeInner(
    _ packet: Packet, at step: Step, _ direction: CapturedPacket.Direction
  ) {
    guard let device = step.device else { return }
    see(packet.decapsulated, at: InterfaceID(step.stack, device), direction)
  }

  /// The receivers see the frame unless the wire loses it or nobody takes it.
  private mutating func watch(_ transmission: Transmission, of frame: Packet, next: Step?) {
    see(frame, at: transmission.from, .outgoing)
    guard next == nil else { return }
    for receiver in transmission.receivers { see(frame, at: receiver, .incoming) }
  }

  private mutating func watch(_ delivery: Delivery, of frame: Packet) {
    switch delivery {
    case .redirectPeer(let inside): see(frame, at: inside, .incoming)
    case .redirect(let outside):
      see(frame, at: outside, .outgoing)
      if let inside = peer(of: outside) { see(frame, at: inside, .incoming) }
    case .stack: break
    }
  }

  /// The other end of a veth pair; `nil` for other interfaces.
  private func peer(of interface: InterfaceID) -> InterfaceID? {
    guard case .veth(let peer) = snapshot.stack(interface.stack)?.interface(named: interface.name)?.attachment
    else { return nil }
    return peer
  }
}

import ControlPlane
import NetModel

/// Whether a packet of that size may go on.
enum Passage {
  case free
  case refused(Stage?)
}

extension Tracer {
  /// The kernel sends or forwards a packet by a route: too large a one is cut up or refused.
  ///
  /// Source: Linux `net/ipv4/ip_output.c`, `net/ipv4/ip_forward.c`; RFC 1191, section 4.
  mutating func fit(
    into limit: Int, _ hook: Step.Hook, on device: String, isForwarding: Bool
  ) -> Passage {
    let length = journey.packet.ipLength
    guard length > limit, let ip = journey.packet.outerIP else { return .free }
    let pieces = fragments(of: length, limit: limit)
    let answer: SizeCheck.Answer = ip.dontFragment ? .mayNotFragment : .fragmented(pieces)
    let rule: Rule = ip.dontFragment ? .fragmentationForbidden : .fragmentation
    journey.record(
      .sizeCheck, hook, on: device, .size(SizeCheck(length: length, limit: limit, answer: answer)), by: rule)
    guard ip.dontFragment else { return .free }
    guard isForwarding else {
      return .refused(journey.end(.dropped, .packetTooBig, hook, on: device, by: rule))
    }
    return .refused(refuse(.dropped, .packetTooBig, hook, on: device, limit: limit, by: rule))
  }

  /// Every piece but the last carries a multiple of 8 bytes (RFC 791, section 3.2).
  private func fragments(of length: Int, limit: Int) -> Int {
    let room = max((limit - IPv4Header.length) / 8 * 8, 8)
    return (length - IPv4Header.length + room - 1) / room
  }

  /// What the wire itself does not carry disappears.
  mutating func passWire(_ wire: Wire, from interface: Interface) -> Passage {
    if let port = journey.packet.outerDestinationPort, wire.blockedUDPPorts.contains(port) {
      return .refused(journey.end(.dropped, .portBlocked, .wire, on: interface.name, by: .blockedPort))
    }
    if let limit = wire.mtu, min(journey.packet.ipLength, interface.mtu) > limit {
      return .refused(journey.end(.dropped, .packetTooBig, .wire, on: interface.name, by: .wireLimit))
    }
    return .free
  }
}

extension Packet {
  /// The destination port of the outermost UDP header; `nil` where there is none.
  fileprivate var outerDestinationPort: UInt16? {
    for case .udp(let header) in headers { return header.destinationPort }
    return nil
  }
}

import NetModel

/// Which packets a capture shows: the part of pcap-filter(7) that speaks of protocols, hosts, nets and ports.
///
/// A filter looks at the outermost headers alone, as the real one does.
package indirect enum CaptureFilter: Hashable, Sendable {
  case everything
  case not(CaptureFilter)
  case both(CaptureFilter, CaptureFilter)
  case either(CaptureFilter, CaptureFilter)
  case carries(Carried)
  /// The addresses of an IPv4 header, or those of an ARP packet.
  case address(Side, IPv4Prefix, in: Carried?)
  case port(Side, ClosedRange<UInt16>, of: Transport?)
  /// Bytes of the whole frame.
  case length(ClosedRange<Int>)
  /// Addresses of the Ethernet header.
  case mac(Side, MACAddress)
  /// Two numbers compared; nothing passes whose bytes are not there.
  case comparison(CaptureTerm, CaptureTerm.Relation, CaptureTerm)

  /// How many parentheses and negations may lie within each other.
  package static let deepest = 200
  /// How many words a filter may have.
  package static let mostWords = 1000

  package enum Carried: String, Hashable, Sendable, CaseIterable {
    case ip, arp, icmp, tcp, udp
  }

  package enum Side: Hashable, Sendable {
    case source, destination, any, both
  }

  /// True where the filter lets `packet` through.
  package func matches(_ packet: Packet) -> Bool {
    switch self {
    case .everything: true
    case .not(let filter): !filter.matches(packet)
    case .both(let first, let second): first.matches(packet) && second.matches(packet)
    case .either(let first, let second): first.matches(packet) || second.matches(packet)
    case .carries(let carried): packet.outerHeaders.carry(carried)
    case .address(let side, let prefix, let carried):
      packet.outerHeaders.addresses(in: carried).map { side.holds($0, prefix.contains) } ?? false
    case .port(let side, let range, let transport):
      packet.outerHeaders.ports(of: transport).map { side.holds($0, range.contains) } ?? false
    case .length(let range): range.contains(packet.length)
    case .mac(let side, let mac):
      packet.ethernet.map { side.holds(($0.source, $0.destination)) { $0 == mac } } ?? false
    case .comparison(let left, let relation, let right): relation.holds(left, right, for: packet)
    }
  }
}

extension CaptureFilter.Side {
  fileprivate func holds<Value>(
    _ ends: (source: Value, destination: Value), _ condition: (Value) -> Bool
  ) -> Bool {
    switch self {
    case .source: condition(ends.source)
    case .destination: condition(ends.destination)
    case .any: condition(ends.source) || condition(ends.destination)
    case .both: condition(ends.source) && condition(ends.destination)
    }
  }
}

/// The outermost packet's header, and the one behind it.
private struct OuterHeaders {
  let network: Packet.Header?
  let transport: Packet.Header?

  func carry(_ carried: CaptureFilter.Carried) -> Bool {
    switch (carried, network, transport) {
    case (.arp, .arp, _), (.ip, .ipv4, _), (.icmp, .ipv4, .icmp), (.tcp, .ipv4, .tcp), (.udp, .ipv4, .udp):
      true
    default: false
    }
  }

  func addresses(
    in carried: CaptureFilter.Carried?
  ) -> (source: IPv4Address, destination: IPv4Address)? {
    if let carried, !carry(carried) { return nil }
    switch network {
    case .ipv4(let header): return (header.source, header.destination)
    case .arp(let packet): return (packet.senderAddress, packet.targetAddress)
    default: return nil
    }
  }

  func ports(of wanted: Transport?) -> (source: UInt16, destination: UInt16)? {
    switch transport {
    case .tcp(let header) where wanted != .udp: (header.sourcePort, header.destinationPort)
    case .udp(let header) where wanted != .tcp: (header.sourcePort, header.destinationPort)
    default: nil
    }
  }
}

extension Packet {
  fileprivate var outerHeaders: OuterHeaders {
    let headers = unframed.headers
    return OuterHeaders(network: headers.first, transport: headers.dropFirst().first)
  }
}

extension Packet {
  /// What the first byte belongs to.
  package enum Layer: Hashable, Sendable {
    case ethernet, ipv4
  }

  /// The UDP ports that tunnels listen on.
  package struct TunnelPorts: Hashable, Sendable {
    package var vxlan: UInt16
    package var geneve: UInt16

    package init(
      vxlan: UInt16 = TunnelProtocol.vxlan.defaultPort, geneve: UInt16 = TunnelProtocol.geneve.defaultPort
    ) {
      self.vxlan = vxlan
      self.geneve = geneve
    }
  }

  /// Reads a packet from its bytes.
  ///
  /// Checksums are not verified, and padding behind a short Ethernet frame is dropped; all else is read so that
  /// `bytes` gives the same bytes again. A datagram for a tunnel's port that holds no tunnel packet stays a
  /// datagram.
  ///
  /// - Throws: `truncated` and `badLength` for bytes that are no whole packet, `unsupported` for what
  ///   `Packet` has no words for.
  package init(
    parsing bytes: [UInt8], from layer: Layer = .ethernet, tunnels: TunnelPorts = TunnelPorts()
  ) throws(PacketParseError) {
    var parser = PacketParser(bytes, tunnels: tunnels)
    self = try parser.packet(from: layer == .ethernet ? .ethernet : .ipv4)
  }

  /// Reads what an ICMP error quotes, which may be cut short behind its headers.
  init(quotedIn bytes: [UInt8]) throws(PacketParseError) {
    var parser = PacketParser(bytes, isQuote: true)
    self = try parser.packet(from: .ipv4)
  }
}

/// Reads one packet header by header.
struct PacketParser {
  var reader: ByteReader
  private var headers: [Packet.Header] = []
  private let tunnels: Packet.TunnelPorts
  /// The bytes are a quote: what their headers announce may be missing at the end.
  private let isQuote: Bool
  /// Bytes that a quote announces and does not have.
  private var missing = 0

  /// More headers than any packet of a cluster has.
  private static let mostHeaders = 32

  init(_ bytes: [UInt8], tunnels: Packet.TunnelPorts = Packet.TunnelPorts(), isQuote: Bool = false) {
    reader = ByteReader(bytes)
    self.tunnels = tunnels
    self.isQuote = isQuote
  }

  /// What stands at the reader's place.
  enum Stage {
    case ethernet, arp, ipv4, icmp, tcp, udp
    case tunnel(TunnelProtocol)
  }

  mutating func packet(from first: Stage) throws(PacketParseError) -> Packet {
    try read(from: first)
    var packet = Packet(headers: headers)
    packet.payload = payload(behind: packet)
    return packet
  }

  private mutating func read(from first: Stage) throws(PacketParseError) {
    var next: Stage? = first
    while let stage = next {
      guard headers.count < PacketParser.mostHeaders else {
        throw .unsupported(.nesting, offset: reader.offset)
      }
      next = try take(stage)
    }
  }

  private mutating func take(_ stage: Stage) throws(PacketParseError) -> Stage? {
    switch stage {
    case .ethernet: return try ethernet()
    case .arp:
      headers.append(.arp(try reader.arp()))
      try endLinkPacket()
    case .ipv4: return try ipv4()
    case .icmp: headers.append(.icmp(try reader.icmp()))
    case .tcp: headers.append(.tcp(try reader.tcp()))
    case .udp: try udp()
    case .tunnel(.vxlan):
      headers.append(.vxlan(try reader.vxlan()))
      return .ethernet
    case .tunnel(.geneve):
      headers.append(.geneve(try reader.geneve()))
      return .ethernet
    }
    return nil
  }

  private mutating func ethernet() throws(PacketParseError) -> Stage {
    let destination = try reader.mac()
    let source = try reader.mac()
    headers.append(.ethernet(EthernetHeader(destination: destination, source: source)))
    let start = reader.offset
    switch try reader.half() {
    case EtherType.ipv4: return .ipv4
    case EtherType.arp: return .arp
    case let other: throw .unsupported(.etherType(other), offset: start)
    }
  }

  private mutating func ipv4() throws(PacketParseError) -> Stage {
    let start = reader.offset
    let (header, totalLength, number) = try reader.ipv4()
    headers.append(.ipv4(header))
    let length = totalLength - IPv4Header.length
    guard length >= 0 else { throw .badLength(offset: start + 2) }
    if length > reader.remaining {
      guard isQuote else { throw .truncated(offset: reader.end) }
      missing = length - reader.remaining
    }
    try endLinkPacket(length)
    switch number {
    case IPProtocol.icmp: return .icmp
    case IPProtocol.ipv4: return .ipv4
    case IPProtocol.tcp: return .tcp
    case IPProtocol.udp: return .udp
    default: throw .unsupported(.ipProtocol(number), offset: start + 9)
    }
  }

  /// The packet ends after `length` more bytes: only the outermost frame may have padding behind it.
  private mutating func endLinkPacket(_ length: Int = 0) throws(PacketParseError) {
    guard length < reader.remaining else { return }
    guard headers.count == 2, case .ethernet = headers[0] else {
      throw .badLength(offset: reader.offset)
    }
    reader.limit(to: length)
  }

  private mutating func udp() throws(PacketParseError) {
    let start = reader.offset
    let (header, length) = try reader.udp()
    guard length - UDPHeader.length == reader.remaining + missing else {
      throw .badLength(offset: start + 4)
    }
    headers.append(.udp(header))
    switch header.destinationPort {
    case tunnels.vxlan: tryTunnel(.vxlan)
    case tunnels.geneve: tryTunnel(.geneve)
    default: break
    }
  }

  private mutating func tryTunnel(_ tunnel: TunnelProtocol) {
    let datagram = self
    do {
      try read(from: .tunnel(tunnel))
    } catch {
      self = datagram
    }
  }

  private mutating func payload(behind packet: Packet) -> Payload {
    let bytes = reader.rest()
    let filler = Payload.filler(length: bytes.count + missing)
    if missing > 0 || bytes == packet.fillerBytes(length: bytes.count) { return filler }
    return quote(in: bytes, behind: packet) ?? .bytes(bytes)
  }

  /// The quote of an ICMP error, where writing it again gives the same bytes.
  ///
  /// Inside a quote there is no further one: no error is sent about an error (RFC 1122, section 3.2.2).
  private func quote(in bytes: [UInt8], behind packet: Packet) -> Payload? {
    guard !isQuote, packet.icmp?.message.isError == true else { return nil }
    guard let quoted = try? Packet(quotedIn: bytes), quoted.bytes.starts(with: bytes) else { return nil }
    return .quote(quoted, length: bytes.count)
  }
}

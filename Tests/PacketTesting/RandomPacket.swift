import NetModel

extension SeededGenerator {
  /// A packet as the model can make it: framed or not, in a tunnel or not, with any content.
  package mutating func packet() -> Packet {
    switch Int.random(in: 0..<10, using: &self) {
    case 0: Packet(headers: [.ethernet(ethernet()), .arp(arp())])
    case 1, 2: tunnelled(ipPacket())
    case 3...6: ipPacket().framed(ethernet())
    default: ipPacket()
    }
  }

  /// A packet that begins with its IPv4 header.
  package mutating func ipPacket() -> Packet {
    switch Int.random(in: 0..<5, using: &self) {
    case 0: return Packet(headers: [.ipv4(ipv4()), .tcp(tcp())], payload: payload())
    case 1: return Packet(headers: [.ipv4(ipv4()), .udp(udp())], payload: payload())
    case 2: return icmpError()
    default:
      let numbers = (any(UInt16.self), any(UInt16.self))
      let message: ICMPHeader.Message =
        .random(using: &self)
        ? .echoRequest(identifier: numbers.0, sequence: numbers.1)
        : .echoReply(identifier: numbers.0, sequence: numbers.1)
      return Packet(headers: [.ipv4(ipv4()), .icmp(ICMPHeader(message))], payload: payload())
    }
  }

  private mutating func tunnelled(_ inner: Packet) -> Packet {
    let isVXLAN = Bool.random(using: &self)
    let vni = UInt32.random(in: 0..<1 << 24, using: &self)
    var outer = udp()
    outer.destinationPort = (isVXLAN ? TunnelProtocol.vxlan : .geneve).defaultPort
    let tunnel: Packet.Header = isVXLAN ? .vxlan(VXLANHeader(vni: vni)) : .geneve(GeneveHeader(vni: vni))
    let headers: [Packet.Header] = [.ethernet(ethernet()), .ipv4(ipv4()), .udp(outer), tunnel]
    return Packet(headers: headers + inner.framed(ethernet()).headers, payload: inner.payload)
  }

  private mutating func icmpError() -> Packet {
    let errors: [ICMPHeader.Message] = [
      .timeExceeded, .destinationUnreachable(.network), .destinationUnreachable(.host),
      .destinationUnreachable(.port), .destinationUnreachable(.protocol),
      .destinationUnreachable(.administrativelyProhibited),
      .destinationUnreachable(.fragmentationNeeded(mtu: any())),
      .redirect(gateway: IPv4Address(rawValue: any())),
    ]
    let message = errors.randomElement(using: &self) ?? .timeExceeded
    let cause = Packet(
      headers: [.ipv4(ipv4()), .udp(udp())], payload: .filler(length: .random(in: 0...1400, using: &self)))
    return Packet(headers: [.ipv4(ipv4()), .icmp(ICMPHeader(message))], payload: .quote(of: cause))
  }

  private mutating func payload() -> Payload {
    let length = Int.random(in: 0...100, using: &self)
    if length < 50 { return .filler(length: length) }
    // Its first byte is one that no filler begins with.
    return .bytes([0xff] + (1..<length).map { _ in any() })
  }

  private mutating func ethernet() -> EthernetHeader {
    EthernetHeader(destination: MACAddress(rawValue: any()), source: MACAddress(rawValue: any()))
  }

  private mutating func ipv4() -> IPv4Header {
    IPv4Header(
      source: address(), destination: address(), ttl: any(), identification: any(),
      dontFragment: .random(using: &self), tos: any())
  }

  private mutating func address() -> IPv4Address { IPv4Address(rawValue: any()) }

  /// A port that no dissector knows.
  private mutating func port() -> UInt16 { .random(in: 40_000...47_000, using: &self) }

  private mutating func udp() -> UDPHeader {
    UDPHeader(
      sourcePort: port(), destinationPort: port(),
      hasChecksum: .random(using: &self))
  }

  private mutating func tcp() -> TCPHeader {
    let options: [TCPHeader.Option] = [
      .maximumSegmentSize(any()), .selectiveAcknowledgmentPermitted,
      .timestamps(value: any(), echo: any()), .noOperation, .windowScale(any()),
    ]
    return TCPHeader(
      sourcePort: port(), destinationPort: port(), sequence: any(), acknowledgment: any(),
      flags: TCPHeader.Flags(rawValue: any()).subtracting(.rst), window: any(),
      options: Array(options.shuffled(using: &self).prefix(.random(in: 0...5, using: &self))))
  }

  private mutating func arp() -> ARPPacket {
    ARPPacket(
      operation: .random(using: &self) ? .request : .reply, senderMAC: MACAddress(rawValue: any()),
      senderAddress: address(), targetMAC: MACAddress(rawValue: any()), targetAddress: address())
  }
}

extension ByteReader {
  mutating func arp() throws(PacketParseError) -> ARPPacket {
    try expect(.hardwareType, 1, bytes: 2)
    try expect(.protocolType, UInt64(EtherType.ipv4), bytes: 2)
    try expect(.hardwareLength, 6, bytes: 1)
    try expect(.protocolLength, 4, bytes: 1)
    let start = offset
    guard let operation = ARPPacket.Operation(rawValue: try half()) else {
      throw .unsupported(.value(.operation), offset: start)
    }
    let sender = (try mac(), try address())
    return ARPPacket(
      operation: operation, senderMAC: sender.0, senderAddress: sender.1, targetMAC: try mac(),
      targetAddress: try address())
  }

  /// The header, the length of the packet and the number of what follows.
  mutating func ipv4() throws(PacketParseError) -> (header: IPv4Header, totalLength: Int, protocol: UInt8) {
    let start = offset
    let first = try byte()
    guard first >> 4 == 4 else { throw .unsupported(.ipVersion(first >> 4), offset: start) }
    guard first & 0xf == 5 else { throw .unsupported(.ipOptions, offset: start) }
    let tos = try byte()
    let totalLength = Int(try half())
    let identification = try half()
    let fragment = try half()
    guard fragment & 0xbfff == 0 else { throw .unsupported(.fragment, offset: start + 6) }
    let ttl = try byte()
    let number = try byte()
    try skip(2)
    let header = IPv4Header(
      source: try address(), destination: try address(), ttl: ttl, identification: identification,
      dontFragment: fragment != 0, tos: tos)
    return (header, totalLength, number)
  }

  mutating func icmp() throws(PacketParseError) -> ICMPHeader {
    let start = offset
    let type = try byte()
    let code = try byte()
    try skip(2)
    switch (type, code) {
    case (0, 0): return ICMPHeader(.echoReply(identifier: try half(), sequence: try half()))
    case (8, 0): return ICMPHeader(.echoRequest(identifier: try half(), sequence: try half()))
    case (3, 4):
      try expect(.reserved, 0, bytes: 2)
      return ICMPHeader(.destinationUnreachable(.fragmentationNeeded(mtu: try half())))
    case (5, 1): return ICMPHeader(.redirect(gateway: try address()))
    default: break
    }
    guard let message = ICMPHeader.Message.plainErrors.first(where: { $0.type == type && $0.code == code })
    else { throw .unsupported(.icmpType(type, code: code), offset: start) }
    try expect(.reserved, 0, bytes: 4)
    return ICMPHeader(message)
  }

  mutating func udp() throws(PacketParseError) -> (header: UDPHeader, length: Int) {
    let ports = (try half(), try half())
    let length = Int(try half())
    let hasChecksum = try half() != 0
    return (UDPHeader(sourcePort: ports.0, destinationPort: ports.1, hasChecksum: hasChecksum), length)
  }

  mutating func vxlan() throws(PacketParseError) -> VXLANHeader {
    try expect(.flags, UInt64(VXLANHeader.identifierFlag), bytes: 1)
    try expect(.reserved, 0, bytes: 3)
    let vni = UInt32(truncatingIfNeeded: try number(of: 3))
    try expect(.reserved, 0, bytes: 1)
    return VXLANHeader(vni: vni)
  }

  mutating func geneve() throws(PacketParseError) -> GeneveHeader {
    try expect(.headerLength, 0, bytes: 1)
    try expect(.flags, 0, bytes: 1)
    try expect(.protocolType, UInt64(EtherType.transparentEthernetBridging), bytes: 2)
    let vni = UInt32(truncatingIfNeeded: try number(of: 3))
    try expect(.reserved, 0, bytes: 1)
    return GeneveHeader(vni: vni)
  }
}

extension ICMPHeader.Message {
  /// The errors that say nothing but their type and code.
  fileprivate static let plainErrors: [ICMPHeader.Message] = [
    .destinationUnreachable(.network), .destinationUnreachable(.host), .destinationUnreachable(.protocol),
    .destinationUnreachable(.port), .destinationUnreachable(.administrativelyProhibited), .timeExceeded,
  ]
}

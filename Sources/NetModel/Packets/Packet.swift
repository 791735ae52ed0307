/// A packet with all its headers, outermost first.
///
/// A packet that a program hands to its stack begins with its IPv4 header; the Ethernet header comes on with
/// the first interface. Inside a tunnel the inner Ethernet header follows the tunnel's.
package struct Packet: Hashable, Sendable {
  package var headers: [Header]
  /// What stands behind the last header.
  package var payload: Payload

  package init(headers: [Header], payload: Payload) {
    self.headers = headers
    self.payload = payload
  }

  /// A packet with so many bytes of filler behind its last header.
  package init(headers: [Header], payloadLength: Int = 0) {
    self.init(headers: headers, payload: .filler(length: payloadLength))
  }

  /// Bytes behind the last header; filler, once it is set.
  package var payloadLength: Int {
    get { payload.length }
    set { payload = .filler(length: newValue) }
  }

  package enum Header: Hashable, Sendable {
    case ethernet(EthernetHeader)
    case ipv4(IPv4Header)
    case tcp(TCPHeader)
    case udp(UDPHeader)
    case icmp(ICMPHeader)
    case vxlan(VXLANHeader)
    case geneve(GeneveHeader)
    case arp(ARPPacket)

    /// Bytes that the header takes.
    package var length: Int {
      switch self {
      case .ethernet: EthernetHeader.length
      case .ipv4(let header): header.length
      case .tcp(let header): header.length
      case .udp: UDPHeader.length
      case .icmp: ICMPHeader.length
      case .vxlan: VXLANHeader.length
      case .geneve(let header): header.length
      case .arp: ARPPacket.length
      }
    }
  }

  /// Bytes from the header at `index` to the end.
  package func length(from index: Int) -> Int {
    headers[index...].reduce(payload.length) { $0 + $1.length }
  }

  /// Bytes of the whole frame, or of the packet where it has no Ethernet header yet.
  package var length: Int { length(from: 0) }

  /// Bytes of the outermost IPv4 packet, which a link's MTU limits; 0 where there is none.
  package var ipLength: Int {
    outerIPIndex.map { length(from: $0) } ?? 0
  }

  /// True where a tunnel header is among the headers.
  package var isEncapsulated: Bool { tunnelIndex != nil }

  /// Position of the tunnel's header; `nil` where there is none.
  package var tunnelIndex: Int? {
    headers.firstIndex { header in
      switch header {
      case .vxlan, .geneve: true
      default: false
      }
    }
  }

  /// The tunnel's network identifier; `nil` where there is no tunnel header.
  package var vni: UInt32? {
    guard let index = tunnelIndex else { return nil }
    switch headers[index] {
    case .vxlan(let header): return header.vni
    case .geneve(let header): return header.vni
    default: return nil
    }
  }

  private var outerIPIndex: Int? { headers.firstIndex(where: \.isIPv4) }
  private var innerIPIndex: Int? { headers.lastIndex(where: \.isIPv4) }

  /// The outermost IPv4 header: the one that routers see.
  package var outerIP: IPv4Header? {
    get { outerIPIndex.flatMap { headers[$0].asIPv4 } }
    set {
      if let index = outerIPIndex, let newValue { headers[index] = .ipv4(newValue) }
    }
  }

  /// The innermost IPv4 header: the one that the programs at both ends see.
  package var innerIP: IPv4Header? {
    get { innerIPIndex.flatMap { headers[$0].asIPv4 } }
    set {
      if let index = innerIPIndex, let newValue { headers[index] = .ipv4(newValue) }
    }
  }

  /// The outermost Ethernet header; `nil` where the packet has none yet.
  package var ethernet: EthernetHeader? {
    if case .ethernet(let header) = headers.first { header } else { nil }
  }

  /// The innermost TCP header.
  package var tcp: TCPHeader? {
    get {
      if case .tcp(let header) = headers.last { header } else { nil }
    }
    set {
      if case .tcp = headers.last, let newValue { headers[headers.count - 1] = .tcp(newValue) }
    }
  }

  /// The innermost UDP header.
  package var udp: UDPHeader? {
    get {
      if case .udp(let header) = headers.last { header } else { nil }
    }
    set {
      if case .udp = headers.last, let newValue { headers[headers.count - 1] = .udp(newValue) }
    }
  }

  /// The ICMP header, where the innermost packet is an ICMP message.
  package var icmp: ICMPHeader? {
    get {
      if case .icmp(let header) = headers.last { header } else { nil }
    }
    set {
      if case .icmp = headers.last, let newValue { headers[headers.count - 1] = .icmp(newValue) }
    }
  }

  /// The packet with that Ethernet header in front, in place of the one it had.
  package func framed(_ header: EthernetHeader) -> Packet {
    var packet = unframed
    packet.headers.insert(.ethernet(header), at: 0)
    return packet
  }

  /// The packet without its outermost Ethernet header.
  package var unframed: Packet {
    guard ethernet != nil else { return self }
    var packet = self
    packet.headers.removeFirst()
    return packet
  }

  /// What is inside the tunnel header, or the packet itself where it has none.
  package var decapsulated: Packet {
    guard let index = tunnelIndex else { return self }
    return Packet(headers: Array(headers[(index + 1)...]), payload: payload)
  }
}

extension Packet.Header {
  var isIPv4: Bool { asIPv4 != nil }

  fileprivate var asIPv4: IPv4Header? {
    if case .ipv4(let header) = self { header } else { nil }
  }
}

import NetModel

/// What programs send first, and what they answer.
///
/// Source of lengths and options: Linux `net/ipv4/tcp_output.c`, iputils `ping`.
enum FirstPacket {
  /// Bytes of data that `ping` sends behind the ICMP header.
  static let echoPayload = 56
  /// Bytes of data in a modelled datagram.
  static let datagramPayload = 12

  /// The packet that a program of `flow`'s origin asks its stack to send; unless the program binds one, its
  /// source is not chosen yet.
  static func make(_ flow: Flow) -> Packet {
    let number = flow.choices.draw ?? flowNumber(flow)
    let choices = flow.choices
    let ip = IPv4Header(
      source: choices.source ?? .any, destination: flow.destination, ttl: choices.ttl ?? 64,
      identification: UInt16(truncatingIfNeeded: number >> 16), dontFragment: flow.dontFragment ?? true,
      tos: choices.tos ?? 0)
    switch flow.content {
    case .transport(.tcp, let port):
      let source = choices.port ?? ephemeralPort(number)
      return Packet(headers: [.ipv4(ip), .tcp(syn(from: source, to: port, number: number))])
    case .transport(.udp, let port):
      let header = UDPHeader(sourcePort: choices.port ?? ephemeralPort(number), destinationPort: port)
      let payload = choices.payload ?? .filler(length: flow.payloadLength ?? datagramPayload)
      return Packet(headers: [.ipv4(ip), .udp(header)], payload: payload)
    case .transport(.sctp, _):
      return Packet(headers: [.ipv4(ip)], payloadLength: flow.payloadLength ?? 0)
    case .echo:
      let identifier = choices.port ?? UInt16(truncatingIfNeeded: number)
      let header = ICMPHeader(.echoRequest(identifier: identifier, sequence: choices.sequence ?? 1))
      return Packet(headers: [.ipv4(ip), .icmp(header)], payloadLength: flow.payloadLength ?? echoPayload)
    }
  }

  private static func syn(from source: UInt16, to port: UInt16, number: UInt64) -> TCPHeader {
    TCPHeader(
      sourcePort: source, destinationPort: port,
      sequence: UInt32(truncatingIfNeeded: number >> 8), flags: .syn, window: 0,
      options: [
        .maximumSegmentSize(0), .selectiveAcknowledgmentPermitted,
        .timestamps(value: UInt32(truncatingIfNeeded: number >> 24), echo: 0), .noOperation, .windowScale(7),
      ])
  }

  /// What a stack answers to `request`, from the address that was asked; `nil` where nothing is answered.
  static func answer(to request: Packet, accepted: Acceptance) -> Packet? {
    guard let ip = request.innerIP else { return nil }
    var header = IPv4Header(source: ip.destination, destination: ip.source, identification: 0)
    switch (accepted, request.headers.last) {
    case (.listener, .tcp(let asked)):
      return Packet(headers: [.ipv4(header), .tcp(synAck(to: asked))])
    case (.closedPort, .tcp(let asked)):
      return Packet(headers: [.ipv4(header), .tcp(reset(to: asked))])
    case (.listener, .udp(let asked)):
      let datagram = UDPHeader(sourcePort: asked.destinationPort, destinationPort: asked.sourcePort)
      return Packet(headers: [.ipv4(header), .udp(datagram)], payloadLength: request.payloadLength)
    case (.closedPort, .udp):
      return error(.destinationUnreachable(.port), about: request, from: ip.destination)
    case (.echo, .icmp(let asked)):
      guard case .echoRequest(let identifier, let sequence) = asked.message else { return nil }
      header.dontFragment = false
      header.identification = identifier &* 31 &+ sequence
      return Packet(
        headers: [.ipv4(header), .icmp(ICMPHeader(.echoReply(identifier: identifier, sequence: sequence)))],
        payloadLength: request.payloadLength)
    default: return nil
    }
  }

  /// The ICMP error that tells the sender of `packet` what became of it.
  ///
  /// Source: RFC 792; Linux `net/ipv4/icmp.c`, `__icmp_send`: tos 0xc0 and as much of the packet as makes an
  /// IP packet of 576 bytes.
  static func error(
    _ message: ICMPHeader.Message, about packet: Packet, from source: IPv4Address
  ) -> Packet? {
    guard let asked = packet.outerIP else { return nil }
    let header = IPv4Header(
      source: source, destination: asked.source, identification: asked.identification &* 17 &+ 5,
      dontFragment: false, tos: 0xc0)
    return Packet(headers: [.ipv4(header), .icmp(ICMPHeader(message))], payload: .quote(of: packet))
  }

  /// What BPF answers for a Service with nobody behind it: port unreachable from the address that was asked, with the
  /// packet's own tos and 64 bytes of it.
  ///
  /// Source: Cilium `bpf/lib/lb.h`, `__tail_no_service_ipv4`: bytes are counted from the Ethernet header.
  static func rejection(of packet: Packet) -> Packet? {
    guard let asked = packet.outerIP else { return nil }
    let header = IPv4Header(
      source: asked.destination, destination: asked.source, identification: 0, dontFragment: false,
      tos: asked.tos)
    let quoted = packet.unframed
    return Packet(
      headers: [.ipv4(header), .icmp(ICMPHeader(.destinationUnreachable(.port)))],
      payload: .quote(quoted, length: min(quoted.length + EthernetHeader.length, 64)))
  }

  private static func synAck(to asked: TCPHeader) -> TCPHeader {
    let options = asked.options.map { option in
      if case .timestamps(let value, _) = option {
        TCPHeader.Option.timestamps(value: value &* 7 &+ 13, echo: value)
      } else {
        option
      }
    }
    return TCPHeader(
      sourcePort: asked.destinationPort, destinationPort: asked.sourcePort,
      sequence: asked.sequence &* 3 &+ 97, acknowledgment: asked.sequence &+ 1, flags: [.syn, .ack],
      window: 0, options: options)
  }

  private static func reset(to asked: TCPHeader) -> TCPHeader {
    TCPHeader(
      sourcePort: asked.destinationPort, destinationPort: asked.sourcePort,
      acknowledgment: asked.sequence &+ 1, flags: [.rst, .ack], window: 0)
  }

  /// Sets the segment size and the window of a SYN by the largest packet of the route.
  ///
  /// Source: Linux `net/ipv4/tcp_output.c`, `tcp_select_initial_window`: the largest multiple of the segment
  /// size below 65536; an answering side counts the 12 bytes of timestamps first.
  static func fitSegments(of packet: inout Packet, toMTU mtu: Int) {
    guard var tcp = packet.tcp, tcp.flags.contains(.syn) else { return }
    let size = min(max(mtu - 40, 88), 65495)
    let unit = tcp.flags.contains(.ack) ? size - 12 : size
    tcp.maximumSegmentSize = UInt16(size)
    tcp.window = UInt16(65535 / unit * unit)
    packet.tcp = tcp
  }

  /// A number that stays the same for a flow: it stands for what a real stack draws at random.
  private static func flowNumber(_ flow: Flow) -> UInt64 {
    var hash = StableHash()
    hash.combine(flow.origin.description)
    hash.combine(UInt64(flow.destination.rawValue))
    switch flow.content {
    case .transport(let transport, let port):
      hash.combine(UInt64(transport.rawValue) << 16 | UInt64(port))
    case .echo:
      hash.combine(1)
    }
    return hash.value
  }

  /// A port of Linux's default range, net.ipv4.ip_local_port_range.
  static func ephemeralPort(_ number: UInt64) -> UInt16 {
    UInt16(32768 + number % (60999 - 32768 + 1))
  }
}

/// A hash that is the same on every machine and in every run (FNV-1a, 64 bits).
struct StableHash {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func combine(_ number: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      combine(byte: UInt8(truncatingIfNeeded: number >> UInt64(shift)))
    }
  }

  mutating func combine(_ text: String) {
    for byte in text.utf8 { combine(byte: byte) }
  }

  private mutating func combine(byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
  }
}

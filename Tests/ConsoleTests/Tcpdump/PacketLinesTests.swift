import Console
import NetModel
import PacketTesting
import PacketTrace
import Testing

@Suite struct PacketLinesTests {
  @Test func recordedFramesReadAsTcpdumpReadsThem() throws {
    for capture in try RecordedFrame.all() {
      var lines = PacketLines(options: .linkLayer)
      for frame in capture {
        #expect(lines.text(of: try Packet(parsing: frame.bytes)) == frame.line, "\(frame.capture)")
      }
    }
  }

  @Test func withoutLinkLayerTheProtocolIsNamed() throws {
    let captures = try RecordedFrame.all()
    var lines = PacketLines()
    #expect(
      lines.text(of: try Packet(parsing: captures[0][0].bytes))
        == "ARP, Request who-has 192.168.10.200 tell 192.168.10.100, length 28")
    #expect(
      lines.text(of: try Packet(parsing: captures[8][0].bytes)) == """
        IP 192.168.10.100.47559 > 192.168.20.100.8472: OTV, flags [I] (0x08), overlay 0, instance 45966
        IP 172.20.0.88 > 172.20.2.33: ICMP echo request, id 12890, seq 1, length 64
        """)
  }

  @Test func aGratuitousRequestNamesItsTarget() {
    let address = IPv4Address(10, 0, 0, 1)
    let arp = ARPPacket(
      operation: .request, senderMAC: MACAddress(rawValue: 1), senderAddress: address,
      targetMAC: .broadcast, targetAddress: address)
    var lines = PacketLines()
    #expect(
      lines.text(of: Packet(headers: [.arp(arp)]))
        == "ARP, Request who-has 10.0.0.1 (ff:ff:ff:ff:ff:ff) tell 10.0.0.1, length 28")
  }

  @Test(arguments: [
    (ICMPHeader.Unreachable.network, "net 10.0.0.2 unreachable"),
    (.host, "host 10.0.0.2 unreachable"),
    (.protocol, "10.0.0.2 protocol 17 unreachable"),
    (.port, "10.0.0.2 udp port 33434 unreachable"),
    (.administrativelyProhibited, "host 10.0.0.2 unreachable - admin prohibited filter"),
    (.fragmentationNeeded(mtu: 1450), "10.0.0.2 unreachable - need to frag (mtu 1450)"),
    (.fragmentationNeeded(mtu: 0), "10.0.0.2 unreachable - need to frag"),
  ])
  func unreachables(cause: ICMPHeader.Unreachable, text: String) {
    var lines = PacketLines()
    #expect(
      lines.text(of: error(.destinationUnreachable(cause)))
        == "IP 10.0.0.2 > 10.0.0.1: ICMP \(text), length 68")
  }

  /// Recorded with the kernel vectors, seedlab icmp.
  @Test func redirects() {
    var lines = PacketLines()
    #expect(
      lines.text(of: error(.redirect(gateway: IPv4Address(10, 0, 0, 9))))
        == "IP 10.0.0.2 > 10.0.0.1: ICMP redirect 10.0.0.2 to host 10.0.0.9, length 68")
  }

  @Test func verboseShowsHeadersAndQuotes() {
    var lines = PacketLines(options: .verbose)
    #expect(
      lines.text(of: error(.timeExceeded)) == """
        IP (tos 0x0, ttl 64, id 0, offset 0, flags [DF], proto ICMP (1), length 88)
            10.0.0.2 > 10.0.0.1: ICMP time exceeded in-transit, length 68
        \tIP (tos 0x0, ttl 64, id 0, offset 0, flags [DF], proto UDP (17), length 60)
            10.0.0.1.4000 > 10.0.0.2.33434: UDP, length 32
        """)
  }

  @Test func geneveStaysOnOneLine() {
    let inner = error(.timeExceeded)
    let mac = EthernetHeader(destination: MACAddress(rawValue: 2), source: MACAddress(rawValue: 1))
    let outer: [Packet.Header] = [
      .ethernet(mac), .ipv4(IPv4Header(source: IPv4Address(192, 168, 10, 100), destination: .broadcast)),
      .udp(UDPHeader(sourcePort: 40000, destinationPort: 6081, hasChecksum: false)),
      .geneve(GeneveHeader(vni: 45966)), .ethernet(mac),
    ]
    let packet = Packet(headers: outer + inner.headers, payload: inner.payload)
    var lines = PacketLines()
    #expect(
      lines.text(of: packet)
        == "IP 192.168.10.100.40000 > 255.255.255.255.6081: Geneve, Flags [none], vni 0xb38e: "
        + "IP 10.0.0.2 > 10.0.0.1: ICMP time exceeded in-transit, length 68")
  }

  @Test(arguments: [
    (
      "eth1", CapturedPacket.Direction.broadcast, 0, PacketLines.Options(),
      "eth1  B   ARP, Request who-has 192.168.10.200 tell 192.168.10.100, length 28"
    ),
    (
      "eth1", .incoming, 2, PacketLines.Options(),
      "eth1  In  IP 192.168.10.100 > 192.168.20.100: ICMP echo request, id 28296, seq 1, length 64"
    ),
    (
      "lxcaeddd5f79898", .outgoing, 3, PacketLines.Options(),
      "lxcaeddd5f79898 Out IP 192.168.20.100 > 192.168.10.100: ICMP echo reply, id 28296, seq 1, length 64"
    ),
    (
      "eth0", .incoming, 2, .linkLayer,
      "eth0  In  ifindex 7 08:00:27:36:b2:7e ethertype IPv4 (0x0800), length 104: "
        + "192.168.10.100 > 192.168.20.100: ICMP echo request, id 28296, seq 1, length 64"
    ),
  ])
  func onAnyInterface(
    name: String, direction: CapturedPacket.Direction, frame: Int, options: PacketLines.Options, line: String
  ) throws {
    let packet = try Packet(parsing: try RecordedFrame.all()[0][frame].bytes)
    let seen = CapturedPacket(
      interface: InterfaceID(.host(NodeID("router")), name), direction: direction, packet: packet,
      time: .zero,
      origin: .init(path: 0, isReply: false, hop: 0, step: 0, kind: .transmit, hook: .queueTransmit))
    var lines = PacketLines(options: options)
    #expect(lines.cookedText(of: seen, interfaceIndex: 7) == line)
  }

  private func error(_ message: ICMPHeader.Message) -> Packet {
    let (client, server) = (IPv4Address(10, 0, 0, 1), IPv4Address(10, 0, 0, 2))
    let cause = Packet(
      headers: [
        .ipv4(IPv4Header(source: client, destination: server)),
        .udp(UDPHeader(sourcePort: 4000, destinationPort: 33434)),
      ], payloadLength: 32)
    return Packet(
      headers: [.ipv4(IPv4Header(source: server, destination: client)), .icmp(ICMPHeader(message))],
      payload: .quote(of: cause))
  }
}

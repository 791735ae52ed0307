import Console
import NetModel
import PacketTesting
import PacketTrace
import Testing

@Suite struct CaptureFilterTests {
  private static let expressions = [
    "", "icmp", "arp", "ip", "tcp port 80", "udp port 8472", "port 80", "not port 80", "udp", "not udp",
    "host 192.168.10.100", "src host 192.168.10.100", "dst 192.168.20.100", "src or dst host 172.20.0.88",
    "src and dst net 192.168.0.0/16", "net 192.168.10", "net 192.168.10.0/24", "arp host 192.168.10.200",
    "ip host 192.168.10.200", "icmp and host 172.20.0.88", "udp port 8472 and src host 192.168.10.100",
    "icmp or udp port 8472", "icmp or arp and host 192.168.20.200", "not (icmp or arp)", "! icmp",
    "portrange 8000-9000", "host 192.168.10.100 or 192.168.20.200", "port 80 or 8472", "less 60",
    "greater 100", "icmp or (udp and port 8472)", "tcp", "dst port 8472", "udp src port 8472",
    "portrange 80", "tcp[tcpflags] & (tcp-syn|tcp-ack) != 0", "tcp[13] & 2 != 0", "tcp[tcpflags]==tcp-syn",
    "icmp[icmptype] == icmp-echo", "icmp[0]=8 or icmp[0]=0", "ip[8] < 64", "ip[2:2] > 100", "len > 100",
    "ip proto 1", "ip proto \\icmp", "ether broadcast", "broadcast", "multicast", "ether proto 0x0806",
    "ether host 08:00:27:64:bf:57", "ether src 08:00:27:64:bf:57", "udp[8:4] & 0xff = 0 and udp port 8472",
    "ip[0] & 0xf > 5", "ip[6:2] & 0x4000 != 0", "(ip[9] = 1 or ip[9] = 17) and not port 53",
    "ether[12:2] = 0x800",
    "udp[4:2] - 8 > 50", "icmp and not host 172.20.0.88", "(tcp or udp) and src net 192.168.10.0/24",
  ]

  @Test(.enabled(if: ExternalTool("tcpdump") != nil), arguments: expressions)
  func theRealToolChoosesTheSame(expression: String) throws {
    let packets = try RecordedFrame.all().flatMap(\.self).map { try Packet(parsing: $0.bytes) } + (try plain)
    let file = Pcapng(
      interfaces: [.init(name: "eth0")],
      packets: packets.map { .init(interface: 0, nanoseconds: 0, bytes: $0.bytes, direction: .inbound) })
    let tcpdump = try #require(ExternalTool("tcpdump"))
    let output = try tcpdump.output(of: ["-nn", "-t", "-r", "FILE", expression], reading: file.bytes)
    let filter = try CaptureFilter(parsing: [expression])
    var lines = PacketLines()
    let ours = packets.filter(filter.matches).map { lines.text(of: $0) + "\n" }.joined()
    #expect(ours == output)
  }

  @Test(arguments: [
    ("icmp udp", CaptureFilterError.syntax), ("port", .syntax), ("host", .syntax), ("and", .syntax),
    ("(icmp", .syntax), ("icmp)", .syntax), ("not", .syntax), ("foo", .syntax), ("port 80 80", .syntax),
    ("192.168.10.200", .syntax), ("port 70000", .portTooLarge(70000)),
    ("icmp port 80", .illegalQualifier("port")), ("udp host 1.2.3.4", .modifierOnHost("udp")),
    ("host 10.0.0.0/8", .maskOnHost), ("net 1.2.3.4/33", .maskTooLong),
    (String(repeating: "(", count: 100_000), .tooDeep), (String(repeating: "not ", count: 100_000), .tooDeep),
    (String(repeating: "icmp and ", count: 100_000) + "icmp", .tooDeep),
    ("net 1.2.3.4/24", .hostBitsSet("1.2.3.4/24")), ("host webpod", .unknownHost("webpod")),
  ])
  func nonsenseIsRefused(expression: String, error: CaptureFilterError) {
    #expect(throws: error) { try CaptureFilter(parsing: [expression]) }
  }

  @Test func whatIsMissingIsNamed() {
    #expect(throws: CaptureFilterError.notModelled("vlan")) { try CaptureFilter(parsing: ["vlan", "10"]) }
  }

  @Test func aFilterSeesTheOuterHeadersAlone() throws {
    let tunnelled = try Packet(parsing: try RecordedFrame.all()[8][0].bytes)
    #expect(!(try CaptureFilter(parsing: ["icmp"])).matches(tunnelled))
    #expect(try CaptureFilter(parsing: ["udp", "port", "8472"]).matches(tunnelled))
    #expect(!(try CaptureFilter(parsing: ["host", "172.20.0.88"])).matches(tunnelled))
  }

  /// What is inside the recorded tunnel, as plain packets.
  private var plain: [Packet] {
    get throws {
      try RecordedFrame.all()[10].map { try Packet(parsing: $0.bytes).decapsulated }
    }
  }
}

import ControlPlane
import NetModel
import PacketTesting
import PacketTrace
import Testing

/// Wireshark's dissectors read what we write.
@Suite(.enabled(if: ExternalTool("tshark") != nil))
struct WiresharkTests {
  /// The whole matrix: modes, places, protocols, there and back; one process of tshark for a mode.
  @Test(arguments: [CiliumSettings.RoutingMode.native, .tunnel(.vxlan), .tunnel(.geneve)])
  func walksDissectWithoutComplaint(routing: CiliumSettings.RoutingMode) throws {
    let lab = try TestLab(mode: routing)
    let cells = Place.allCases.flatMap { place in FlowRequest.Content.allCases.map { (place, $0) } }
    let walks = try cells.map { place, content in try lab.walk(place.request(content)) }
    let snapshot = lab.network.snapshot()
    for (cell, walk) in zip(cells, walks) {
      #expect(!walk.captures(in: snapshot).isEmpty, "\(cell)")
      let isAnswered = walk.paths.contains { $0.reply != nil }
      #expect(isAnswered == cell.0.answers(cell.1, in: routing), "\(cell)")
    }
    let all = Walk(flow: walks[0].flow, revision: 1, paths: walks.flatMap(\.paths))
    let captured = all.captures(in: snapshot)
    let read = try dissect(all.pcapng(in: snapshot))
    #expect(captured.count > 300)
    #expect(read.count == captured.count)
    for (dissection, seen) in zip(read, captured) {
      #expect(dissection.complaints == [])
      #expect(dissection == Dissection(seen.packet, interface: seen.interface.description))
    }
  }

  /// Who asks whom.
  private enum Place: CaseIterable {
    case sameNode, sameSubnet, otherSubnet, service, nodePort, outside, node, fromNode, closedPort, nobody

    func request(_ content: FlowRequest.Content) -> FlowRequest {
      let (source, destination) = ends(content)
      let host = destination.prefix { $0 != ":" }
      return FlowRequest(
        source: source, destination: content == .icmp ? String(host) : destination, content: content)
    }

    private func ends(_ content: FlowRequest.Content) -> (source: String, destination: String) {
      switch self {
      case .sameNode: ("curl-pod", "172.20.0.121:80")
      case .sameSubnet: ("curl-pod", "172.20.1.108:80")
      case .otherSubnet: ("curl-pod", "172.20.2.33:80")
      case .service: ("curl-pod", content == .udp ? "10.96.0.10:53" : "10.96.189.34:80")
      case .nodePort: ("router", "192.168.10.101:31016")
      case .outside: ("curl-pod", "203.0.113.9:443")
      case .node: ("curl-pod", "192.168.20.100:22")
      case .fromNode: ("k8s-w0", "172.20.1.108:80")
      case .closedPort: ("k8s-ctr", "172.20.1.108:9999")
      case .nobody: ("k8s-w0", "192.168.20.77:80")
      }
    }

    /// Whether anything comes back; nobody answers an echo request to a Service's address.
    func answers(_ content: FlowRequest.Content, in routing: CiliumSettings.RoutingMode) -> Bool {
      switch self {
      case .service: content != .icmp
      case .otherSubnet, .fromNode: routing != .native
      case .outside, .nobody: false
      default: true
      }
    }
  }

  @Test func randomPacketsDissectWithoutComplaint() throws {
    var generator = SeededGenerator(seed: 20)
    let packets = (0..<400).map { _ in generator.packet().framedForCapture }
    let file = Pcapng(
      interfaces: [.init(name: "any")],
      packets: packets.map { .init(interface: 0, nanoseconds: 0, bytes: $0.bytes, direction: .inbound) })
    let read = try dissect(file)
    #expect(read.count == packets.count)
    for (dissection, packet) in zip(read, packets) {
      #expect(dissection.complaints == [], "seed 20: \(packet)")
      #expect(dissection == Dissection(packet, interface: "any"), "seed 20: \(packet)")
    }
  }

  @Test func namesCommentsAndDirectionsAreRead() throws {
    let snapshot = ClusterSnapshot.make(.tunnel(.vxlan))
    let walk = snapshot.walk(ClusterSnapshot.flows[0])
    let tshark = try #require(ExternalTool("tshark"))
    let fields = [
      "frame.interface_name", "frame.packet_flags_direction", "frame.comment", "frame.time_relative",
    ]
    let lines = try tshark.output(
      of: ["-r", "FILE", "-T", "fields"] + fields.flatMap { ["-e", $0] },
      reading: walk.pcapng(in: snapshot).bytes
    ).split(separator: "\n").map(String.init)
    #expect(
      lines.prefix(2) == [
        "default/client eth0\t0x00000002\tpath 1 request hop 1 step 3: neighbor-lookup tail_handle_arp\t0.000000000",
        "n1 lxc1\t0x00000001\tpath 1 request hop 1 step 3: neighbor-lookup tail_handle_arp\t0.000010000",
      ])
  }

  @Test func everyInterfaceIsDescribed() throws {
    let snapshot = ClusterSnapshot.make(.native)
    let file = snapshot.walk(ClusterSnapshot.flows[0]).pcapng(in: snapshot)
    #expect(
      file.interfaces.map(\.name) == [
        "n1 eth1", "n1 lxc1", "router eth0", "router eth1", "default/client eth0",
      ])
    #expect(
      file.interfaces.map(\.comment).prefix(2) == [
        "index 3 mtu 1500 ether 00:00:00:00:01:01 inet 192.168.10.100/24",
        "index 8 mtu 1500 ether 00:00:00:00:01:06",
      ])
  }

  private func dissect(_ file: Pcapng) throws -> [Dissection] {
    let tshark = try #require(ExternalTool("tshark"))
    let output = try tshark.output(
      of: ["-r", "FILE"] + Dissection.options + Dissection.fields.flatMap { ["-e", $0] }, reading: file.bytes)
    return output.split(separator: "\n").map { Dissection($0) }
  }
}

/// What tshark says of one frame, and what we would have it say.
private struct Dissection: Equatable {
  /// A malformed part, or a checksum that is not right.
  var complaints: [String] = []
  let interface: String
  let addresses: [String]
  let ttls: [String]
  let identifier: String
  let sequence: String
  let flags: [String]
  let ports: [String]
  let messages: [String]
  let length: String

  static let options = [
    "-n", "-T", "fields", "-E", "occurrence=a", "-E", "aggregator= ", "-d", "udp.port==8472,vxlan",
    "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE",
    "-o", "tcp.relative_sequence_numbers:FALSE",
  ]
  static let fields = [
    "frame.interface_name", "ip.src", "ip.ttl", "vxlan.vni", "geneve.vni", "tcp.seq", "tcp.srcport",
    "udp.srcport", "_ws.malformed", "ip.checksum.status", "tcp.checksum.status", "udp.checksum.status",
    "icmp.checksum.status", "ip.dst", "tcp.dstport", "udp.dstport", "tcp.flags", "icmp.type", "frame.len",
  ]

  init(_ line: Substring) {
    let values = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    func list(_ index: Int) -> [String] {
      index < values.count ? values[index].split(separator: " ").map(String.init) : []
    }
    interface = values[0]
    addresses = list(1) + list(13)
    ttls = list(2)
    identifier = (list(3) + list(4)).map {
      $0.hasPrefix("0x") ? String(Int($0.dropFirst(2), radix: 16) ?? 0) : $0
    }
    .joined()
    sequence = list(5).joined()
    ports = list(6) + list(7) + list(14) + list(15)
    flags = list(16)
    messages = list(17)
    length = list(18).joined()
    if !list(8).isEmpty { complaints.append("malformed") }
    for index in 9...12 where list(index).contains("0") {
      complaints.append("bad \(Dissection.fields[index])")
    }
  }

  init(_ packet: Packet, interface: String) {
    self.interface = interface
    let all = packet.headers + (packet.quotedPacket?.headers ?? [])
    let addressed: [IPv4Header] = all.compactMap { if case .ipv4(let header) = $0 { header } else { nil } }
    addresses = addressed.map(\.source.description) + addressed.map(\.destination.description)
    ttls = addressed.map { String($0.ttl) }
    identifier = packet.vni.map(String.init) ?? ""
    sequence = packet.tcp.map { String($0.sequence) } ?? ""
    let tcp: [TCPHeader] = all.compactMap { if case .tcp(let header) = $0 { header } else { nil } }
    let udp: [UDPHeader] = all.compactMap { if case .udp(let header) = $0 { header } else { nil } }
    let icmp: [ICMPHeader] = all.compactMap { if case .icmp(let header) = $0 { header } else { nil } }
    let ports =
      tcp.map(\.sourcePort) + udp.map(\.sourcePort) + tcp.map(\.destinationPort) + udp.map(\.destinationPort)
    self.ports = ports.map { String($0) }
    flags = tcp.map { "0x" + String(Int($0.flags.rawValue) + 0x10000, radix: 16).dropFirst() }
    messages = icmp.map { String($0.message.type) }
    length = String(packet.bytes.count)
  }
}

extension Packet {
  fileprivate var framedForCapture: Packet {
    ethernet == nil ? framed(EthernetHeader(destination: .broadcast, source: MACAddress(rawValue: 2))) : self
  }
}

import ControlPlane
import NetModel
import PacketTesting
import PacketTrace
import Testing

/// Wireshark's dissectors read what we write.
@Suite(.enabled(if: ExternalTool("tshark") != nil))
struct WiresharkTests {
  @Test(arguments: [CiliumSettings.RoutingMode.native, .tunnel(.vxlan), .tunnel(.geneve)])
  func walksDissectWithoutComplaint(routing: CiliumSettings.RoutingMode) throws {
    let lab = try TestLab(mode: routing)
    let walks = try WiresharkTests.requests.map { try lab.walk($0) }
    let snapshot = lab.network.snapshot()
    let all = Walk(flow: walks[0].flow, revision: 1, paths: walks.flatMap(\.paths))
    let captured = all.captures(in: snapshot)
    let read = try dissect(all.pcapng(in: snapshot))
    #expect(captured.count > 100)
    #expect(read.count == captured.count)
    for (dissection, seen) in zip(read, captured) {
      #expect(dissection.complaints == [])
      #expect(dissection == Dissection(seen.packet, interface: seen.interface.description))
    }
  }

  /// Pods and hosts, a Service, closed ports, and an address that nobody has.
  private static let requests = [
    FlowRequest(source: "curl-pod", destination: "webpod"),
    FlowRequest(source: "curl-pod", destination: "172.20.1.108", content: .icmp),
    FlowRequest(source: "curl-pod", destination: "172.20.2.33:53", content: .udp),
    FlowRequest(source: "curl-pod", destination: "172.20.0.121:81"),
    FlowRequest(source: "curl-pod", destination: "k8s-w1", content: .icmp),
    FlowRequest(source: "k8s-ctr", destination: "172.20.2.33", content: .icmp),
    FlowRequest(source: "k8s-ctr", destination: "172.20.1.108:9999", content: .udp),
    FlowRequest(source: "k8s-w0", destination: "192.168.10.250", content: .icmp),
    FlowRequest(source: "router", destination: "172.20.0.88"),
  ]

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
  let ports: [String]

  static let options = [
    "-n", "-T", "fields", "-E", "occurrence=a", "-E", "aggregator= ", "-d", "udp.port==8472,vxlan",
    "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE",
    "-o", "tcp.relative_sequence_numbers:FALSE",
  ]
  static let fields = [
    "frame.interface_name", "ip.src", "ip.ttl", "vxlan.vni", "geneve.vni", "tcp.seq", "tcp.srcport",
    "udp.srcport", "_ws.malformed", "ip.checksum.status", "tcp.checksum.status", "udp.checksum.status",
    "icmp.checksum.status",
  ]

  init(_ line: Substring) {
    let values = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    func list(_ index: Int) -> [String] {
      index < values.count ? values[index].split(separator: " ").map(String.init) : []
    }
    interface = values[0]
    addresses = list(1)
    ttls = list(2)
    identifier = (list(3) + list(4)).map {
      $0.hasPrefix("0x") ? String(Int($0.dropFirst(2), radix: 16) ?? 0) : $0
    }
    .joined()
    sequence = list(5).joined()
    ports = list(6) + list(7)
    if !list(8).isEmpty { complaints.append("malformed") }
    for index in 9...12 where list(index).contains("0") {
      complaints.append("bad \(Dissection.fields[index])")
    }
  }

  init(_ packet: Packet, interface: String) {
    self.interface = interface
    let all = packet.headers + (packet.quotedPacket?.headers ?? [])
    addresses = all.compactMap { if case .ipv4(let header) = $0 { header.source.description } else { nil } }
    ttls = all.compactMap { if case .ipv4(let header) = $0 { String(header.ttl) } else { nil } }
    identifier = packet.vni.map(String.init) ?? ""
    sequence = packet.tcp.map { String($0.sequence) } ?? ""
    let tcp = all.compactMap { if case .tcp(let header) = $0 { String(header.sourcePort) } else { nil } }
    let udp = all.compactMap { if case .udp(let header) = $0 { String(header.sourcePort) } else { nil } }
    ports = tcp + udp
  }
}

extension Packet {
  fileprivate var framedForCapture: Packet {
    ethernet == nil ? framed(EthernetHeader(destination: .broadcast, source: MACAddress(rawValue: 2))) : self
  }
}

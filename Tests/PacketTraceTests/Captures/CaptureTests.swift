import ControlPlane
import NetModel
import PacketTesting
import PacketTrace
import Testing

@Suite struct CaptureTests {
  /// What the recorded lab shows on its router: in by eth1, out by eth0, and no answer.
  @Test func nativelyThePacketLeavesByTheWrongInterface() {
    #expect(
      sights(.native) == [
        "default/client eth0 Out who-has", "n1 lxc1 B who-has", "n1 lxc1 Out is-at",
        "default/client eth0 In is-at", "default/client eth0 Out ttl 64", "n1 lxc1 In ttl 64",
        "n1 eth1 Out who-has", "router eth1 B who-has", "router eth1 Out is-at", "n1 eth1 In is-at",
        "n1 eth1 Out ttl 63", "router eth1 In ttl 63", "router eth0 Out who-has", "router eth0 In is-at",
        "router eth0 Out ttl 62",
      ])
  }

  /// The tunnel device shows the packet without its outer header; the pod's lxc is passed unseen.
  @Test(arguments: TunnelProtocol.allCases)
  func aTunnelShowsBothHeaders(tunnel: TunnelProtocol) {
    let seen = sights(.tunnel(tunnel)).filter { !$0.contains("who-has") && !$0.contains("is-at") }
    #expect(
      seen == [
        "default/client eth0 Out ttl 64", "n1 lxc1 In ttl 64", "n1 cilium_\(tunnel) Out ttl 64",
        "n1 eth1 Out outer 64 vni 45966 ttl 64", "router eth1 In outer 64 vni 45966 ttl 64",
        "router eth2 Out outer 63 vni 45966 ttl 64", "n2 eth1 In outer 63 vni 45966 ttl 64",
        "n2 cilium_\(tunnel) In ttl 64", "default/server eth0 In ttl 63",
      ])
  }

  /// Host traffic needs the backlog: the lxc shows it; `cilium_host` does not, its program redirects before.
  @Test func theHostReachesItsPodByTheLxc() {
    let flow = Flow(
      origin: .host(NodeID("n1")), destination: ClusterSnapshot.clientAddress, content: .echo)
    #expect(sights(.native, flow) == ["n1 lxc1 Out ttl 63", "default/client eth0 In ttl 63"])
  }

  @Test func theLoopbackShowsAPacketOnce() {
    let flow = Flow(
      origin: .host(NodeID("n1")), destination: IPv4Address(192, 168, 10, 100), content: .echo)
    #expect(sights(.native, flow) == ["n1 lo In ttl 64"])
  }

  @Test func threeRequestsGoUnanswered() {
    let snapshot = ClusterSnapshot.make(.native)
    let flow = Flow(
      origin: .host(NodeID("n1")), destination: IPv4Address(192, 168, 10, 77), content: .echo)
    let captured = snapshot.walk(flow).captures(in: snapshot)
    #expect(
      captured.map(\.line)
        == Array(repeating: ["n1 eth1 Out who-has", "router eth1 B who-has"], count: 3)
        .flatMap(\.self))
    #expect(captured[2].time - captured[0].time >= .seconds(1))
  }

  @Test func theAnswerFollowsTheQuestion() {
    let snapshot = ClusterSnapshot.make(.tunnel(.vxlan))
    let walk = snapshot.walk(ClusterSnapshot.flows[1], roundTrip: true)
    let captured = walk.captures(in: snapshot)
    let firstAnswer = captured.firstIndex { $0.origin.isReply } ?? 0
    #expect(captured[..<firstAnswer].allSatisfy { !$0.origin.isReply })
    #expect(captured[firstAnswer...].allSatisfy { $0.origin.isReply })
    #expect(captured.last?.line == "default/client eth0 In ttl 63")
    #expect(captured.last?.packet.tcp?.flags == [.syn, .ack])
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func whatComesInWentOutBefore(seed: UInt64) {
    var random = RandomSnapshot(seed: seed)
    let snapshot = random.snapshot
    let captured = snapshot.walk(random.flow(), roundTrip: true).captures(in: snapshot)
    var sent: Set<Packet> = []
    var time = Duration.seconds(-1)
    for seen in captured {
      #expect(seen.time > time, "seed \(seed)")
      time = seen.time
      #expect(seen.packet.ethernet != nil, "seed \(seed)")
      #expect(
        snapshot.stack(seen.interface.stack)?.interface(named: seen.interface.name) != nil, "seed \(seed)")
      let isFromOutside = seen.packet.isReplyFromOutside(of: snapshot) || seen.interface.name == "lo"
      switch seen.direction {
      case .outgoing: sent.insert(seen.packet)
      case .incoming, .broadcast: #expect(sent.contains(seen.packet) || isFromOutside, "seed \(seed)")
      }
    }
  }

  private func sights(_ routing: CiliumSettings.RoutingMode, _ flow: Flow? = nil) -> [String] {
    let snapshot = ClusterSnapshot.make(routing)
    return snapshot.walk(flow ?? ClusterSnapshot.flows[0]).captures(in: snapshot).map(\.line)
  }
}

extension CapturedPacket {
  fileprivate var line: String { "\(interface) \(direction.rawValue) \(packet.brief)" }
}

extension Packet {
  fileprivate var brief: String {
    if case .arp(let arp) = headers.last { return arp.operation == .request ? "who-has" : "is-at" }
    let outer = vni.map { "outer \(outerIP?.ttl ?? 0) vni \($0) " } ?? ""
    return outer + "ttl \(innerIP?.ttl ?? 0)"
  }

  /// The answer of a machine that is not modelled.
  fileprivate func isReplyFromOutside(of snapshot: Snapshot) -> Bool {
    guard case .arp(let arp) = headers.last, arp.operation == .reply else { return false }
    return snapshot.wires.contains { wire in
      wire.exit?.gateways.contains { $0.mac == arp.senderMAC } ?? false
    }
  }
}

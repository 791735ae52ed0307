import ControlPlane
import Importing
import NetModel
import PacketTrace
import Testing

@testable import Console

struct TrafficTests {
  private static func lab(_ chapter: String) throws -> RunningLab {
    RunningLab(network: try Lab.builtIn("cilium-week4").network(chapter: chapter))
  }

  private static func flow(
    _ lab: RunningLab, _ source: String, _ destination: String, _ content: FlowRequest.Content
  ) throws -> Flow {
    try lab.snapshot.flow(FlowRequest(source: source, destination: destination, content: content)).flow
  }

  @Test func everyInterfaceOnTheWaySeesThePacket() throws {
    var lab = try Self.lab("webpod")
    let exchange = lab.send(try Self.flow(lab, "curl-pod", "webpod@k8s-w0", .icmp))
    #expect(exchange.answer == nil)
    let router = StackID.host(NodeID("router"))
    let seen = lab.traffic.packets.items(from: 0).filter { $0.seen.interface.stack == router }
      .filter { $0.seen.packet.innerIP != nil }
    #expect(
      seen.map { "\($0.seen.interface.name) \($0.seen.direction.rawValue)" } == ["eth1 In", "eth0 Out"])
  }

  @Test func timesRiseAlongTheWay() throws {
    var lab = try Self.lab("tunnel")
    lab.now = Instant(seconds: 7)
    let exchange = lab.send(try Self.flow(lab, "curl-pod", "webpod@k8s-w0", .icmp))
    let times = lab.traffic.packets.items(from: 0).map(\.time)
    #expect(zip(times, times.dropFirst()).allSatisfy { $0.0 <= $0.1 })
    #expect(times.first.map { $0 >= lab.now } == true)
    #expect(times.last.map { $0 <= lab.now + exchange.duration } == true)
  }

  @Test func connectionsSpreadOverAllBackends() throws {
    var lab = try Self.lab("tunnel")
    let flow = try Self.flow(lab, "curl-pod", "webpod", .tcp)
    let backends = (0..<40).compactMap { _ in lab.send(flow).path.backend?.address }
    #expect(Set(backends).count == 3)
  }

  @Test func aSendThatTeachesNothingNewChangesNothing() throws {
    var lab = try Self.lab("tunnel")
    let flow = try Self.flow(lab, "curl-pod", "webpod@k8s-w0", .icmp)
    _ = lab.send(flow)
    let revision = lab.snapshot.revision
    _ = lab.send(flow)
    #expect(lab.snapshot.revision == revision)
  }

  @Test func bothEndsOfAnARPExchangeLearn() throws {
    var lab = try Self.lab("webpod")
    let router = StackID.host(NodeID("router"))
    let address = try #require(IPv4Address(parsing: "192.168.10.101"))
    let node = StackID.host(NodeID("k8s-w1"))
    let asker = try #require(IPv4Address(parsing: "192.168.10.200"))
    try lab.apply(.deleteNeighbor(address, interface: "eth1", on: router))
    try lab.apply(.deleteNeighbor(asker, interface: "eth1", on: node))
    _ = lab.send(Flow(origin: router, destination: address, content: .echo))
    #expect(lab.snapshot.stack(router)?.neighbor(address, on: "eth1")?.state == .reachable)
    #expect(lab.snapshot.stack(node)?.neighbor(asker, on: "eth1")?.state == .stale)
  }

  @Test func learnedNeighborsGrowOldAndAreGivenUp() throws {
    var lab = try Self.lab("webpod")
    let router = StackID.host(NodeID("router"))
    let address = IPv4Address(192, 168, 10, 77)
    let added = Interface.Address(local: IPv4InterfaceAddress(address, length: 24), label: "eth1")
    try lab.apply(.addAddress(added, to: InterfaceID(.host(NodeID("k8s-w1")), "eth1")))
    func state(_ lab: RunningLab) -> Neighbor.State? {
      lab.snapshot.stack(router)?.neighbor(address, on: "eth1")?.state
    }
    let echo = Flow(origin: router, destination: address, content: .echo)
    #expect(lab.send(echo).answer != nil)
    #expect(state(lab) == .reachable)
    lab.now = Instant(seconds: 60)
    _ = lab.run(["hostname"], on: router)
    #expect(state(lab) == .stale)
    try lab.apply(.setPower(NodeID("k8s-w1"), isOn: false))
    let lost = lab.now
    #expect(lab.send(echo).path.outcome.reason == .notAddressedToHost)
    lab.now = lost + .seconds(7)
    #expect(lab.send(echo).path.outcome.reason == .notAddressedToHost)
    lab.now = lost + .seconds(8)
    #expect(lab.send(echo).path.outcome.reason == .noARPAnswer)
    #expect(state(lab) == .failed)
  }

  @Test func agentsReportWhatIsNewOfAConnection() throws {
    var lab = try Self.lab("tunnel")
    let flow = try Self.flow(lab, "curl-pod", "webpod@k8s-w0", .tcp)
    let conversation = lab.send(flow).conversation
    for flags in [TCPHeader.Flags.ack, .ack, [.psh, .ack], [.fin, .ack]] {
      _ = lab.carry(conversation, isReply: false, after: .milliseconds(1)) { $0.tcp?.flags = flags }
    }
    let node = NodeID("k8s-ctr")
    let shown = lab.traffic.events.items(from: 0).map(\.event).filter { $0.node == node }.compactMap {
      event in
      if case .tcp(let flags) = event.summary { flags } else { nil }
    }
    #expect(shown == [.syn, [.syn, .ack], .ack, [.psh, .ack], [.fin, .ack]])
  }

  @Test func aBacklogForgetsTheOldest() {
    var backlog = Backlog<Int>(limit: 3)
    for number in 0..<20 { backlog.append(number) }
    #expect(backlog.end == 20)
    #expect(Array(backlog.items(from: 18)) == [18, 19])
    #expect(backlog.items(from: 0).count <= 6)
    #expect(backlog.items(from: 20).isEmpty)
  }
}

import ControlPlane
import NetModel
import PacketTrace
import Testing

/// The walks that the recorded lab shows.
@Suite struct LabWalkTests {
  private let toW0 = FlowRequest(source: "curl-pod", destination: "172.20.2.33")

  @Test func nativelyThePacketFallsToEth0AtTheRouter() throws {
    let paths = try TestLab(mode: .native).walk(toW0).paths
    let path = try #require(paths.first)
    #expect(path.hops.map(\.node.name) == ["k8s-ctr", "router"])
    #expect(path.hops.last?.arrival == "eth1")
    #expect(path.hops.last?.departure == "eth0")
    #expect(path.hops.last?.ttlOnDeparture == 62)
    #expect(path.hops.map(\.isEncapsulated) == [false, false])
    #expect(path.outcome.disposition == .exitsNetwork)
    #expect(path.reply == nil)
  }

  @Test(arguments: TunnelProtocol.allCases)
  func tunnelledThePacketArrives(tunnel: TunnelProtocol) throws {
    let paths = try TestLab(mode: .tunnel(tunnel)).walk(toW0).paths
    let path = try #require(paths.first)
    #expect(path.hops.map(\.node.name) == ["k8s-ctr", "router", "k8s-w0"])
    #expect(path.hops.map(\.isEncapsulated) == [true, true, false])
    #expect(path.hops.last?.ttlOnDeparture == 63)
    #expect(path.outcome.disposition == .delivered)
    #expect(path.reply?.outcome.disposition == .delivered)
    #expect(path.reply?.hops.map(\.node.name) == ["k8s-w0", "router", "k8s-ctr"])
    let sent = try #require(path.hops.first?.steps.last?.after)
    #expect(sent.outerIP?.source == IPv4Address(192, 168, 10, 100))
    #expect(sent.outerIP?.destination == IPv4Address(192, 168, 20, 100))
    #expect(sent.vni == 45966)
    #expect(sent.tcp?.maximumSegmentSize == 1410)
    #expect(sent.tcp?.window == 64860)
    #expect(sent.ipLength == 110)
    let answered = try #require(path.reply?.hops.first?.steps.last?.after)
    #expect(answered.vni == 62886)
    #expect(answered.tcp?.window == 64308)
  }

  @Test func aServiceGivesOnePathForEachBackend() throws {
    let walk = try TestLab(mode: .native).walk(FlowRequest(source: "curl-pod", destination: "webpod"))
    let ends = walk.paths.map {
      "\($0.backend?.address.description ?? "-") \($0.outcome.disposition.rawValue)"
    }
    #expect(
      ends == ["172.20.0.121 DELIVERED", "172.20.1.108 DELIVERED", "172.20.2.33 EXITS_NETWORK"])
  }

  @Test func theWireNeverShowsTheClusterIP() throws {
    let walk = try TestLab(mode: .tunnel(.vxlan)).walk(FlowRequest(source: "curl-pod", destination: "webpod"))
    for step in walk.paths.flatMap(\.hops).flatMap(\.steps) where step.kind == .transmit {
      #expect(step.after.innerIP?.destination != walk.flow.destination)
    }
  }

  @Test func aRouteOnTheRouterMendsHalfOfTheWay() throws {
    var lab = try TestLab(mode: .native)
    let route = Route(
      destination: IPv4Prefix(IPv4Address(172, 20, 2, 0), length: 24),
      nextHops: [NextHop(gateway: IPv4Address(192, 168, 20, 100), interface: "eth2")])
    try lab.apply(.addRoute(route, on: .host(NodeID("router"))))
    let paths = try lab.walk(toW0).paths
    let path = try #require(paths.first)
    #expect(path.outcome.disposition == .delivered)
    #expect(path.hops.last?.ttlOnDeparture == 61)
    #expect(path.reply?.outcome.disposition == .exitsNetwork)
    #expect(path.reply?.outcome.node == NodeID("router"))
  }

  @Test(arguments: [
    ("curl-pod", "webpod@k8s-w1:81", Disposition.delivered, Reason.tcpPortClosed),
    ("curl-pod", "8.8.8.8", .exitsNetwork, .leftNetwork),
    ("curl-pod", "172.20.1.200", .dropped, .staleOrUnroutable),
    ("router", "10.96.189.34", .exitsNetwork, .leftNetwork),
    ("router", "172.20.0.88", .exitsNetwork, .leftNetwork),
    ("k8s-ctr", "192.168.10.77", .neighborUnreachable, .noARPAnswer),
  ])
  func endings(from: String, to: String, disposition: Disposition, reason: Reason) throws {
    let walk = try TestLab(mode: .native).walk(FlowRequest(source: from, destination: to))
    #expect(walk.paths.map(\.outcome.disposition) == [disposition])
    #expect(walk.paths.map(\.outcome.reason) == [reason])
  }

  /// Every pod and host to every other and to the Services, in every mode: the walks do not contradict
  /// themselves.
  @Test(arguments: [CiliumSettings.RoutingMode.native, .tunnel(.vxlan), .tunnel(.geneve)])
  func walksAreSound(mode: CiliumSettings.RoutingMode) throws {
    let lab = try TestLab(mode: mode)
    let snapshot = lab.network.snapshot()
    let ends =
      ["curl-pod", "webpod@k8s-ctr", "webpod@k8s-w1", "webpod@k8s-w0"]
      + ["k8s-ctr", "k8s-w1", "k8s-w0", "router"]
    for from in ends {
      for to in ends + ["webpod", "10.10.1.200", "1.1.1.1"] {
        for content in FlowRequest.Content.allCases where !(to == "webpod" && content != .tcp) {
          let flow = try snapshot.flow(FlowRequest(source: from, destination: to, content: content)).flow
          let walk = snapshot.walk(flow, roundTrip: true)
          #expect(walk.violations(in: snapshot) == [], "\(from) \(to) \(content)")
        }
      }
    }
  }
}

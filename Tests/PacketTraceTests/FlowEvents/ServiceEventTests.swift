import ControlPlane
import NetModel
import PacketTrace
import Testing

/// What Hubble shows of Services.
@Suite struct ServiceEventTests {
  private func events(
    _ mode: CiliumSettings.RoutingMode, from: String = "router", to: String = "192.168.10.100:30080",
    backend: String? = nil
  ) throws -> [FlowEvent] {
    var lab = try TestLab(mode: mode)
    let service = Service(
      id: ServiceID(namespace: "default", name: "outside"), type: .nodePort,
      selector: Labels([("app", "webpod")]), ports: [Service.Port(number: 80, nodePort: 30080)])
    let empty = Service(
      id: ServiceID(namespace: "default", name: "empty"), type: .nodePort,
      selector: Labels([("app", "nobody")]), ports: [Service.Port(number: 80, nodePort: 30090)])
    try lab.apply(.create([.service(service), .service(empty)]))
    let walk = try lab.walk(FlowRequest(source: from, destination: to, backend: backend))
    return try #require(walk.paths.first).flowEvents(in: lab.network.snapshot())
  }

  @Test func aLocalBackendsAnswerIsSeenUnderBothNames() throws {
    let events = try events(.native, backend: "172.20.0.121")
    #expect(events.map(\.kind) == [.trace(.toEndpoint), .trace(.toNetwork), .trace(.toNetwork)])
    let sources = events.map(\.source.address.description)
    #expect(sources == ["192.168.10.200", "172.20.0.121", "192.168.10.100"])
    #expect(events[0].source.identity == .world)
    #expect(events[2].source.port == 30080)
  }

  /// Through the tunnel the client stays world; its substitute's address would be a remote node's.
  @Test func aClientFromOutsideIsWorldInTheTunnel() throws {
    let events = try events(.tunnel(.vxlan), backend: "172.20.1.108").filter { $0.direction == .forward }
    #expect(events.map(\.kind) == [.trace(.toOverlay), .trace(.toEndpoint)])
    #expect(events.map(\.node.name) == ["k8s-ctr", "k8s-w1"])
    #expect(events.map(\.source.identity) == [.world, .world])
    #expect(events.map(\.source.address.description) == ["172.20.0.43", "172.20.0.43"])
  }

  /// Natively the load balancer's node shows nothing, and the backend's takes the client for that node.
  @Test func nativelyTheLoadBalancersNodeIsSilent() throws {
    let events = try events(.native, backend: "172.20.1.108").filter { $0.direction == .forward }
    #expect(events.map(\.kind) == [.trace(.toEndpoint)])
    #expect(events.map(\.source.identity) == [.kubeAPIServer])
  }

  @Test func aNodesOwnPacketIsARemoteNodesInTheTunnel() throws {
    let events = try events(.tunnel(.vxlan), from: "k8s-ctr", to: "172.20.1.108").filter {
      $0.direction == .forward
    }
    #expect(events.map(\.kind) == [.trace(.toOverlay), .trace(.toEndpoint)])
    #expect(events.map(\.source.identity) == [.remoteNode, .remoteNode])
  }

  @Test func aCallThatFailsShowsNothing() throws {
    #expect(try events(.native, from: "curl-pod", to: "empty").isEmpty)
  }

  /// A route that throws is passed over, and then there is none.
  @Test(arguments: [(RouteType.blackhole, 1), (.unreachable, 2), (.prohibit, 3), (.throw, 4)])
  func aFailedLookupTellsWhatTheKernelAnswered(type: RouteType, answer: Int) throws {
    var lab = try TestLab(mode: .native)
    let route = Route(type: type, destination: .host(IPv4Address(172, 20, 1, 108)), nextHops: [])
    try lab.apply(.addRoute(route, on: .host(NodeID("k8s-ctr"))))
    let walk = try lab.walk(FlowRequest(source: "curl-pod", destination: "172.20.1.108"))
    let events = try #require(walk.paths.first).flowEvents(in: lab.network.snapshot())
    #expect(events.compactMap(\.extendedError) == [answer])
    #expect(events.contains { $0.kind == .dropped(.fibLookupFailed, code: 169) })
  }

  @Test func whatRunsOutOfHopsIsDroppedOnly() throws {
    let snapshot = try TestLab(mode: .native).network.snapshot()
    var flow = try snapshot.flow(
      FlowRequest(source: "curl-pod", destination: "172.20.1.108", content: .icmp)
    ).flow
    flow.choices.ttl = 1
    let path = try #require(snapshot.walk(flow).paths.first)
    #expect(path.flowEvents(in: snapshot).map(\.kind) == [.dropped(.ttlExceeded, code: 196)])
  }
}

import ControlPlane
import NetModel
import Testing

@testable import PacketTrace

/// The order of what a node does with a packet that leaves it, and what it makes of one for nobody.
@Suite struct LeavingTheNodeTests {
  private let vxlan = CiliumSettings.RoutingMode.tunnel(.vxlan)

  private func path(_ lab: TestLab, _ request: FlowRequest) throws -> Path {
    try #require(try lab.walk(request).paths.first)
  }

  @Test func theNeighborIsKnownBeforeTheSourceIsTranslated() throws {
    let path = try path(TestLab(mode: .native), FlowRequest(source: "curl-pod", destination: "10.10.1.200"))
    let steps = try #require(path.hops.first).steps.filter { $0.device == "eth1" }
    #expect(steps.map(\.hook) == [.neighborResolve, .toNetdev, .queueTransmit])
  }

  @Test func anUnknownNeighborLeavesNothingToTranslate() throws {
    let path = try path(TestLab(mode: .native), FlowRequest(source: "curl-pod", destination: "192.168.10.77"))
    #expect(path.outcome.reason == .noARPAnswer)
    #expect(!path.hops.flatMap(\.steps).contains { $0.kind == .masquerade })
  }

  @Test func theTunnelsProgramsAreSeen() throws {
    let path = try path(TestLab(mode: vxlan), FlowRequest(source: "curl-pod", destination: "172.20.2.33"))
    let hooks = path.hops.map { hop in hop.steps.filter { $0.kind == .masquerade }.map(\.hook) }
    #expect(hooks == [[.toOverlay, .toNetdev], [], []])
    let overlay = try #require(path.hops.last).steps.filter { $0.hook == .fromOverlay }
    #expect(overlay.map(\.kind) == [.identityLookup, .serviceLookup, .endpointLookup, .localDelivery])
  }

  /// A node's own packets bear 6 in the tunnel; the other end asks its ipcache who that is.
  @Test func aNodesPacketIsLookedUpBehindTheTunnel() throws {
    let path = try path(TestLab(mode: vxlan), FlowRequest(source: "k8s-ctr", destination: "172.20.1.108"))
    let overlay = try #require(path.hops.last).steps.filter { $0.hook == .fromOverlay }
    #expect(overlay.map(\.kind).prefix(3) == [.identityLookup, .serviceLookup, .identityLookup])
    let inner = try #require(path.hops.first?.steps.first { $0.kind == .encapsulation }?.after)
    let host = try #require(
      try TestLab(mode: vxlan).network.snapshot().stack(.host(NodeID("k8s-ctr")))?.interface(
        named: "cilium_host"))
    #expect(inner.decapsulated.ethernet?.source == host.mac)
    #expect(inner.decapsulated.ethernet?.destination == host.mac)
  }

  /// BPF hands to the host what comes out of a tunnel for no pod; the kernel forwards it once more.
  @Test func aTunnelledPacketForNobodyLosesTwoHops() throws {
    let path = try path(TestLab(mode: vxlan), FlowRequest(source: "curl-pod", destination: "172.20.1.250"))
    #expect(path.outcome.code == 151)
    let steps = try #require(path.hops.last).steps
    #expect(steps.contains { $0.kind == .hostDelivery && $0.hook == .fromOverlay })
    #expect(steps.first { $0.hook == .routeInput && $0.device == "cilium_host" } != nil)
    #expect(steps.last?.before.innerIP?.ttl == 62)
  }

  @Test func theHostsDeviceDropsWhatIsForTheWorld() throws {
    var lab = try TestLab(mode: .native)
    let route = Route(
      destination: .host(IPv4Address(203, 0, 113, 9)), scope: .link,
      nextHops: [NextHop(interface: "cilium_host")])
    try lab.apply(.addRoute(route, on: .host(NodeID("k8s-ctr"))))
    #expect(try path(lab, FlowRequest(source: "k8s-ctr", destination: "203.0.113.9")).outcome.code == 151)
  }

  @Test func deliveryAddressesTheFrame() throws {
    let path = try path(
      TestLab(mode: .native), FlowRequest(source: "curl-pod", destination: "webpod@k8s-ctr"))
    let steps = try #require(path.hops.first).steps.filter { $0.kind == .localDelivery }
    #expect(steps.map(\.hook) == [.fromContainer, .policyProgram])
    #expect(steps[0].before.ethernet != steps[0].after.ethernet)
    #expect(steps[1].before == steps[1].after)
  }

  @Test(arguments: [(1000, 33768), (40000, 40000)])
  func aTranslatedPortLiesAboveTheNodePorts(port: UInt16, seen: UInt16) throws {
    var flow = Flow(
      origin: .pod(PodID(namespace: "default", name: "curl-pod")), destination: IPv4Address(10, 10, 1, 200),
      content: .transport(.udp, port: 53))
    flow.choices.port = port
    let path = try #require(
      try TestLab(mode: .native).network.snapshot().walk(flow, roundTrip: true).paths.first)
    #expect(path.hops.last?.steps.last?.after.udp?.sourcePort == seen)
    // The closed port is told of in the pod's own terms.
    let told = try #require(path.reply?.hops.last?.steps.last?.after)
    #expect(told.quotedPacket?.innerIP?.source == IPv4Address(172, 20, 0, 88))
    #expect(told.quotedPacket?.udp?.sourcePort == port)
  }

  /// With one device BPF asks no table: the kernel looks for the next hop on that device alone.
  @Test func oneDeviceNeedsNoLookup() throws {
    let snapshot = ClusterSnapshot.make(.native)
    let flow = Flow(
      origin: .pod(ClusterSnapshot.client), destination: IPv4Address(192, 168, 20, 100), content: .echo)
    let path = try #require(snapshot.walk(flow).paths.first)
    #expect(path.outcome.disposition == .delivered)
    let steps = try #require(path.hops.first).steps
    #expect(!steps.contains { $0.kind == .routeLookup && $0.hook == .fromContainer })
    let place = try #require(steps.firstIndex { $0.hook == .redirectNeighbor })
    #expect(steps[place - 1].kind == .forward)
    #expect(path.flowEvents(in: snapshot).first?.kind == .trace(.toNetwork))
  }

  @Test func withTwoDevicesTheTablesAreAsked() throws {
    let path = try path(TestLab(mode: .native), FlowRequest(source: "curl-pod", destination: "172.20.1.108"))
    let hooks = try #require(path.hops.first).steps.filter { $0.kind == .routeLookup }.map(\.hook)
    #expect(hooks == [.routeOutput, .fromContainer])
  }

  @Test func withoutBPFHostRoutingNothingIsLookedUpOnArrival() throws {
    let helm = [HelmSetting(path: "bpf.hostLegacyRouting", value: .bool(true))]
    let path = try path(
      TestLab(mode: .native, helm: helm), FlowRequest(source: "curl-pod", destination: "172.20.1.108"))
    let hooks = try #require(path.hops.last).steps.filter { $0.kind == .endpointLookup }.map(\.hook)
    #expect(hooks == [.fromHost])
  }
}

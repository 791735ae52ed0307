import ControlPlane
import NetModel
import PacketTrace
import Testing

/// Services from outside the cluster, and inside it where the socket layer does not translate.
@Suite struct ServiceWalkTests {
  private static let nodePort: UInt16 = 30080
  private let native = CiliumSettings.RoutingMode.native
  private let vxlan = CiliumSettings.RoutingMode.tunnel(.vxlan)

  private func lab(
    _ mode: CiliumSettings.RoutingMode, helm: [HelmSetting] = [], change: (inout Service) -> Void = { _ in }
  ) throws -> TestLab {
    var lab = try TestLab(mode: mode, helm: helm)
    var service = Service(
      id: ServiceID(namespace: "default", name: "outside"), type: .nodePort,
      selector: Labels([("app", "webpod")]),
      ports: [Service.Port(number: 80, nodePort: ServiceWalkTests.nodePort)])
    change(&service)
    try lab.apply(.create([.service(service)]))
    return lab
  }

  private func path(
    _ lab: TestLab, from: String = "router", to: String = "192.168.10.100:30080", backend: String? = nil
  ) throws -> Path {
    let paths = try lab.walk(FlowRequest(source: from, destination: to, backend: backend)).paths
    return try #require(paths.first)
  }

  struct Cell {
    let isNative: Bool
    let backend: String
    /// The address that the pod takes the client for.
    let seen: String
    let ttlAtBackend: UInt8
    let ttlAtClient: UInt8
  }

  @Test(arguments: [
    Cell(isNative: true, backend: "172.20.0.121", seen: "192.168.10.200", ttlAtBackend: 63, ttlAtClient: 63),
    Cell(isNative: false, backend: "172.20.0.121", seen: "192.168.10.200", ttlAtBackend: 63, ttlAtClient: 63),
    Cell(isNative: true, backend: "172.20.1.108", seen: "192.168.10.100", ttlAtBackend: 62, ttlAtClient: 62),
    Cell(isNative: false, backend: "172.20.1.108", seen: "172.20.0.43", ttlAtBackend: 62, ttlAtClient: 63),
  ])
  func nodePortFromOutside(cell: Cell) throws {
    let path = try path(try lab(cell.isNative ? native : vxlan), backend: cell.backend)
    #expect(path.deliversRoundTrip)
    let arrived = try #require(path.hops.last?.steps.last?.after)
    #expect(arrived.innerIP?.source == IPv4Address(parsing: cell.seen))
    #expect(arrived.innerIP?.ttl == cell.ttlAtBackend)
    let answered = try #require(path.reply?.hops.last?.steps.last?.after)
    #expect(answered.innerIP?.source == IPv4Address(192, 168, 10, 100))
    #expect(answered.tcp?.sourcePort == ServiceWalkTests.nodePort)
    #expect(answered.innerIP?.ttl == cell.ttlAtClient)
  }

  @Test func aNodeWithoutLocalBackendSaysSo() throws {
    let lab = try lab(native) { service in
      service.externalTrafficPolicy = .local
      service.selector = Labels([("app", "nobody")])
    }
    let path = try path(lab)
    #expect(path.outcome.reason == .noServiceBackend)
    let told = try #require(path.reply?.hops.last?.steps.last?.after)
    #expect(told.icmp?.message == .destinationUnreachable(.port))
    #expect(told.innerIP?.source == IPv4Address(192, 168, 10, 100))
    #expect(path.reply?.outcome.disposition == .delivered)
  }

  @Test func externalPolicyLocalKeepsToTheNode() throws {
    let lab = try lab(native) { $0.externalTrafficPolicy = .local }
    let entries = try #require(lab.network.snapshot().datapath(on: NodeID("k8s-w1"))?.services)
    let entry = try #require(entries.first { $0.service.name == "outside" && $0.type == .nodePort })
    #expect(entry.backends.map(\.address.description) == ["172.20.1.108"])
    #expect(entry.backends(forClientInside: true).count == 3)
  }

  @Test func aClusterIPCannotBeReachedFromOutside() throws {
    var lab = try lab(native)
    let route = Route(
      destination: IPv4Prefix(IPv4Address(10, 96, 0, 0), length: 16),
      nextHops: [NextHop(gateway: IPv4Address(192, 168, 10, 100), interface: "eth1")])
    try lab.apply(.addRoute(route, on: .host(NodeID("router"))))
    let path = try path(lab, to: "webpod")
    #expect(path.outcome.reason == .isClusterIP)
    #expect(path.outcome.code == 174)
  }

  @Test(arguments: [("192.168.10.0/24", true), ("10.0.0.0/8", false)])
  func sourceRanges(range: String, isAdmitted: Bool) throws {
    let address = IPv4Address(192, 168, 10, 211)
    var lab = try lab(native) { service in
      service.type = .loadBalancer
      service.loadBalancerAddresses = [address]
      service.loadBalancerSourceRanges = [IPv4Prefix(parsing: range)].compactMap(\.self)
    }
    let route = Route(
      destination: .host(address),
      nextHops: [NextHop(gateway: IPv4Address(192, 168, 10, 101), interface: "eth1")])
    try lab.apply(.addRoute(route, on: .host(NodeID("router"))))
    let path = try path(lab, to: "192.168.10.211")
    #expect(path.outcome.disposition == (isAdmitted ? .delivered : .dropped))
    #expect(path.outcome.code == (isAdmitted ? nil : 177))
  }

  @Test func aPodsCallOfAnotherNodesPortIsTranslatedAtHome() throws {
    let path = try path(
      try lab(vxlan), from: "curl-pod", to: "192.168.20.100:30080", backend: "172.20.0.121")
    #expect(path.backend?.address == IPv4Address(172, 20, 0, 121))
    #expect(path.hops.map(\.node.name) == ["k8s-ctr"])
    #expect(path.deliversRoundTrip)
  }

  @Test func withoutSocketTranslationThePacketBearsTheClusterIP() throws {
    let lab = try lab(vxlan, helm: [HelmSetting(path: "socketLB.hostNamespaceOnly", value: .bool(true))])
    let path = try path(lab, from: "curl-pod", to: "webpod", backend: "172.20.2.33")
    let sent = try #require(path.hops.first?.steps.first { $0.kind == .neighborLookup }?.after)
    #expect(sent.innerIP?.destination == IPv4Address(10, 96, 189, 34))
    let answered = try #require(path.reply?.hops.last?.steps.last?.after)
    #expect(answered.innerIP?.source == IPv4Address(10, 96, 189, 34))
    #expect(path.deliversRoundTrip)
  }
}

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

  /// Cilium `bpf/lib/nodeport.h`: the destination, the TTL, then the source.
  @Test(arguments: [true, false])
  func theClientIsReplacedLast(isNative: Bool) throws {
    let lab = try lab(isNative ? native : vxlan)
    let steps = try path(lab, backend: "172.20.1.108").hops[1].steps
    let changes = steps.filter { $0.before.innerIP != $0.after.innerIP }.map(\.kind)
    #expect(changes == [.serviceTranslation, .forward, .masquerade])
    let snapshot = lab.network.snapshot()
    var flow = try snapshot.flow(
      FlowRequest(source: "router", destination: "192.168.10.100:30080", backend: "172.20.1.108")
    ).flow
    flow.choices.ttl = 1
    let dead = try #require(snapshot.walk(flow).paths.first)
    #expect(dead.outcome.reason == .ttlExceeded)
    #expect(dead.hops.last?.steps.last?.after.innerIP?.source == IPv4Address(192, 168, 10, 200))
  }

  @Test func backendsOfTheOwnNodePort() throws {
    let path = try path(lab(native), from: "k8s-ctr", to: "127.0.0.1:30080", backend: "172.20.1.108")
    #expect(path.backend == Flow.Backend(address: IPv4Address(172, 20, 1, 108), port: 80))
    #expect(path.deliversRoundTrip)
    #expect(throws: FlowError.backendWithoutService("172.20.1.108")) {
      try self.path(try lab(native), from: "curl-pod", to: "127.0.0.1:30080", backend: "172.20.1.108")
    }
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
    // A SYN of 60 bytes, counted with 14 of its frame up to 64.
    #expect(told.innerIP?.tos == 0)
    #expect(told.innerIP?.identification == 0)
    #expect(told.payloadLength == 64)
    #expect(told.bytes.suffix(4) == [0, 0, 0, 0])
  }

  @Test func externalPolicyLocalKeepsToTheNode() throws {
    let lab = try lab(native) { $0.externalTrafficPolicy = .local }
    let entries = try #require(lab.network.snapshot().datapath(on: NodeID("k8s-w1"))?.services)
    let entry = try #require(entries.first { $0.service.name == "outside" && $0.type == .nodePort })
    #expect(entry.backends.map(\.address.description) == ["172.20.1.108"])
    #expect(entry.backends(forClientInside: true).count == 3)
  }

  /// A node's own backends are those of clients outside; a pod there has all of them to choose from.
  @Test(arguments: [("curl-pod", "172.20.2.33", 3), ("router", "172.20.0.121", 1)])
  func slotsAreCountedForTheClient(from: String, backend: String, count: Int) throws {
    let path = try path(
      try lab(vxlan) { $0.externalTrafficPolicy = .local }, from: from, backend: backend)
    let lookups = path.hops.flatMap(\.steps).compactMap { step -> ServiceLookup? in
      if case .service(let lookup) = step.evidence, lookup.answer != .miss { lookup } else { nil }
    }
    #expect(lookups.map(\.slotCount) == [count])
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

  struct Ranges {
    let range: String
    var denies = false
    var holdForAll = false
    var to = "192.168.10.211"
    let code: Int?
  }

  @Test(arguments: [
    Ranges(range: "192.168.10.0/24", code: nil), Ranges(range: "10.0.0.0/8", code: 177),
    Ranges(range: "192.168.10.0/24", denies: true, code: 177),
    Ranges(range: "10.0.0.0/8", denies: true, code: nil),
    Ranges(range: "10.0.0.0/8", to: "192.168.10.100:30080", code: nil),
    Ranges(range: "10.0.0.0/8", holdForAll: true, to: "192.168.10.100:30080", code: 177),
    Ranges(range: "10.0.0.0/8", to: "outside", code: 174),
    Ranges(range: "10.0.0.0/8", holdForAll: true, to: "outside", code: 177),
  ])
  func sourceRanges(ranges: Ranges) throws {
    let address = IPv4Address(192, 168, 10, 211)
    let all = HelmSetting(path: "bpf.lbSourceRangeAllTypes", value: .bool(ranges.holdForAll))
    var lab = try lab(native, helm: [all]) { service in
      service.type = .loadBalancer
      service.loadBalancerAddresses = [address]
      service.loadBalancerSourceRanges = [IPv4Prefix(parsing: ranges.range)].compactMap(\.self)
      if ranges.denies { service.annotations = Labels([("service.cilium.io/src-ranges-policy", "deny")]) }
    }
    for destination in [IPv4Prefix.host(address), IPv4Prefix(IPv4Address(10, 96, 0, 0), length: 16)] {
      let route = Route(
        destination: destination,
        nextHops: [NextHop(gateway: IPv4Address(192, 168, 10, 101), interface: "eth1")])
      try lab.apply(.addRoute(route, on: .host(NodeID("router"))))
    }
    let path = try path(lab, to: ranges.to)
    #expect(path.outcome.disposition == (ranges.code == nil ? .delivered : .dropped))
    #expect(path.outcome.code == ranges.code)
  }

  @Test func aClusterIPMayBeServedOutside() throws {
    let helm = [HelmSetting(path: "bpf.lbExternalClusterIP", value: .bool(true))]
    var lab = try lab(native, helm: helm)
    let route = Route(
      destination: IPv4Prefix(IPv4Address(10, 96, 0, 0), length: 16),
      nextHops: [NextHop(gateway: IPv4Address(192, 168, 10, 100), interface: "eth1")])
    try lab.apply(.addRoute(route, on: .host(NodeID("router"))))
    #expect(try path(lab, to: "webpod", backend: "172.20.1.108").deliversRoundTrip)
  }

  /// The answer's way is looked up from the address that the client asked, and it may be another device's.
  @Test func aLocalBackendsAnswerIsTranslatedBehindItsNeighbor() throws {
    var lab = try lab(native)
    func steps() throws -> [Step] {
      let reply = try #require(try path(lab, backend: "172.20.0.121").reply)
      return try #require(reply.hops.first).steps.filter {
        $0.stack == .host(NodeID("k8s-ctr")) && $0.device?.hasPrefix("eth") == true
      }
    }
    let expected: [Step.Kind] = [.neighborLookup, .routeLookup, .reverseTranslation, .transmit]
    #expect(try steps().map(\.kind) == expected)
    #expect(try steps()[1].hook == .toNetdev)
    let node = StackID.host(NodeID("k8s-ctr"))
    let table = TableID(100)
    try lab.apply(
      .addRoute(
        Route(
          table: table, destination: .all,
          nextHops: [NextHop(gateway: IPv4Address(10, 0, 2, 2), interface: "eth0")]), on: node))
    var selector = RoutingRule.Selector()
    selector.source = .host(IPv4Address(192, 168, 10, 100))
    try lab.apply(
      .addRule(RoutingRule(priority: 50, selector: selector, action: .lookup(table)), on: node))
    #expect(try steps().map(\.device) == ["eth1", "eth1", "eth0", "eth0", "eth0", "eth0", "eth0"])
  }

  @Test func theSubstituteIsTheDirectRoutingDevices() throws {
    var snapshot = try lab(native).network.snapshot()
    snapshot.agents[0].datapath.directRoutingDevice = "eth0"
    #expect(snapshot.agents[0].node == NodeID("k8s-ctr"))
    let flow = try snapshot.flow(
      FlowRequest(source: "router", destination: "192.168.10.100:30080", backend: "172.20.1.108")
    ).flow
    let path = try #require(snapshot.walk(flow).paths.first)
    #expect(path.hops.last?.steps.last?.after.innerIP?.source == IPv4Address(10, 0, 2, 15))
  }

  @Test func aBackendOnANodesOwnNetworkIsAskedPastTheTunnel() throws {
    let lab = try lab(vxlan) { service in
      service.selector = nil
      service.endpoints = [IPv4Address(192, 168, 10, 101)]
    }
    let path = try path(lab)
    #expect(path.hops.map(\.node.name) == ["router", "k8s-ctr", "k8s-w1"])
    #expect(path.hops.allSatisfy { !$0.isEncapsulated })
    #expect(path.hops.last?.steps.last?.after.innerIP?.source == IPv4Address(192, 168, 10, 100))
  }

  @Test func theHostReachesNodePortsAtItsLoopbackAddress() throws {
    let lab = try lab(native)
    let walk = try lab.walk(FlowRequest(source: "k8s-ctr", destination: "127.0.0.1:30080"))
    #expect(
      walk.paths.map { $0.backend?.address.description } == ["172.20.0.121", "172.20.1.108", "172.20.2.33"])
    #expect(walk.paths[0].deliversRoundTrip)
    let inPod = try lab.walk(FlowRequest(source: "curl-pod", destination: "127.0.0.1:30080"))
    #expect(inPod.paths.map(\.outcome.reason) == [.tcpPortClosed])
  }

  @Test(arguments: [("192.168.10.77", 1), ("192.168.10.100", 3)])
  func onlyANodesOwnExternalAddressIsTranslatedAtTheSocket(address: String, paths: Int) throws {
    let external = try #require(IPv4Address(parsing: address))
    let lab = try lab(native) { $0.externalIPs = [external] }
    let walk = try lab.walk(FlowRequest(source: "curl-pod", destination: "\(address):80"))
    #expect(walk.paths.count == paths)
    #expect(walk.paths.allSatisfy { ($0.backend == nil) == (paths == 1) })
    #expect((walk.paths[0].outcome.reason == .noARPAnswer) == (paths == 1))
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

import ControlPlane
import NetModel
import Testing

@testable import PacketTrace

/// Services whose remote backends answer the client themselves, and backends that Maglev chooses.
@Suite struct DirectReturnTests {
  private static let nodePort: UInt16 = 30080
  private static let node = IPv4Address(192, 168, 10, 100)

  private func lab(_ settings: [(String, String)]) throws -> TestLab {
    let helm = settings.map { HelmSetting(path: $0.0, value: .string($0.1)) }
    var lab = try TestLab(mode: .native, helm: helm)
    let ports = [
      Service.Port(name: "tcp", number: 80, nodePort: Self.nodePort),
      Service.Port(name: "udp", transport: .udp, number: 80, nodePort: Self.nodePort),
    ]
    let service = Service(
      id: ServiceID(namespace: "default", name: "outside"), type: .nodePort,
      selector: Labels([("app", "webpod")]), ports: ports)
    try lab.apply(.create([.service(service)]))
    return lab
  }

  private func path(_ lab: TestLab, _ content: Flow.Content, backend: IPv4Address?) throws -> Path {
    let chosen = backend.map { Flow.Backend(address: $0, port: 80) }
    let flow = Flow(
      origin: .host(NodeID("router")), destination: Self.node, content: content, backend: chosen)
    return try #require(lab.network.snapshot().walk(flow, roundTrip: true).paths.first)
  }

  private static let tcp = Flow.Content.transport(.tcp, port: nodePort)
  private static let udp = Flow.Content.transport(.udp, port: nodePort)
  private static let remote = IPv4Address(172, 20, 1, 108)
  private static let local = IPv4Address(172, 20, 0, 121)

  @Test func aRemoteBackendSeesTheClientAndAnswersPastTheNodeThatWasAsked() throws {
    let path = try path(try lab([("loadBalancer.mode", "dsr")]), Self.tcp, backend: Self.remote)
    #expect(path.deliversRoundTrip)
    let arrived = try #require(path.hops.last?.steps.last?.after)
    #expect(arrived.innerIP?.source == IPv4Address(192, 168, 10, 200))
    #expect(arrived.innerIP?.serviceOption?.address == Self.node)
    #expect(arrived.innerIP?.serviceOption?.port == Self.nodePort)
    #expect(path.hops.map(\.node.name) == ["router", "k8s-ctr", "k8s-w1"])
    let reply = try #require(path.reply)
    #expect(reply.hops.map(\.node.name) == ["k8s-w1", "router"])
    let answered = try #require(reply.hops.last?.steps.last?.after)
    #expect(answered.innerIP?.source == Self.node)
    #expect(answered.tcp?.sourcePort == Self.nodePort)
  }

  @Test func theOptionStandsInTheBytesAsCiliumWritesIt() throws {
    let path = try path(try lab([("loadBalancer.mode", "dsr")]), Self.tcp, backend: Self.remote)
    let packet = try #require(path.hops.last?.steps.last?.after.unframed)
    let bytes = packet.bytes
    #expect(bytes[0] == 0x47)
    #expect(Array(bytes[20..<28]) == [0x9a, 8, 0x80, 0x75, 100, 10, 168, 192])
    #expect(Int(bytes[2]) << 8 | Int(bytes[3]) == bytes.count)
  }

  @Test func aLocalBackendIsAskedAsEver() throws {
    let path = try path(try lab([("loadBalancer.mode", "dsr")]), Self.tcp, backend: Self.local)
    #expect(path.deliversRoundTrip)
    #expect(path.hops.last?.steps.last?.after.innerIP?.serviceOption == nil)
    #expect(!path.hops.flatMap(\.steps).contains { $0.kind == .directReturn })
  }

  @Test(arguments: [(tcp, true), (udp, false)])
  func hybridIsDirectForTCPAlone(content: Flow.Content, isDirect: Bool) throws {
    let path = try path(try lab([("loadBalancer.mode", "hybrid")]), content, backend: Self.remote)
    #expect(path.hops.flatMap(\.steps).contains { $0.kind == .directReturn } == isDirect)
    let arrived = try #require(path.hops.last?.steps.last?.after.innerIP?.source)
    #expect((arrived == IPv4Address(192, 168, 10, 200)) == isDirect)
  }

  @Test func throughGeneveTheTunnelsHeaderTells() throws {
    let settings = [("loadBalancer.mode", "dsr"), ("loadBalancer.dsrDispatch", "geneve")]
    var lab = try TestLab(mode: .tunnel(.geneve))
    let helm = settings.map { HelmSetting(path: $0.0, value: .string($0.1)) }
    try lab.apply(.setHelmValues(helm, restart: .all))
    let service = Service(
      id: ServiceID(namespace: "default", name: "outside"), type: .nodePort,
      selector: Labels([("app", "webpod")]),
      ports: [Service.Port(number: 80, nodePort: Self.nodePort)])
    try lab.apply(.create([.service(service)]))
    let path = try path(lab, Self.tcp, backend: Self.remote)
    #expect(path.deliversRoundTrip)
    let wrapped = try #require(path.hops.flatMap(\.steps).first { $0.kind == .encapsulation }?.after)
    let options = wrapped.headers.compactMap { header in
      if case .geneve(let geneve) = header { geneve.serviceOption } else { nil }
    }
    #expect(options == [IPv4Header.ServiceOption(address: Self.node, port: Self.nodePort)])
    #expect(path.reply?.hops.last?.steps.last?.after.innerIP?.source == Self.node)
  }

  /// With native routing the tunnel device is there for these packets alone; BPF puts the header on without
  /// lowering the TTL.
  @Test func throughGeneveBesideNativeRouting() throws {
    let lab = try lab([
      ("loadBalancer.mode", "dsr"), ("loadBalancer.dsrDispatch", "geneve"), ("tunnelProtocol", "geneve"),
    ])
    let path = try path(lab, Self.tcp, backend: Self.remote)
    #expect(path.deliversRoundTrip)
    #expect(path.hops.map(\.isEncapsulated) == [false, true, false])
    #expect(path.hops[1].ttlOnArrival == path.hops[1].ttlOnDeparture)
    let arrived = try #require(path.hops.last?.steps.last?.after)
    #expect(arrived.innerIP?.source == IPv4Address(192, 168, 10, 200))
    #expect(path.reply?.hops.map(\.node.name) == ["k8s-w1", "router"])
    #expect(path.reply?.hops.allSatisfy { !$0.isEncapsulated } == true)
    #expect(path.reply?.hops.last?.steps.last?.after.innerIP?.source == Self.node)
  }

  @Test func withoutGeneveDispatchThereIsNoTunnelDevice() throws {
    let lab = try lab([("loadBalancer.mode", "dsr"), ("tunnelProtocol", "geneve")])
    let stack = try #require(lab.network.snapshot().stack(.host(NodeID("k8s-ctr"))))
    #expect(stack.interface(named: "cilium_geneve") == nil)
  }

  /// 20 bytes of IP header, 8 of UDP's and 8 of the option in 1500.
  @Test(arguments: [(1464, false), (1465, true)])
  func theOptionMayMakeADatagramTooLarge(bytes: Int, isDropped: Bool) throws {
    let flow = Flow(
      origin: .host(NodeID("router")), destination: Self.node, content: Self.udp,
      backend: Flow.Backend(address: Self.remote, port: 80), payloadLength: bytes)
    let lab = try lab([("loadBalancer.mode", "dsr")])
    let path = try #require(lab.network.snapshot().walk(flow, roundTrip: true).paths.first)
    #expect((path.outcome.reason == .packetTooBig) == isDropped)
    #expect(path.outcome.code == (isDropped ? 136 : nil))
    #expect(!isDropped || path.reply == nil)
  }

  @Test(arguments: [
    (true, "dsr", "opt", SettingsError.Conflict.tunnelWithoutGeneveDispatch),
    (true, "dsr", "geneve", .geneveDispatchOverVXLAN),
    (false, "dsr", "geneve", .geneveDispatchOverVXLAN),
    (false, "dsr", "ipip", .ipipDispatchBesidePods),
    (false, "hybrid", "ipip", .ipipDispatchInHybridMode),
  ])
  func agentsRefuseToStart(
    tunnels: Bool, mode: String, dispatch: String, conflict: SettingsError.Conflict
  ) throws {
    var lab = try TestLab(mode: tunnels ? .tunnel(.vxlan) : .native)
    let helm = [
      HelmSetting(path: "loadBalancer.mode", value: .string(mode)),
      HelmSetting(path: "loadBalancer.dsrDispatch", value: .string(dispatch)),
    ]
    #expect(throws: EditError.settings(.conflict(conflict))) {
      try lab.network.apply(.setHelmValues(helm, restart: .all), at: .start)
    }
  }

  @Test func maglevsSlotFollowsTheClientsPort() throws {
    let snapshot = try lab([("loadBalancer.algorithm", "maglev")]).network.snapshot()
    var chosen: Set<IPv4Address> = []
    for port in UInt16(40000)..<40030 {
      var flow = Flow(origin: .host(NodeID("router")), destination: Self.node, content: Self.tcp)
      flow.choices.port = port
      let paths = snapshot.walk(flow).paths
      let lookups = paths.flatMap(\.hops).flatMap(\.steps).compactMap { step -> ServiceLookup? in
        if case .service(let lookup) = step.evidence { lookup } else { nil }
      }
      let slots = Set(lookups.compactMap(\.maglev?.slot))
      #expect(slots.count == 1, "one slot whichever backend a path follows")
      chosen.formUnion(lookups.compactMap(\.maglev?.backend.address))
    }
    #expect(chosen.count == 3)
  }
}

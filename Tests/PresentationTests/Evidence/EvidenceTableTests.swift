import ControlPlane
import NetModel
import PacketTrace
import Testing

@testable import Presentation

@Suite struct EvidenceTableTests {
  static let asked = IPv4Address(172, 20, 2, 33)

  static func route(_ prefix: String, table: TableID = .main, metric: UInt32 = 0) throws -> Route {
    Route(
      table: table, destination: try #require(IPv4Prefix(parsing: prefix)), metric: metric,
      nextHops: [NextHop(interface: "eth0")])
  }

  static func step(_ evidence: Evidence) -> Step {
    let packet = Packet(headers: [.ipv4(IPv4Header(source: .any, destination: asked))])
    return Step(
      kind: .routeLookup, hook: .routeOutput, stack: .host(NodeID("n")), evidence: evidence, before: packet,
      after: packet, grounds: .assumed("a test"))
  }

  typealias Considered = (prefix: String, why: RouteLookup.Why)

  static func consultation(
    _ table: TableID, _ verdict: RouteLookup.Consultation.Verdict, _ considered: [Considered]
  ) throws -> RouteLookup.Consultation {
    RouteLookup.Consultation(
      rule: RoutingRule(priority: 1, action: .lookup(table)), verdict: verdict,
      candidates: RouteLookup.Candidates(
        try considered.map {
          RouteLookup.Candidate(route: try route($0.prefix, table: table), why: $0.why)
        }))
  }

  static func table(
    _ consultations: [RouteLookup.Consultation], _ result: RouteLookup.Result
  ) -> EvidenceTable {
    EvidenceTable(
      step(
        .route(
          RouteLookup(
            query: RouteQuery(destination: asked), consultations: consultations, result: result))))
  }

  static func texts(_ table: EvidenceTable) -> [String] {
    table.candidates.map { "\($0.won ? "+" : "-")\($0.entry.text) \($0.why.rawValue)" }
  }

  @Test func theDecidingTableComesFirstAndTheNearestMissLast() throws {
    let consultations = [
      try Self.consultation(.local, .noRoute, [("172.20.2.1/32", .wouldNotMatch)]),
      try Self.consultation(TableID(100), .suppressed, [("0.0.0.0/0", .overruled)]),
      try Self.consultation(
        .main, .selected,
        [("172.20.0.0/16", .longestPrefix), ("0.0.0.0/0", .shorterPrefix), ("172.16.0.0/16", .wouldNotMatch)]),
    ]
    let selection = RouteLookup.Selection(route: nil, table: .main, interface: "eth0")
    let table = Self.table(consultations, .unicast(selection))
    #expect(table.name == "main")
    #expect(table.winner == 0)
    #expect(
      Self.texts(table) == [
        "+172.20.0.0/16 dev eth0 longest-prefix", "-default dev eth0 shorter-prefix",
        "-default dev eth0 overruled", "-172.16.0.0/16 dev eth0 would-not-match",
      ])
  }

  @Test func withoutARouteNobodyWinsAndTheNearestOfAllIsShown() throws {
    let consultations = [
      try Self.consultation(.local, .noRoute, [("172.20.2.1/32", .wouldNotMatch)]),
      try Self.consultation(.main, .noRoute, [("10.0.0.0/8", .wouldNotMatch)]),
    ]
    let table = Self.table(consultations, .failed(.networkUnreachable))
    #expect(table.name == "main")
    #expect(table.winner == nil)
    #expect(Self.texts(table) == ["-172.20.2.1 dev eth0 would-not-match"])
  }

  static func neighbor(_ last: UInt8, _ state: Neighbor.State) -> Neighbor {
    Neighbor(
      address: IPv4Address(172, 20, 2, last), interface: "eth0", mac: state == .failed ? nil : .broadcast,
      state: state)
  }

  @Test(arguments: [
    (
      [neighbor(1, .stale), neighbor(33, .reachable)], NeighborEvidence.Answer.known(.broadcast),
      [
        "+172.20.2.33 dev eth0 lladdr ff:ff:ff:ff:ff:ff REACHABLE exact-match",
        "-172.20.2.1 dev eth0 lladdr ff:ff:ff:ff:ff:ff STALE other-address",
      ]
    ),
    (
      [neighbor(33, .failed)],
      .unanswered(
        request: ARPPacket(
          operation: .request, senderMAC: .zero, senderAddress: .any, targetMAC: .zero, targetAddress: asked)),
      ["-172.20.2.33 dev eth0 FAILED not-usable"]
    ),
    ([], .notNeeded(.zero), []),
  ])
  func neighbors(entries: [Neighbor], answer: NeighborEvidence.Answer, rows: [String]) {
    let evidence = NeighborEvidence(address: Self.asked, interface: "eth0", table: entries, answer: answer)
    let table = EvidenceTable(Self.step(.neighbor(evidence)))
    #expect(table.name == "neighbors")
    #expect(Self.texts(table) == rows)
  }

  @Test func nativeProgramsAskNoTableForATunnel() {
    let entry = IPCacheEntry(prefix: .host(Self.asked), identity: .world, tunnelEndpoint: .broadcast)
    let native = TunnelDecision(mode: .native, entry: entry, answer: .nativeMode)
    #expect(EvidenceTable(Self.step(.tunnel(native))) == EvidenceTable(name: nil))
    let tunnel = TunnelDecision(
      mode: .tunnel(.vxlan), entry: entry, answer: .encapsulate(to: .broadcast, vni: 2, protocol: .vxlan))
    let table = EvidenceTable(Self.step(.tunnel(tunnel)))
    #expect(table.name == "cilium_ipcache_v2" && table.winner == 0 && table.candidates.count == 1)
  }

  @Test func entriesReadAsTheirToolsPrintThem() throws {
    let skipping = IPCacheEntry(
      prefix: .host(Self.asked), identity: SecurityIdentity(62886),
      tunnelEndpoint: IPv4Address(192, 168, 20, 100), skipsTunnel: true)
    #expect(
      TableEntry.ipcache(skipping).text
        == "172.20.2.33/32 identity=62886 encryptkey=0 tunnelendpoint=192.168.20.100 flags=skiptunnel,hastunnel"
    )
    let plain = IPCacheEntry(prefix: .all, identity: .world)
    #expect(
      TableEntry.ipcache(plain).text
        == "0.0.0.0/0 identity=2 encryptkey=0 tunnelendpoint=0.0.0.0 flags=<none>")
    var multipath = try Self.route("10.0.0.0/8")
    multipath.nextHops = [
      NextHop(gateway: IPv4Address(10, 0, 0, 1), interface: "eth0"),
      NextHop(gateway: IPv4Address(10, 0, 0, 2), interface: "eth1", weight: 2),
    ]
    #expect(
      TableEntry.route(multipath).text
        == "10.0.0.0/8 nexthop via 10.0.0.1 dev eth0 weight 1 nexthop via 10.0.0.2 dev eth1 weight 2")
  }
}

import ControlPlane
import NetModel
import Testing

@testable import Importing

/// An edited lab is saved as a lab file that opens in the same state.
@Suite struct SavedLabTests {
  private static let router = StackID.host(NodeID("router"))
  private static let pod = StackID.pod(PodID(namespace: "default", name: "curl-pod"))

  static let edits: [Edit] = [
    .addRoute(
      Route(
        destination: IPv4Prefix(IPv4Address(172, 20, 2, 0), length: 24), metric: 7,
        nextHops: [NextHop(gateway: IPv4Address(192, 168, 20, 100), interface: "eth2")]), on: router),
    .insertRoute(
      Route(
        destination: IPv4Prefix(IPv4Address(172, 20, 3, 0), length: 24),
        nextHops: [NextHop(gateway: IPv4Address(192, 168, 20, 100), interface: "eth2", flags: .onLink)]),
      atEnd: true, on: router),
    .deleteRoute(RouteSelector(destination: IPv4Prefix(IPv4Address(10, 10, 1, 0), length: 24)), on: router),
    .setNeighbor(
      Neighbor(
        address: IPv4Address(192, 168, 20, 7), interface: "eth2", mac: MACAddress(rawValue: 0x0200_0000_0001),
        state: .permanent), on: router),
    .addAddress(
      Interface.Address(local: IPv4InterfaceAddress(IPv4Address(192, 168, 20, 9), length: 24), label: "eth2"),
      to: InterfaceID(router, "eth2")),
    .setMTU(InterfaceID(router, "eth1"), bytes: 1400),
    .setLink(InterfaceID(router, "loop1"), isUp: false),
    .setSysctl("net.ipv4.ip_forward", value: 0, on: router),
    .setMTU(InterfaceID(pod, "eth0"), bytes: 1300),
    .scale(WorkloadID(.deployment, namespace: "default", name: "webpod"), replicas: 2),
    .setHelmValues(CiliumSettings.RoutingMode.tunnel(.geneve).helmSettings, restart: .all),
    .addRoute(
      Route(
        destination: IPv4Prefix(IPv4Address(10, 50, 0, 0), length: 16), tos: 16,
        nextHops: [
          NextHop(gateway: IPv4Address(192, 168, 20, 100), interface: "eth2", weight: 3),
          NextHop(gateway: IPv4Address(192, 168, 10, 100), interface: "eth1"),
        ]), on: router),
    .addRule(rule, on: router), .addRule(rule, on: pod), .deleteRule(RoutingRule.initial[2], on: router),
    .deleteAddress(
      AddressSelector(
        address: IPv4Address(10, 10, 1, 200),
        subnet: IPv4InterfaceAddress(IPv4Address(10, 10, 1, 200), length: 24)),
      from: InterfaceID(router, "loop1")),
    .changeObject(
      .create(
        .fields([
          "apiVersion": "cilium.io/v2", "kind": "CiliumLoadBalancerIPPool",
          "metadata": .fields(["name": "pool-two"]),
          "spec": .fields(["blocks": [.fields(["cidr": "192.168.10.240/28"])]]),
        ]), namespace: "default")),
    .changeObject(
      .patch(
        service, namespace: nil, name: "webpod",
        .fields([
          "metadata": .fields(["annotations": .fields(["note": "two\nlines: \"quoted\", 한글"])]),
          "spec": .fields(["type": "LoadBalancer"]),
        ]), .merge, subresource: nil)),
    .changeObject(.delete(service, namespace: "default", name: "webpod")),
    .setRelease(HelmValues(CiliumSettings.RoutingMode.tunnel(.vxlan).helmSettings)), .rollBackHelm(to: 1),
    .setWireLimit(WireID("subnet2"), bytes: 1400), .setWireLimit(WireID("subnet2"), bytes: nil),
    .setPortFilter(WireID("subnet2"), port: 8472, isBlocked: true),
    .restartAgents(.node(NodeID("k8s-w0"))), .beginAgentRestart(NodeID("k8s-w0")),
    .setPower(NodeID("k8s-w1"), isOn: false), .reboot(NodeID("k8s-w0"), isClean: false),
    .learnNeighbors([
      LearnedNeighbor(
        Neighbor(
          address: IPv4Address(192, 168, 20, 8), interface: "eth2",
          mac: MACAddress(rawValue: 0x0200_0000_0002), state: .stale), on: router)
    ]),
  ]

  private static let rule: RoutingRule = {
    var selector = RoutingRule.Selector()
    selector.isInverted = true
    selector.source = IPv4Prefix(IPv4Address(172, 20, 0, 0), length: 24)
    selector.mark = 0x200
    selector.markMask = 0xf00
    selector.tos = 16
    selector.ipProtocol = 6
    selector.destinationPorts = 80...90
    selector.inputInterface = "eth1"
    return RoutingRule(priority: 7, selector: selector, action: .lookup(TableID(100)))
  }()

  private static let service = APIResource(
    kind: "Service", plural: "services", singular: "service", shortNames: ["svc"], categories: ["all"])

  /// The network after each edit, a minute apart, and what a file makes of it; `rests`: everything comes to rest
  /// before the next.
  private func bothWays(_ edits: [Edit], rests: Bool) throws -> (edited: Network, opened: Network) {
    var network = try Lab.builtIn("cilium-week4").network(chapter: "webpod")
    var past: [PastEdit] = []
    for edit in edits {
      let instant = Instant(nanoseconds: network.now.nanoseconds + 60_000_000_000)
      try network.apply(edit, at: instant)
      past.append(PastEdit(edit, at: instant))
      if rests { network.comeToRest() }
    }
    let beginning = LabBeginning(lab: "cilium-week4", chapter: "webpod")
    let saved = try #require(SavedLab(past, from: beginning, to: network))
    return (network, try Lab(yaml: saved.yaml, file: "saved.yaml").network())
  }

  @Test(arguments: edits, [true, false]) func everyEditComesBack(edit: Edit, rests: Bool) throws {
    let (edited, opened) = try bothWays([edit], rests: rests)
    #expect(opened.snapshot().isSame(as: edited.snapshot()))
    #expect(opened.documents == edited.documents)
    #expect(opened.now == edited.now)
  }

  @Test(arguments: [true, false]) func allOfThemTogether(rests: Bool) throws {
    let (edited, opened) = try bothWays(Self.edits, rests: rests)
    #expect(opened.snapshot().isSame(as: edited.snapshot()))
    #expect(opened.documents == edited.documents)
  }

  @Test func nothingChangedIsTheSameLab() throws {
    let (edited, opened) = try bothWays([], rests: true)
    #expect(opened.snapshot().isSame(as: edited.snapshot()))
  }

  /// A saved lab that is edited further and saved again stands by itself: its file may take the first one's place.
  @Test func aSavedLabIsSavedAgainFromTheSameBeginning() throws {
    let beginning = LabBeginning(lab: "cilium-week4", chapter: "webpod", seed: 7)
    let network = try Lab.builtIn("cilium-week4", seed: 7).network(chapter: "webpod")
    let first = PastEdit(Self.edits[0], at: .start)
    let once = try #require(SavedLab([first], from: beginning, to: network))
    let lab = try Lab(yaml: once.yaml, file: "once.yaml")
    let again = lab.beginning(named: "once.yaml", chapter: SavedLab.chapterName, seed: nil)
    #expect(again == LabBeginning(lab: "cilium-week4", chapter: "webpod", seed: 7, edits: [first]))
    let twice = try #require(SavedLab([PastEdit(Self.edits[2], at: .start)], from: again, to: network))
    var expected = network
    for edit in [Self.edits[0], Self.edits[2]] { try expected.apply(edit, at: .start) }
    #expect(
      try Lab(yaml: twice.yaml, file: "twice.yaml").network().snapshot().isSame(as: expected.snapshot()))
  }

  @Test func anUnknownBaseIsToldWithItsPlace() throws {
    let network = Network(name: "x", wires: [], machines: [])
    let beginning = LabBeginning(lab: "nowhere", chapter: "webpod")
    let saved = try #require(SavedLab([], from: beginning, to: network))
    #expect(throws: LabErrors.self) { try Lab(yaml: saved.yaml, file: "saved.yaml") }
  }
}

extension Snapshot {
  /// Equal but for how many edits it took.
  fileprivate func isSame(as other: Snapshot) -> Bool {
    var (mine, theirs) = (self, other)
    (mine.revision, theirs.revision) = (0, 0)
    return mine == theirs
  }
}

extension Network {
  /// What the API server shows.
  fileprivate var documents: [JSONValue] {
    apiResources.flatMap { apiList($0, namespace: nil, at: now) }
  }
}

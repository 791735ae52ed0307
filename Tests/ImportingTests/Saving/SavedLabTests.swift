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
    .setPower(NodeID("k8s-w1"), isOn: false),
  ]

  private func opened(_ edits: [Edit]) throws -> Network {
    let saved = try #require(SavedLab(edits, lab: "cilium-week4", chapter: "webpod"))
    return try Lab(yaml: saved.yaml, file: "saved.yaml").network()
  }

  private func edited(_ edits: [Edit]) throws -> Network {
    var network = try Lab.builtIn("cilium-week4").network(chapter: "webpod")
    for edit in edits {
      try network.apply(edit, at: .start)
      network.comeToRest()
    }
    return network
  }

  @Test(arguments: edits) func everyEditComesBack(edit: Edit) throws {
    #expect(try opened([edit]).snapshot().isSame(as: try edited([edit]).snapshot()))
  }

  @Test func allOfThemTogether() throws {
    #expect(try opened(Self.edits).snapshot().isSame(as: try edited(Self.edits).snapshot()))
  }

  @Test func nothingChangedIsTheSameLab() throws {
    #expect(try opened([]).snapshot().isSame(as: try edited([]).snapshot()))
  }

  @Test func anUnknownBaseIsToldWithItsPlace() throws {
    let saved = try #require(SavedLab([], lab: "nowhere", chapter: "webpod"))
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

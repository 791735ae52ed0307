import ControlPlane
import NetModel
import PacketTrace
import Testing

@Suite struct FixSearchTests {
  private func fixes(_ lab: TestLab, _ source: String, _ destination: String) throws -> [Fix] {
    let request = FlowRequest(source: source, destination: destination)
    return lab.network.fixes(for: try lab.network.snapshot().flow(request).flow)
  }

  @Test func theGuidesFailureIsMendedByRoutesOnTheRouterOrByATunnel() throws {
    let fixes = try fixes(try TestLab(mode: .native), "curl-pod", "172.20.2.33")
    let router = StackID.host(NodeID("router"))
    let there = Route(
      destination: IPv4Prefix(IPv4Address(172, 20, 2, 0), length: 24),
      nextHops: [NextHop(gateway: IPv4Address(192, 168, 20, 100), interface: "eth2")])
    let back = Route(
      destination: IPv4Prefix(IPv4Address(172, 20, 0, 0), length: 24),
      nextHops: [NextHop(gateway: IPv4Address(192, 168, 10, 100), interface: "eth1")])
    #expect(fixes.first?.edits == [.addRoute(there, on: router), .addRoute(back, on: router)])
    #expect(fixes.contains { $0.edits == CiliumSettings.RoutingMode.tunnel(.vxlan).edits })
    #expect(fixes.allSatisfy { $0.paths.allSatisfy(\.deliversRoundTrip) })
  }

  @Test func nothingIsMendedWhereNothingIsBroken() throws {
    let fixes = try fixes(try TestLab(mode: .tunnel(.vxlan)), "curl-pod", "172.20.2.33")
    #expect(fixes.isEmpty)
  }

  @Test(arguments: [
    Edit.setLink(InterfaceID(.host(NodeID("k8s-w1")), "eth1"), isUp: false),
    .setSysctl("net.ipv4.ip_forward", value: 0, on: .host(NodeID("router"))),
  ])
  func oneEditIsUndoneByOne(breaking: Edit) throws {
    var lab = try TestLab(mode: .tunnel(.vxlan))
    try lab.apply(breaking)
    let target = breaking.isAboutLink ? "172.20.1.108" : "172.20.2.33"
    let first = try fixes(lab, "curl-pod", target).first
    #expect(first?.edits.count == 1)
  }
}

extension Edit {
  fileprivate var isAboutLink: Bool {
    if case .setLink = self { true } else { false }
  }
}

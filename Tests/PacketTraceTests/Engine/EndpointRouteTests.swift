import ControlPlane
import NetModel
import PacketTrace
import Testing

/// A route for each pod in place of one for the pod CIDR (`endpointRoutes.enabled`).
@Suite struct EndpointRouteTests {
  private func lab(isLegacy: Bool) throws -> TestLab {
    try TestLab(
      mode: .native,
      helm: [
        HelmSetting(path: "endpointRoutes.enabled", value: .bool(true)),
        HelmSetting(path: "bpf.hostLegacyRouting", value: .bool(isLegacy)),
      ])
  }

  struct Case {
    let from: String
    let to: String
    let isLegacy: Bool
    /// The program that asks for policy at the end.
    let program: Step.Hook
    let ttl: UInt8
  }

  /// The programs leave the TTL to the kernel, which lowers it where it forwards.
  @Test(arguments: [
    Case(from: "k8s-ctr", to: "webpod@k8s-ctr", isLegacy: false, program: .toContainer, ttl: 64),
    Case(from: "curl-pod", to: "webpod@k8s-ctr", isLegacy: false, program: .policyProgram, ttl: 63),
    Case(from: "curl-pod", to: "webpod@k8s-ctr", isLegacy: true, program: .toContainer, ttl: 63),
    Case(from: "curl-pod", to: "webpod@k8s-w1", isLegacy: true, program: .toContainer, ttl: 62),
    Case(from: "curl-pod", to: "webpod@k8s-w1", isLegacy: false, program: .policyProgram, ttl: 62),
  ])
  func thePacketArrives(test: Case) throws {
    let path = try lab(isLegacy: test.isLegacy).ping(test.from, test.to)
    #expect(path.deliversRoundTrip)
    let hop = try #require(path.hops.last)
    #expect(hop.ttlOnDeparture == test.ttl)
    let verdict = try #require(hop.steps.last { $0.kind == .policyVerdict })
    #expect(verdict.hook == test.program)
  }

  @Test func thePodsOwnNodeIsReachedWithoutLoss() throws {
    #expect(try lab(isLegacy: false).ping("curl-pod", "k8s-ctr").hops.first?.ttlOnDeparture == 64)
  }

  /// Without the setting there is no program on the veth's way in: a route by hand goes past policy.
  @Test func aRouteByHandMeetsNoProgram() throws {
    var lab = try TestLab(mode: .native)
    let route = Route(
      destination: .host(IPv4Address(172, 20, 0, 121)), scope: .link,
      nextHops: [NextHop(interface: "lxccab88d2aa1c1")])
    try lab.apply(.addRoute(route, on: .host(NodeID("k8s-ctr"))))
    let path = try lab.ping("k8s-ctr", "webpod@k8s-ctr")
    #expect(path.outcome.disposition == .delivered)
    #expect(!path.hops.flatMap(\.steps).contains { $0.kind == .policyVerdict })
  }
}

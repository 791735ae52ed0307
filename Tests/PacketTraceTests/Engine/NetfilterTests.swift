import ControlPlane
import NetModel
import PacketTrace
import Testing

/// Agents that leave masquerading to iptables, or Services to kube-proxy.
@Suite struct NetfilterTests {
  private func lab(
    _ mode: CiliumSettings.RoutingMode, replacesKubeProxy: Bool = true
  ) throws -> TestLab {
    let helm = [
      HelmSetting(path: "installNoConntrackIptablesRules", value: .bool(false)),
      HelmSetting(path: "bpf.masquerade", value: .bool(false)),
      HelmSetting(path: "kubeProxyReplacement", value: .bool(replacesKubeProxy)),
    ]
    return try TestLab(mode: mode, helm: helm)
  }

  private func path(_ lab: TestLab, to destination: String) throws -> Path {
    let request = FlowRequest(source: "curl-pod", destination: destination, content: .icmp)
    return try #require(try lab.walk(request).paths.first)
  }

  struct Case {
    let to: String
    let isNative: Bool
    let seen: String
  }

  /// The chain leaves the native CIDR alone, and with native routing the other nodes.
  @Test(arguments: [
    Case(to: "10.10.1.200", isNative: true, seen: "192.168.10.100"),
    Case(to: "10.10.1.200", isNative: false, seen: "192.168.10.100"),
    Case(to: "k8s-w1", isNative: true, seen: "172.20.0.88"),
    Case(to: "k8s-w1", isNative: false, seen: "192.168.10.100"),
    Case(to: "172.20.1.108", isNative: true, seen: "172.20.0.88"),
  ])
  func theKernelMasquerades(test: Case) throws {
    let path = try path(try lab(test.isNative ? .native : .tunnel(.vxlan)), to: test.to)
    #expect(path.deliversRoundTrip)
    #expect(path.hops.last?.steps.last?.after.innerIP?.source == IPv4Address(parsing: test.seen))
    let steps = try #require(path.hops.first).steps
    let place = try #require(steps.firstIndex { $0.hook == .postRouting })
    #expect(steps[place + 1].kind == .neighborLookup)
    let isTranslated = test.seen != "172.20.0.88"
    let restored = try #require(path.reply).hops.flatMap(\.steps).filter { $0.hook == .preRouting }
    #expect(restored.map(\.kind) == (isTranslated ? [.reverseTranslation] : []))
  }

  @Test func aTunnelledPacketIsNoneOfIt() throws {
    let path = try path(try lab(.tunnel(.vxlan)), to: "172.20.1.108")
    #expect(path.deliversRoundTrip)
    #expect(!path.hops.flatMap(\.steps).contains { $0.hook == .postRouting })
  }

  @Test(arguments: [
    ("k8s-ctr", "webpod", "k8s-ctr"), ("router", "192.168.10.100:30080", "k8s-ctr"),
  ])
  func whatKubeProxyServesIsNotKnown(from: String, to: String, node: String) throws {
    let lab = try lab(.native, replacesKubeProxy: false)
    let path = try #require(try lab.walk(FlowRequest(source: from, destination: to)).paths.first)
    #expect(path.outcome.disposition == .undecided)
    #expect(path.outcome.node == NodeID(node))
  }

  /// The programs of node ports are not there.
  @Test func besideKubeProxyTheDevicesProgramsAskNoService() throws {
    let lab = try lab(.tunnel(.vxlan), replacesKubeProxy: false)
    let path = try #require(
      try lab.walk(FlowRequest(source: "curl-pod", destination: "172.20.1.108")).paths.first)
    #expect(path.deliversRoundTrip)
    let steps = path.hops.flatMap(\.steps)
    #expect(!steps.contains { $0.hook == .toNetdev || $0.hook == .toOverlay })
    #expect(!steps.contains { $0.kind == .serviceLookup && $0.hook != .fromContainer })
  }

  @Test func podsAreServedByBPFAllTheSame() throws {
    let lab = try lab(.native, replacesKubeProxy: false)
    let walk = try lab.walk(FlowRequest(source: "curl-pod", destination: "webpod"))
    #expect(walk.paths.first?.deliversRoundTrip == true)
  }
}

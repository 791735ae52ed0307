import ControlPlane
import NetModel
import PacketTrace
import Testing

/// Services as BPF translates them at a pod's veth, where the socket layer leaves pods alone.
@Suite struct PerPacketServiceTests {
  private let virtual = IPv4Address(10, 96, 189, 34)

  private func lab(_ mode: CiliumSettings.RoutingMode = .native, helm: [(String, String)] = []) throws
    -> TestLab
  {
    let settings = [("socketLB.hostNamespaceOnly", "true")] + helm
    return try TestLab(
      mode: mode, helm: settings.map { HelmSetting(path: $0.0, value: HelmValue(parsing: $0.1)) })
  }

  private func path(_ lab: TestLab, _ request: FlowRequest) throws -> Path {
    try #require(try lab.walk(request).paths.first)
  }

  @Test(arguments: [CiliumSettings.RoutingMode.native, .tunnel(.vxlan)])
  func aPodThatChoosesItselfSeesAnotherSource(mode: CiliumSettings.RoutingMode) throws {
    let request = FlowRequest(source: "webpod@k8s-ctr", destination: "webpod", backend: "172.20.0.121")
    let path = try path(try lab(mode), request)
    #expect(path.deliversRoundTrip)
    let loopback = IPv4Address(169, 254, 42, 1)
    #expect(path.hops.last?.steps.last?.after.innerIP?.source == loopback)
    #expect(path.hops.map(\.node.name) == ["k8s-ctr"])
    let kinds = path.hops.flatMap(\.steps).map(\.kind)
    #expect(!kinds.contains(.policyVerdict))
    let answered = try #require(path.reply?.hops.last?.steps.last?.after.innerIP)
    #expect(answered.source == virtual)
    #expect(answered.destination == IPv4Address(172, 20, 0, 121))
  }

  @Test func nobodyBehindAServiceIsAnsweredAtTheVeth() throws {
    var lab = try lab()
    try lab.apply(.scale(WorkloadID(.deployment, namespace: "default", name: "webpod"), replicas: 0))
    let path = try path(lab, FlowRequest(source: "curl-pod", destination: "webpod"))
    #expect(path.outcome.reason == .noServiceBackend)
    let told = try #require(path.reply?.hops.last?.steps.last)
    #expect(told.stack == .pod(PodID(namespace: "default", name: "curl-pod")))
    #expect(told.after.icmp?.message == .destinationUnreachable(.port))
    #expect(told.after.innerIP?.source == virtual)
    #expect(path.reply?.hops.map(\.node.name) == ["k8s-ctr"])
  }

  @Test func itMayBeDroppedInstead() throws {
    var lab = try lab(helm: [("loadBalancer.serviceNoBackendResponse", "drop")])
    try lab.apply(.scale(WorkloadID(.deployment, namespace: "default", name: "webpod"), replicas: 0))
    let path = try path(lab, FlowRequest(source: "curl-pod", destination: "webpod"))
    #expect(path.outcome.code == 158)
    #expect(path.reply == nil)
  }

  /// Cilium compiles pods' programs for a random choice, whatever the algorithm.
  @Test func maglevIsForClientsOutside() throws {
    let lab = try lab(helm: [("loadBalancer.algorithm", "maglev")])
    let path = try path(lab, FlowRequest(source: "curl-pod", destination: "webpod"))
    let lookups = path.hops.flatMap(\.steps).compactMap { step -> ServiceLookup? in
      if case .service(let lookup) = step.evidence { lookup } else { nil }
    }
    #expect(!lookups.isEmpty)
    #expect(lookups.allSatisfy { $0.maglev == nil })
  }

  /// An echo request is no Service's, with or without the socket layer.
  @Test func anEchoRequestToAServiceLeavesTheCluster() throws {
    let path = try path(lab(), FlowRequest(source: "curl-pod", destination: "webpod", content: .icmp))
    #expect(path.outcome.disposition == .exitsNetwork)
    #expect(!path.hops.flatMap(\.steps).contains { $0.kind == .serviceLookup })
  }
}

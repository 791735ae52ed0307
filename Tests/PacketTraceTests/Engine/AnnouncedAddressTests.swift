import ControlPlane
import Importing
import NetModel
import PacketTrace
import Testing

/// Packets from outside to the address of a LoadBalancer Service, and what becomes of them without a leader.
@Suite struct AnnouncedAddressTests {
  private func path(_ lab: TestLab, to destination: String = "192.168.10.211") throws -> Path {
    try #require(try lab.walk(FlowRequest(source: "router", destination: destination)).paths.first)
  }

  private func answers(_ path: Path) -> [NeighborEvidence.Answer] {
    path.hops.flatMap(\.steps).compactMap { step in
      if case .neighbor(let evidence) = step.evidence { evidence.answer } else { nil }
    }
  }

  @Test func withoutALeaderNobodyAnswers() throws {
    let outcome = try path(TestLab(chapter: "lb-ipam")).outcome
    #expect(outcome.disposition == .neighborUnreachable)
    #expect(outcome.reason == .noARPAnswer)
    #expect(outcome.node == NodeID("router"))
  }

  @Test(arguments: [("l2", "k8s-w1"), ("failover", "k8s-ctr")])
  func theLeaderAnswersAndTakesThePacket(chapter: String, leader: String) throws {
    let lab = try TestLab(chapter: chapter)
    let path = try path(lab)
    #expect(path.outcome.disposition == .delivered)
    #expect(path.hops.dropFirst().first?.node == NodeID(leader))
    let interface = InterfaceID(.host(NodeID(leader)), "eth1")
    guard case .resolved(_, let reply, .announcer(interface)) = try #require(answers(path).first) else {
      Issue.record("\(answers(path))")
      return
    }
    #expect(reply.senderMAC == lab.network.snapshot().stack(interface.stack)?.interface(named: "eth1")?.mac)
  }

  /// `externalTrafficPolicy: Local` is not taken into account when a leader is chosen.
  @Test func aLeaderWithoutLocalBackendsServesNobody() throws {
    var lab = try TestLab(chapter: "l2")
    try lab.create(
      """
      {"kind": "Service", "apiVersion": "v1", "metadata": {"name": "webpod", "labels": {"app": "webpod"}},
       "spec": {"type": "LoadBalancer", "externalTrafficPolicy": "Local", "selector": {"app": "webpod"},
                "ports": [{"port": 80}]}}
      """, replacing: true)
    try lab.apply(.scale(WorkloadID(.deployment, namespace: "default", name: "webpod"), replicas: 1))
    let pods = lab.network.snapshot().pods.filter { $0.workload == "webpod" }
    #expect(pods.map(\.node) == [NodeID("k8s-ctr")])
    let path = try path(lab)
    #expect(path.outcome.disposition != .delivered)
    #expect(path.hops.map(\.node) == [NodeID("router"), NodeID("k8s-w1")])
  }

  @Test func aLeaderInTheWrongSubnetAnswersNobody() throws {
    var lab = try TestLab(chapter: "lb-ipam")
    let on = HelmSetting(path: "l2announcements.enabled", value: .bool(true))
    try lab.apply(.setHelmValues([on], restart: .all))
    try lab.create(
      """
      {"apiVersion": "cilium.io/v2alpha1", "kind": "CiliumL2AnnouncementPolicy", "metadata": {"name": "far"},
       "spec": {"loadBalancerIPs": true, "nodeSelector": {"matchLabels": {"kubernetes.io/hostname": "k8s-w0"}}}}
      """)
    #expect(lab.network.snapshot().datapath(on: NodeID("k8s-w0"))?.l2Announcements.isEmpty == false)
    #expect(try path(lab).outcome.disposition == .neighborUnreachable)
  }

  /// Natively routed, the guide's packets for k8s-w0 left the router by its default route; with the nodes' routes
  /// in its table they arrive, and so do the answers.
  @Test func podRoutesOfBGPMendTheNativeFailure() throws {
    var lab = try TestLab(chapter: "webpod")
    #expect(try lab.ping("curl-pod", "172.20.2.33").outcome.disposition == .exitsNetwork)
    let on = HelmSetting(path: "bgpControlPlane.enabled", value: .bool(true))
    try lab.apply(.setHelmValues([on], restart: .all))
    for document in AnnouncedAddressTests.bgp { try lab.create(document) }
    let path = try lab.ping("curl-pod", "172.20.2.33")
    #expect(path.outcome.disposition == .delivered)
    #expect(path.reply?.outcome.disposition == .delivered)
    #expect(path.hops.map(\.node) == ["k8s-ctr", "router", "k8s-w0"].map { NodeID($0) })
    let routes = lab.network.snapshot().stack(.host(NodeID("router")))?.routes.routes(in: .main) ?? []
    let learned = routes.filter { $0.protocol == .bgp }
    #expect(learned.map(\.destination.description) == ["172.20.0.0/24", "172.20.1.0/24", "172.20.2.0/24"])
    #expect(learned.allSatisfy { $0.metric == 20 })
  }

  private static let bgp = [
    """
    {"apiVersion": "cilium.io/v2", "kind": "CiliumBGPAdvertisement",
     "metadata": {"name": "pods", "labels": {"advertise": "bgp"}},
     "spec": {"advertisements": [{"advertisementType": "PodCIDR"}]}}
    """,
    """
    {"apiVersion": "cilium.io/v2", "kind": "CiliumBGPPeerConfig", "metadata": {"name": "peer"},
     "spec": {"families": [{"afi": "ipv4", "safi": "unicast",
                            "advertisements": {"matchLabels": {"advertise": "bgp"}}}]}}
    """,
    """
    {"apiVersion": "cilium.io/v2", "kind": "CiliumBGPClusterConfig", "metadata": {"name": "bgp"},
     "spec": {"bgpInstances": [{"name": "i", "localASN": 65001, "peers": [
       {"name": "router", "peerASN": 65000, "peerAddress": "192.168.10.200", "peerConfigRef": {"name": "peer"}}]}]}}
    """,
  ]
}

extension TestLab {
  fileprivate mutating func create(_ text: String, replacing: Bool = false) throws {
    for document in try ManifestDocuments(text).values {
      let change: APIChange =
        replacing ? .replace(document, namespace: "default") : .create(document, namespace: "default")
      try apply(.changeObject(change))
    }
  }
}

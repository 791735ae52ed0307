import ControlPlane
import Importing
import NetModel
import PacketTrace
import Testing

/// Policies in the recorded lab, as packets meet them.
@Suite struct PolicyWalkTests {
  private static let native = CiliumSettings.RoutingMode.native
  private static let vxlan = CiliumSettings.RoutingMode.tunnel(.vxlan)
  private static let webOnCtr = "172.20.0.121"
  private static let webOnW1 = "172.20.1.108"

  private func lab(
    _ mode: CiliumSettings.RoutingMode = native, _ policies: String...
  ) throws -> TestLab {
    var lab = try TestLab(mode: mode)
    for yaml in policies {
      for placed in try PolicyDocuments(yaml: yaml, file: "policy.yaml").policies {
        try lab.apply(.create([.policy(placed.policy)]))
      }
    }
    return lab
  }

  private static func ingress(_ rules: String, namespace: String = "default", name: String = "web") -> String
  {
    """
    kind: CiliumNetworkPolicy
    metadata: {name: \(name), namespace: \(namespace)}
    spec:
      endpointSelector: {matchLabels: {app: webpod}}
      ingress: \(rules)
    """
  }

  private static let denyAll = """
    kind: NetworkPolicy
    metadata: {name: deny-all}
    spec: {podSelector: {matchLabels: {app: webpod}}, policyTypes: [Ingress]}
    """
  private static let denyEgress = """
    kind: NetworkPolicy
    metadata: {name: no-egress}
    spec: {podSelector: {matchLabels: {app: curl}}, policyTypes: [Egress]}
    """

  private func path(_ lab: TestLab, from source: String = "curl-pod", to destination: String) throws -> Path {
    try #require(try lab.walk(FlowRequest(source: source, destination: destination)).paths.first)
  }

  @Test(arguments: [(native, webOnCtr), (native, webOnW1), (vxlan, webOnCtr), (vxlan, webOnW1)])
  func ingressIsDeniedAtTheDestination(mode: CiliumSettings.RoutingMode, target: String) throws {
    let path = try path(try lab(mode, PolicyWalkTests.denyAll), to: target)
    #expect(path.outcome.disposition == .denied && path.outcome.reason == .policyDenied)
    #expect(path.outcome.code == 133)
    #expect(path.outcome.node.name == (target == PolicyWalkTests.webOnCtr ? "k8s-ctr" : "k8s-w1"))
    #expect(path.reply == nil)
    let last = try #require(path.hops.last?.steps.suffix(2).first)
    #expect(last.hook == .policyProgram && last.kind == .policyVerdict)
  }

  @Test func egressIsDeniedAtTheSource() throws {
    let path = try path(
      try lab(PolicyWalkTests.native, PolicyWalkTests.denyEgress), to: PolicyWalkTests.webOnW1)
    #expect(path.outcome.disposition == .denied && path.outcome.code == 133)
    #expect(path.hops.map(\.node.name) == ["k8s-ctr"])
    #expect(path.hops[0].steps.last?.hook == .fromContainer)
    #expect(path.hops[0].departure == nil && path.hops[0].ttlOnDeparture == nil)
  }

  @Test func egressIsJudgedAfterTheServiceIsTranslated() throws {
    let policy = """
      kind: CiliumNetworkPolicy
      metadata: {name: to-web}
      spec:
        endpointSelector: {matchLabels: {app: curl}}
        egress: [{toEndpoints: [{matchLabels: {app: webpod}}], toPorts: [{ports: [{port: "80"}]}]}]
      """
    let lab = try lab(PolicyWalkTests.vxlan, policy)
    let paths = try lab.walk(FlowRequest(source: "curl-pod", destination: "webpod")).paths
    #expect(paths.count == 3 && paths.allSatisfy(\.deliversRoundTrip))
    #expect(try path(lab, to: "172.20.1.12").outcome.disposition == .denied)
  }

  @Test func answersPassWhateverPoliciesSay() throws {
    let lab = try lab(
      PolicyWalkTests.vxlan, PolicyWalkTests.ingress("[{fromEndpoints: [{matchLabels: {app: curl}}]}]"),
      """
      kind: NetworkPolicy
      metadata: {name: silent}
      spec: {podSelector: {matchLabels: {app: webpod}}, policyTypes: [Egress]}
      """)
    #expect(try path(lab, to: PolicyWalkTests.webOnW1).deliversRoundTrip)
    let outwards = try path(lab, from: "webpod@k8s-w1", to: "172.20.0.88")
    #expect(outwards.outcome.disposition == .denied && outwards.outcome.node.name == "k8s-w1")
  }

  @Test func denylistHasItsOwnCode() throws {
    let policy = """
      kind: CiliumNetworkPolicy
      metadata: {name: no-curl}
      spec:
        endpointSelector: {matchLabels: {app: webpod}}
        ingress: [{fromEntities: [all]}]
        ingressDeny: [{fromEndpoints: [{matchLabels: {app: curl}}]}]
      """
    let path = try path(try lab(PolicyWalkTests.native, policy), to: PolicyWalkTests.webOnW1)
    #expect(path.outcome.reason == .policyDeniedByDenylist && path.outcome.code == 181)
    #expect(path.outcome.disposition == .denied)
  }

  @Test func pingNeedsItsOwnRule() throws {
    let portsAlone = PolicyWalkTests.ingress(#"[{fromEntities: [all], toPorts: [{ports: [{port: "80"}]}]}]"#)
    let lab = try lab(PolicyWalkTests.native, portsAlone)
    #expect(try path(lab, to: PolicyWalkTests.webOnW1).deliversRoundTrip)
    #expect(try lab.ping("curl-pod", PolicyWalkTests.webOnW1).outcome.disposition == .denied)
    var both = lab
    let icmp = PolicyWalkTests.ingress("[{icmps: [{fields: [{type: EchoRequest}]}]}]", name: "ping")
    let placed = try PolicyDocuments(yaml: icmp, file: "ping.yaml").policies
    try both.apply(.create(placed.map { .policy($0.policy) }))
    #expect(try both.ping("curl-pod", PolicyWalkTests.webOnW1).deliversRoundTrip)
  }

  @Test(arguments: [native, vxlan])
  func theHostReachesItsOwnPodsAlone(mode: CiliumSettings.RoutingMode) throws {
    let lab = try lab(mode, PolicyWalkTests.denyAll)
    #expect(try path(lab, from: "k8s-ctr", to: PolicyWalkTests.webOnCtr).deliversRoundTrip)
    #expect(try path(lab, from: "k8s-w1", to: PolicyWalkTests.webOnCtr).outcome.disposition == .denied)
  }

  /// A client outside is the world to a backend on the node it asks; what a node sends on for it is that node's
  /// in native mode, and the world's in a tunnel.
  @Test(arguments: [
    (native, webOnCtr, "world", true), (native, webOnCtr, "remote-node", false),
    (native, webOnW1, "world", false), (native, webOnW1, "kube-apiserver", true),
    (native, webOnW1, "remote-node", true), (vxlan, webOnCtr, "world", true),
    (vxlan, webOnW1, "world", true), (vxlan, webOnW1, "remote-node", false),
  ])
  func theWorldFromOutside(
    mode: CiliumSettings.RoutingMode, backend: String, entity: String, isAdmitted: Bool
  ) throws {
    var lab = try lab(mode, PolicyWalkTests.ingress("[{fromEntities: [\(entity)]}]"))
    let service = Service(
      id: ServiceID(namespace: "default", name: "outside"), type: .nodePort,
      selector: Labels([("app", "webpod")]), ports: [Service.Port(number: 80, nodePort: 30080)])
    try lab.apply(.create([.service(service)]))
    let request = FlowRequest(source: "router", destination: "192.168.10.100:30080", backend: backend)
    let path = try #require(try lab.walk(request).paths.first)
    #expect(path.outcome.disposition == (isAdmitted ? .delivered : .denied))
  }

  @Test func addressesOutsideGetIdentitiesOfTheirOwn() throws {
    let policy = """
      kind: NetworkPolicy
      metadata: {name: to-router}
      spec:
        podSelector: {matchLabels: {app: curl}}
        policyTypes: [Egress]
        egress: [{to: [{ipBlock: {cidr: 10.10.0.0/16, except: [10.10.2.0/24]}}]}]
      """
    let lab = try lab(PolicyWalkTests.native, policy)
    let datapath = try #require(lab.network.snapshot().datapath(on: NodeID("k8s-ctr")))
    let made = datapath.ipcache.filter { $0.identity.number >= 1 << 24 }
    #expect(made.map(\.prefix.description) == ["10.10.0.0/16", "10.10.2.0/24"])
    #expect(made.map(\.identity.number) == [16_777_217, 16_777_218])
    #expect(try lab.ping("curl-pod", "10.10.1.200").outcome.disposition == .delivered)
    #expect(try lab.ping("curl-pod", "10.10.2.200").outcome.disposition == .denied)
    #expect(try lab.ping("curl-pod", "192.168.10.200").outcome.disposition == .denied)
  }

  @Test func identitiesOfPrefixesKeepTheirNumbers() throws {
    func policy(_ name: String, _ cidr: String) -> String {
      """
      kind: CiliumNetworkPolicy
      metadata: {name: \(name)}
      spec: {endpointSelector: {}, egress: [{toCIDR: [\(cidr)]}]}
      """
    }
    var lab = try lab(PolicyWalkTests.native, policy("a", "10.1.0.0/16"), policy("b", "10.0.0.0/16"))
    func numbers() -> [UInt32?] {
      ["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16"].map { text in
        IPv4Prefix(parsing: text).flatMap { lab.network.cluster?.cidrIdentities[$0]?.number }
      }
    }
    #expect(numbers() == [16_777_218, 16_777_217, nil])
    let first = PolicyID(kind: .ciliumNetworkPolicy, namespace: "default", name: "a")
    try lab.apply(.delete(.policy(first)))
    let third = try PolicyDocuments(yaml: policy("c", "10.2.0.0/16"), file: "c.yaml").policies
    try lab.apply(.create(third.map { .policy($0.policy) }))
    #expect(numbers() == [16_777_218, nil, 16_777_219])
  }

  @Test func anEditReplacesAndDeletes() throws {
    var lab = try lab(PolicyWalkTests.native, PolicyWalkTests.ingress("[{}]"))
    #expect(try path(lab, to: PolicyWalkTests.webOnW1).outcome.disposition == .denied)
    let open = try PolicyDocuments(yaml: PolicyWalkTests.ingress("[{fromEntities: [all]}]"), file: "web.yaml")
    let policy = try #require(open.policies.first).policy
    try lab.apply(.replacePolicy(policy))
    #expect(try path(lab, to: PolicyWalkTests.webOnW1).deliversRoundTrip)
    #expect(lab.network.cluster?.policy(policy.id)?.created != .unset)
    try lab.apply(.delete(.policy(policy.id)))
    #expect(lab.network.cluster?.policies == [])
    #expect(throws: EditError.unknownObject(.policy(policy.id))) { try lab.apply(.replacePolicy(policy)) }
  }

  @Test func namespacesByTheirLabels() throws {
    let policy = PolicyWalkTests.ingress(
      #"[{fromEndpoints: [{matchLabels: {"k8s:io.cilium.k8s.namespace.labels.team": blue}}]}]"#)
    var lab = try lab(PolicyWalkTests.native, policy)
    #expect(try path(lab, to: PolicyWalkTests.webOnW1).outcome.disposition == .denied)
    let namespace = Namespace(name: "default", labels: Labels([("team", "blue")]))
    try lab.apply(.create([.namespace(namespace)]))
    #expect(try path(lab, to: PolicyWalkTests.webOnW1).deliversRoundTrip)
  }

  @Test func whatIsNotModelledIsUndecided() throws {
    let policy = PolicyWalkTests.ingress(
      #"[{toPorts: [{ports: [{port: "80", protocol: TCP}], rules: {http: [{method: GET}]}}]}]"#)
    let path = try path(try lab(PolicyWalkTests.native, policy), to: PolicyWalkTests.webOnW1)
    #expect(path.outcome.disposition == .undecided && path.outcome.reason == .notModelled)
    #expect(path.outcome.node.name == "k8s-w1" && path.outcome.code == nil)
  }

  @Test(arguments: [denyAll, denyEgress])
  func aFixIsTheRuleThatIsMissing(policy: String) throws {
    let lab = try lab(PolicyWalkTests.native, policy)
    let request = FlowRequest(source: "curl-pod", destination: PolicyWalkTests.webOnW1)
    let flow = try lab.network.snapshot().flow(request).flow
    let fix = try #require(lab.network.fixes(for: flow).first)
    guard case .changeObject(.create(let manifest, _)) = try #require(fix.edits.first), fix.edits.count == 1
    else {
      Issue.record("\(fix.edits)")
      return
    }
    #expect(manifest["kind"] == "CiliumNetworkPolicy")
  }
}

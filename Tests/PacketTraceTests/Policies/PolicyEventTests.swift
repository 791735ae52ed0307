import ControlPlane
import Importing
import NetModel
import PacketTrace
import Testing

/// What Hubble shows of policies.
@Suite struct PolicyEventTests {
  private func events(
    _ rules: String, of app: String = "webpod", to destination: String
  ) throws -> [FlowEvent] {
    let yaml = """
      kind: CiliumNetworkPolicy
      metadata: {name: web}
      spec: {endpointSelector: {matchLabels: {app: \(app)}}, \(rules)}
      """
    var lab = try TestLab(mode: .native)
    let policies = try PolicyDocuments(yaml: yaml, file: "web.yaml").policies
    try lab.apply(.create(policies.map { .policy($0.policy) }))
    let path = try #require(
      try lab.walk(FlowRequest(source: "curl-pod", destination: destination)).paths.first)
    return path.flowEvents(in: lab.network.snapshot()).filter {
      if case .socket = $0.kind { false } else { true }
    }
  }

  @Test func aDenialIsAVerdictAndADropAtTheDestination() throws {
    let events = try events("ingress: [{}]", to: "172.20.1.108")
    #expect(
      events.map(\.kind) == [
        .trace(.toNetwork), .policyVerdict(.none, .ingress, .denied),
        .dropped(.policyDenied, code: 133),
      ])
    #expect(events.map(\.node.name) == ["k8s-ctr", "k8s-w1", "k8s-w1"])
    #expect(events.map(\.direction) == [.forward, .unknown, .unknown])
    #expect(events[1].source.identity == SecurityIdentity(45966))
  }

  @Test func anEgressDenialLeavesNoForwardLine() throws {
    let events = try events("egress: [{}]", of: "curl", to: "172.20.1.108")
    #expect(
      events.map(\.kind) == [
        .policyVerdict(.none, .egress, .denied), .dropped(.policyDenied, code: 133),
      ])
    #expect(events.map(\.node.name) == ["k8s-ctr", "k8s-ctr"])
  }

  @Test func answersHaveNoVerdict() throws {
    let events = try events("egress: [{}]", to: "172.20.1.108")
    #expect(events.map(\.direction) == [.forward, .forward, .reply, .reply])
  }

  @Test(
    arguments: [
      (#"ingress: [{fromEndpoints: [{}], toPorts: [{ports: [{port: "80", protocol: TCP}]}]}]"#, .l3l4),
      ("ingress: [{fromEndpoints: [{}]}]", .l3Only), ("ingress: [{fromEntities: [all]}]", .all),
      (#"ingress: [{toPorts: [{ports: [{port: "80", protocol: TCP}]}]}]"#, .l4Only),
      (#"ingress: [{toPorts: [{ports: [{port: "0", protocol: TCP}]}]}]"#, .protocolOnly),
      (#"ingress: [{fromEndpoints: [{}], toPorts: [{ports: [{port: "0", protocol: TCP}]}]}]"#, .l3Protocol),
    ] as [(String, PolicyLookup.MatchType)])
  func allowedFirstPacketsTellWhatMatched(rules: String, match: PolicyLookup.MatchType) throws {
    let events = try events(rules, to: "172.20.1.108")
    let verdicts = events.filter { if case .policyVerdict = $0.kind { true } else { false } }
    #expect(verdicts.map(\.kind) == [.policyVerdict(match, .ingress, .allowed)])
    #expect(verdicts.map(\.direction) == [.forward])
  }

  @Test func anAuditLetsThroughWhatPolicyDenies() throws {
    let yaml = """
      kind: CiliumNetworkPolicy
      metadata: {name: web}
      spec: {endpointSelector: {matchLabels: {app: webpod}}, ingress: [{}]}
      """
    var lab = try TestLab(
      mode: .native, helm: [HelmSetting(path: "policyAuditMode", value: .bool(true))])
    let policies = try PolicyDocuments(yaml: yaml, file: "web.yaml").policies
    try lab.apply(.create(policies.map { .policy($0.policy) }))
    let path = try #require(
      try lab.walk(FlowRequest(source: "curl-pod", destination: "172.20.1.108")).paths.first)
    #expect(path.deliversRoundTrip)
    let events = path.flowEvents(in: lab.network.snapshot()).filter { $0.direction == .forward }
    #expect(
      events.map(\.kind) == [
        .trace(.toNetwork), .policyVerdict(.none, .ingress, .audited), .trace(.toEndpoint),
      ])
  }
}

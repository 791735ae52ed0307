import NetModel
import Testing

@testable import ControlPlane

/// Settings come to the agents node by node, in time; the state in between is real.
@Suite struct RolloutTests {
  /// The lab after `helm upgrade` to a tunnel and `kubectl rollout restart ds/cilium`.
  private static func begun(_ values: [HelmSetting] = []) throws -> ObjectLab {
    var lab = try ObjectLab()
    let tunnel = [
      HelmSetting(path: "routingMode", value: .string("tunnel")),
      HelmSetting(path: "tunnelProtocol", value: .string("vxlan")),
      HelmSetting(path: "autoDirectNodeRoutes", value: .bool(false)),
      HelmSetting(path: "installNoConntrackIptablesRules", value: .bool(false)),
    ]
    try lab.network.apply(.setHelmValues(tunnel + values, restart: .none), at: lab.now)
    try lab.patch(
      "DaemonSet", "cilium", namespace: "kube-system",
      "{spec: {template: {metadata: {annotations: {restarted: now}}}}}")
    return lab
  }

  private static func tunnelled(_ lab: ObjectLab) -> [String] {
    lab.network.snapshot().agents.filter { $0.datapath.settings.tunnel != nil }.map(\.node.name)
  }

  private static func ready(_ lab: ObjectLab) -> [String] {
    let cluster = lab.network.cluster
    return (cluster?.pods(of: .ciliumAgent) ?? []).filter { cluster?.isReady($0) == true }
      .compactMap(\.node?.name).sorted()
  }

  @Test func nodesTakeTheirTurns() throws {
    var lab = try Self.begun()
    #expect(Self.tunnelled(lab) == ["k8s-ctr", "k8s-w1"])
    #expect(Self.ready(lab) == ["k8s-w0"])
    #expect(lab.network.nextEvent == lab.now + AgentRollout.startTime)
    lab.network.advance(to: lab.now + AgentRollout.startTime)
    #expect(Self.tunnelled(lab) == ["k8s-ctr", "k8s-w0", "k8s-w1"])
    #expect(Self.ready(lab) == ["k8s-ctr", "k8s-w1"])
    lab.network.comeToRest()
    #expect(Self.ready(lab) == ["k8s-ctr", "k8s-w0", "k8s-w1"] && lab.network.nextEvent == nil)
    #expect(lab.network.now == lab.now + AgentRollout.startTime * 2)
  }

  @Test func oneAtATime() throws {
    var lab = try Self.begun([
      HelmSetting(path: "updateStrategy.rollingUpdate.maxUnavailable", value: .integer(1))
    ])
    var seen = [Self.tunnelled(lab)]
    while let event = lab.network.nextEvent {
      lab.network.advance(to: event)
      seen.append(Self.tunnelled(lab))
    }
    let all = ["k8s-ctr", "k8s-w0", "k8s-w1"]
    #expect(seen == [["k8s-ctr"], ["k8s-ctr", "k8s-w1"], all, all])
  }

  @Test func theEndIsThatOfARestartOfAllAtOnce() throws {
    var lab = try Self.begun()
    var other = lab.network
    lab.network.comeToRest()
    try other.apply(.restartAgents(.all), at: lab.now)
    #expect(other.nextEvent == nil)
    let ends = [other, lab.network].map { $0.snapshot().agents.map(\.datapath) }
    #expect(ends[0].map(\.settings) == ends[1].map(\.settings))
    #expect(ends[0].map(\.ipcache) == ends[1].map(\.ipcache))
  }

  @Test func aNodeThatIsAwayIsPassedOver() throws {
    var lab = try ObjectLab()
    try lab.network.apply(.shutDown(NodeID("k8s-w1")), at: lab.now)
    try lab.patch(
      "DaemonSet", "cilium", namespace: "kube-system",
      "{spec: {template: {metadata: {annotations: {restarted: now}}}}}")
    #expect(lab.network.cluster?.agentRollout?.starting.map(\.node.name) == ["k8s-ctr", "k8s-w0"])
    lab.network.advance(to: lab.now + .seconds(20))
    #expect(lab.network.cluster?.agentRollout == nil)
  }
}

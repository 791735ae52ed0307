import ControlPlane
import Importing
import NetModel
import Testing

/// What the operator and the agents write about a node's BGP.
@Suite struct NodeConfigTests {
  private static let manifests = """
    apiVersion: cilium.io/v2
    kind: CiliumBGPClusterConfig
    metadata: {name: c}
    spec:
      nodeSelector: {matchExpressions: [{key: kubernetes.io/hostname, operator: NotIn, values: [k8s-w0]}]}
      bgpInstances: [{name: i, localASN: 65001, peers: [{name: r, peerASN: 65000, peerAddress: 192.168.10.200}]}]
    ---
    apiVersion: cilium.io/v2
    kind: CiliumBGPNodeConfigOverride
    metadata: {name: k8s-w1}
    spec: {bgpInstances: [{name: i, localASN: 65002, peers: [{name: r, localAddress: 192.168.10.101}]}]}
    """

  private static func lab() throws -> ObjectLab {
    var lab = try ObjectLab()
    let value = HelmSetting(path: "bgpControlPlane.enabled", value: .bool(true))
    try lab.network.apply(.setHelmValues([value], restart: .all), at: lab.now)
    try lab.create(manifests)
    return lab
  }

  @Test func everySelectedNodeHasOne() throws {
    let lab = try Self.lab()
    #expect(lab.names("CiliumBGPNodeConfig") == ["k8s-ctr", "k8s-w1"])
    let plain = try lab.get("CiliumBGPNodeConfig", "k8s-ctr")
    #expect(
      plain.value(at: "spec", "bgpInstances")?.description
        == #"[{"localASN":65001,"name":"i","peers":[{"name":"r","peerASN":65000,"peerAddress":"192.168.10.200"}]}]"#
    )
    #expect(plain.value(at: "metadata", "ownerReferences")?.elements.first?["name"] == "c")
    let changed = try lab.get("CiliumBGPNodeConfig", "k8s-w1").value(at: "spec", "bgpInstances")?.elements
      .first
    #expect(changed?["localASN"] == 65002)
    #expect(changed?["peers"]?.elements.first?["localAddress"] == "192.168.10.101")
  }

  @Test func thePeerIsTriedUntilItAnswers() throws {
    var lab = try Self.lab()
    func peer() throws -> JSONValue? {
      try lab.get("CiliumBGPNodeConfig", "k8s-ctr").value(at: "status", "bgpInstances")?.elements.first?[
        "peers"]?
        .elements.first
    }
    let place = try #require(lab.network.machines.firstIndex { $0.id == NodeID("router") })
    lab.network.machines[place].bgp = nil
    try lab.network.apply(.learnNeighbors([]), at: lab.now)
    #expect(try peer()?["peeringState"] == "active" && peer()?["establishedTime"] == nil)
    lab.network.machines[place].bgp = BGPRouter(
      asn: 65000, neighbors: [.init(address: IPv4Address(192, 168, 10, 100))], requiresPolicy: false,
      holdTime: .seconds(9))
    lab.now = lab.now + .seconds(60)
    try lab.network.apply(.learnNeighbors([]), at: lab.now)
    let time = try #require(lab.network.cluster?.startTime)
    #expect(try peer()?["peeringState"] == "established")
    #expect(try peer()?["establishedTime"]?.text == WallTime(lab.now, since: time).description)
    #expect(
      try peer()?["timers"]?.description == #"{"appliedHoldTimeSeconds":9,"appliedKeepaliveSeconds":3}"#)
  }

  @Test func withoutTheFeatureThereIsNone() throws {
    var lab = try ObjectLab()
    try lab.create(Self.manifests)
    #expect(lab.names("CiliumBGPNodeConfig").isEmpty)
  }
}

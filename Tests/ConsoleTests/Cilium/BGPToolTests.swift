import ControlPlane
import Importing
import NetModel
import Testing

@testable import Console

@Suite("cilium bgp lists what the nodes' speakers do")
struct BGPToolTests {
  private func lab() throws -> RunningLab {
    RunningLab(network: try Lab.builtIn("cilium-week4").network(chapter: "webpod"))
  }

  private func run(_ line: String, input: String = "", in lab: inout RunningLab) throws -> CommandResult {
    lab.run(
      line.split(separator: " ").map(String.init), on: try #require(lab.stack(named: "k8s-ctr")),
      input: CommandInput(standardInput: input))
  }

  /// Every node speaks to the router's address on its own wire or behind it.
  private static let objects = """
    apiVersion: cilium.io/v2
    kind: CiliumBGPClusterConfig
    metadata: {name: cilium-bgp}
    spec:
      nodeSelector: {matchExpressions: [{key: kubernetes.io/hostname, operator: NotIn, values: [k8s-w0]}]}
      bgpInstances:
        - name: instance-65001
          localASN: 65001
          peers: [{name: router, peerASN: 65000, peerAddress: 192.168.10.200, peerConfigRef: {name: peer}}]
    ---
    apiVersion: cilium.io/v2
    kind: CiliumBGPPeerConfig
    metadata: {name: peer}
    spec: {families: [{afi: ipv4, safi: unicast, advertisements: {matchLabels: {advertise: bgp}}}]}
    ---
    apiVersion: cilium.io/v2
    kind: CiliumBGPAdvertisement
    metadata: {name: pods, labels: {advertise: bgp}}
    spec: {advertisements: [{advertisementType: PodCIDR}]}
    """

  @Test("without the feature")
  func disabled() throws {
    var lab = try lab()
    #expect(
      try run("cilium-dbg bgp peers", in: &lab).standardOutput == "BGP Control Plane is disabled\n")
  }

  @Test("sessions and routes of all nodes, and of one")
  func lists() throws {
    var lab = try lab()
    let on = HelmSetting(path: "bgpControlPlane.enabled", value: .bool(true))
    try lab.apply(.setHelmValues([on], restart: .all))
    #expect(try run("kubectl apply -f -", input: Self.objects, in: &lab).status == 0)
    let peers = try run("cilium bgp peers", in: &lab).standardOutput.split(separator: "\n").map { line in
      line.split(separator: " ").map(String.init)
    }
    #expect(
      peers[0].joined(separator: " ").hasPrefix("Node Local AS Peer AS Peer Address Session State Uptime"))
    #expect(peers.dropFirst().map { $0[0] } == ["k8s-ctr", "k8s-w1"])
    #expect(peers[1][1...4] == ["65001", "65000", "192.168.10.200", "established"])
    #expect(peers[1].suffix(3) == ["ipv4/unicast", "0", "1"])
    let routes = try run("cilium bgp routes", in: &lab).standardOutput
    #expect(
      routes.hasPrefix(
        "(Defaulting to `available ipv4 unicast` routes, please see help for more options)\n\n"))
    #expect(routes.contains("172.20.1.0/24   0.0.0.0"))
    let own = try run("cilium-dbg bgp routes advertised ipv4 unicast", in: &lab).standardOutput
    #expect(own.contains("[{Origin: i} {AsPath: 65001} {Nexthop: 192.168.10.100}]"))
    #expect(!own.contains("172.20.1.0/24"))
  }
}

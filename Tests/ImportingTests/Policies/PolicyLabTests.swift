import ControlPlane
import Importing
import NetModel
import Testing

/// Policies and namespaces in lab files.
@Suite struct PolicyLabTests {
  private static let lab = """
    lab: small
    wires: [{name: lan, subnet: 10.1.0.0/24}]
    machines:
      - name: a
        interfaces: [{name: eth0, wire: lan, address: 10.1.0.1/24}]
    cluster:
      serviceCIDR: 10.96.0.0/16
      nodes: [{name: a, address: 10.1.0.1}]
      helm: {kubeProxyReplacement: true, bpf.masquerade: true}
      objects:
        - {kind: Namespace, metadata: {name: shop, labels: {team: blue}}}
        - kind: Pod
          metadata: {name: web, namespace: shop, labels: {app: web}}
          spec: {containers: [{name: web, image: web, ports: [{name: http, containerPort: 8080}]}]}
        - kind: NetworkPolicy
          metadata: {name: web, namespace: shop}
          spec:
            podSelector: {matchLabels: {app: web}}
            ingress: [{from: [{namespaceSelector: {matchLabels: {team: blue}}}], ports: [{port: http}]}]
    chapters:
      - {name: only, edits: []}
    """

  @Test func policiesOfALabAreInForce() throws {
    let network = try Lab(yaml: PolicyLabTests.lab, file: "small.yaml").network()
    let id = PolicyID(kind: .networkPolicy, namespace: "shop", name: "web")
    #expect(network.cluster?.policies.map(\.id) == [id])
    let snapshot = network.snapshot()
    let map = try #require(snapshot.agents.first?.datapath.policyMaps.first)
    let identity = try #require(snapshot.pods.first).identity
    #expect(map.enforcesIngress && !map.enforcesEgress)
    #expect(map.lookup(.ingress, peer: identity, protocol: .tcp, port: 8080).answer == .allowed)
    #expect(map.lookup(.ingress, peer: identity, protocol: .tcp, port: 80).answer == .denied)
    #expect(map.lookup(.ingress, peer: .world, protocol: .tcp, port: 8080).answer == .denied)
  }

  @Test func withANamespaceGoesAllThatIsInIt() throws {
    var network = try Lab(yaml: PolicyLabTests.lab, file: "small.yaml").network()
    try network.apply(.delete(.namespace("shop")), at: .start)
    #expect(network.cluster?.policies == [] && network.cluster?.pods == [])
    #expect(network.cluster?.namespaces == [])
  }
}

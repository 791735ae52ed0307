import ControlPlane
import NetModel
import Testing

@Suite("NetworkPolicy")
struct NetworkPolicyTests {
  private typealias Cluster = PolicyCluster

  /// Policies of the namespace `default` that select the pod `web`.
  private static func policy(
    _ types: [TrafficDirection]? = nil, ingress: [NetworkPolicy.Rule] = [], egress: [NetworkPolicy.Rule] = [],
    selector: LabelSelector = .everything, namespace: String = "default", name: String = "p"
  ) -> [PolicyRuleSet] {
    NetworkPolicy(
      namespace: namespace, name: name, podSelector: selector, policyTypes: types, ingress: ingress,
      egress: egress
    ).ruleSets
  }

  private static func from(
    _ peers: NetworkPolicy.Peer..., ports: [NetworkPolicy.Port] = []
  ) -> [PolicyRuleSet] {
    policy(ingress: [.init(peers: peers, ports: ports)])
  }

  private static let noPolicy = PolicyCase(
    "no policy", [],
    [
      (.from(Cluster.other), .allowed), (.to(.world, .udp, 53), .allowed), (.ping(from: .world), .allowed),
    ])

  private static let selection = [
    PolicyCase(
      "deny all ingress", policy([.ingress]),
      [
        (.from(Cluster.client), .denied), (.from(.world), .denied), (.from(.remoteNode), .denied),
        (.ping(from: Cluster.client), .denied), (.from(.host), .allowed), (.ping(from: .host), .allowed),
        (.to(Cluster.client), .allowed), (.to(.world, .udp, 53), .allowed),
      ]),
    PolicyCase(
      "deny all egress", policy([.egress]),
      [(.to(Cluster.client), .denied), (.to(.host), .denied), (.from(Cluster.client), .allowed)]),
    PolicyCase(
      "deny both", policy([.ingress, .egress]),
      [(.to(Cluster.client), .denied), (.from(Cluster.client), .denied), (.from(.host), .allowed)]),
    PolicyCase(
      "egress rules enforce ingress too, unless types say otherwise", policy(egress: [.init()]),
      [(.from(Cluster.client), .denied), (.to(.world), .allowed)]),
    PolicyCase(
      "types name egress alone", policy([.egress], egress: [.init()]),
      [(.from(Cluster.client), .allowed), (.to(.world), .allowed)]),
    PolicyCase(
      "selects another pod", policy([.ingress], selector: .app("client")),
      [(.from(Cluster.client), .allowed)]),
    PolicyCase(
      "selects in another namespace", policy([.ingress], namespace: "other"),
      [(.from(Cluster.client), .allowed)]),
    PolicyCase(
      "selects by expression",
      policy(
        [.ingress],
        selector: LabelSelector(matchExpressions: [
          .init(key: "tier", operator: .in, values: ["front", "back"]),
          .init(key: "app", operator: .notIn, values: ["client"]),
          .init(key: "app", operator: .exists), .init(key: "canary", operator: .doesNotExist),
        ])), [(.from(Cluster.client), .denied)]),
    PolicyCase(
      "an expression that fails",
      policy(
        [.ingress],
        selector: LabelSelector(matchExpressions: [.init(key: "tier", operator: .doesNotExist)])),
      [(.from(Cluster.client), .allowed)]),
  ]

  private static let peers = [
    PolicyCase(
      "allow all ingress", policy(ingress: [.init()]),
      [(.from(.world), .allowed), (.ping(from: Cluster.other), .allowed)]),
    PolicyCase(
      "pods of the own namespace", from(.pods(.app("client"))),
      [
        (.from(Cluster.client), .allowed), (.from(Cluster.other), .denied), (.from(.world), .denied),
        (.ping(from: Cluster.client), .allowed),
      ]),
    PolicyCase(
      "all pods of the own namespace", from(.pods(.everything)),
      [(.from(Cluster.client), .allowed), (.from(Cluster.other), .denied), (.from(.remoteNode), .denied)]),
    PolicyCase(
      "all namespaces", from(.namespaces(.everything, pods: nil)),
      [(.from(Cluster.client), .allowed), (.from(Cluster.other), .allowed), (.from(.world), .denied)]),
    PolicyCase(
      "a namespace by its label",
      from(.namespaces(LabelSelector(matchLabels: Labels([("team", "other-team")])), pods: nil)),
      [(.from(Cluster.client), .denied), (.from(Cluster.other), .allowed)]),
    PolicyCase(
      "pods and namespaces in one peer must both fit",
      from(
        .namespaces(
          LabelSelector(matchLabels: Labels([("kubernetes.io/metadata.name", "other")])), pods: .app("web"))),
      [(.from(Cluster.other), .denied), (.from(Cluster.client), .denied)]),
    PolicyCase(
      "two peers: either will do",
      from(
        .pods(.app("client")),
        .namespaces(LabelSelector(matchLabels: Labels([("team", "other-team")])), pods: nil)),
      [(.from(Cluster.client), .allowed), (.from(Cluster.other), .allowed), (.from(Cluster.web), .denied)]),
  ]

  private static let blocks = [
    PolicyCase(
      "an address block", from(.ipBlock(Cluster.office, except: [])),
      [
        (.from(Cluster.officeIdentity), .allowed), (.from(Cluster.printerIdentity), .allowed),
        (.from(.world), .denied),
      ]),
    PolicyCase(
      "an address block except a part", from(.ipBlock(Cluster.office, except: [Cluster.printer])),
      [(.from(Cluster.officeIdentity), .allowed), (.from(Cluster.printerIdentity), .denied)]),
    PolicyCase(
      "every address is the world, not pods and nodes", from(.ipBlock(.all, except: [Cluster.printer])),
      [
        (.from(.world), .allowed), (.from(Cluster.officeIdentity), .allowed),
        (.from(Cluster.printerIdentity), .denied), (.from(Cluster.client), .denied),
        (.from(.remoteNode), .denied),
      ]),
  ]

  private static let ports = [
    PolicyCase(
      "one port", from(.pods(.app("client")), ports: [.init(number: .number(80))]),
      [
        (.from(Cluster.client), .allowed), (.from(Cluster.client, .tcp, 81), .denied),
        (.from(Cluster.client, .udp, 80), .denied), (.ping(from: Cluster.client), .denied),
      ]),
    PolicyCase(
      "ports of everybody", policy(ingress: [.init(ports: [.init(protocol: .udp, number: .number(53))])]),
      [(.from(.world, .udp, 53), .allowed), (.from(.world, .tcp, 53), .denied)]),
    PolicyCase(
      "a range", policy(ingress: [.init(ports: [.init(number: .number(8080), endPort: 8090)])]),
      [
        (.from(.world, .tcp, 8079), .denied), (.from(.world, .tcp, 8080), .allowed),
        (.from(.world, .tcp, 8090), .allowed), (.from(.world, .tcp, 8091), .denied),
      ]),
    PolicyCase(
      "a protocol without port", policy(ingress: [.init(ports: [.init(protocol: .udp)])]),
      [(.from(.world, .udp, 9), .allowed), (.from(.world, .tcp, 9), .denied)]),
    PolicyCase(
      "a port by the container's name", policy(ingress: [.init(ports: [.init(number: .name("http"))])]),
      [(.from(.world), .allowed), (.from(.world, .tcp, 443), .denied)]),
    PolicyCase(
      "a name that nobody declares", policy(ingress: [.init(ports: [.init(number: .name("admin"))])]),
      [(.from(.world), .denied)]),
    PolicyCase(
      "an egress port by name",
      policy([.egress], egress: [.init(ports: [.init(number: .name("http"))])]),
      [(.to(Cluster.client), .allowed), (.to(Cluster.client, .tcp, 81), .denied)]),
  ]

  private static let sums = [
    PolicyCase(
      "policies add up",
      from(.pods(.app("client")), ports: [.init(number: .number(80))])
        + policy(
          ingress: [
            .init(peers: [.namespaces(.everything, pods: nil)], ports: [.init(number: .number(443))])
          ], name: "q"),
      [
        (.from(Cluster.client), .allowed), (.from(Cluster.other), .denied),
        (.from(Cluster.other, .tcp, 443), .allowed),
      ])
  ]

  private static let cases = [noPolicy] + selection + peers + blocks + ports + sums

  @Test(arguments: cases)
  func verdicts(_ policies: PolicyCase) {
    policies.check()
  }

  @Test func enforcementByDirection() {
    let map = PolicyCluster().map(NetworkPolicyTests.policy([.ingress]))
    #expect(map.enforcesIngress && !map.enforcesEgress)
    #expect(!PolicyCluster().map([]).enforcesIngress)
  }

  @Test func enforcementModes() {
    var cluster = PolicyCluster(enforcement: .always)
    #expect(cluster.map([]).lookup(.from(.world)).answer == .denied)
    #expect(cluster.map([]).lookup(.from(.host)).answer == .allowed)
    cluster.enforcement = .never
    #expect(cluster.map(NetworkPolicyTests.policy([.ingress])).lookup(.from(.world)).answer == .allowed)
  }
}

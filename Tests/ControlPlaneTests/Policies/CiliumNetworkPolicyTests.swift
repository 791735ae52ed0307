import ControlPlane
import NetModel
import Testing

@Suite("CiliumNetworkPolicy")
struct CiliumNetworkPolicyTests {
  private typealias Cluster = PolicyCluster
  private typealias Rule = CiliumNetworkPolicy.Rule
  private typealias Peer = CiliumNetworkPolicy.Peer

  private static func policy(
    ingress: [Rule]? = nil, ingressDeny: [Rule]? = nil, egress: [Rule]? = nil, egressDeny: [Rule]? = nil,
    defaultDeny: CiliumNetworkPolicy.DefaultDeny = .init(), namespace: String = "default",
    subject: CiliumNetworkPolicy.Subject = .endpoints(.app("web"))
  ) -> [PolicyRuleSet] {
    let part = CiliumNetworkPolicy.Part(
      subject: subject, ingress: ingress, ingressDeny: ingressDeny, egress: egress, egressDeny: egressDeny,
      enableDefaultDeny: defaultDeny)
    return CiliumNetworkPolicy(namespace: namespace, name: "p", parts: [part]).ruleSets
  }

  private static func entity(_ entity: PolicyEntity) -> [PolicyRuleSet] {
    policy(ingress: [Rule(peers: [.entity(entity)])])
  }

  private static func labels(_ key: String, _ value: String) -> Peer {
    .endpoints(LabelSelector(matchLabels: Labels([(key, value)])))
  }

  private static let tcp80 = CiliumNetworkPolicy.PortRule(number: .number(80), protocol: .tcp)
  private static let any80 = CiliumNetworkPolicy.PortRule(number: .number(80))

  private static let peers = [
    PolicyCase(
      "an empty rule allows nobody", policy(ingress: [Rule()]),
      [(.from(Cluster.client), .denied), (.from(.host), .allowed), (.to(.world), .allowed)]),
    PolicyCase(
      "an empty section says nothing", policy(ingress: []), [(.from(Cluster.client), .allowed)]),
    PolicyCase(
      "an empty list of peers allows nobody, ports or not",
      policy(ingress: [Rule(peers: [], toPorts: [tcp80])]), [(.from(Cluster.client), .denied)]),
    PolicyCase(
      "ports without peers are for everybody", policy(ingress: [Rule(toPorts: [tcp80])]),
      [(.from(.world), .allowed), (.from(.world, .tcp, 443), .denied), (.ping(from: .world), .denied)]),
    PolicyCase(
      "an empty selector is the own namespace", policy(ingress: [Rule(peers: [.endpoints(.everything)])]),
      [(.from(Cluster.client), .allowed), (.from(Cluster.other), .denied), (.from(.world), .denied)]),
    PolicyCase(
      "an empty selector of a clusterwide policy is every pod",
      policy(ingress: [Rule(peers: [.endpoints(.everything)])], namespace: ""),
      [(.from(Cluster.client), .allowed), (.from(Cluster.other), .allowed), (.from(.world), .denied)]),
    PolicyCase(
      "a namespace by name",
      policy(ingress: [Rule(peers: [labels("k8s:io.kubernetes.pod.namespace", "other")])]),
      [(.from(Cluster.client), .denied), (.from(Cluster.other), .allowed)]),
    PolicyCase(
      "a namespace by its label",
      policy(ingress: [Rule(peers: [labels("k8s:io.cilium.k8s.namespace.labels.team", "other-team")])]),
      [(.from(Cluster.client), .denied), (.from(Cluster.other), .allowed)]),
    PolicyCase(
      "a label of Kubernetes by its source", policy(ingress: [Rule(peers: [labels("k8s:app", "client")])]),
      [(.from(Cluster.client), .allowed), (.from(Cluster.other), .denied)]),
    PolicyCase(
      "a reserved label", policy(ingress: [Rule(peers: [labels("reserved:remote-node", "")])]),
      [(.from(.remoteNode), .allowed), (.from(.kubeAPIServer), .allowed), (.from(.world), .denied)]),
    PolicyCase(
      "nodes are not pods", policy(ingress: [Rule()], subject: .nodes(.everything)),
      [(.from(Cluster.client), .allowed)]),
  ]

  private static let entities = [
    PolicyCase(
      "all", entity(.all),
      [(.from(.world), .allowed), (.from(Cluster.other), .allowed), (.ping(from: .remoteNode), .allowed)]),
    PolicyCase(
      "cluster", entity(.cluster),
      [
        (.from(Cluster.other), .allowed), (.from(.remoteNode), .allowed), (.from(.kubeAPIServer), .allowed),
        (.from(.health), .allowed), (.from(.world), .denied), (.from(Cluster.officeIdentity), .denied),
      ]),
    PolicyCase("host", entity(.host), [(.from(.host), .allowed), (.from(.remoteNode), .denied)]),
    PolicyCase(
      "remote-node", entity(.remoteNode),
      [(.from(.remoteNode), .allowed), (.from(.kubeAPIServer), .allowed), (.from(Cluster.client), .denied)]),
    PolicyCase(
      "kube-apiserver", entity(.kubeAPIServer),
      [(.from(.kubeAPIServer), .allowed), (.from(.remoteNode), .denied)]),
    PolicyCase(
      "world", entity(.world),
      [
        (.from(.world), .allowed), (.from(Cluster.officeIdentity), .allowed),
        (.from(Cluster.client), .denied),
        (.from(.remoteNode), .denied),
      ]),
    PolicyCase("none", entity(.none), [(.from(.world), .denied)]),
  ]

  private static let ports = [
    PolicyCase(
      "any protocol is TCP, UDP and SCTP, not ICMP", policy(ingress: [Rule(toPorts: [any80])]),
      [
        (.from(.world), .allowed), (.from(.world, .udp), .allowed), (.from(.world, .sctp), .allowed),
        (.ping(from: .world), .denied),
      ]),
    PolicyCase(
      "port 0 is every port",
      policy(ingress: [Rule(toPorts: [.init(number: .number(0), protocol: .udp)])]),
      [(.from(.world, .udp, 1), .allowed), (.from(.world, .tcp, 1), .denied)]),
    PolicyCase(
      "ICMP needs its own rule",
      policy(ingress: [
        Rule(peers: [.entity(.all)], toPorts: [tcp80]),
        Rule(peers: [.entity(.world)], icmps: [.init(type: 8)]),
      ]),
      [
        (.from(.world), .allowed), (.ping(from: .world), .allowed), (.ping(from: Cluster.client), .denied),
        (.from(.world, .icmp, 13), .denied),
      ]),
    PolicyCase(
      "ICMPv6 is another protocol", policy(ingress: [Rule(icmps: [.init(type: 8, isIPv6: true)])]),
      [(.ping(from: .world), .denied)]),
  ]

  private static let denials = [
    PolicyCase(
      "deny wins over an exact allow",
      policy(
        ingress: [Rule(peers: [.endpoints(.app("client"))], toPorts: [tcp80])],
        ingressDeny: [Rule(peers: [.entity(.cluster)])]),
      [(.from(Cluster.client), .deniedByDenylist), (.from(.world), .denied)]),
    PolicyCase(
      "deny of one port leaves the others",
      policy(ingress: [Rule(peers: [.entity(.all)])], ingressDeny: [Rule(toPorts: [tcp80])]),
      [(.from(Cluster.client), .deniedByDenylist), (.from(Cluster.client, .tcp, 443), .allowed)]),
    PolicyCase(
      "deny for one peer leaves the others",
      policy(
        ingress: [Rule(peers: [.entity(.all)])], ingressDeny: [Rule(peers: [.endpoints(.app("client"))])]),
      [(.from(Cluster.client), .deniedByDenylist), (.from(.world), .allowed)]),
    PolicyCase(
      "deny rules alone deny the rest, too",
      policy(ingressDeny: [Rule(peers: [.endpoints(.app("client"))])]),
      [(.from(Cluster.client), .deniedByDenylist), (.from(.world), .denied)]),
    PolicyCase(
      "deny of everything keeps out the host as well", policy(ingressDeny: [Rule(peers: [.entity(.all)])]),
      [(.from(.host), .deniedByDenylist)]),
    PolicyCase(
      "deny by address",
      policy(
        egress: [Rule(peers: [.entity(.all)])],
        egressDeny: [Rule(peers: [.cidr(Cluster.printer, except: [])])]),
      [(.to(Cluster.printerIdentity), .deniedByDenylist), (.to(Cluster.officeIdentity), .allowed)]),
    PolicyCase(
      "directions are apart", policy(ingressDeny: [Rule(peers: [.entity(.all)])]),
      [(.to(Cluster.client), .allowed), (.to(.world), .allowed)]),
  ]

  private static let defaults = [
    PolicyCase(
      "without default deny the rest passes",
      policy(
        ingress: [Rule(peers: [.endpoints(.app("client"))])], defaultDeny: .init(ingress: false)),
      [(.from(Cluster.client), .allowed), (.from(.world), .allowed)]),
    PolicyCase(
      "without default deny a deny still holds",
      policy(
        ingressDeny: [Rule(peers: [.endpoints(.app("client"))])], defaultDeny: .init(ingress: false)),
      [(.from(Cluster.client), .deniedByDenylist), (.from(.world), .allowed)]),
    PolicyCase(
      "one policy with default deny is enough",
      policy(ingress: [Rule(peers: [.entity(.host)])], defaultDeny: .init(ingress: false))
        + NetworkPolicy(namespace: "default", name: "q", policyTypes: [.ingress]).ruleSets,
      [(.from(.world), .denied)]),
  ]

  private static let unmodelled = [
    PolicyCase(
      "rules about content are open for the packets they match",
      policy(ingress: [
        Rule(peers: [.endpoints(.app("client"))], toPorts: [tcp80], unmodelled: [.layer7]),
        Rule(peers: [.entity(.world)]),
      ]),
      [
        (.from(Cluster.client), .undecided), (.from(Cluster.client, .tcp, 443), .denied),
        (.from(.world), .allowed), (.from(Cluster.other), .denied),
      ]),
    PolicyCase(
      "names of hosts are open outside the cluster alone",
      policy(egress: [Rule(peers: [], toPorts: [tcp80], unmodelled: [.fqdns])]),
      [
        (.to(.world), .undecided), (.to(Cluster.officeIdentity), .undecided), (.to(Cluster.client), .denied),
        (.to(.world, .udp, 53), .denied),
      ]),
    PolicyCase(
      "a deny with an unknown section leaves what is allowed open",
      policy(
        ingress: [Rule(peers: [.entity(.all)])], ingressDeny: [Rule(peers: [], unmodelled: [.requires])]),
      [(.from(.world), .undecided)]),
    PolicyCase(
      "what is denied stays denied",
      policy(
        ingress: [Rule(peers: [.entity(.all)], toPorts: [tcp80], unmodelled: [.layer7])],
        ingressDeny: [Rule(peers: [.endpoints(.app("client"))])]),
      [(.from(Cluster.client), .deniedByDenylist), (.from(.world), .undecided)]),
  ]

  private static let cases = peers + entities + ports + denials + defaults + unmodelled

  @Test(arguments: cases)
  func verdicts(_ policies: PolicyCase) {
    policies.check()
  }

  @Test func hostThatRunsTheAPIServer() {
    let map = PolicyCluster(hostRunsAPIServer: true).map(
      CiliumNetworkPolicyTests.policy(egress: [Rule(peers: [.entity(.kubeAPIServer)])]))
    #expect(map.lookup(.to(.host)).answer == .allowed)
    #expect(map.lookup(.to(.remoteNode)).answer == .denied)
  }
}

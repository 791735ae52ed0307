import ControlPlane
import Importing
import NetModel
import Testing

@Suite("Policies from YAML")
struct PolicyDocumentTests {
  private func policies(_ yaml: String) throws -> [PolicyDocuments.PlacedPolicy] {
    try PolicyDocuments(yaml: yaml, file: "policy.yaml").policies
  }

  @Test func networkPolicy() throws {
    let read = try policies(
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: other}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: web, namespace: shop}
      spec:
        podSelector: {matchLabels: {app: web}}
        policyTypes: [Ingress, Egress]
        ingress:
          - from:
              - podSelector:
                  matchExpressions: [{key: tier, operator: In, values: [a, b]}]
                namespaceSelector: {}
              - ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}
            ports: [{port: 80}, {port: 8080, endPort: 8090, protocol: UDP}, {port: http}]
        egress:
          - to: [{podSelector: {}}]
      """)
    let selector = LabelSelector(matchExpressions: [.init(key: "tier", operator: .in, values: ["a", "b"])])
    let expected = NetworkPolicy(
      namespace: "shop", name: "web", podSelector: LabelSelector(matchLabels: Labels([("app", "web")])),
      policyTypes: [.ingress, .egress],
      ingress: [
        .init(
          peers: [
            .namespaces(LabelSelector(), pods: selector),
            .ipBlock(
              IPv4Prefix(IPv4Address(10, 0, 0, 0), length: 8),
              except: [IPv4Prefix(IPv4Address(10, 1, 0, 0), length: 16)]),
          ],
          ports: [
            .init(number: .number(80)), .init(protocol: .udp, number: .number(8080), endPort: 8090),
            .init(number: .name("http")),
          ])
      ],
      egress: [.init(peers: [.pods(LabelSelector())])])
    #expect(read.map(\.policy) == [.kubernetes(expected)])
    #expect(read.first?.position?.line == 5)
  }

  @Test func ciliumNetworkPolicy() throws {
    let read = try policies(
      """
      apiVersion: cilium.io/v2
      kind: CiliumNetworkPolicy
      metadata: {name: web}
      spec:
        endpointSelector: {matchLabels: {app: web}}
        enableDefaultDeny: {ingress: false}
        ingress:
          - fromEndpoints: [{matchLabels: {"k8s:app": client}}]
            toPorts: [{ports: [{port: "80", protocol: TCP}, {port: "0"}]}]
          - fromEntities: [world, kube-apiserver]
          - icmps: [{fields: [{type: EchoRequest}, {type: 0}, {type: 129, family: IPv6}]}]
          - {}
        egressDeny:
          - toCIDRSet: [{cidr: 10.0.0.0/8, except: [10.1.0.0/16]}]
          - toCIDR: [192.0.2.1]
      """)
    let rules: [CiliumNetworkPolicy.Rule] = [
      .init(
        peers: [.endpoints(LabelSelector(matchLabels: Labels([("k8s:app", "client")])))],
        toPorts: [.init(number: .number(80), protocol: .tcp), .init(number: .number(0))]),
      .init(peers: [.entity(.world), .entity(.kubeAPIServer)]),
      .init(icmps: [.init(type: 8), .init(type: 0), .init(type: 129, isIPv6: true)]),
      .init(),
    ]
    let denials: [CiliumNetworkPolicy.Rule] = [
      .init(peers: [
        .cidr(
          IPv4Prefix(IPv4Address(10, 0, 0, 0), length: 8),
          except: [IPv4Prefix(IPv4Address(10, 1, 0, 0), length: 16)])
      ]),
      .init(peers: [.cidr(.host(IPv4Address(192, 0, 2, 1)), except: [])]),
    ]
    let part = CiliumNetworkPolicy.Part(
      subject: .endpoints(LabelSelector(matchLabels: Labels([("app", "web")]))), ingress: rules,
      egressDeny: denials, enableDefaultDeny: .init(ingress: false))
    let expected = CiliumNetworkPolicy(namespace: "default", name: "web", parts: [part])
    #expect(read.map(\.policy) == [.cilium(expected)])
    #expect(read.flatMap(\.findings).isEmpty)
  }

  @Test func sectionsThatAreNotModelledAreFound() throws {
    let read = try policies(
      """
      kind: CiliumClusterwideNetworkPolicy
      metadata: {name: wide}
      specs:
        - endpointSelector: {}
          ingress:
            - fromEndpoints: [{}]
              toPorts:
                - ports: [{port: "80", protocol: TCP}]
                  rules: {http: [{method: GET}]}
                - ports: [{port: "443", protocol: TCP}]
          egress:
            - toFQDNs: [{matchName: example.com}]
            - toCIDR: ["2001:db8::/32"]
        - nodeSelector: {}
          ingress: [{}]
      """)
    let policy = try #require(read.first).policy
    func rule(_ section: PolicyRuleID.Section, _ index: Int) -> PolicyRuleID {
      PolicyRuleID(policy: policy.id, section: section, index: index)
    }
    #expect(policy.id.kind == .ciliumClusterwideNetworkPolicy && policy.id.namespace.isEmpty)
    #expect(
      policy.findings == [
        .notModelled(rule(.ingress, 0), .layer7), .notModelled(rule(.egress, 0), .fqdns),
        .ipv6(rule(.egress, 1)), .hostPolicy(policy.id),
      ])
    let open = policy.ruleSets[0].rules.filter { !$0.unmodelled.isEmpty }
    #expect(open.map(\.ports) == [[PolicyPort(.tcp, .number(80))], []])
  }

  @Test(
    arguments: [
      ("podSelecter: {}", "5:4: unknown key 'podSelecter'; did you mean 'podSelector'?"),
      ("podSelector: {}, policyTypes: [Both]", "5:35: 'Both' is not one of Ingress, Egress"),
      ("podSelector: {}, ingress: [{from: [{}]}]", "5:39: key 'podSelector' is missing"),
      (
        "podSelector: {}, ingress: [{ports: [{port: -1}]}]",
        "5:47: '-1' is not a port from 0 to 65535 or the name of a container's port"
      ),
      (
        "podSelector: {}, ingress: [{ports: [{port: 90, endPort: 80}]}]",
        "5:60: '80' is not a number from 90 to 65535"
      ),
      (
        "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}}]}]",
        "5:77: '11.0.0.0/16' is not a prefix within 10.0.0.0/8"
      ),
      (
        "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]}]",
        "5:39: 'ipBlock' and 'podSelector' cannot stand together"
      ),
      (
        "podSelector: {matchExpressions: [{key: a, operator: In}]}", "5:37: key 'values' is missing"
      ),
    ])
  func faultsOfNetworkPolicies(_ spec: String, _ expected: String) {
    let yaml = "kind: NetworkPolicy\nmetadata:\n  name: p\nspec:\n { \(spec) }\n"
    #expect(firstFault(yaml) == "policy.yaml:\(expected)")
  }

  @Test(
    arguments: [
      ("ingress: [{}]", "5:2: key 'endpointSelector' is missing"),
      ("endpointSelector: {}", "5:2: key 'ingress' is missing"),
      (
        "endpointSelector: {}, ingress: [{fromEntities: [mars]}]",
        "5:52: 'mars' is not one of all, cluster, host, world, health, unmanaged, ingress, none, init, "
          + "remote-node, kube-apiserver"
      ),
      (
        "endpointSelector: {}, ingress: [{fromEntities: [world], fromCIDR: [10.0.0.0/8]}]",
        "5:36: 'fromEntities' and 'fromCIDR' cannot stand together"
      ),
      (
        "endpointSelector: {}, egress: [{icmps: [{fields: [{type: Ping}]}]}]",
        "5:61: 'Ping' is not an ICMP type from 0 to 255 or a name such as EchoRequest"
      ),
      (
        "endpointSelector: {}, egress: [{fromEntities: [world]}]",
        "5:36: unknown key 'fromEntities'; did you mean 'toEntities'?"
      ),
      (
        "endpointSelector: {}, ingressDeny: [{fromCIDR: [10.0.0]}]",
        "5:52: '10.0.0' is not an address range such as 10.0.0.0/8"
      ),
    ])
  func faultsOfCiliumPolicies(_ spec: String, _ expected: String) {
    let yaml = "kind: CiliumNetworkPolicy\nmetadata:\n  name: p\nspec:\n { \(spec) }\n"
    #expect(firstFault(yaml) == "policy.yaml:\(expected)")
  }

  private func firstFault(_ yaml: String) -> String? {
    do {
      _ = try PolicyDocuments(yaml: yaml, file: "policy.yaml")
      return nil
    } catch {
      return error.description
    }
  }
}

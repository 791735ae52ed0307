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
    #expect(read.map(\.policy.withoutRecord) == [.kubernetes(expected)])
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
    #expect(read.map(\.policy.withoutRecord) == [.cilium(expected)])
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

  struct Fault: Sendable {
    var spec: String
    var column: Int
    var problem: LabError.Problem

    init(_ spec: String, _ column: Int, _ problem: LabError.Problem) {
      self.spec = spec
      self.column = column
      self.problem = problem
    }
  }

  private static let kubernetesFaults = [
    Fault(
      "podSelecter: {}", 4,
      .unknownKey(
        "podSelecter", similar: "podSelector", known: ["podSelector", "policyTypes", "ingress", "egress"])),
    Fault(
      "podSelector: {}, policyTypes: [Both]", 35,
      .invalidValue("Both", expected: .word(["Ingress", "Egress"]))),
    Fault("podSelector: {}, ingress: [{from: [{}]}]", 39, .missingKey("podSelector")),
    Fault(
      "podSelector: {}, ingress: [{ports: [{port: -1}]}]", 47,
      .invalidValue("-1", expected: .portOrName)),
    Fault(
      "podSelector: {}, ingress: [{ports: [{port: 90, endPort: 80}]}]", 60,
      .invalidValue("80", expected: .number(90...65535))),
    Fault(
      "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}}]}]", 77,
      .invalidValue("11.0.0.0/16", expected: .part(of: IPv4Prefix(IPv4Address(10, 0, 0, 0), length: 8)))),
    Fault(
      "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]}]", 39,
      .conflictingKeys("ipBlock", "podSelector")),
    Fault("podSelector: {matchExpressions: [{key: a, operator: In}]}", 37, .missingKey("values")),
  ]

  private static let ciliumFaults = [
    Fault("ingress: [{}]", 2, .missingKey("endpointSelector")),
    Fault("endpointSelector: {}", 2, .missingKey("ingress")),
    Fault(
      "endpointSelector: {}, ingress: [{fromEntities: [mars]}]", 52,
      .invalidValue("mars", expected: .word(PolicyEntity.allCases.map(\.rawValue)))),
    Fault(
      "endpointSelector: {}, ingress: [{fromEntities: [world], fromCIDR: [10.0.0.0/8]}]", 36,
      .conflictingKeys("fromEntities", "fromCIDR")),
    Fault(
      "endpointSelector: {}, egress: [{icmps: [{fields: [{type: Ping}]}]}]", 61,
      .invalidValue("Ping", expected: .icmpType)),
    Fault(
      "endpointSelector: {}, egress: [{toEntites: [world]}]", 36,
      .unknownKey(
        "toEntites", similar: "toEntities",
        known: [
          "toEndpoints", "toEntities", "toCIDR", "toCIDRSet", "toRequires", "toGroups", "toNodes",
          "toServices", "toFQDNs", "toPorts", "icmps", "authentication",
        ])),
    Fault(
      "endpointSelector: {}, ingressDeny: [{fromCIDR: [10.0.0]}]", 52,
      .invalidValue("10.0.0", expected: .cidr)),
  ]

  @Test(
    arguments: kubernetesFaults.map { ("NetworkPolicy", $0) }
      + ciliumFaults.map { ("CiliumNetworkPolicy", $0) })
  func faults(_ kind: String, _ fault: Fault) {
    let yaml = "kind: \(kind)\nmetadata:\n  name: p\nspec:\n { \(fault.spec) }\n"
    do {
      _ = try PolicyDocuments(yaml: yaml, file: "policy.yaml")
      Issue.record("no fault in \(fault.spec)")
    } catch {
      let place = LabError.Position(line: 5, column: fault.column)
      #expect(error.errors.first == LabError(file: "policy.yaml", position: place, problem: fault.problem))
    }
  }
}

extension Policy {
  /// The policy as its rules alone make it.
  fileprivate var withoutRecord: Policy {
    var policy = self
    policy.record = ObjectRecord()
    return policy
  }
}

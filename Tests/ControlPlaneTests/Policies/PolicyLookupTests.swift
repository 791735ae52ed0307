import ControlPlane
import NetModel
import Testing

/// Which entries a lookup considers, and why each won or lost.
@Suite("Policy lookups")
struct PolicyLookupTests {
  private typealias Key = PolicyMap.Key
  private static let peer = SecurityIdentity(2000)
  private static let every = SecurityIdentity.unknown
  private static let web = L4Match(.tcp, port: 80)
  private static let tcp = L4Match(.tcp, port: 0, portBits: 0)

  private static func entry(_ identity: SecurityIdentity, _ l4: L4Match, deny: Bool = false)
    -> PolicyMap.Entry
  {
    PolicyMap.Entry(key: Key(.ingress, identity, l4), isDeny: deny, origins: [.allowsTheRest])
  }

  struct Case: Sendable {
    var entries: [PolicyMap.Entry]
    var covered: [PolicyMap.Entry] = []
    /// Positions among the entries, then the covered ones, in the expected order.
    var order: [Int]
    var why: [PolicyLookup.Why]
    var match: PolicyLookup.MatchType
    var answer: PolicyLookup.Answer
  }

  static let cases = [
    Case(entries: [entry(peer, web)], order: [0], why: [.onlyMatch], match: .l3l4, answer: .allowed),
    Case(
      entries: [entry(peer, .any), entry(peer, web)], order: [1, 0], why: [.longestPort, .shorterPort],
      match: .l3l4, answer: .allowed),
    Case(
      entries: [entry(every, web), entry(peer, web)], order: [1, 0],
      why: [.exactIdentity, .wildcardIdentity],
      match: .l3l4, answer: .allowed),
    Case(
      entries: [entry(every, web), entry(peer, tcp)], order: [0, 1], why: [.longestPort, .shorterPort],
      match: .l4Only, answer: .allowed),
    Case(
      entries: [entry(every, tcp, deny: true), entry(peer, .any)], order: [0, 1], why: [.deny, .denyWins],
      match: .protocolOnly, answer: .deniedByDenylist),
    // Agents leave no room for such an allow; the program decides the same if it is there.
    Case(
      entries: [entry(every, .any, deny: true), entry(peer, web)], order: [0, 1], why: [.deny, .denyWins],
      match: .all, answer: .deniedByDenylist),
    Case(
      entries: [entry(every, web), entry(peer, .any, deny: true)], order: [1, 0], why: [.deny, .denyWins],
      match: .l3Only, answer: .deniedByDenylist),
    Case(
      entries: [entry(every, .any, deny: true)], covered: [entry(peer, web)], order: [0, 1],
      why: [.onlyMatch, .coveredByDeny], match: .all, answer: .deniedByDenylist),
    Case(
      entries: [
        entry(peer, L4Match(.tcp, port: 81)), entry(peer, L4Match(.udp, port: 80)),
        entry(SecurityIdentity(3000), web),
      ], order: [0, 1, 2], why: [.otherPort, .otherProtocol, .otherIdentity], match: .none, answer: .denied),
    Case(entries: [], order: [], why: [], match: .none, answer: .denied),
  ]

  @Test(arguments: cases)
  func evidence(_ example: Case) {
    let map = PolicyMap(
      endpoint: 56, enforcesIngress: true, enforcesEgress: false, entries: example.entries,
      covered: example.covered)
    let lookup = map.lookup(.ingress, peer: PolicyLookupTests.peer, protocol: .tcp, port: 80)
    let all = example.entries + example.covered
    #expect(lookup.candidates.map(\.entry) == example.order.map { all[$0] })
    #expect(lookup.candidates.map(\.why) == example.why)
    #expect(lookup.matchType == example.match)
    #expect(lookup.answer == example.answer)
  }

  @Test func onlyTheNearestMissesAreShown() {
    let strangers = (3000..<3020).map { PolicyLookupTests.entry(SecurityIdentity($0), .any) }
    let near = PolicyLookupTests.entry(PolicyLookupTests.peer, L4Match(.tcp, port: 443))
    let exact = PolicyLookupTests.entry(SecurityIdentity(4000), PolicyLookupTests.web)
    let map = PolicyMap(
      endpoint: 56, enforcesIngress: true, enforcesEgress: false, entries: [near] + strangers + [exact])
    let lookup = map.lookup(.ingress, peer: PolicyLookupTests.peer, protocol: .tcp, port: 80)
    #expect(lookup.candidates.map(\.entry) == [near, exact] + strangers.prefix(2))
  }

  @Test func theOtherDirectionIsNotConsidered() {
    let map = PolicyMap(
      endpoint: 56, enforcesIngress: true, enforcesEgress: true,
      entries: [PolicyLookupTests.entry(PolicyLookupTests.peer, .any)])
    let lookup = map.lookup(.egress, peer: PolicyLookupTests.peer, protocol: .tcp, port: 80)
    #expect(lookup.candidates.isEmpty && lookup.answer == .denied)
  }

  /// What the map of a pod looks like to `cilium-dbg bpf policy get`.
  @Test func entriesOfAMap() {
    let policy = CiliumNetworkPolicy(
      namespace: "default", name: "p",
      parts: [
        .init(
          subject: .endpoints(.app("web")),
          ingress: [
            .init(peers: [.endpoints(.app("client"))], toPorts: [.init(number: .number(80), protocol: .tcp)]),
            .init(peers: [.entity(.world)]),
          ], ingressDeny: [.init(peers: [.cidr(PolicyCluster.printer, except: [])])])
      ])
    let map = PolicyCluster().map(policy.ruleSets)
    let lines = map.entries.map { entry in
      "\(entry.isDeny ? "Deny" : "Allow") \(entry.key.direction.rawValue) \(entry.key.identity.number) "
        + "\(entry.key.l4) \(entry.origins.map(\.description).joined(separator: " "))"
    }
    let rule = "CiliumNetworkPolicy default/p"
    #expect(
      lines == [
        "Allow ingress 1 ANY allow-localhost-ingress", "Allow ingress 2 ANY \(rule) ingress[1]",
        "Allow ingress 2000 80/TCP \(rule) ingress[0]", "Allow ingress 16777217 ANY \(rule) ingress[1]",
        "Deny ingress 16777218 ANY \(rule) ingressDeny[0]", "Allow egress 0 ANY allow-any",
      ])
    #expect(map.covered.map(\.key.identity) == [PolicyCluster.printerIdentity])
    #expect(PolicyMap.name(ofEndpoint: 56) == "cilium_policy_v2_00056")
  }

  @Test func anAllowedPortOfOnePeerIsImpliedByThatOfAll() {
    let rules: [CiliumNetworkPolicy.Rule] = [
      .init(toPorts: [.init(number: .number(80), protocol: .tcp)]),
      .init(peers: [.endpoints(.app("client"))], toPorts: [.init(number: .number(80), protocol: .tcp)]),
    ]
    let policy = CiliumNetworkPolicy(
      namespace: "default", name: "p", parts: [.init(subject: .endpoints(.app("web")), ingress: rules)])
    let lookup = PolicyCluster().map(policy.ruleSets).lookup(.from(PolicyCluster.client))
    #expect(lookup.matchType == .l4Only && lookup.candidates.first?.why == .onlyMatch)
  }
}

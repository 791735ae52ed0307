import ControlPlane
import NetModel
import PacketTesting
import Testing

/// Random policies against the meaning of their rules, rule by rule.
@Suite("Policies: properties")
struct PolicyPropertyTests {
  /// A map's verdict is what its rules say: a deny that matches, else an allow that matches, else the default.
  @Test(arguments: 0..<20)
  func mapsMeanWhatTheirRulesSay(batch: UInt64) {
    for seed in batch * 25..<(batch + 1) * 25 {
      var random = RandomPolicies(seed: seed)
      let ruleSets = random.ruleSets()
      let map = PolicyCluster().map(ruleSets)
      for _ in 0..<40 {
        let packet = random.packet()
        let lookup = map.lookup(packet)
        let expected = Oracle(ruleSets: ruleSets).answer(to: packet)
        #expect(lookup.answer == expected, "seed \(seed), \(packet)")
        #expect(lookup.candidates.count { $0.why.isWinner } == (expected == .denied ? 0 : 1), "seed \(seed)")
        #expect(lookup.candidates.first?.why.isWinner ?? true || expected == .denied, "seed \(seed)")
      }
    }
  }

  @Test func theOrderOfPoliciesDoesNotMatter() {
    for seed in UInt64(0)..<200 {
      var random = RandomPolicies(seed: seed)
      let ruleSets = random.ruleSets()
      let map = PolicyCluster().map(ruleSets)
      #expect(map == PolicyCluster().map(ruleSets.shuffled(using: &random.generator)), "seed \(seed)")
    }
  }

  @Test func withoutPolicyNothingIsDenied() {
    let map = PolicyCluster().map([])
    var random = RandomPolicies(seed: 1)
    for _ in 0..<500 {
      let packet = random.packet()
      #expect(map.lookup(packet).answer == .allowed, "\(packet)")
    }
  }

  /// Random policies are worth asking: every answer turns up, and denies cover allows.
  @Test func answersAreMany() {
    var answers: Set<PolicyLookup.Answer> = []
    var covered = 0
    for seed in UInt64(0)..<100 {
      var random = RandomPolicies(seed: seed)
      let map = PolicyCluster().map(random.ruleSets())
      covered += map.covered.count
      for _ in 0..<20 { answers.insert(map.lookup(random.packet()).answer) }
    }
    #expect(answers == [.allowed, .denied, .deniedByDenylist])
    #expect(covered > 0)
  }
}

/// What policies mean, without maps: every rule is asked in turn.
private struct Oracle {
  let ruleSets: [PolicyRuleSet]

  func answer(to packet: PolicyPacket) -> PolicyLookup.Answer {
    let applying = ruleSets.filter { $0.posture(packet.direction) != .untouched }
    let rules = applying.flatMap(\.rules).filter { $0.id.section.direction == packet.direction }
    let matching = rules.filter { matches($0, packet) }
    if matching.contains(where: \.id.section.isDeny) { return .deniedByDenylist }
    let denies = applying.contains { $0.posture(packet.direction) == .deniesTheRest }
    let isLocalhost = packet.direction == .ingress && packet.peer == .host
    return !matching.isEmpty || !denies || isLocalhost ? .allowed : .denied
  }

  private func matches(_ rule: PolicyRule, _ packet: PolicyPacket) -> Bool {
    let isPort = rule.ports.isEmpty || rule.ports.contains { matches($0, packet) }
    return isPort && rule.peers.contains { matches($0, packet.peer) }
  }

  private func matches(_ port: PolicyPort, _ packet: PolicyPacket) -> Bool {
    guard case .number(let number) = port.number, port.protocol == packet.protocol else { return false }
    return number == 0 || (number...max(number, port.endPort ?? number)).contains(packet.port)
  }

  private func matches(_ peer: PolicyPeer, _ identity: SecurityIdentity) -> Bool {
    let outside = [
      PolicyCluster.officeIdentity: PolicyCluster.office,
      PolicyCluster.printerIdentity: PolicyCluster.printer,
    ]
    switch peer {
    case .all: return true
    case .cidr(let prefix, let except):
      guard let range = outside[identity] else { return identity == .world && prefix.length == 0 }
      return prefix.contains(range) && !except.contains { $0.contains(range) }
    case .endpoints(let selector):
      let name = selector.requirements.first { $0.label.key == "app" }?.values.first
      switch identity {
      case PolicyCluster.web: return name == "web"
      case PolicyCluster.client: return name == "client"
      default: return false
      }
    }
  }
}

/// Policies that all select the pod `web`, and packets around their borders.
private struct RandomPolicies {
  var generator: SeededGenerator

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int(generator.next() % UInt64(elements.count))]
  }

  mutating func ruleSets() -> [PolicyRuleSet] {
    (0..<pick([0, 1, 2, 3])).flatMap { number in
      let part = CiliumNetworkPolicy.Part(
        subject: .endpoints(.app("web")), ingress: rules(), ingressDeny: rules(), egress: rules(),
        egressDeny: rules(),
        enableDefaultDeny: .init(ingress: pick([nil, true, false]), egress: pick([nil, true, false])))
      return CiliumNetworkPolicy(namespace: "default", name: "p\(number)", parts: [part]).ruleSets
    }
  }

  private mutating func rules() -> [CiliumNetworkPolicy.Rule]? {
    guard pick([true, false]) else { return nil }
    return (0..<pick([0, 1, 2])).map { _ in
      let usesICMP = pick([true, false, false])
      return CiliumNetworkPolicy.Rule(
        peers: peers(), toPorts: usesICMP ? [] : ports(), icmps: usesICMP ? [.init(type: pick([8, 13]))] : [])
    }
  }

  private mutating func peers() -> [CiliumNetworkPolicy.Peer]? {
    let known: [CiliumNetworkPolicy.Peer] = [
      .endpoints(.app("client")), .endpoints(.app("web")), .entity(.all),
      .cidr(PolicyCluster.office, except: []), .cidr(PolicyCluster.office, except: [PolicyCluster.printer]),
      .cidr(PolicyCluster.printer, except: []), .cidr(.all, except: []),
      .cidr(.all, except: [PolicyCluster.office]),
    ]
    return pick([nil, [], [pick(known)], [pick(known), pick(known)]])
  }

  private mutating func ports() -> [CiliumNetworkPolicy.PortRule] {
    (0..<pick([0, 1, 2])).map { _ in
      let first: UInt16 = pick([0, 79, 80, 81])
      return CiliumNetworkPolicy.PortRule(
        number: .number(first), endPort: first == 0 ? nil : pick([nil, 80, 90, 1000]),
        protocol: pick([nil, .tcp, .udp]))
    }
  }

  mutating func packet() -> PolicyPacket {
    let transport: PolicyProtocol = pick([.tcp, .udp, .icmp, .sctp])
    let peers: [SecurityIdentity] = [
      PolicyCluster.client, PolicyCluster.other, PolicyCluster.web, .world, .host, .remoteNode,
      PolicyCluster.officeIdentity, PolicyCluster.printerIdentity,
    ]
    return PolicyPacket(
      direction: pick([.ingress, .egress]), peer: pick(peers), protocol: transport,
      port: transport == .icmp ? pick([8, 13, 3]) : pick([78, 79, 80, 81, 90, 91, 1000, 1001]))
  }
}

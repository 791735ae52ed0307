import ControlPlane
import Testing

/// A set of policies and what they make of packets.
struct PolicyCase: CustomTestStringConvertible {
  var name: String
  var ruleSets: [PolicyRuleSet]
  var expected: [(packet: PolicyPacket, answer: PolicyLookup.Answer)]

  init(_ name: String, _ ruleSets: [PolicyRuleSet], _ expected: [(PolicyPacket, PolicyLookup.Answer)]) {
    self.name = name
    self.ruleSets = ruleSets
    self.expected = expected.map { (packet: $0.0, answer: $0.1) }
  }

  var testDescription: String { name }

  func check(in cluster: PolicyCluster = PolicyCluster()) {
    let map = cluster.map(ruleSets)
    for (packet, answer) in expected {
      #expect(map.lookup(packet).answer == answer, "\(packet)")
    }
  }
}

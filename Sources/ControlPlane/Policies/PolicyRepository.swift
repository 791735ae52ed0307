/// All that a node's agent makes its endpoints' policy maps from.
///
/// Source: Cilium `pkg/policy/repository.go`.
package struct PolicyRepository: Hashable, Sendable {
  package var enforcement: CiliumSettings.PolicyEnforcement
  /// In any order: it does not matter.
  package var ruleSets: [PolicyRuleSet]
  /// Every identity that the node knows.
  package var identities: [LabelledIdentity]
  /// The ports that the containers of all pods declare with a name.
  package var namedPorts: [NamedPort]

  package init(
    enforcement: CiliumSettings.PolicyEnforcement = .default, ruleSets: [PolicyRuleSet],
    identities: [LabelledIdentity], namedPorts: [NamedPort] = []
  ) {
    self.enforcement = enforcement
    self.ruleSets = ruleSets
    self.identities = identities
    self.namedPorts = namedPorts
  }

  package struct NamedPort: Hashable, Sendable {
    package var name: String
    package var `protocol`: PolicyProtocol
    package var number: UInt16

    package init(name: String, protocol: PolicyProtocol, number: UInt16) {
      self.name = name
      self.protocol = `protocol`
      self.number = number
    }
  }

  /// A pod as policies select it.
  package struct Subject: Hashable, Sendable {
    /// The endpoint's number on its node.
    package var endpoint: Int
    package var identity: LabelledIdentity
    /// The ports that the pod's own containers declare with a name.
    package var namedPorts: [NamedPort]

    package init(endpoint: Int, identity: LabelledIdentity, namedPorts: [NamedPort] = []) {
      self.endpoint = endpoint
      self.identity = identity
      self.namedPorts = namedPorts
    }
  }

  /// What the rules that select an endpoint do to what they do not name.
  ///
  /// Source: Cilium `pkg/policy/repository.go`, `computePolicyEnforcementAndRules`.
  package func posture(_ direction: TrafficDirection, of endpoint: LabelledIdentity) -> PolicyRuleSet.Posture
  {
    switch enforcement {
    case .never: .untouched
    case .always: .deniesTheRest
    case .default:
      ruleSets.filter { $0.selects(endpoint) }.map { $0.posture(direction) }.max() ?? .untouched
    }
  }

  /// The number of a port; `nil` where no pod that counts declares the name, or several with other numbers.
  ///
  /// What a pod receives goes by its own names, what it sends by those of all pods.
  ///
  /// Source: Cilium `pkg/endpoint/policy.go`, `GetNamedPort`; `pkg/types/portmap.go`.
  func number(of port: PolicyPort, _ direction: TrafficDirection, for subject: Subject) -> UInt16? {
    switch port.number {
    case .number(let number): return number
    case .name(let name):
      let known = direction == .ingress ? subject.namedPorts : namedPorts
      let numbers = known.filter { $0.name == name && $0.protocol == port.protocol }.map(\.number)
      guard let first = numbers.first, numbers.allSatisfy({ $0 == first }) else { return nil }
      return first
    }
  }
}

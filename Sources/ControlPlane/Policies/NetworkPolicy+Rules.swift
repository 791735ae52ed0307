import NetModel

extension NetworkPolicy {
  /// The policy as rules.
  ///
  /// Source: Cilium `pkg/k8s/network_policy.go`, `ParseNetworkPolicy`.
  package var ruleSets: [PolicyRuleSet] {
    let directions = enforcedDirections
    func posture(_ direction: TrafficDirection) -> PolicyRuleSet.Posture {
      directions.contains(direction) ? .deniesTheRest : .untouched
    }
    let rules =
      (directions.contains(.ingress) ? self.rules(ingress, .ingress) : [])
      + (directions.contains(.egress) ? self.rules(egress, .egress) : [])
    return [
      PolicyRuleSet(
        policy: id, subject: EndpointSelector(kubernetes: podSelector).inNamespace(id.namespace),
        ingress: posture(.ingress), egress: posture(.egress), rules: rules)
    ]
  }

  private func rules(_ rules: [Rule], _ section: PolicyRuleID.Section) -> [PolicyRule] {
    rules.enumerated().map { index, rule in
      PolicyRule(
        id: PolicyRuleID(policy: id, section: section, index: index),
        peers: rule.peers.isEmpty ? [.all] : rule.peers.compactMap { $0.peer(inNamespace: id.namespace) },
        ports: rule.ports.map { PolicyPort($0.protocol, $0.number ?? .number(0), endPort: $0.endPort) })
    }
  }
}

extension NetworkPolicy.Peer {
  fileprivate func peer(inNamespace namespace: String) -> PolicyPeer? {
    switch self {
    case .pods(let selector):
      return .endpoints(EndpointSelector(kubernetes: selector).inNamespace(namespace))
    case .namespaces(let selector, let pods):
      let prefix = IdentityLabel.namespaceLabelsPrefix + "."
      let namespaces = EndpointSelector(kubernetes: selector, prefix: prefix)
      let podRequirements = EndpointSelector(kubernetes: pods ?? LabelSelector()).requirements
      let both = EndpointSelector(namespaces.requirements + podRequirements)
      return .endpoints(selector.requirements.isEmpty ? both.inAnyNamespace() : both)
    case .ipBlock(let prefix, let except):
      return .cidr(prefix, except: except)
    case .ipv6Block: return nil
    }
  }
}

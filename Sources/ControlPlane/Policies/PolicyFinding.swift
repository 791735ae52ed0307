/// What a policy says that the model does not know; nothing of it is passed over in silence.
package enum PolicyFinding: Hashable, Sendable {
  /// Where the rule would decide about a packet, the verdict is undecided.
  case notModelled(PolicyRuleID, UnmodelledSection)
  /// A rule set about nodes: the host firewall is not modelled, and is off unless it is switched on.
  case hostPolicy(PolicyID)
  /// The rule names IPv6 addresses; only IPv4 packets are walked.
  case ipv6(PolicyRuleID)
}

extension Policy {
  /// What the model does not know of it, in the order of its rules.
  package var findings: [PolicyFinding] {
    switch self {
    case .kubernetes(let policy): policy.findings
    case .cilium(let policy): policy.parts.enumerated().flatMap { policy.findings(in: $1, $0) }
    }
  }
}

extension NetworkPolicy {
  fileprivate var findings: [PolicyFinding] {
    findings(in: ingress, .ingress) + findings(in: egress, .egress)
  }

  private func findings(in rules: [Rule], _ section: PolicyRuleID.Section) -> [PolicyFinding] {
    rules.enumerated().flatMap { index, rule -> [PolicyFinding] in
      let hasIPv6 = rule.peers.contains { if case .ipv6Block = $0 { true } else { false } }
      return hasIPv6 ? [.ipv6(PolicyRuleID(policy: id, section: section, index: index))] : []
    }
  }
}

extension CiliumNetworkPolicy {
  fileprivate func findings(in part: Part, _ index: Int) -> [PolicyFinding] {
    if case .nodes = part.subject { return [.hostPolicy(id)] }
    return PolicyRuleID.Section.allCases.flatMap { section in
      part.rules(section).enumerated().flatMap { position, rule in
        rule.findings(PolicyRuleID(policy: id, part: index, section: section, index: position))
      }
    }
  }
}

extension CiliumNetworkPolicy.Rule {
  fileprivate func findings(_ id: PolicyRuleID) -> [PolicyFinding] {
    let sections = unmodelled + toPorts.flatMap(\.unmodelled)
    let hasIPv6 = (peers ?? []).contains { if case .ipv6CIDR = $0 { true } else { false } }
    return UnmodelledSection.allCases.filter { sections.contains($0) }.map { .notModelled(id, $0) }
      + (hasIPv6 ? [.ipv6(id)] : [])
  }
}

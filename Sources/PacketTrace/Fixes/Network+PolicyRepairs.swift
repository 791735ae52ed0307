import ControlPlane
import NetModel

extension Network {
  /// Where policy denied a packet: the policy that lets it pass, or the policies that deny it taken away.
  func policyRepairs(of failure: Path.Leg, in snapshot: Snapshot) -> [Edit] {
    guard let step = failure.hops.last?.steps.last(where: { $0.kind == .policyVerdict }),
      case .policy(let verdict) = step.evidence, let lookup = verdict.lookup
    else { return [] }
    switch verdict.decision {
    case .denied:
      return allowing(lookup, on: failure.outcome.node, in: snapshot).map { [.create([.policy($0)])] } ?? []
    case .deniedByDenylist:
      let rules = lookup.winner?.origins ?? []
      return Set(rules.compactMap(\.policy)).sorted().map { .delete(.policy($0)) }
    case .allowed, .notEnforced, .replyPasses, .undecided: return []
    }
  }

  /// A policy that allows just what was asked: of Cilium's kind, as only that knows ICMP and entities.
  private func allowing(_ lookup: PolicyLookup, on node: NodeID, in snapshot: Snapshot) -> Policy? {
    guard let pod = cluster?.pods.first(where: { $0.node == node && $0.endpoint?.id == lookup.endpoint }),
      let peer = peer(lookup.peer)
    else { return nil }
    var rule = CiliumNetworkPolicy.Rule(peers: [peer])
    if lookup.protocol == .icmp {
      rule.icmps = [.init(type: UInt8(truncatingIfNeeded: lookup.port))]
    } else {
      rule.toPorts = [.init(number: .number(lookup.port), protocol: lookup.protocol)]
    }
    let isIngress = lookup.direction == .ingress
    let part = CiliumNetworkPolicy.Part(
      subject: .endpoints(LabelSelector(matchLabels: pod.template.labels)),
      ingress: isIngress ? [rule] : nil, egress: isIngress ? nil : [rule])
    let what = "\(lookup.direction.rawValue)-\(lookup.protocol.name.lowercased())-\(lookup.port)"
    return .cilium(
      CiliumNetworkPolicy(
        namespace: pod.id.namespace, name: "allow-\(what)-\(lookup.peer.number)", parts: [part]))
  }

  /// Who an identity is, as a policy names it; `nil` where nobody bears it.
  private func peer(_ identity: SecurityIdentity) -> CiliumNetworkPolicy.Peer? {
    if let name = identity.reservedName { return PolicyEntity(rawValue: name).map { .entity($0) } }
    if let entry = cluster?.cidrIdentities.entries.first(where: { $0.identity == identity }) {
      return .cidr(entry.prefix, except: [])
    }
    let pod = cluster?.pods.first { $0.endpoint?.identity == identity }
    return pod.map { pod in
      var labels = pod.template.labels
      labels["k8s:io.kubernetes.pod.namespace"] = pod.id.namespace
      return .endpoints(LabelSelector(matchLabels: labels))
    }
  }
}

extension PolicyMap.Origin {
  fileprivate var policy: PolicyID? {
    if case .rule(let rule) = self { rule.policy } else { nil }
  }
}

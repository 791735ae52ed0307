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
      return allowing(lookup, on: failure.outcome.node, in: snapshot).map { [$0] } ?? []
    case .deniedByDenylist:
      let rules = lookup.winner?.origins ?? []
      return Set(rules.compactMap(\.policy)).sorted().map { .delete(.policy($0)) }
    case .allowed, .audited, .notEnforced, .replyPasses, .undecided: return []
    }
  }

  /// A policy that allows just what was asked: of Cilium's kind, as only that knows ICMP and entities.
  private func allowing(_ lookup: PolicyLookup, on node: NodeID, in snapshot: Snapshot) -> Edit? {
    guard let pod = cluster?.pods.first(where: { $0.node == node && $0.endpoint?.id == lookup.endpoint }),
      let peer = peer(lookup.peer)
    else { return nil }
    let isIngress = lookup.direction == .ingress
    let direction = lookup.direction.rawValue
    let rule = JSONValue.object([
      .init("\(isIngress ? "from" : "to")\(peer.field)", .array([peer.value])), lookup.portMember,
    ])
    let name = "allow-\(direction)-\(lookup.protocol.name.lowercased())-\(lookup.port)-\(lookup.peer.number)"
    let manifest = JSONValue.object([
      .init("apiVersion", "cilium.io/v2"), .init("kind", "CiliumNetworkPolicy"),
      .init("metadata", .fields(["name": .string(name), "namespace": .string(pod.id.namespace)])),
      .init(
        "spec",
        .object([
          .init("endpointSelector", pod.template.labels.selector), .init(direction, .array([rule])),
        ])),
    ])
    return .changeObject(.create(manifest, namespace: pod.id.namespace))
  }

  /// Who an identity is, as a policy names it: the end of the field's name, and an element of it; `nil` where
  /// nobody bears the identity.
  private func peer(_ identity: SecurityIdentity) -> (field: String, value: JSONValue)? {
    if let name = identity.reservedName {
      return PolicyEntity(rawValue: name).map { ("Entities", .string($0.rawValue)) }
    }
    if let entry = cluster?.cidrIdentities.entries.first(where: { $0.identity == identity }) {
      return ("CIDR", .string("\(entry.prefix)"))
    }
    let pod = cluster?.pods.first { $0.endpoint?.identity == identity }
    return pod.map { pod in
      var labels = pod.template.labels
      labels["k8s:io.kubernetes.pod.namespace"] = pod.id.namespace
      return ("Endpoints", labels.selector)
    }
  }
}

extension Labels {
  /// As a manifest selects what bears all of them.
  fileprivate var selector: JSONValue {
    .fields(["matchLabels": .object(entries.map { JSONValue.Member($0.key, .string($0.value)) })])
  }
}

extension PolicyLookup {
  /// What was asked for, as a member of a rule.
  fileprivate var portMember: JSONValue.Member {
    guard self.protocol != .icmp else {
      let field = JSONValue.fields(["type": .number(Int(port & 0xff)), "family": "IPv4"])
      return .init("icmps", [.fields(["fields": [field]])])
    }
    let name = JSONValue.string(self.protocol.name.uppercased())
    return .init(
      "toPorts", [.fields(["ports": [.fields(["port": .string("\(port)"), "protocol": name])]])])
  }
}

extension PolicyMap.Origin {
  fileprivate var policy: PolicyID? {
    if case .rule(let rule) = self { rule.policy } else { nil }
  }
}

import NetModel

extension CiliumNetworkPolicy {
  /// The policy as rules.
  ///
  /// Source: Cilium `pkg/k8s/apis/cilium.io/utils/utils.go`, `ParseToCiliumRule`.
  package var ruleSets: [PolicyRuleSet] {
    parts.enumerated().map { index, part in
      PolicyRuleSet(
        policy: id, subject: part.subject.selector(inNamespace: id.namespace),
        ingress: part.posture(.ingress), egress: part.posture(.egress),
        rules: PolicyRuleID.Section.allCases.flatMap { rules(of: part, index, $0) })
    }
  }

  private func rules(of part: Part, _ index: Int, _ section: PolicyRuleID.Section) -> [PolicyRule] {
    part.rules(section).enumerated().flatMap { position, rule in
      rule.portions.map { portion in
        PolicyRule(
          id: PolicyRuleID(policy: id, part: index, section: section, index: position),
          peers: rule.peers(inNamespace: id.namespace), ports: portion.ports, unmodelled: portion.unmodelled)
      }
    }
  }
}

extension CiliumNetworkPolicy.Part {
  /// A direction with rules denies the rest unless it is told not to.
  ///
  /// Source: Cilium `pkg/policy/api/rule_validation.go`, `pkg/policy/repository.go`.
  fileprivate func posture(_ direction: TrafficDirection) -> PolicyRuleSet.Posture {
    let sections = PolicyRuleID.Section.allCases.filter { $0.direction == direction }
    guard sections.contains(where: { !rules($0).isEmpty }) else { return .untouched }
    let denies = direction == .ingress ? enableDefaultDeny.ingress : enableDefaultDeny.egress
    return denies ?? true ? .deniesTheRest : .allowsTheRest
  }
}

extension CiliumNetworkPolicy.Subject {
  fileprivate func selector(inNamespace namespace: String) -> EndpointSelector? {
    switch self {
    case .endpoints(let selector) where namespace.isEmpty: EndpointSelector(cilium: selector)
    case .endpoints(let selector): EndpointSelector(cilium: selector).inNamespace(namespace)
    case .nodes: nil
    }
  }
}

extension CiliumNetworkPolicy.Rule {
  /// Without peers a rule is about everyone where it names ports, else about nobody.
  ///
  /// Source: Cilium `pkg/policy/rule.go`, `mergeIngress`.
  fileprivate func peers(inNamespace namespace: String) -> [PolicyPeer] {
    guard let peers else { return toPorts.isEmpty && icmps.isEmpty ? [] : [.all] }
    return peers.flatMap { $0.peers(inNamespace: namespace) }
  }

  /// The rule in portions, each of ports that the model knows the same of.
  fileprivate var portions: [(ports: [PolicyPort], unmodelled: [UnmodelledSection])] {
    guard !toPorts.isEmpty else { return [(icmps.map(\.port), unmodelled)] }
    var portions: [(ports: [PolicyPort], unmodelled: [UnmodelledSection])] = []
    for port in toPorts {
      let open = unmodelled + port.unmodelled
      if let position = portions.firstIndex(where: { $0.unmodelled == open }) {
        portions[position].ports += port.ports
      } else {
        portions.append((port.ports, open))
      }
    }
    return portions
  }
}

extension CiliumNetworkPolicy.PortRule {
  fileprivate var ports: [PolicyPort] {
    (`protocol`.map { [$0] } ?? [.tcp, .udp, .sctp]).map { PolicyPort($0, number, endPort: endPort) }
  }
}

extension CiliumNetworkPolicy.ICMPType {
  fileprivate var port: PolicyPort {
    PolicyPort(isIPv6 ? .icmpv6 : .icmp, .number(UInt16(type)))
  }
}

extension CiliumNetworkPolicy.Peer {
  fileprivate func peers(inNamespace namespace: String) -> [PolicyPeer] {
    switch self {
    case .endpoints(let selector):
      [.endpoints(EndpointSelector(cilium: selector).scoped(toNamespace: namespace))]
    case .entity(let entity): entity.peers
    case .cidr(let prefix, let except): [.cidr(prefix, except: except)]
    case .ipv6CIDR: []
    }
  }
}

extension EndpointSelector {
  /// Peers are sought in the policy's own namespace unless the selector speaks of namespaces or reserved names.
  ///
  /// Source: Cilium `pkg/k8s/apis/cilium.io/utils/utils.go`, `getEndpointSelector`.
  fileprivate func scoped(toNamespace namespace: String) -> EndpointSelector {
    let labels = requirements.map(\.label)
    let isFree = labels.contains { label in
      label.source == IdentityLabel.reservedSource || label.key == IdentityLabel.namespaceKey
    }
    if isFree { return self }
    if namespace.isEmpty { return inAnyNamespace() }
    let namesNamespaces = labels.contains { $0.key.hasPrefix(IdentityLabel.namespaceLabelsPrefix) }
    return namesNamespaces ? self : inNamespace(namespace)
  }
}

extension PolicyEntity {
  /// Source: Cilium `pkg/policy/api/entity.go`, `EntitySelectorMapping`, `InitEntities`.
  fileprivate var peers: [PolicyPeer] {
    switch self {
    case .all:
      return [.all]
    case .cluster:
      let reserved: [PolicyEntity] = [
        .host, .remoteNode, .`init`, .ingress, .health, .unmanaged, .kubeAPIServer,
      ]
      let label = IdentityLabel(source: IdentityLabel.kubernetesSource, key: IdentityLabel.clusterKey)
      let pods = EndpointSelector([.init(label, .in, values: ["default"])])
      return reserved.flatMap(\.peers) + [.endpoints(pods)]
    case .host, .world, .health, .unmanaged, .ingress, .none, .`init`, .remoteNode, .kubeAPIServer:
      return [.endpoints(EndpointSelector(reserved: rawValue))]
    }
  }
}

import NetModel

extension Cluster {
  /// Gives identities to the prefixes that policies name, in the order in which the policies were made.
  mutating func settlePolicies() {
    cidrIdentities.settle(policies.sorted { $0.created < $1.created }.flatMap(\.prefixes))
  }

  /// The policy maps of the pods of a node, in ascending order of endpoint.
  ///
  /// Pods of one identity that declare the same ports have the same entries, which are made once.
  func policyMaps(
    on node: ClusterNode, agent: ClusterNode.Agent, knowing common: CommonPolicies
  ) -> [PolicyMap] {
    let repository = policyRepository(on: node, agent: agent, knowing: common)
    var made: [PolicyRepository.Subject: PolicyMap] = [:]
    let maps = pods(on: node.id).compactMap { pod -> PolicyMap? in
      guard let endpoint = pod.endpoint,
        let identity = repository.identities.first(where: { $0.identity == endpoint.identity })
      else { return nil }
      let kind = PolicyRepository.Subject(
        endpoint: 0, identity: identity, namedPorts: pod.template.namedPorts)
      var map = made[kind] ?? repository.map(of: kind)
      made[kind] = map
      map.endpoint = endpoint.id
      return map
    }
    return maps.sorted { $0.endpoint < $1.endpoint }
  }

  /// What a node's agent knows of policies and identities.
  package func policyRepository(on node: ClusterNode, agent: ClusterNode.Agent) -> PolicyRepository {
    policyRepository(on: node, agent: agent, knowing: commonPolicies)
  }

  private func policyRepository(
    on node: ClusterNode, agent: ClusterNode.Agent, knowing common: CommonPolicies
  ) -> PolicyRepository {
    let hostRunsAPIServer = apiServerAddresses.contains(node.address)
    return PolicyRepository(
      enforcement: agent.settings.enablePolicy, ruleSets: common.ruleSets,
      identities: LabelledIdentity.reserved(hostRunsAPIServer: hostRunsAPIServer) + common.identities,
      namedPorts: common.namedPorts)
  }

  /// What every agent knows of policies and identities alike.
  struct CommonPolicies {
    fileprivate var ruleSets: [PolicyRuleSet]
    /// Those of pods and of prefixes.
    fileprivate var identities: [LabelledIdentity]
    fileprivate var namedPorts: [PolicyRepository.NamedPort]
  }

  var commonPolicies: CommonPolicies {
    let prefixes = cidrIdentities.entries.map { LabelledIdentity(identity: $0.identity, prefix: $0.prefix) }
    return CommonPolicies(
      ruleSets: policies.flatMap(\.ruleSets), identities: podIdentities + prefixes,
      namedPorts: pods.filter { $0.endpoint != nil }.flatMap(\.template.namedPorts))
  }

  private var podIdentities: [LabelledIdentity] {
    let used = Set(pods.compactMap(\.endpoint?.identity))
    return identities.entries.filter { used.contains($0.identity) }.map { entry in
      LabelledIdentity(
        identity: entry.identity, namespace: entry.namespace,
        namespaceLabels: namespaceLabels(of: entry.namespace), podLabels: entry.labels)
    }
  }

  /// The labels of a namespace; Kubernetes gives each one its own name as a label.
  ///
  /// Source: Kubernetes `pkg/registry/core/namespace/strategy.go`.
  package func namespaceLabels(of name: String) -> Labels {
    var labels = namespaces.first { $0.name == name }?.labels ?? Labels()
    labels["kubernetes.io/metadata.name"] = name
    return labels
  }
}

extension PodTemplate {
  fileprivate var namedPorts: [PolicyRepository.NamedPort] {
    containers.flatMap(\.ports).filter { !$0.name.isEmpty }.map {
      PolicyRepository.NamedPort(name: $0.name, protocol: PolicyProtocol($0.transport), number: $0.number)
    }
  }
}

extension CIDRIdentities {
  /// The entries of an ipcache with those of the prefixes that policies name.
  ///
  /// Where pods and nodes have an entry of the same prefix, theirs stays; a fallback of the world takes the new
  /// identity and keeps its tunnel endpoint.
  ///
  /// Source: Cilium `pkg/ipcache/metadata.go`, `resolveLabels`.
  func merged(into entries: [IPCacheEntry]) -> [IPCacheEntry] {
    var merged = entries
    for entry in self.entries {
      if let position = merged.firstIndex(where: { $0.prefix == entry.prefix }) {
        if merged[position].identity == .world { merged[position].identity = entry.identity }
      } else {
        merged.append(IPCacheEntry(prefix: entry.prefix, identity: entry.identity))
      }
    }
    return merged
  }
}

import NetModel

/// What the pods that run already have to do with where another one goes.
///
/// Source: Kubernetes `pkg/scheduler/framework/plugins/interpodaffinity`, `podtopologyspread`.
struct Company {
  /// The values of topology keys whose nodes the pod keeps away from, and those that others keep it away from.
  private var avoided: [String: Set<String>] = [:]
  private var forbidden: [String: Set<String>] = [:]
  /// For each demand for company the parts that meet it.
  private var needed: [Parts] = []
  private var spreads: [Spread] = []
  private var preferred: [String: [String: Int]] = [:]
  private let placement: Placement

  /// Some of the parts that a label of nodes tells apart.
  private struct Parts {
    var key: String
    var values: Set<String>
  }

  private struct Spread {
    var key: String
    var counts: [String: Int]
    /// How many pods a part may have before this one comes.
    var most: Int
  }

  init(of pod: Pod, in cluster: Cluster) {
    placement = pod.template.placement
    for term in placement.antiAffinity {
      for id in term.namedPods(for: pod, in: cluster) where id != pod.id {
        avoided[term.topologyKey, default: []].formUnion(cluster.part(of: id, term.topologyKey))
      }
    }
    for id in cluster.index.value.unsociablePods where id != pod.id {
      for term in cluster.pod(id)?.template.placement.antiAffinity ?? []
      where term.names(pod.id.namespace, pod.template.labels, for: id) {
        forbidden[term.topologyKey, default: []].formUnion(cluster.part(of: id, term.topologyKey))
      }
    }
    needed = neededParts(for: pod, in: cluster)
    spreads = placement.spread.map { spread($0, of: pod, in: cluster) }
    for wish in placement.preferredPods {
      for id in wish.term.namedPods(for: pod, in: cluster) where id != pod.id {
        for part in cluster.part(of: id, wish.term.topologyKey) {
          preferred[wish.term.topologyKey, default: [:]][part, default: 0] += wish.weight
        }
      }
    }
  }

  /// The first of a group whose pods want to be together may go anywhere.
  private func neededParts(for pod: Pod, in cluster: Cluster) -> [Parts] {
    guard !placement.affinity.isEmpty else { return [] }
    let parts = placement.affinity.map { term in
      let company = term.namedPods(for: pod, in: cluster).filter { $0 != pod.id }
      return Parts(
        key: term.topologyKey, values: Set(company.flatMap { cluster.part(of: $0, term.topologyKey) }))
    }
    let isFirst =
      parts.allSatisfy(\.values.isEmpty)
      && placement.affinity.allSatisfy { $0.names(pod.id.namespace, pod.template.labels, for: pod.id) }
    return isFirst ? [] : parts
  }

  private func spread(
    _ constraint: Placement.SpreadConstraint, of pod: Pod, in cluster: Cluster
  ) -> Spread {
    var counts: [String: Int] = [:]
    for node in cluster.nodes where placement.admits(node) {
      if let part = node.labels[constraint.topologyKey] { counts[part] = 0 }
    }
    let groups = cluster.index.value.podGroups[pod.id.namespace]?.pods ?? [:]
    for id in groups.filter({ constraint.selector.selects($0.key) }).flatMap(\.value) where id != pod.id {
      guard cluster.pod(id)?.termination == nil else { continue }
      for part in cluster.part(of: id, constraint.topologyKey) where counts[part] != nil {
        counts[part, default: 0] += 1
      }
    }
    let own = constraint.selector.selects(pod.template.labels) ? 1 : 0
    return Spread(
      key: constraint.topologyKey, counts: counts,
      most: (counts.values.min() ?? 0) + constraint.maxSkew - own)
  }

  func refusal(by node: ClusterNode) -> PlacementRefusal? {
    func isAmong(_ parts: [String: Set<String>]) -> Bool {
      parts.contains { key, values in node.labels[key].map(values.contains) ?? false }
    }
    for spread in spreads {
      guard let part = node.labels[spread.key] else { return .spreadLabel }
      if spread.counts[part] ?? 0 > spread.most { return .spread }
    }
    let isNear = needed.allSatisfy { parts in node.labels[parts.key].map(parts.values.contains) ?? false }
    guard isNear else { return .affinity }
    return isAmong(avoided) ? .antiAffinity : isAmong(forbidden) ? .antiAffinityOfOthers : nil
  }

  /// The pod likes some nodes better than others.
  var prefers: Bool { !placement.preferredNodes.isEmpty || !preferred.isEmpty }

  /// How much the pod likes a node; what advises against it counts more than any wish.
  func score(of node: ClusterNode) -> (advice: Int, wishes: Int) {
    let advice = node.taints.count { !$0.isBinding && !placement.tolerates($0) }
    let own = placement.preferredNodes.filter { $0.term.selects(node) }.reduce(0) { $0 + $1.weight }
    let company = preferred.reduce(0) { sum, key in
      sum + (node.labels[key.key].flatMap { key.value[$0] } ?? 0)
    }
    return (-advice, own + company)
  }
}

extension Cluster {
  /// The value of a label of the node that a pod runs on, if there is one.
  fileprivate func part(of pod: PodID, _ key: String) -> [String] {
    [self.pod(pod)?.node.flatMap { node($0) }?.labels[key]].compactMap(\.self)
  }
}

extension Placement.AffinityTerm {
  /// True for pods that the term of `owner` is about.
  fileprivate func names(_ namespace: String, _ labels: Labels, for owner: PodID) -> Bool {
    let homes = namespaces.isEmpty ? [owner.namespace] : namespaces
    return homes.contains(namespace) && selector.selects(labels)
  }

  fileprivate func namedPods(for owner: Pod, in cluster: Cluster) -> [PodID] {
    let homes = namespaces.isEmpty ? [owner.id.namespace] : namespaces
    return homes.flatMap { home in
      (cluster.index.value.podGroups[home]?.pods ?? [:]).filter { selector.selects($0.key) }.flatMap(\.value)
    }
  }
}

import NetModel

extension Cluster {
  /// Lets every control loop run to its end: pods are made, placed and connected, Services get addresses.
  ///
  /// Loops look at what has changed since they ran last; what has not has nothing to do.
  mutating func settle(in network: Network, at instant: Instant) throws(EditError) {
    var changes = takeChanges()
    if evictTainted(changes, in: network, at: instant) { changes += takeChanges() }
    settleRevisions(changes.workloads.compactMap { $0.new?.id }, seed: network.seed, at: instant)
    settleWorkloads(changes, in: network, at: instant)
    changes += takeChanges()
    try settleWaitingPods(in: network)
    try settleRollouts(&changes, in: network, at: instant)
    settlePolicies()
    changes += takeChanges()
    try settleServices(Set(changes.services.compactMap { $0.new?.id }), seed: network.seed)
    settleLoadBalancerIPAM(in: network, at: instant)
    settleMetalLB(in: network, at: instant)
    settleLeases(in: network, at: instant)
    settleBGP(at: instant)
    changes += takeChanges()
    settleLoadBalancers(changes, in: network)
    _ = takeChanges()
  }

  /// What has changed since the last call.
  mutating func takeChanges() -> ClusterIndex.Changes {
    var index = index.value
    self.index.value = ClusterIndex()
    defer { self.index.value = index }
    return index.update(to: self)
  }

  /// Forgets what was looked at, so that control loops look at everything.
  package mutating func forgetIndex() { index.value = ClusterIndex() }

  /// Pods that do not tolerate a `NoExecute` taint leave a node that has got one; true where there are any. A
  /// toleration for some seconds counts as one for ever.
  ///
  /// Source: Kubernetes `pkg/controller/tainteviction/taint_eviction.go`.
  private mutating func evictTainted(
    _ changes: ClusterIndex.Changes, in network: Network, at instant: Instant
  ) -> Bool {
    let nodes = changes.nodes.filter { $0.old?.taints != $0.new?.taints }.compactMap(\.new)
    let evicted = nodes.flatMap { node in
      let taints = node.taints.filter { $0.effect == "NoExecute" }
      return taints.isEmpty
        ? []
        : pods(on: node.id).filter { pod in
          pod.termination == nil && !taints.allSatisfy { pod.template.placement.tolerates($0) }
        }
    }
    for pod in evicted { endPod(pod.id, in: network, at: instant) }
    return !evicted.isEmpty
  }

  private mutating func settleWorkloads(
    _ changes: ClusterIndex.Changes, in network: Network, at instant: Instant
  ) {
    var touched = changes.touchedWorkloads
    if changes.nodes.contains(where: { !$0.placesAlike }) {
      touched.formUnion(workloads.lazy.map(\.id).filter { $0.kind == .daemonSet })
    }
    for workload in touched.compactMap({ workload($0) }).sorted(by: { $0.created < $1.created }) {
      settleWorkload(workload, in: network, at: instant)
    }
  }

  mutating func settleWorkload(_ workload: Workload, in network: Network, at instant: Instant) {
    switch workload.id.kind {
    case .deployment: settleDeployment(workload, in: network, at: instant)
    case .daemonSet: settleDaemonSet(workload, in: network, at: instant)
    case .pod: break
    }
  }

  mutating func settleWaitingPods(in network: Network) throws(EditError) {
    let waiting = index.value.waitingPods.compactMap { pod($0) }.sorted { $0.created < $1.created }
    guard !waiting.isEmpty else { return }
    var ranking = NodeRanking(self, in: network)
    var neighbors: [NodeID: NodeEndpoints] = [:]
    for pod in waiting {
      schedule(pod.id, &ranking)
      try connect(pod.id, beside: &neighbors, seed: network.seed)
    }
  }

  /// The pods that a workload counts as its own, as they were when the index was brought up to date.
  func ownPods(of workload: WorkloadID) -> [Pod] {
    (index.value.podsOfWorkload[workload] ?? []).sorted().compactMap { pod($0) }.filter {
      !$0.isDetached && $0.termination == nil
    }
  }

  /// Makes one more pod of a workload, from the template of one of its revisions.
  mutating func makePod(
    of workload: Workload, _ revision: Workload.Revision?, on node: NodeID?, seed: UInt64, at instant: Instant
  ) {
    let isCurrent = revision?.hash == workload.templateHash
    let ordinal = countPod(of: workload.id, on: node)
    let fact = facts.pod(PodFact.Key(workload: workload.id, node: node, ordinal: ordinal))
    var draw = Draw(seed: seed, for: "pod-name", workload.id.description, node?.name ?? "", String(ordinal))
    var name: String
    repeat {
      name = "\(workload.owner(ofPodsOf: revision?.hash).name)-\(draw.nameSuffix(length: 5))"
    } while pod(PodID(namespace: workload.id.namespace, name: name)) != nil
    let recorded = fact?.name.map { PodID(namespace: workload.id.namespace, name: $0) }
    let id =
      recorded.flatMap { pod($0) == nil ? $0 : nil } ?? PodID(namespace: workload.id.namespace, name: name)
    var made = Pod(
      id: id, workload: workload.id, ordinal: ordinal,
      template: isCurrent ? workload.template : revision?.template ?? workload.template,
      created: nextCreation(at: instant), node: node)
    made.revision = revision?.hash
    made.isStarting = workload.id == .ciliumAgent && node.map(isAgentStarting) ?? false
    pods.insert(made)
  }
}

extension ObjectTable<ClusterNode>.Change {
  /// What decides about pods on the node is as it was.
  fileprivate var placesAlike: Bool {
    old?.labels == new?.labels && old?.taints == new?.taints && old?.isCordoned == new?.isCordoned
  }
}

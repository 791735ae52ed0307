import NetModel

extension Cluster {
  /// Lets every control loop run to its end: pods are made, placed and connected, Services get addresses.
  ///
  /// Loops look at what has changed since they ran last; what has not has nothing to do.
  mutating func settle(in network: Network, at instant: Instant) throws(EditError) {
    var changes = takeChanges()
    settleRevisions(changes.workloads.compactMap { $0.new?.id }, seed: network.seed, at: instant)
    settleWorkloads(changes, in: network, at: instant)
    changes += takeChanges()
    try settleWaitingPods(in: network)
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
  private mutating func takeChanges() -> ClusterIndex.Changes {
    var index = index.value
    self.index.value = ClusterIndex()
    defer { self.index.value = index }
    return index.update(to: self)
  }

  /// Forgets what was looked at, so that control loops look at everything.
  package mutating func forgetIndex() { index.value = ClusterIndex() }

  private mutating func settleWorkloads(
    _ changes: ClusterIndex.Changes, in network: Network, at instant: Instant
  ) {
    var touched = Set(changes.workloads.compactMap { $0.new?.id })
    for change in changes.pods { touched.formUnion([change.old, change.new].compactMap { $0?.workload }) }
    if changes.nodes.contains(where: { $0.old == nil || $0.new == nil }) {
      touched.formUnion(workloads.lazy.map(\.id).filter { $0.kind == .daemonSet })
    }
    for workload in touched.compactMap({ workload($0) }).sorted(by: { $0.created < $1.created }) {
      switch workload.id.kind {
      case .deployment: settleDeployment(workload, in: network, at: instant)
      case .daemonSet: settleDaemonSet(workload, in: network, at: instant)
      case .pod: break
      }
    }
  }

  private mutating func settleWaitingPods(in network: Network) throws(EditError) {
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
  private func ownPods(of workload: WorkloadID) -> [Pod] {
    (index.value.podsOfWorkload[workload] ?? []).sorted().compactMap { pod($0) }.filter {
      !$0.isDetached && $0.termination == nil
    }
  }

  private mutating func settleDeployment(_ workload: Workload, in network: Network, at instant: Instant) {
    var own = ownPods(of: workload.id)
    for pod in own where pod.revision != workload.templateHash { endPod(pod.id, in: network, at: instant) }
    own.removeAll { $0.revision != workload.templateHash }
    for _ in own.count..<max(own.count, workload.replicas) {
      makePod(of: workload, on: nil, seed: network.seed, at: instant)
    }
    let surplus = own.count - workload.replicas
    guard surplus > 0 else { return }
    for pod in inOrderOfDeletion(own).prefix(surplus) { endPod(pod.id, in: network, at: instant) }
  }

  private mutating func settleDaemonSet(_ workload: Workload, in network: Network, at instant: Instant) {
    let own = ownPods(of: workload.id)
    let outdated = own.filter { $0.revision != workload.templateHash && !awaitsRollout($0) }
    for pod in outdated { endPod(pod.id, in: network, at: instant) }
    let kept = own.filter { pod in !outdated.contains { $0.id == pod.id } }
    let ending = index.value.terminatingPods.compactMap { pod($0) }.filter { $0.workload == workload.id }
    let served = Set((kept + ending).compactMap(\.node))
    for node in nodes.sorted(by: { $0.joinOrder < $1.joinOrder }) where !served.contains(node.id) {
      makePod(of: workload, on: node.id, seed: network.seed, at: instant)
    }
  }

  private func awaitsRollout(_ pod: Pod) -> Bool {
    pod.workload == .ciliumAgent && agentRollout?.waiting.contains { $0 == pod.node } ?? false
  }

  private mutating func makePod(of workload: Workload, on node: NodeID?, seed: UInt64, at instant: Instant) {
    let ordinal = countPod(of: workload.id, on: node)
    let fact = facts.pod(PodFact.Key(workload: workload.id, node: node, ordinal: ordinal))
    var draw = Draw(seed: seed, for: "pod-name", workload.id.description, node?.name ?? "", String(ordinal))
    var name: String
    repeat {
      name = "\(workload.owner(ofPodsOf: workload.templateHash).name)-\(draw.nameSuffix(length: 5))"
    } while pod(PodID(namespace: workload.id.namespace, name: name)) != nil
    let recorded = fact?.name.map { PodID(namespace: workload.id.namespace, name: $0) }
    let id =
      recorded.flatMap { pod($0) == nil ? $0 : nil } ?? PodID(namespace: workload.id.namespace, name: name)
    var made = Pod(
      id: id, workload: workload.id, ordinal: ordinal, template: workload.template,
      created: nextCreation(at: instant), node: node)
    made.revision = workload.templateHash
    made.isStarting = workload.id == .ciliumAgent && node.map(isAgentStarting) ?? false
    pods.insert(made)
  }

  /// Those without a node first, then those that share their node with most others, then the youngest.
  ///
  /// Source: Kubernetes `pkg/controller/controller_utils.go`, `ActivePodsWithRanks`.
  private func inOrderOfDeletion(_ candidates: [Pod]) -> [Pod] {
    let neighbors = Dictionary(grouping: candidates, by: \.node).mapValues(\.count)
    func rank(_ pod: Pod) -> (Int, Int, Int) {
      (pod.node == nil ? 0 : 1, -(neighbors[pod.node] ?? 0), -pod.created.order)
    }
    return candidates.sorted { rank($0) < rank($1) }
  }
}

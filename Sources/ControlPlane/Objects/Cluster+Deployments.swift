import NetModel

extension Cluster {
  /// Goes on with rollouts, step by step, as far as they go without time passing; adds to `changes` what that changed.
  mutating func settleRollouts(
    _ changes: inout ClusterIndex.Changes, in network: Network, at instant: Instant
  ) throws(EditError) {
    changes += takeChanges()
    var touched = changes.touchedWorkloads
    for _ in 0..<Self.mostRolloutSteps {
      let rolling = touched.compactMap { workload($0) }.filter { isRollingOut($0) }
      guard !rolling.isEmpty else { return }
      for workload in rolling.sorted(by: { $0.created < $1.created }) {
        settleWorkload(workload, in: network, at: instant)
      }
      var news = takeChanges()
      try settleWaitingPods(in: network)
      news += takeChanges()
      changes += news
      touched = news.touchedWorkloads
    }
  }

  /// More than the largest Deployment's rollout takes, pod by pod; keeps a fault of the model from running for ever.
  private static let mostRolloutSteps = 50_000

  private func isRollingOut(_ workload: Workload) -> Bool {
    switch workload.id.kind {
    case .deployment: workload.isRollingOut
    case .daemonSet: hasOutdatedPods(workload)
    case .pod: false
    }
  }

  /// One step of the Deployment's controller, then its ReplicaSets make and end pods.
  mutating func settleDeployment(_ workload: Workload, in network: Network, at instant: Instant) {
    guard let position = workloads.position(of: workload.id) else { return }
    let own = ownPods(of: workload.id)
    let groups = Dictionary(grouping: own, by: \.revision)
    var revisions = workload.revisions
    let next = workload.nextReplicas(
      available: revisions.map { revision in (groups[revision.hash] ?? []).count { isReady($0) } },
      isClear: workload.strategy != .recreate || isClear(workload))
    for (index, replicas) in next.enumerated() { revisions[index].replicas = replicas }
    if next != workload.revisions.map(\.replicas) { workloads[position].revisions = revisions }
    let known = Set(revisions.map(\.hash))
    for pod in own where !known.contains(pod.revision ?? "") { endPod(pod.id, in: network, at: instant) }
    for revision in revisions {
      settleReplicaSet(
        revision, of: workload, pods: groups[revision.hash] ?? [], among: own, in: network, at: instant)
    }
  }

  private mutating func settleReplicaSet(
    _ revision: Workload.Revision, of workload: Workload, pods: [Pod], among own: [Pod], in network: Network,
    at instant: Instant
  ) {
    for _ in pods.count..<max(pods.count, revision.replicas) {
      makePod(of: workload, revision, on: nil, seed: network.seed, at: instant)
    }
    let surplus = pods.count - revision.replicas
    guard surplus > 0 else { return }
    for pod in inOrderOfDeletion(pods, among: own).prefix(surplus) {
      endPod(pod.id, in: network, at: instant)
    }
  }

  /// No pod of an earlier template is left, not even one that ends.
  private func isClear(_ workload: Workload) -> Bool {
    let all = (index.value.podsOfWorkload[workload.id] ?? []).compactMap { pod($0) }
    return all.allSatisfy { $0.isDetached || $0.revision == workload.templateHash }
  }

  /// Those without a place first, then those that are not ready, those that share their node with most others, and
  /// the youngest.
  ///
  /// Source: Kubernetes `pkg/controller/controller_utils.go`, `ActivePodsWithRanks`.
  private func inOrderOfDeletion(_ candidates: [Pod], among all: [Pod]) -> [Pod] {
    let neighbors = Dictionary(grouping: all, by: \.node).mapValues(\.count)
    let ranked = candidates.map { pod in
      (
        pod: pod,
        rank: (
          pod.node == nil ? 0 : pod.isWaiting ? 1 : 2, isReady(pod) ? 1 : 0, -(neighbors[pod.node] ?? 0),
          -pod.created.order
        )
      )
    }
    return ranked.sorted { $0.rank < $1.rank }.map(\.pod)
  }
}

extension ClusterIndex.Changes {
  /// The workloads that were changed, or whose pods were.
  var touchedWorkloads: Set<WorkloadID> {
    var touched = Set(workloads.compactMap { $0.new?.id })
    for change in pods { touched.formUnion([change.old, change.new].compactMap { $0?.workload }) }
    return touched
  }
}

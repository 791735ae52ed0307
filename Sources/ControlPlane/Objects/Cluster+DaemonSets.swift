import NetModel

extension Cluster {
  /// Source: Kubernetes `pkg/controller/daemon/daemon_controller.go`, `podsShouldBeOnNode`;
  /// `pkg/controller/daemon/update.go`, `rollingUpdate`.
  mutating func settleDaemonSet(_ workload: Workload, in network: Network, at instant: Instant) {
    let own = ownPods(of: workload.id)
    let misplaced = own.filter { pod in
      pod.node.flatMap { node($0) }.map { !workload.template.placement.lets(daemonStayOn: $0) } ?? false
    }
    let ending = Set((misplaced + replaceablePods(of: workload, own)).map(\.id))
    for id in ending.sorted() { endPod(id, in: network, at: instant) }
    let staying = own.filter { !ending.contains($0.id) }
    let leaving = ending.compactMap { pod($0) } + endingPods(of: workload.id)
    let served = Set((staying + leaving).compactMap(\.node))
    for node in daemonNodes(of: workload) where !served.contains(node.id) {
      makePod(of: workload, workload.revisions.last, on: node.id, seed: network.seed, at: instant)
    }
  }

  /// The nodes that are to have a pod of a DaemonSet, in the order in which they joined.
  package func daemonNodes(of workload: Workload) -> [ClusterNode] {
    nodes.filter { workload.template.placement.lets(daemonStartOn: $0) }.sorted {
      $0.joinOrder < $1.joinOrder
    }
  }

  func hasOutdatedPods(_ workload: Workload) -> Bool {
    !outdatedPods(of: workload, ownPods(of: workload.id)).isEmpty
  }

  private func outdatedPods(of workload: Workload, _ own: [Pod]) -> [Pod] {
    own.filter { $0.revision != workload.templateHash && !awaitsRollout($0) }
  }

  /// The pods of an earlier template that may go now; how Cilium's agents take turns is told elsewhere.
  private func replaceablePods(of workload: Workload, _ own: [Pod]) -> [Pod] {
    let outdated = outdatedPods(of: workload, own)
    if workload.id == .ciliumAgent { return outdated }
    guard case .rolling = workload.strategy, !outdated.isEmpty else { return [] }
    let wanted = daemonNodes(of: workload)
    let ready = Set(own.filter { isReady($0) }.compactMap(\.node))
    let missing = wanted.count { !ready.contains($0.id) }
    let most = workload.strategy.bounds(of: wanted.count, kind: .daemonSet).unavailable - missing
    let order = Dictionary(uniqueKeysWithValues: wanted.enumerated().map { ($1.id, $0) })
    func turn(_ pod: Pod) -> Int { pod.node.flatMap { order[$0] } ?? wanted.count }
    let unready = outdated.filter { !isReady($0) }
    return unready
      + outdated.filter { isReady($0) }.sorted { turn($0) < turn($1) }.prefix(max(0, most))
  }

  private func endingPods(of workload: WorkloadID) -> [Pod] {
    index.value.terminatingPods.compactMap { pod($0) }.filter { $0.workload == workload }
  }

  private func awaitsRollout(_ pod: Pod) -> Bool {
    pod.workload == .ciliumAgent && agentRollout?.waiting.contains { $0 == pod.node } ?? false
  }
}

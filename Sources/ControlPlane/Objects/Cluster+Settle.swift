import NetModel

extension Cluster {
  /// Lets every control loop run to its end: pods are made, placed and connected, Services get addresses.
  mutating func settle(in network: Network, at instant: Instant) throws(EditError) {
    settleRevisions(seed: network.seed, at: instant)
    for workload in workloads.sorted(by: { $0.created < $1.created }) {
      switch workload.id.kind {
      case .deployment: settleDeployment(workload, seed: network.seed, at: instant)
      case .daemonSet: settleDaemonSet(workload, seed: network.seed, at: instant)
      case .pod: break
      }
    }
    var load = NodeLoad(self)
    for pod in pods.filter(\.isWaiting).sorted(by: { $0.created < $1.created }) {
      schedule(pod.id, load: &load, in: network)
      try connect(pod.id, in: network)
    }
    settlePolicies()
    try settleServices(seed: network.seed)
    settleLoadBalancerIPAM(in: network, at: instant)
    settleLeases(in: network, at: instant)
    settleBGP(at: instant)
    let ports = backedPorts
    for node in nodes { settleLoadBalancer(on: node.id, in: network, of: ports) }
  }

  private mutating func settleDeployment(_ workload: Workload, seed: UInt64, at instant: Instant) {
    let outdated = pods.filter {
      $0.workload == workload.id && !$0.isDetached && $0.revision != workload.templateHash
    }
    pods.removeAll { pod in outdated.contains { $0.id == pod.id } }
    let count = pods.count { $0.workload == workload.id && !$0.isDetached }
    for _ in count..<max(count, workload.replicas) {
      makePod(of: workload, on: nil, seed: seed, at: instant)
    }
    let surplus = count - workload.replicas
    guard surplus > 0 else { return }
    let existing = pods.filter { $0.workload == workload.id && !$0.isDetached }
    let leaving = Set(inOrderOfDeletion(existing).prefix(surplus).map(\.id))
    pods.removeAll { leaving.contains($0.id) }
  }

  private mutating func settleDaemonSet(_ workload: Workload, seed: UInt64, at instant: Instant) {
    pods.removeAll { $0.workload == workload.id && !$0.isDetached && $0.revision != workload.templateHash }
    for node in nodes.sorted(by: { $0.joinOrder < $1.joinOrder }) {
      guard !pods.contains(where: { $0.workload == workload.id && $0.node == node.id && !$0.isDetached })
      else { continue }
      makePod(of: workload, on: node.id, seed: seed, at: instant)
    }
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
    pods.insertSorted(made) { $0.id < $1.id }
  }

  /// Those without a node first, then those that share their node with most others, then the youngest.
  ///
  /// Source: Kubernetes `pkg/controller/controller_utils.go`, `ActivePodsWithRanks`.
  private func inOrderOfDeletion(_ candidates: [Pod]) -> [Pod] {
    func rank(_ pod: Pod) -> (Int, Int, Int) {
      let neighbors = candidates.filter { $0.node == pod.node }.count
      return (pod.node == nil ? 0 : 1, -neighbors, -pod.created.order)
    }
    return candidates.sorted { rank($0) < rank($1) }
  }
}

extension Pod {
  /// It has no node yet, or no place in its node's network.
  fileprivate var isWaiting: Bool { node == nil || (endpoint == nil && !template.usesHostNetwork) }
}

import NetModel

/// Why a node will not have a pod; the raw value is the scheduler's own reason.
///
/// Source: Kubernetes `pkg/scheduler/framework/plugins/*`.
enum PlacementRefusal: Hashable {
  case unschedulable
  case taint(Placement.Taint)
  case nodeSelector
  case antiAffinity
  /// A pod that runs there keeps away from this one.
  case antiAffinityOfOthers

  var reason: String {
    switch self {
    case .unschedulable: "node(s) were unschedulable"
    case .taint(let taint): "node(s) had untolerated taint {\(taint.key): \(taint.value)}"
    case .nodeSelector: "node(s) didn't match Pod's node affinity/selector"
    case .antiAffinity: "node(s) didn't match pod anti-affinity rules"
    case .antiAffinityOfOthers: "node(s) didn't satisfy existing pods anti-affinity rules"
    }
  }

  /// Another pod's leaving could help.
  var isHelpedByPreemption: Bool { self == .antiAffinity || self == .antiAffinityOfOthers }
}

extension Cluster {
  /// Puts a pod that has no node onto one, if any will have it.
  ///
  /// Of the nodes that will, the one with fewest pods of the same workload, then with fewest pods, then the one
  /// that joined first. The real scheduler scores the same wishes, and resources too.
  mutating func schedule(_ id: PodID, load: inout NodeLoad, in network: Network) {
    guard let position = podPosition(id), pods[position].node == nil else { return }
    let pod = pods[position]
    guard let chosen = chosenNode(for: pod, load: load, in: network) else { return }
    pods[position].node = chosen
    load.count(pod, on: chosen)
  }

  private func chosenNode(for pod: Pod, load: NodeLoad, in network: Network) -> NodeID? {
    if let wanted = pod.template.nodeName { return node(wanted)?.id }
    let fact = facts.pod(PodFact.Key(workload: pod.workload, ordinal: pod.ordinal))
    if let recorded = fact?.node, let node = node(recorded), isReady(node, in: network),
      refusal(of: pod, by: node) == nil
    {
      return recorded
    }
    let willing = nodes.filter { isReady($0, in: network) && refusal(of: pod, by: $0) == nil }
    return willing.min { load.rank(of: $0, for: pod.workload) < load.rank(of: $1, for: pod.workload) }?.id
  }

  private func isReady(_ node: ClusterNode, in network: Network) -> Bool {
    node.agent != nil && network.machine(node.id)?.isUp == true
  }

  /// Why a node will not have a pod; `nil` where it will.
  private func refusal(of pod: Pod, by node: ClusterNode) -> PlacementRefusal? {
    let placement = pod.template.placement
    func tolerates(_ taint: Placement.Taint) -> Bool {
      placement.tolerations.contains { $0.tolerates(taint) }
    }
    let cordon = Placement.Taint(key: "node.kubernetes.io/unschedulable", value: "", effect: "NoSchedule")
    if node.isCordoned, !tolerates(cordon) { return .unschedulable }
    if let taint = node.taints.first(where: { $0.isBinding && !tolerates($0) }) { return .taint(taint) }
    guard node.labels.satisfy(placement.nodeSelector) else { return .nodeSelector }
    if placement.antiAffinity.contains(where: { isOccupied($0, for: pod, around: node) }) {
      return .antiAffinity
    }
    return keepsAway(pod, from: node) ? .antiAffinityOfOthers : nil
  }

  /// A pod that a term names runs in the node's part of the cluster.
  private func isOccupied(_ term: Placement.AffinityTerm, for pod: Pod, around node: ClusterNode) -> Bool {
    guard let part = node.labels[term.topologyKey] else { return false }
    return pods.contains { other in
      other.id != pod.id && other.node.flatMap { self.node($0) }?.labels[term.topologyKey] == part
        && term.names(other, for: pod)
    }
  }

  private func keepsAway(_ pod: Pod, from node: ClusterNode) -> Bool {
    pods.contains { other in
      guard !other.template.placement.antiAffinity.isEmpty, other.id != pod.id,
        let home = other.node.flatMap({ self.node($0) })
      else { return false }
      return other.template.placement.antiAffinity.contains { term in
        guard let part = node.labels[term.topologyKey] else { return false }
        return home.labels[term.topologyKey] == part && term.names(pod, for: other)
      }
    }
  }

  /// Why no node will have a pod, in the scheduler's words.
  ///
  /// Source: Kubernetes `pkg/scheduler/framework/types.go`, `FitError.Error`.
  func unschedulableMessage(for pod: Pod, in network: Network) -> String {
    let refusals = nodes.compactMap { node -> PlacementRefusal? in
      if network.machine(node.id)?.isUp != true {
        return .taint(Placement.Taint(key: "node.kubernetes.io/unreachable", value: "", effect: "NoSchedule"))
      }
      return refusal(of: pod, by: node)
    }
    func list(_ reasons: [String]) -> String {
      let counts = Set(reasons).map { reason in "\(reasons.count { $0 == reason }) \(reason)" }
      return counts.sorted().joined(separator: ", ") + "."
    }
    let preemption = refusals.map {
      $0.isHelpedByPreemption
        ? "No preemption victims found for incoming pod" : "Preemption is not helpful for scheduling"
    }
    let total = "0/\(nodes.count) nodes are available: "
    return total + list(refusals.map(\.reason)) + " preemption: " + total + list(preemption)
  }
}

extension Placement.AffinityTerm {
  /// True for a pod that the term of `owner` is about.
  fileprivate func names(_ pod: Pod, for owner: Pod) -> Bool {
    let homes = namespaces.isEmpty ? [owner.id.namespace] : namespaces
    return homes.contains(pod.id.namespace) && selector.selects(pod.template.labels)
  }
}

/// How many pods run on each node.
struct NodeLoad {
  private var pods: [NodeID: Int] = [:]
  private var podsOfWorkload: [WorkloadID: [NodeID: Int]] = [:]

  init(_ cluster: Cluster) {
    for pod in cluster.pods { if let node = pod.node { count(pod, on: node) } }
  }

  mutating func count(_ pod: Pod, on node: NodeID) {
    pods[node, default: 0] += 1
    podsOfWorkload[pod.workload, default: [:]][node, default: 0] += 1
  }

  func rank(of node: ClusterNode, for workload: WorkloadID) -> (Int, Int, Int) {
    (podsOfWorkload[workload]?[node.id] ?? 0, pods[node.id] ?? 0, node.joinOrder)
  }
}

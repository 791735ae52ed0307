import NetModel

/// Why a node will not have a pod; the raw value is the scheduler's own reason.
///
/// Source: Kubernetes `pkg/scheduler/framework/plugins/*`.
enum PlacementRefusal: Hashable {
  case unschedulable
  case taint(Placement.Taint)
  case nodeSelector
  case affinity
  case antiAffinity
  /// A pod that runs there keeps away from this one.
  case antiAffinityOfOthers
  case spread
  /// The node lacks the label that tells the parts of a spread apart.
  case spreadLabel

  var reason: String {
    switch self {
    case .unschedulable: "node(s) were unschedulable"
    case .taint(let taint): "node(s) had untolerated taint {\(taint.key): \(taint.value)}"
    case .nodeSelector: "node(s) didn't match Pod's node affinity/selector"
    case .affinity: "node(s) didn't match pod affinity rules"
    case .antiAffinity: "node(s) didn't match pod anti-affinity rules"
    case .antiAffinityOfOthers: "node(s) didn't satisfy existing pods anti-affinity rules"
    case .spread: "node(s) didn't match pod topology spread constraints"
    case .spreadLabel: "node(s) didn't match pod topology spread constraints (missing required label)"
    }
  }

  /// Another pod's leaving could help.
  var isHelpedByPreemption: Bool {
    self == .antiAffinity || self == .antiAffinityOfOthers || self == .spread
  }
}

extension Cluster {
  /// Puts a pod that has no node onto one, if any will have it.
  ///
  /// Of the nodes that will, the one that preferences like best, then with fewest pods of the same template, then with
  /// fewest pods, then the one that joined first. The real scheduler weighs the same wishes against one another, and
  /// resources too; that preferences come first is assumed.
  mutating func schedule(_ id: PodID, _ ranking: inout NodeRanking) {
    guard let pod = pod(id), pod.node == nil, let chosen = chosenNode(for: pod, &ranking) else { return }
    pods[id: id]?.node = chosen
    ranking.count(pod, on: chosen)
  }

  private func chosenNode(for pod: Pod, _ ranking: inout NodeRanking) -> NodeID? {
    if let wanted = pod.template.nodeName { return node(wanted)?.id }
    let company = Company(of: pod, in: self)
    let fact = facts.pod(PodFact.Key(workload: pod.workload, ordinal: pod.ordinal))
    if let recorded = fact?.node, let node = node(recorded), ranking.isReady(recorded),
      refusal(of: pod, company, by: node) == nil
    {
      return recorded
    }
    ranking.prepare(for: pod, in: self)
    let score = ranking.isAdvised || company.prefers ? { company.score(of: $0) } : nil
    return ranking.best(for: pod, by: score) { company.refusal(by: $0) == nil }
  }

  /// Why a node will not have a pod; `nil` where it will.
  private func refusal(of pod: Pod, _ company: Company, by node: ClusterNode) -> PlacementRefusal? {
    pod.template.placement.refusal(by: node) ?? company.refusal(by: node)
  }

  /// Why no node will have a pod, in the scheduler's words.
  ///
  /// Source: Kubernetes `pkg/scheduler/framework/types.go`, `FitError.Error`.
  func unschedulableMessage(for pod: Pod, in network: Network) -> String {
    let company = Company(of: pod, in: self)
    let refusals = nodes.compactMap { node -> PlacementRefusal? in
      if network.machine(node.id)?.isUp != true {
        return .taint(Placement.Taint(key: "node.kubernetes.io/unreachable", value: "", effect: "NoSchedule"))
      }
      return refusal(of: pod, company, by: node)
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

extension Placement {
  /// Why a node will not have such a pod, whatever else runs there.
  fileprivate func refusal(by node: ClusterNode) -> PlacementRefusal? {
    let cordon = Taint(key: "node.kubernetes.io/unschedulable", value: "", effect: "NoSchedule")
    if node.isCordoned, !tolerates(cordon) { return .unschedulable }
    if let taint = node.taints.first(where: { $0.isBinding && !tolerates($0) }) { return .taint(taint) }
    return admits(node) ? nil : .nodeSelector
  }

  func tolerates(_ taint: Taint) -> Bool { tolerations.contains { $0.tolerates(taint) } }

  /// The node has the labels that are asked for.
  func admits(_ node: ClusterNode) -> Bool {
    (nodeTerms?.contains { $0.selects(node) } ?? true) && node.labels.satisfy(nodeSelector)
  }

  /// A DaemonSet makes a pod for the node; pods of DaemonSets do not mind that it is cordoned.
  ///
  /// Source: Kubernetes `pkg/controller/daemon/daemon_controller.go`, `NodeShouldRunDaemonPod`.
  func lets(daemonStartOn node: ClusterNode) -> Bool {
    admits(node) && node.taints.allSatisfy { !$0.isBinding || tolerates($0) }
  }

  /// A DaemonSet's pod that is there may stay.
  func lets(daemonStayOn node: ClusterNode) -> Bool {
    admits(node) && node.taints.allSatisfy { $0.effect != "NoExecute" || tolerates($0) }
  }
}

/// The nodes by how many pods run there, for pods that are placed one after another.
struct NodeRanking {
  /// In the order in which they joined.
  private let nodes: [ClusterNode]
  private let ready: [Bool]
  private let places: [NodeID: Int]
  /// Some node bears a taint that only advises.
  let isAdvised: Bool
  private var loads: [Int]
  /// The nodes of each load, in the order in which they joined.
  private var nodesByLoad: [[Int]] = []
  private var likePods: [Likeness: [Int: Int]] = [:]
  /// No willing node has fewer pods of a kind.
  private var fewestAlike: [Likeness: Int] = [:]
  private var willing: [Placement: [Bool]] = [:]

  /// Pods of one template of a workload are spread among themselves.
  ///
  /// Source: Kubernetes `pkg/scheduler/framework/plugins/helper/spread.go`, `DefaultSelector`.
  private struct Likeness: Hashable {
    var workload: WorkloadID
    var revision: String?

    init(_ pod: Pod) {
      workload = pod.workload
      revision = pod.revision
    }
  }

  init(_ cluster: Cluster, in network: Network) {
    let nodes = cluster.nodes.sorted { $0.joinOrder < $1.joinOrder }
    self.nodes = nodes
    ready = nodes.map { $0.agent != nil && network.machine($0.id)?.isUp == true }
    isAdvised = nodes.contains { $0.taints.contains { !$0.isBinding } }
    places = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1.id, $0) })
    loads = nodes.map { cluster.index.value.podsOnNode[$0.id]?.count ?? 0 }
    nodesByLoad = Array(repeating: [], count: (loads.max() ?? 0) + 1)
    for (place, load) in loads.enumerated() { nodesByLoad[load].append(place) }
  }

  func isReady(_ node: NodeID) -> Bool { places[node].map { ready[$0] } ?? false }

  mutating func count(_ pod: Pod, on node: NodeID) {
    guard let place = places[node] else { return }
    if let position = nodesByLoad[loads[place]].position(of: place, by: \.self) {
      nodesByLoad[loads[place]].remove(at: position)
    }
    loads[place] += 1
    if loads[place] == nodesByLoad.count { nodesByLoad.append([]) }
    nodesByLoad[loads[place]].insertSorted(place, by: <)
    likePods[Likeness(pod)]?[place, default: 0] += 1
  }

  /// Looks up what the pod's workload and placement have to do with the nodes.
  mutating func prepare(for pod: Pod, in cluster: Cluster) {
    if likePods[Likeness(pod)] == nil {
      let own = (cluster.index.value.podsOfWorkload[pod.workload] ?? []).compactMap { cluster.pod($0) }
      let homes = own.filter { $0.revision == pod.revision }.compactMap(\.node)
      likePods[Likeness(pod)] = Dictionary(
        homes.compactMap { places[$0] }.map { ($0, 1) }, uniquingKeysWith: +)
    }
    let placement = pod.template.placement
    if willing[placement] == nil {
      willing[placement] = nodes.indices.map { ready[$0] && placement.refusal(by: nodes[$0]) == nil }
    }
  }

  /// The best node that will have a pod, first by `score`; call `prepare` first.
  mutating func best(
    for pod: Pod, by score: ((ClusterNode) -> (Int, Int))?, where accepts: (ClusterNode) -> Bool
  ) -> NodeID? {
    guard let willing = willing[pod.template.placement] else { return nil }
    let counts = likePods[Likeness(pod)] ?? [:]
    if let score {
      let ranked = nodes.indices.filter { willing[$0] && accepts(nodes[$0]) }.map { place in
        let (advice, wishes) = score(nodes[place])
        return (rank: (-advice, -wishes, counts[place] ?? 0, loads[place], place), place: place)
      }
      return ranked.min { $0.rank < $1.rank }.map { nodes[$0.place].id }
    }
    let least = fewestAlike[Likeness(pod)] ?? 0
    var best: (place: Int, count: Int)?
    search: for group in nodesByLoad {
      for place in group where willing[place] {
        let count = counts[place] ?? 0
        guard best.map({ count < $0.count }) ?? true, accepts(nodes[place]) else { continue }
        best = (place, count)
        if count <= least { break search }
      }
    }
    fewestAlike[Likeness(pod)] = best?.count
    return best.map { nodes[$0.place].id }
  }
}

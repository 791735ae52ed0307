import NetModel

/// A rollout of the agents' DaemonSet: a few nodes at a time take the new template and the release's values.
///
/// Source: Kubernetes `pkg/controller/daemon/update.go`, `rollingUpdate`; the nodes' order is that in which they
/// joined, where the real one has none.
struct AgentRollout: Hashable, Sendable {
  /// The nodes whose agents are still the old ones, in the order of their turns.
  var waiting: [NodeID]
  /// The nodes whose new agents are not ready yet.
  var starting: [Start] = []

  struct Start: Hashable, Sendable {
    var node: NodeID
    var until: Instant
  }

  /// How long an agent takes until it is ready. Assumed.
  static let startTime = LeaseElections.agentRestart

  var isOver: Bool { waiting.isEmpty && starting.isEmpty }

  var nextEvent: Instant? { starting.map(\.until).min() }
}

extension Network {
  /// The DaemonSet's template has changed: agents are replaced one after another.
  mutating func rollOutTemplate(at instant: Instant) throws(EditError) {
    guard let cluster, let workload = cluster.workload(.ciliumAgent), let last = workload.revisions.last,
      !last.template.isSame(as: workload.template)
    else { return }
    let nodes = cluster.nodes.filter { $0.agent != nil }.sorted { $0.joinOrder < $1.joinOrder }
    self.cluster?.agentRollout = AgentRollout(waiting: nodes.map(\.id))
    try goOnWithRollout(at: instant)
  }

  /// New agents become ready, and as many others are replaced as may be away.
  mutating func goOnWithRollout(at instant: Instant) throws(EditError) {
    guard var rollout = cluster?.agentRollout else { return }
    for start in rollout.starting where start.until <= instant { cluster?.finishStart(of: start.node) }
    rollout.starting.removeAll { $0.until <= instant }
    while rollout.starting.count < cluster?.mostUnavailableAgents ?? 0, !rollout.waiting.isEmpty {
      let node = rollout.waiting.removeFirst()
      guard machine(node)?.isUp == true else { continue }
      try restartAgents(.node(node), at: instant)
      rollout.starting.append(.init(node: node, until: instant + AgentRollout.startTime))
    }
    cluster?.agentRollout = rollout.isOver ? nil : rollout
  }
}

extension Cluster {
  /// How many agents may be away at once during a rollout; at least one.
  ///
  /// Source: Cilium `values.yaml`, `updateStrategy.rollingUpdate.maxUnavailable`: 2.
  fileprivate var mostUnavailableAgents: Int {
    guard case .integer(let number) = helmValues["updateStrategy.rollingUpdate.maxUnavailable"] else {
      return 2
    }
    return max(1, number)
  }

  fileprivate mutating func finishStart(of node: NodeID) {
    for pod in pods(of: .ciliumAgent) where pod.node == node { pods[id: pod.id]?.isStarting = false }
  }

  /// The node's agent was replaced, and is not ready yet.
  func isAgentStarting(on node: NodeID) -> Bool {
    agentRollout?.starting.contains { $0.node == node } ?? false
  }
}

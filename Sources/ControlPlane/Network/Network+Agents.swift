import NetModel

extension Network {
  mutating func setHelmValues(
    _ settings: [HelmSetting], restart selection: Edit.AgentSelection, at instant: Instant
  ) throws(EditError) {
    guard let cluster else { throw .noCluster }
    var values = cluster.helmValues
    for setting in settings { values[setting.path] = setting.value }
    self.cluster?.release(values, .upgrade, at: instant)
    try restartAgents(selection, at: instant)
  }

  mutating func rollBackHelm(to number: Int, at instant: Instant) throws(EditError) {
    guard let cluster else { throw .noCluster }
    guard let revision = cluster.helmRevisions.first(where: { $0.number == number }) else {
      throw .unknownHelmRevision(number)
    }
    self.cluster?.release(revision.values, .rollback(to: number), at: instant)
  }

  /// Starts agents anew: they take the release's values and lay down everything of theirs again.
  mutating func restartAgents(_ selection: Edit.AgentSelection, at instant: Instant) throws(EditError) {
    guard var cluster else { throw .noCluster }
    let nodes = try nodes(selection, of: cluster)
    guard !nodes.isEmpty else { return }
    let settings = try CiliumSettings(ofRelease: cluster.helmValues)
    try cluster.startAgents(on: nodes, settings: settings, in: self)
    for node in nodes { cluster.leaseElections.release(heldBy: node, at: instant) }
    let restarted = Set(nodes)
    for pod in cluster.pods(of: .ciliumAgent) where pod.node.map(restarted.contains) ?? false {
      cluster.pods[id: pod.id] = nil
    }
    if selection == .all { cluster.agentRollout = nil }
    self.cluster = cluster
    endSessions(of: restarted)
    let podCIDRs = PodCIDRs(cluster.nodes.compactMap { $0.agent?.podCIDR })
    for node in nodes {
      if mayStandInTheWay(of: podCIDRs, on: node) { restoreAgentRoutes(on: node) }
      loadTunnelModule(on: node)
    }
  }

  /// Lays down a new agent's routes and devices while the programs of the old one still run.
  ///
  /// Source: Cilium `pkg/datapath/loader/base.go`: node routes come before endpoint and host programs.
  mutating func beginAgentRestart(on node: NodeID, at instant: Instant) throws(EditError) {
    let programs = cluster?.node(node)?.agent?.settings
    try restartAgents(.node(node), at: instant)
    guard let programs, let position = cluster?.nodes.position(of: node) else { return }
    cluster?.nodes[position].agent?.programSettings = programs
  }

  /// The nodes of a selection that are switched on, in the order in which they joined.
  private func nodes(_ selection: Edit.AgentSelection, of cluster: Cluster) throws(EditError) -> [NodeID] {
    switch selection {
    case .none: return []
    case .all:
      let running = cluster.nodes.filter { machine($0.id)?.isUp == true }
      return running.sorted { $0.joinOrder < $1.joinOrder }.map(\.id)
    case .node(let node):
      guard cluster.node(node) != nil else { throw .notInCluster(node) }
      guard machine(node)?.isUp == true else { throw .powerIsOff(node) }
      return [node]
    }
  }

  /// False where nobody wrote a route, or deleted one, that an agent could want there.
  private func mayStandInTheWay(of podCIDRs: PodCIDRs, on node: NodeID) -> Bool {
    guard changes(of: .host(node)) == nil else { return true }
    return machine(node)?.stack.routes.routes.contains { route in
      route.table != .main || podCIDRs.contain(route.destination)
    } ?? false
  }

  /// A starting agent replaces whatever stands in the way of its routes.
  ///
  /// Source: Cilium `pkg/datapath/linux/route/route_linux.go`, `Upsert`.
  mutating func restoreAgentRoutes(on node: NodeID) {
    guard let position = machines.position(of: node, by: \.id) else { return }
    let derived = agentRoutes(on: node).map(\.route)
    machines[position].stack.routes.removeAll { own in derived.contains { $0.occupiesPlace(of: own) } }
    updateChanges(of: .host(node)) { changes in
      changes.deletedRoutes.removeAll { deleted in derived.contains(deleted) }
    }
  }
}

/// Where all routes of agents in the table main lead: those to pods, to other nodes' pods and to `cilium_host`.
private struct PodCIDRs {
  private let prefixes: Set<IPv4Prefix>
  private let lengths: Set<Int>

  init(_ prefixes: [IPv4Prefix]) {
    self.prefixes = Set(prefixes)
    lengths = Set(prefixes.map(\.length))
  }

  func contain(_ prefix: IPv4Prefix) -> Bool {
    lengths.contains { $0 <= prefix.length && prefixes.contains(IPv4Prefix(prefix.address, length: $0)) }
  }
}

extension WorkloadID {
  /// The DaemonSet whose pods are the agents.
  package static let ciliumAgent = WorkloadID(.daemonSet, namespace: "kube-system", name: "cilium")
}

extension CiliumSettings {
  init(ofRelease values: HelmValues) throws(EditError) {
    do {
      try self.init(helm: values)
    } catch {
      throw .settings(error)
    }
  }
}

extension Route {
  /// Of two routes to one prefix of one table with one tos and metric only one can be there.
  package struct Place: Hashable, Sendable {
    let table: TableID
    let destination: IPv4Prefix
    let tos: UInt8
    let metric: UInt32
  }

  package var place: Place { Place(table: table, destination: destination, tos: tos, metric: metric) }

  package func occupiesPlace(of other: Route) -> Bool { place == other.place }
}

import NetModel

/// What control loops look up in a cluster's objects, kept in step with them change by change.
struct ClusterIndex: Sendable {
  /// The objects that it was made from.
  private(set) var pods = ObjectTable<Pod>()
  private(set) var services = ObjectTable<Service>()
  private(set) var workloads = ObjectTable<Workload>()
  private(set) var nodes = ObjectTable<ClusterNode>()
  private(set) var lostNodes: [NodeID] = []

  private(set) var podsOfWorkload: [WorkloadID: Set<PodID>] = [:]
  private(set) var podsOnNode: [NodeID: Set<PodID>] = [:]
  /// Pods that have no node yet, or no place in its network.
  private(set) var waitingPods: Set<PodID> = []
  /// Pods that were deleted and have not ended yet.
  private(set) var terminatingPods: Set<PodID> = []
  /// Pods that keep others away from where they run.
  private(set) var unsociablePods: Set<PodID> = []
  private(set) var podGroups: [String: PodGroups] = [:]
  private(set) var nodesByAddress: [IPv4Address: NodeID] = [:]
  private(set) var clusterIPs: Set<IPv4Address> = []
  /// How many ports of Services have each node port.
  private(set) var nodePorts: [UInt16: Int] = [:]
  private(set) var selectors: [String: SelectingServices] = [:]

  /// The ports of all Services and what is behind them; what all nodes hold alike.
  var backedServices = ObjectTable<BackedService>()
  /// How many Services have each frontend, wherever that is, and each backend.
  var frontendUses: [ServiceNumbers.Place: Int] = [:]
  var backendUses: [Frontend: Int] = [:]
  /// Which L2 policies announce which Services.
  var announced = AnnouncedServices()
  /// The machines whose devices the agents know.
  var machines: [Machine] = []

  /// What has changed since the index was brought up to date last.
  struct Changes {
    var workloads: [ObjectTable<Workload>.Change] = []
    var pods: [ObjectTable<Pod>.Change] = []
    var services: [ObjectTable<Service>.Change] = []
    var nodes: [ObjectTable<ClusterNode>.Change] = []
    /// Nodes that were lost or found again.
    var lostNodes: Set<NodeID> = []

    static func += (left: inout Changes, right: Changes) {
      left.workloads += right.workloads
      left.pods += right.pods
      left.services += right.services
      left.nodes += right.nodes
      left.lostNodes.formUnion(right.lostNodes)
    }
  }

  /// Brings the index up to date; what had changed.
  mutating func update(to cluster: Cluster) -> Changes {
    var changes = Changes()
    changes.workloads = cluster.workloads.changes(since: workloads)
    changes.pods = cluster.pods.changes(since: pods)
    changes.services = cluster.services.changes(since: services)
    changes.nodes = cluster.nodes.changes(since: nodes)
    if lostNodes != cluster.lostNodes {
      changes.lostNodes = Set(lostNodes).symmetricDifference(cluster.lostNodes)
    }
    (workloads, pods, services) = (cluster.workloads, cluster.pods, cluster.services)
    (nodes, lostNodes) = (cluster.nodes, cluster.lostNodes)
    for pod in changes.pods.lazy.compactMap(\.old) { forget(pod) }
    for pod in changes.pods.lazy.compactMap(\.new) { note(pod) }
    for service in changes.services.lazy.compactMap(\.old) { forget(service) }
    for service in changes.services.lazy.compactMap(\.new) { note(service) }
    for node in changes.nodes.lazy.compactMap(\.old) { nodesByAddress[node.address] = nil }
    for node in changes.nodes.lazy.compactMap(\.new) { nodesByAddress[node.address] = node.id }
    return changes
  }

  private mutating func note(_ pod: Pod) {
    podsOfWorkload[pod.workload, default: []].insert(pod.id)
    if let node = pod.node { podsOnNode[node, default: []].insert(pod.id) }
    if pod.isWaiting { waitingPods.insert(pod.id) }
    if pod.termination != nil { terminatingPods.insert(pod.id) }
    if !pod.template.placement.antiAffinity.isEmpty { unsociablePods.insert(pod.id) }
    podGroups[pod.id.namespace, default: PodGroups()].insert(pod)
  }

  private mutating func forget(_ pod: Pod) {
    podsOfWorkload[pod.workload]?.remove(pod.id)
    if let node = pod.node { podsOnNode[node]?.remove(pod.id) }
    waitingPods.remove(pod.id)
    terminatingPods.remove(pod.id)
    unsociablePods.remove(pod.id)
    podGroups[pod.id.namespace]?.remove(pod)
  }

  private mutating func note(_ service: Service) {
    if let address = service.address { clusterIPs.insert(address) }
    for port in service.takenNodePorts { nodePorts[port, default: 0] += 1 }
    selectors[service.id.namespace, default: SelectingServices()].insert(service)
  }

  private mutating func forget(_ service: Service) {
    if let address = service.address { clusterIPs.remove(address) }
    for port in service.takenNodePorts {
      let uses = nodePorts[port] ?? 0
      nodePorts[port] = uses > 1 ? uses - 1 : nil
    }
    selectors[service.id.namespace]?.remove(service)
  }
}

extension Pod {
  /// It has no node yet, or no place in its node's network.
  var isWaiting: Bool { node == nil || (endpoint == nil && !template.usesHostNetwork) }
}

extension Service {
  /// The node ports that it has, that of health checks among them.
  var takenNodePorts: [UInt16] {
    ports.compactMap(\.nodePort) + [healthCheckNodePort].compactMap(\.self)
  }
}

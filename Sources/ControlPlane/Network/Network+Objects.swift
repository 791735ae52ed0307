import NetModel

extension Network {
  mutating func create(_ objects: [ClusterObject], at instant: Instant) throws(EditError) {
    guard var cluster else { throw .noCluster }
    for object in objects { try cluster.insert(object, at: instant) }
    try cluster.settle(in: self, at: instant)
    self.cluster = cluster
  }

  mutating func delete(_ id: ObjectID, at instant: Instant) throws(EditError) {
    guard var cluster else { throw .noCluster }
    guard cluster.contains(id) else { throw .unknownObject(id) }
    switch id {
    case .workload(let workload):
      cluster.workloads.removeAll { $0.id == workload }
      cluster.removePods { $0.workload == workload }
    case .pod(let pod): cluster.removePods { $0.id == pod }
    case .service(let service): cluster.services.removeAll { $0.id == service }
    }
    try cluster.settle(in: self, at: instant)
    self.cluster = cluster
    manualChanges.removeAll { changes in
      if case .pod(let pod) = changes.stack { cluster.pod(pod) == nil } else { false }
    }
  }

  mutating func scale(_ id: WorkloadID, replicas: Int, at instant: Instant) throws(EditError) {
    guard var cluster else { throw .noCluster }
    guard let position = cluster.workloads.firstIndex(where: { $0.id == id }) else {
      throw .unknownObject(.workload(id))
    }
    guard replicas >= 0 else { throw .invalidReplicas(replicas) }
    cluster.workloads[position].replicas = replicas
    try cluster.settle(in: self, at: instant)
    self.cluster = cluster
  }
}

extension Cluster {
  package func contains(_ id: ObjectID) -> Bool {
    switch id {
    case .workload(let id): workload(id) != nil
    case .pod(let id): pod(id) != nil
    case .service(let id): service(id) != nil
    }
  }

  fileprivate mutating func insert(_ object: ClusterObject, at instant: Instant) throws(EditError) {
    guard !contains(object.id) else { throw .objectExists(object.id) }
    let created = nextCreation(at: instant)
    switch object {
    case .workload(var workload):
      workload.created = created
      workloads.insertSorted(workload) { $0.id < $1.id }
    case .pod(var pod):
      pod.created = created
      pod.ordinal = countPod(of: pod.workload, on: nil)
      pods.insertSorted(pod) { $0.id < $1.id }
    case .service(var service):
      service.created = created
      services.insertSorted(service) { $0.id < $1.id }
    }
  }

  mutating func nextCreation(at instant: Instant) -> Creation {
    objectCount += 1
    return Creation(instant: instant, order: objectCount)
  }

  /// Counts one more pod of a workload; the number of those before it.
  mutating func countPod(of workload: WorkloadID, on node: NodeID?) -> Int {
    if let position = podCounts.firstIndex(where: { $0.workload == workload && $0.node == node }) {
      defer { podCounts[position].made += 1 }
      return podCounts[position].made
    }
    podCounts.insertSorted(PodCount(workload: workload, node: node, made: 1)) {
      ($0.workload, $0.node?.name ?? "") < ($1.workload, $1.node?.name ?? "")
    }
    return 0
  }

  mutating func removePods(where isGone: (Pod) -> Bool) {
    pods.removeAll(where: isGone)
  }
}

extension Array {
  /// Inserts an element behind those that it does not precede.
  mutating func insertSorted(_ element: Element, by precedes: (Element, Element) -> Bool) {
    insert(element, at: firstIndex { precedes(element, $0) } ?? endIndex)
  }
}

import NetModel

extension Network {
  mutating func create(_ objects: [ClusterObject], at instant: Instant) throws(EditError) {
    guard var changed = cluster else { throw .noCluster }
    for object in objects { try changed.insert(object, at: instant) }
    cluster = changed
  }

  mutating func delete(_ id: ObjectID, at instant: Instant) throws(EditError) {
    guard var changed = cluster else { throw .noCluster }
    guard changed.contains(id) else { throw .unknownObject(id) }
    switch id {
    case .workload(let workload):
      changed.workloads[id: workload] = nil
      for pod in changed.pods(of: workload) { changed.endPod(pod.id, in: self, at: instant) }
    case .pod(let pod): changed.endPod(pod, in: self, at: instant)
    case .service(let service): changed.services[id: service] = nil
    case .namespace(let name): changed.removeNamespace(name)
    case .policy(let policy): changed.policies.removeAll { $0.id == policy }
    case .document(let document): changed.removeDocument(document)
    }
    cluster = changed
  }

  /// The policy takes the place of the one that bears its name, and keeps its age.
  mutating func replacePolicy(_ policy: Policy) throws(EditError) {
    guard var changed = cluster else { throw .noCluster }
    guard let position = changed.policies.firstIndex(where: { $0.id == policy.id }) else {
      throw .unknownObject(.policy(policy.id))
    }
    var replacement = policy
    replacement.created = changed.policies[position].created
    changed.policies[position] = replacement
    cluster = changed
  }

  mutating func scale(_ id: WorkloadID, replicas: Int) throws(EditError) {
    guard var changed = cluster else { throw .noCluster }
    guard let position = changed.workloads.position(of: id) else {
      throw .unknownObject(.workload(id))
    }
    guard replicas >= 0 else { throw .invalidReplicas(replicas) }
    changed.workloads[position].replicas = replicas
    cluster = changed
  }
}

extension Cluster {
  /// True where the cluster has that object.
  package func contains(_ id: ObjectID) -> Bool {
    switch id {
    case .workload(let id): workload(id) != nil
    case .pod(let id): pod(id) != nil
    case .service(let id): service(id) != nil
    case .namespace(let name): namespaces.contains { $0.name == name }
    case .policy(let id): policy(id) != nil
    case .document(let id): document(id) != nil
    }
  }

  mutating func insert(_ object: ClusterObject, at instant: Instant) throws(EditError) {
    guard !contains(object.id) else { throw .objectExists(object.id) }
    var created = nextCreation(at: instant)
    if let given = object.record.givenCreation {
      created.instant = Instant(nanoseconds: given.nanoseconds - startTime.nanoseconds)
    }
    switch object {
    case .workload(var workload):
      workload.created = created
      workloads.insert(workload)
    case .pod(var pod):
      pod.created = created
      pod.ordinal = countPod(of: pod.workload, on: nil)
      pods.insert(pod)
    case .service(var service):
      try check(service)
      service.created = created
      services.insert(service)
    case .namespace(var namespace):
      namespace.created = created
      namespaces.insertSorted(namespace) { $0.name < $1.name }
    case .policy(var policy):
      policy.created = created
      policies.insertSorted(policy) { $0.id < $1.id }
    case .document(var object):
      object.created = created
      documents.insert(object)
      listEndpoints(as: object.id)
    }
  }

  /// Addresses and ports that a Service asks for must be free.
  private func check(_ service: Service) throws(EditError) {
    if let address = service.address {
      guard serviceCIDR.contains(address) else { throw .addressOutside(address, serviceCIDR) }
      guard !services.contains(where: { $0.address == address }) else { throw .addressTaken(address) }
    }
    for port in service.ports.compactMap(\.nodePort)
    where services.contains(where: { $0.ports.contains { $0.nodePort == port } }) {
      throw .nodePortTaken(port)
    }
  }

  mutating func nextCreation(at instant: Instant) -> Creation {
    objectCount += 1
    lastCreation = max(instant, Instant(nanoseconds: lastCreation.nanoseconds + 1))
    return Creation(instant: lastCreation, order: objectCount)
  }

  /// Counts one more pod of a workload; the number of those before it.
  mutating func countPod(of workload: WorkloadID, on node: NodeID?) -> Int {
    let key = PodCount(workload: workload, node: node)
    defer { podCounts[key, default: 0] += 1 }
    return podCounts[key] ?? 0
  }

  fileprivate mutating func removeDocument(_ id: DocumentID) {
    guard let position = documents.position(of: id) else { return }
    let removed = documents[position]
    documents[position].record.manifest = .object([])
    listEndpoints(as: removed.id)
    documents.remove(at: position)
  }

  /// With a namespace goes all that is in it.
  mutating func removeNamespace(_ name: String) {
    namespaces.removeAll { $0.name == name }
    workloads.removeAll { $0.id.namespace == name }
    services.removeAll { $0.id.namespace == name }
    policies.removeAll { $0.id.namespace == name }
    documents.removeAll { $0.id.namespace == name }
    pods.removeAll { $0.id.namespace == name }
  }
}

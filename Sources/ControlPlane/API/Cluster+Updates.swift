import NetModel

extension Cluster {
  /// A number higher than that of any change before.
  mutating func nextRevision() -> Int {
    objectCount += 1
    return objectCount
  }

  /// Puts what a client sent in place of the object that bears its name; what controllers made of it stays.
  mutating func update(
    _ object: ClusterObject, as request: APIRequest
  ) throws(APIError) {
    let revision = nextRevision()
    func record(_ old: ObjectRecord) -> ObjectRecord {
      var record = old
      record.manifest = object.record.manifest
      record.revision = revision
      return record
    }
    switch object {
    case .service(let service):
      guard let position = services.position(of: service.id) else { return }
      let old = services[position]
      services[position] = service.keepingAllotments(of: old)
      services[position].record = record(old.record)
      if old.type == .loadBalancer, service.type != .loadBalancer {
        services[position].record.status?["loadBalancer"] = nil
      }
    case .workload(let workload):
      guard let position = workloads.position(of: workload.id) else { return }
      let old = workloads[position]
      workloads[position] = workload
      workloads[position].created = old.created
      workloads[position].revisions = old.revisions
      if old.template.isSame(as: workload.template) { workloads[position].template = old.template }
      workloads[position].record = record(old.record)
    case .pod(let pod):
      guard let position = pods.position(of: pod.id) else { return }
      update(podAt: position, to: pod)
      pods[position].record = record(pods[position].record)
      pods[position].leaveOwnershipToController()
    case .namespace(let namespace):
      let old = namespaces.first { $0.name == namespace.name }
      namespaces.removeAll { $0.name == namespace.name }
      var changed = namespace
      changed.labels["kubernetes.io/metadata.name"] = nil
      changed.created = old?.created ?? .unset
      changed.record = record(old?.record ?? ObjectRecord())
      namespaces.insertSorted(changed) { $0.name < $1.name }
    case .policy(let policy):
      guard let position = policies.firstIndex(where: { $0.id == policy.id }) else { return }
      let old = policies[position]
      policies[position] = policy
      policies[position].created = old.created
      policies[position].record = record(old.record)
    case .document(let document):
      guard let position = documents.position(of: document.id) else {
        throw APIError(
          .forbidden,
          "\(request.resource.qualifiedName) \"\(request.id.name)\" is forbidden: not modelled here")
      }
      let old = documents[position]
      documents[position] = document
      documents[position].created = old.created
      documents[position].record = record(old.record)
      listEndpoints(as: document.id)
    }
  }

  /// A pod's labels and images may change; whether its controller still counts it follows from the labels.
  private mutating func update(podAt position: ObjectTable<Pod>.Index, to sent: Pod) {
    var labels = sent.template.labels
    if pods[position].revision != nil {
      for key in ["pod-template-hash", "controller-revision-hash", "pod-template-generation"] {
        labels[key] = nil
      }
    }
    pods[position].template.labels = labels
    pods[position].template.annotations = sent.template.annotations
    pods[position].template.containers = sent.template.containers
    pods[position].template.manifest = sent.template.manifest
    let isWanted = workload(pods[position].workload).map { labels.satisfy($0.selector) } ?? true
    pods[position].isDetached = !isWanted
  }

  /// Labels, annotations, taints and `unschedulable` of a node.
  mutating func updateNode(_ request: APIRequest) {
    guard let position = nodes.position(of: NodeID(request.id.name)) else { return }
    let revision = nextRevision()
    nodes[position].labels = request.labels
    nodes[position].isCordoned = request.manifest.value(at: "spec", "unschedulable") == true
    nodes[position].taints = Placement.Taint.all(in: request.manifest["spec"])
    nodes[position].record.manifest = request.manifest
    nodes[position].record.revision = revision
  }

  /// Changes a workload and counts the change.
  mutating func touch(_ id: WorkloadID, _ change: (inout Workload) -> Void) {
    guard let position = workloads.position(of: id) else { return }
    change(&workloads[position])
    workloads[position].record.revision = nextRevision()
  }

  /// Counts a change of an object's spec.
  mutating func countGeneration(of id: DocumentID) {
    switch id.kind {
    case "Deployment", "DaemonSet":
      guard let position = workload(id).flatMap({ workloads.position(of: $0.id) }) else { return }
      workloads[position].record.generation += 1
    case "NetworkPolicy", "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy":
      guard let position = policies.firstIndex(where: { $0.documentID == id }) else { return }
      policies[position].record.generation += 1
    default:
      guard let position = documents.position(of: id) else { return }
      documents[position].record.generation += 1
    }
  }

  /// Writes an object's status as a client gives it.
  mutating func writeStatus(_ status: JSONValue?, of id: DocumentID) {
    let revision = nextRevision()
    func write(_ record: inout ObjectRecord) {
      record.status = status
      record.revision = revision
    }
    switch id.kind {
    case "Service":
      guard let position = services.position(of: ServiceID(namespace: id.namespace, name: id.name)) else {
        return
      }
      write(&services[position].record)
      services[position].takeAddresses(from: status)
    case "Pod":
      guard let position = pods.position(of: PodID(namespace: id.namespace, name: id.name)) else { return }
      write(&pods[position].record)
    case "Node":
      guard let position = nodes.position(of: NodeID(id.name)) else { return }
      write(&nodes[position].record)
    case "Deployment", "DaemonSet":
      guard let position = workload(id).flatMap({ workloads.position(of: $0.id) }) else { return }
      write(&workloads[position].record)
    case "NetworkPolicy", "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy":
      guard let position = policies.firstIndex(where: { $0.documentID == id }) else { return }
      write(&policies[position].record)
    default:
      guard let position = documents.position(of: id) else { return }
      write(&documents[position].record)
    }
  }
}

extension Pod {
  /// What a controller writes into a pod's metadata is no part of its manifest.
  fileprivate mutating func leaveOwnershipToController() {
    guard revision != nil else { return }
    for name in ["ownerReferences", "generateName"] {
      record.manifest = record.manifest?.setting(["metadata", name], to: nil)
    }
  }
}

extension Service {
  /// The addresses that a status says it has.
  mutating func takeAddresses(from status: JSONValue?) {
    let entries = status?.value(at: "loadBalancer", "ingress")?.elements ?? []
    loadBalancerAddresses = entries.compactMap { $0["ip"]?.text.flatMap { IPv4Address(parsing: $0) } }
      .sorted()
  }

  /// This Service with what controllers gave to `old`.
  func keepingAllotments(of old: Service) -> Service {
    var service = self
    service.created = old.created
    service.endpoints = old.endpoints
    if clusterIP == .unset, type != .externalName { service.clusterIP = old.clusterIP }
    service.loadBalancerAddresses = type == .loadBalancer ? old.loadBalancerAddresses : []
    return service
  }
}

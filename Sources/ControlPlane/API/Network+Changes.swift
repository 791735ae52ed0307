import NetModel

extension Network {
  /// Does what a client asks of the API server.
  mutating func changeObject(_ change: APIChange, at instant: Instant) throws(EditError) {
    do {
      try changing(change, at: instant)
    } catch {
      throw .api(error)
    }
  }

  private mutating func changing(_ change: APIChange, at instant: Instant) throws(APIError) {
    guard cluster != nil else {
      throw APIError(.notFound, "the server could not find the requested resource")
    }
    switch change {
    case .create(let document, let namespace):
      try create(try APIRequest(document, namespace: namespace), at: instant)
    case .replace(let document, let namespace):
      let request = try APIRequest(document, namespace: namespace)
      let current = try stored(request.id, request.resource, at: instant)
      try update(current, to: request, isStrict: true, at: instant)
    case .patch(let resource, let namespace, let name, let patch, let type, let subresource):
      let id = documentID(resource, namespace, name)
      let current = try stored(id, resource, at: instant)
      let patched = try current.patched(with: patch, type, resource: resource)
      if subresource == "status" { return writeStatus(patched["status"], of: id) }
      var request = try APIRequest(patched, namespace: id.namespace)
      request.expectedVersion = type == .json ? nil : patch.value(at: "metadata", "resourceVersion")?.text
      try update(current, to: request, isStrict: false, at: instant)
    case .delete(let resource, let namespace, let name, let graceSeconds):
      try deleteObject(
        documentID(resource, namespace, name), resource, gracePeriod: graceSeconds.map { .seconds($0) },
        at: instant)
    case .scale(let resource, let namespace, let name, let replicas):
      try scale(documentID(resource, namespace, name), resource, replicas: replicas)
    }
  }

  private func documentID(_ resource: APIResource, _ namespace: String?, _ name: String) -> DocumentID {
    DocumentID(
      kind: resource.kind, namespace: resource.isNamespaced ? namespace ?? "default" : "", name: name)
  }

  private func stored(
    _ id: DocumentID, _ resource: APIResource, at instant: Instant
  ) throws(APIError) -> JSONValue {
    try apiGet(resource, namespace: id.namespace, name: id.name, at: instant)
  }

  /// The name that the server makes of `generateName`; `nil` where the document bears its own.
  ///
  /// Source: `apiserver/pkg/storage/names/generate.go`.
  func generatedName(for request: APIRequest) -> String? {
    guard request.id.name.isEmpty, let cluster,
      let prefix = request.manifest.value(at: "metadata", "generateName")?.text
    else { return nil }
    var draw = Draw(
      seed: seed, for: "generated-name", request.id.description, prefix, String(cluster.objectCount))
    return prefix + draw.nameSuffix(length: 5)
  }

  private mutating func create(_ sent: APIRequest, at instant: Instant) throws(APIError) {
    var request = sent
    if let name = generatedName(for: sent) {
      request.id = DocumentID(kind: sent.id.kind, namespace: sent.id.namespace, name: name)
      request.manifest = sent.manifest.setting(["metadata", "name"], to: .string(name))
    }
    guard var cluster else { return }
    request = try admitted(request, replacing: nil, isStrict: true)
    if request.resource.isNamespaced,
      !cluster.allNamespaces.contains(where: { $0.name == request.id.namespace })
    {
      throw APIError(
        .notFound, "namespaces \"\(request.id.namespace)\" not found",
        subject: .init(kind: "namespaces", name: request.id.namespace))
    }
    guard DocumentWriter(self, at: instant)?.document(request.id) == nil else {
      throw .alreadyExists(request.resource, request.id.name)
    }
    var object = try typedObject(request)
    object.record.status = request.status
    if case .service(var service) = object {
      service.takeAddresses(from: request.status)
      object = .service(service)
    }
    do {
      try cluster.insert(object, at: instant)
    } catch {
      throw APIError(.badRequest, "\(error)")
    }
    self.cluster = cluster
  }

  /// The object that a document describes.
  private func typedObject(_ request: APIRequest) throws(APIError) -> ClusterObject {
    if request.resource.kind == "Node" {
      throw APIError(.forbidden, "nodes \"\(request.id.name)\" is forbidden: not modelled here")
    }
    var reader = ManifestReader()
    let manifest = reader.manifest(request.manifest)
    if let fault = reader.faults.first { throw .invalid(request, fault) }
    switch manifest {
    case .object(let object): return object
    case .endpoints:
      return .document(
        StoredObject(
          id: request.id, labels: request.labels, record: ObjectRecord(manifest: request.manifest)))
    case nil: throw APIError(.badRequest, "the object cannot be read")
    }
  }

  private mutating func update(
    _ current: JSONValue, to sent: APIRequest, isStrict: Bool, at instant: Instant
  ) throws(APIError) {
    let (resource, id) = (sent.resource, sent.id)
    if let expected = sent.expectedVersion, expected != current.value(at: "metadata", "resourceVersion")?.text
    {
      throw .modified(resource, id.name)
    }
    var prepared = sent
    if resource.kind == "Service", let old = current["spec"] {
      let spec = ServicePreparation.prepared(sent.manifest["spec"] ?? .object([]), from: old)
      prepared.manifest["spec"] = spec
    }
    let request = try admitted(prepared, replacing: current, isStrict: isStrict)
    var changed = self
    if resource.kind == "Node" {
      changed.cluster?.updateNode(request)
    } else {
      let object = try typedObject(request)
      try changed.cluster?.update(object, as: request)
    }
    let document = try changed.apiGet(resource, namespace: id.namespace, name: id.name, at: instant)
    guard document.essence != current.essence else { return }
    if document["spec"] != current["spec"] { changed.cluster?.countGeneration(of: id) }
    self = changed
  }

  private mutating func deleteObject(
    _ id: DocumentID, _ resource: APIResource, gracePeriod: Duration?, at instant: Instant
  ) throws(APIError) {
    _ = try stored(id, resource, at: instant)
    if id.kind == "Lease", id.namespace == Lease.namespace, remakeLease(id.name, at: instant) { return }
    guard let object = objectID(of: id) else {
      throw APIError(.forbidden, "\(resource.qualifiedName) \"\(id.name)\" is forbidden: not modelled here")
    }
    if case .namespace(let name) = object, ["default", "kube-system", "kube-public"].contains(name) {
      throw APIError(
        .forbidden, "namespaces \"\(name)\" is forbidden: this namespace may not be deleted",
        subject: .init(kind: "namespaces", name: name))
    }
    do {
      try deleteForClient(object, gracePeriod: gracePeriod, at: instant)
    } catch {
      throw APIError(.badRequest, "\(error)")
    }
  }

  private mutating func remakeLease(_ name: String, at instant: Instant) -> Bool {
    guard var changed = cluster else { return false }
    var elections = changed.leaseElections
    let isRemade = elections.remake(name, at: instant) { changed.nextCreation(at: instant) }
    guard isRemade else { return false }
    changed.leaseElections = elections
    cluster = changed
    return true
  }

  /// A pod of the agents' DaemonSet takes the agent with it; a new one starts.
  private mutating func deleteForClient(
    _ object: ObjectID, gracePeriod: Duration?, at instant: Instant
  ) throws(EditError) {
    if case .pod(let id) = object, let pod = cluster?.pod(id), pod.workload == .ciliumAgent,
      let node = pod.node,
      machine(node)?.isUp == true
    {
      return try restartAgents(.node(node), at: instant)
    }
    switch object {
    case .namespace(let name): cluster?.removeNamespace(name)
    case .pod(let pod):
      guard var changed = cluster else { return }
      changed.endPod(pod, gracePeriod: gracePeriod, in: self, at: instant)
      cluster = changed
    default: try delete(object, at: instant)
    }
  }

  private func objectID(of id: DocumentID) -> ObjectID? {
    switch id.kind {
    case "Pod": .pod(PodID(namespace: id.namespace, name: id.name))
    case "Service": .service(ServiceID(namespace: id.namespace, name: id.name))
    case "Deployment", "DaemonSet": cluster?.workload(id).map { .workload($0.id) }
    case "Namespace": .namespace(id.name)
    case "NetworkPolicy", "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy":
      PolicyID.Kind(rawValue: id.kind).map {
        .policy(PolicyID(kind: $0, namespace: id.namespace, name: id.name))
      }
    default: cluster?.document(id).map { .document($0.id) }
    }
  }

  private mutating func scale(
    _ id: DocumentID, _ resource: APIResource, replicas: Int
  ) throws(APIError) {
    guard ["Deployment", "ReplicaSet"].contains(resource.kind) else { throw .notFound(resource, id.name) }
    guard let workload = cluster?.workload(id) else { throw .notFound(resource, id.name) }
    guard replicas >= 0 else {
      throw .invalid(
        resource, id.name,
        [.init("spec.replicas", "Invalid value: \(replicas): must be greater than or equal to 0")])
    }
    guard workload.replicas != replicas else { return }
    cluster?.touch(workload.id) { changed in
      changed.replicas = replicas
      changed.record.generation += 1
      if changed.record.manifest != nil {
        changed.record.manifest = changed.record.manifest?.setting(
          ["spec", "replicas"], to: .number(replicas))
      }
    }
  }

  private mutating func writeStatus(_ status: JSONValue?, of id: DocumentID) {
    cluster?.writeStatus(status?.withoutNulls, of: id)
  }
}

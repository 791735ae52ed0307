import NetModel

/// An object of the cluster, as it is handed in.
package enum ClusterObject: Hashable, Sendable {
  case workload(Workload)
  case pod(Pod)
  case service(Service)
  case namespace(Namespace)
  case policy(Policy)
  case document(StoredObject)

  package var id: ObjectID {
    switch self {
    case .workload(let workload): .workload(workload.id)
    case .pod(let pod): .pod(pod.id)
    case .service(let service): .service(service.id)
    case .namespace(let namespace): .namespace(namespace.name)
    case .policy(let policy): .policy(policy.id)
    case .document(let object): .document(object.id)
    }
  }

  package var record: ObjectRecord {
    get {
      switch self {
      case .workload(let workload): workload.record
      case .pod(let pod): pod.record
      case .service(let service): service.record
      case .namespace(let namespace): namespace.record
      case .policy(let policy): policy.record
      case .document(let object): object.record
      }
    }
    set {
      switch self {
      case .workload(var workload):
        workload.record = newValue
        self = .workload(workload)
      case .pod(var pod):
        pod.record = newValue
        self = .pod(pod)
      case .service(var service):
        service.record = newValue
        self = .service(service)
      case .namespace(var namespace):
        namespace.record = newValue
        self = .namespace(namespace)
      case .policy(var policy):
        policy.record = newValue
        self = .policy(policy)
      case .document(var object):
        object.record = newValue
        self = .document(object)
      }
    }
  }
}

/// What an object of the cluster is known by.
package enum ObjectID: Hashable, Sendable, CustomStringConvertible {
  case workload(WorkloadID)
  case pod(PodID)
  case service(ServiceID)
  case namespace(String)
  case policy(PolicyID)
  case document(DocumentID)

  /// `Kind NAMESPACE/NAME`.
  package var description: String {
    switch self {
    case .workload(let id): id.description
    case .pod(let id): "Pod \(id)"
    case .service(let id): "Service \(id)"
    case .namespace(let name): "Namespace \(name)"
    case .policy(let id): id.description
    case .document(let id): id.description
    }
  }
}

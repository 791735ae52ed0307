import NetModel

extension DocumentWriter {
  /// All objects of a kind, in the order of namespace and name.
  func documents(of kind: String, namespace: String?) -> [JSONValue] {
    func isWanted(_ other: String) -> Bool { namespace == nil || namespace == other }
    let made: [JSONValue]
    switch kind {
    case "Pod": made = cluster.pods.filter { isWanted($0.id.namespace) }.map { document(of: $0) }
    case "Service": made = cluster.services.filter { isWanted($0.id.namespace) }.map { document(of: $0) }
    case "Deployment", "DaemonSet":
      made = cluster.workloads.filter { $0.id.kind.rawValue == kind && isWanted($0.id.namespace) }
        .map { document(of: $0) }
    case "ReplicaSet":
      made = cluster.workloads.filter { $0.id.kind == .deployment && isWanted($0.id.namespace) }
        .flatMap { workload in workload.revisions.map { replicaSet($0, of: workload) } }
    case "Node": made = cluster.nodes.map { document(of: $0) }
    case "Namespace": made = cluster.allNamespaces.map { document(of: $0) }
    case "NetworkPolicy", "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy":
      made = cluster.policies.filter {
        $0.id.kind.rawValue == kind && (isWanted($0.id.namespace) || $0.id.namespace.isEmpty)
      }.map { document(of: $0) }
    case "Endpoints":
      made = cluster.services.filter { isWanted($0.id.namespace) }.compactMap { endpoints(of: $0) }
    case "EndpointSlice":
      made = cluster.services.filter { isWanted($0.id.namespace) }.flatMap { endpointSlices(of: $0) }
    case "CiliumBGPNodeConfig": made = cluster.nodes.compactMap { bgpNodeConfig($0) }
    case "CiliumNode": made = cluster.nodes.compactMap { ciliumNode($0) }
    case "CiliumEndpoint":
      made = cluster.pods.filter { isWanted($0.id.namespace) }.compactMap { ciliumEndpoint($0) }
    case "ConfigMap": made = isWanted("kube-system") ? configMaps : []
    case "CiliumIdentity": made = cluster.identities.entries.map { ciliumIdentity($0) }
    case "Lease":
      let announcements =
        isWanted(Lease.namespace) ? cluster.leaseElections.leases.map { document(of: $0) } : []
      made = announcements + componentLeases(in: namespace)
    case "ServiceL2Status": made = isWanted(MetalLB.namespace) ? serviceL2Statuses : []
    default: made = []
    }
    let stored = cluster.documents.filter {
      $0.id.kind == kind && ($0.id.namespace.isEmpty || isWanted($0.id.namespace))
    }.map { document(of: $0) }
    return (made + stored).sorted { $0.placeInList < $1.placeInList }
  }

  func document(of object: StoredObject) -> JSONValue {
    document(
      object.id, created: object.created, record: object.record, labels: object.labels,
      spec: object.specWithDefaults)
  }

  /// One object; `nil` where there is none.
  func document(_ id: DocumentID) -> JSONValue? {
    switch id.kind {
    case "Pod": cluster.pod(PodID(namespace: id.namespace, name: id.name)).map { document(of: $0) }
    case "Service":
      cluster.service(ServiceID(namespace: id.namespace, name: id.name)).map { document(of: $0) }
    case "Deployment", "DaemonSet": cluster.workload(id).map { document(of: $0) }
    case "Node": cluster.node(NodeID(id.name)).map { document(of: $0) }
    default:
      documents(of: id.kind, namespace: id.namespace.isEmpty ? nil : id.namespace).first {
        $0["metadata"]?["name"]?.text == id.name
      }
    }
  }
}

extension JSONValue {
  fileprivate var placeInList: (String, String) {
    (value(at: "metadata", "namespace")?.text ?? "", value(at: "metadata", "name")?.text ?? "")
  }
}

extension Cluster {
  /// Namespaces with and without a mention of their own, in ascending order of their names.
  package var allNamespaces: [Namespace] {
    let named = Set(namespaces.map(\.name))
    let used = Set(
      Cluster.firstNamespaces + workloads.map(\.id.namespace) + pods.map(\.id.namespace)
        + services.map(\.id.namespace) + policies.map(\.id.namespace) + documents.map(\.id.namespace))
    let others = used.subtracting(named).filter { !$0.isEmpty }.map { Namespace(name: $0) }
    return (namespaces + others).sorted { $0.name < $1.name }
  }

  /// Source: Kubernetes `pkg/controlplane/controller/systemnamespaces`.
  private static let firstNamespaces = ["default", "kube-node-lease", "kube-public", "kube-system"]

  /// The workload of a document's kind and name; `nil` where the cluster has none.
  func workload(_ id: DocumentID) -> Workload? {
    WorkloadID.Kind(rawValue: id.kind).flatMap {
      workload(WorkloadID($0, namespace: id.namespace, name: id.name))
    }
  }
}

extension StoredObject {
  /// What the schema of the object's kind fills in; `nil` where the spec stands as sent.
  ///
  /// Source: Cilium `pkg/k8s/apis/cilium.io/client/crds/v2/ciliumloadbalancerippools.yaml`.
  fileprivate var specWithDefaults: JSONValue? {
    guard id.kind == "CiliumLoadBalancerIPPool", spec["disabled"] == nil else { return nil }
    return spec.setting(["disabled"], to: false)
  }
}

import NetModel

/// The objects that agents and the operator write about nodes, pods and labels.
///
/// Source: Cilium `pkg/k8s/apis/cilium.io/v2/types.go`, `pkg/nodediscovery/nodediscovery.go`,
/// `pkg/k8s/watchers/endpointsynchronizer.go`.
extension DocumentWriter {
  func ciliumNode(_ node: ClusterNode) -> JSONValue? {
    guard let agent = node.agent else { return nil }
    let id = DocumentID(kind: "CiliumNode", name: node.id.name)
    let spec = JSONValue.fields([
      "addresses": [
        .fields(["ip": .string(node.address.description), "type": "InternalIP"]),
        .fields(["ip": .string(agent.routerAddress.description), "type": "CiliumInternalIP"]),
      ],
      "alibaba-cloud": .object([]), "azure": .object([]), "bootid": .string(bootID(of: node)),
      "encryption": .object([]), "eni": .object([]), "health": .object([]), "ingress": .object([]),
      "ipam": .fields(["podCIDRs": .texts([agent.podCIDR.description]), "pools": .object([])]),
    ])
    let status = JSONValue.fields([
      "alibaba-cloud": .object([]), "azure": .object([]), "eni": .object([]),
      "ipam": .fields(["operator-status": .object([])]),
    ])
    var owner = ownerReference(node.documentID, node.created)
    owner["blockOwnerDeletion"] = nil
    owner["controller"] = nil
    return document(
      id, created: node.created, record: ObjectRecord(), labels: node.labels, spec: spec, status: status,
      metadata: [.init("ownerReferences", [owner])])
  }

  private func bootID(of node: ClusterNode) -> String {
    uid(of: DocumentID(kind: "Boot", name: node.id.name), node.created)
  }

  func ciliumEndpoint(_ pod: Pod) -> JSONValue? {
    guard let endpoint = pod.endpoint, let node = pod.node.flatMap({ cluster.node($0) }) else { return nil }
    let id = DocumentID(kind: "CiliumEndpoint", namespace: pod.id.namespace, name: pod.id.name)
    let labels = identityLabels(namespace: pod.id.namespace, labels: pod.template.labels)
    let status = JSONValue.fields([
      "encryption": .object([]),
      "external-identifiers": .fields([
        "cni-attachment-id": .string("\(sandbox(of: pod)):eth0"), "container-id": .string(sandbox(of: pod)),
        "k8s-namespace": .string(pod.id.namespace), "k8s-pod-name": .string(pod.id.name),
        "pod-name": .string(pod.id.description),
      ]),
      "id": .number(endpoint.id),
      "identity": .fields(["id": .number(Int(endpoint.identity.number)), "labels": .texts(labels)]),
      "named-ports": namedPorts(of: pod),
      "networking": .fields([
        "addressing": [.fields(["ipv4": .string(endpoint.address.description)])],
        "node": .string(node.address.description),
      ]),
      "state": "ready",
    ])
    var owner = ownerReference(pod.documentID, pod.created)
    owner["blockOwnerDeletion"] = nil
    owner["controller"] = nil
    return document(
      id, created: pod.created, record: ObjectRecord(), labels: self.labels(of: pod), status: status,
      metadata: [.init("ownerReferences", [owner])])
  }

  private func sandbox(of pod: Pod) -> String {
    var draw = Draw(seed: network.seed, for: "sandbox", pod.id.description, String(pod.created.order))
    return draw.hexDigits(length: 64)
  }

  private func namedPorts(of pod: Pod) -> JSONValue? {
    let ports = pod.template.containers.flatMap(\.ports).filter { !$0.name.isEmpty }
    guard !ports.isEmpty else { return nil }
    return .array(
      ports.sorted { $0.name < $1.name }.map { port in
        .fields([
          "name": .string(port.name), "port": .number(Int(port.number)),
          "protocol": .string(port.transport.name),
        ])
      })
  }

  func ciliumIdentity(_ identity: PodIdentities.Entry) -> JSONValue {
    let id = DocumentID(kind: "CiliumIdentity", name: String(identity.identity.number))
    let labels = identityLabels(namespace: identity.namespace, labels: identity.labels)
    let pods = cluster.pods.filter { $0.endpoint?.identity == identity.identity }
    let first = pods.map(\.created).min() ?? Creation(instant: .start, order: 0)
    var metadata = Labels()
    metadata["io.kubernetes.pod.namespace"] = identity.namespace
    var document = document(id, created: first, record: ObjectRecord(), labels: metadata)
    document["security-labels"] = .object(
      labels.map { label in
        let parts = label.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return .init(String(parts[0]), .string(parts.count > 1 ? String(parts[1]) : ""))
      })
    return document.sorted
  }
}

extension DocumentWriter {
  /// The labels of a pod's identity as Cilium writes them, in ascending order.
  ///
  /// Source: Cilium `pkg/k8s/factory_functions.go`, `GetPodMetadata`; pods run as the account `default`.
  private func identityLabels(namespace: String, labels: Labels) -> [String] {
    let own = cluster.namespaces.first { $0.name == namespace }?.labels ?? Labels()
    var namespaceLabels = own
    namespaceLabels["kubernetes.io/metadata.name"] = namespace
    let identity = LabelledIdentity(
      identity: .unknown, namespace: namespace, namespaceLabels: namespaceLabels, podLabels: labels)
    return (identity.labels.map(\.description) + ["k8s:io.cilium.k8s.policy.serviceaccount=default"]).sorted()
  }
}

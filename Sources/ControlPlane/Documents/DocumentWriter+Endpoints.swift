import NetModel

/// What stands behind Services, as two controllers write it.
///
/// Source: Kubernetes `pkg/controller/endpoint/endpoints_controller.go`,
/// `staging/src/k8s.io/endpointslice/reconciler.go`.
extension DocumentWriter {
  func endpoints(of service: Service) -> JSONValue? {
    guard service.type != .externalName, service.selector != nil || !service.endpoints.isEmpty,
      !cluster.hasWrittenEndpoints(service.id, kind: "Endpoints")
    else { return nil }
    let id = DocumentID(kind: "Endpoints", namespace: service.id.namespace, name: service.id.name)
    let members = cluster.members(of: service).filter { !$0.isTerminating }.sorted { $0.address < $1.address }
    func entries(_ members: [ServiceMember]) -> JSONValue? {
      members.isEmpty
        ? nil
        : .array(
          members.map { member in
            .fields([
              "ip": .string(member.address.description), "nodeName": member.node.map { .string($0.name) },
              "targetRef": targetReference(member),
            ])
          })
    }
    let subset = JSONValue.fields([
      "addresses": entries(members.filter(\.isReady)),
      "notReadyAddresses": entries(members.filter { !$0.isReady }),
      "ports": .array(ports(of: service, for: members.first?.pod)),
    ])
    var labels = service.labels
    if service.selector != nil { labels["endpoints.kubernetes.io/managed-by"] = "endpoint-controller" }
    var document = document(id, created: service.created, record: ObjectRecord(), labels: labels)
    if !members.isEmpty { document["subsets"] = [subset] }
    return document.sorted
  }

  func endpointSlices(of service: Service) -> [JSONValue] {
    guard service.type != .externalName, service.selector != nil || !service.endpoints.isEmpty,
      service.selector != nil || !cluster.hasWrittenEndpoints(service.id, kind: "EndpointSlice")
    else { return [] }
    let members = cluster.orderedMembers(of: service)
    let starts = Array(stride(from: 0, to: max(1, members.count), by: 100))
    return starts.enumerated().map { ordinal, start in
      endpointSlice(of: service, ordinal, Array(members[start..<min(start + 100, members.count)]))
    }
  }

  private func endpointSlice(of service: Service, _ ordinal: Int, _ members: [ServiceMember]) -> JSONValue {
    let id = DocumentID(
      kind: "EndpointSlice", namespace: service.id.namespace, name: sliceName(of: service, ordinal))
    let isOwn = service.selector != nil
    var labels = service.labels
    labels["endpointslice.kubernetes.io/managed-by"] =
      isOwn ? "endpointslice-controller.k8s.io" : "endpointslicemirroring-controller.k8s.io"
    labels["kubernetes.io/service-name"] = service.id.name
    if service.clusterIP == .headless { labels["service.kubernetes.io/headless"] = "" }
    var document = document(
      id, created: service.created, record: ObjectRecord(), labels: labels,
      metadata: [
        .init("generateName", .string(service.id.name + "-")),
        .init("ownerReferences", [ownerReference(service.documentID, service.created)]),
      ])
    document["addressType"] = "IPv4"
    document["endpoints"] = .array(members.map { endpoint($0) })
    document["ports"] = .array(ports(of: service, for: members.first?.pod))
    return document.sorted
  }

  private func sliceName(of service: Service, _ ordinal: Int) -> String {
    let recorded = cluster.facts.service(service.id)?.sliceNames[ifThere: ordinal]
    var draw = Draw(seed: network.seed, for: "endpoint-slice", service.id.description, String(ordinal))
    return recorded ?? "\(service.id.name)-\(draw.nameSuffix(length: 5))"
  }

  private func endpoint(_ member: ServiceMember) -> JSONValue {
    .fields([
      "addresses": .texts([member.address.description]),
      "conditions": .fields([
        "ready": .bool(member.isReady && !member.isTerminating), "serving": .bool(member.isReady),
        "terminating": .bool(member.isTerminating),
      ]),
      "nodeName": member.node.map { .string($0.name) }, "targetRef": targetReference(member),
    ])
  }

  private func targetReference(_ member: ServiceMember) -> JSONValue? {
    guard let pod = member.pod.flatMap({ cluster.pod($0) }) else { return nil }
    return .fields([
      "kind": "Pod", "name": .string(pod.id.name), "namespace": .string(pod.id.namespace),
      "uid": .string(uid(of: pod.documentID, pod.created)),
    ])
  }

  /// The ports of the pods behind the Service, in the order of the Service's.
  private func ports(of service: Service, for pod: PodID?) -> [JSONValue] {
    service.ports.compactMap { port in
      let number: UInt16? =
        switch port.target {
        case .number(let number): number
        case .name(let name): pod.flatMap { cluster.pod($0) }?.template.port(named: name)
        }
      guard let number else { return nil }
      return .fields([
        "name": .string(port.name), "port": .number(Int(number)),
        "protocol": .string(port.transport.name),
      ])
    }
  }
}

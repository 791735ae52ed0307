import NetModel

extension DocumentWriter {
  /// Which node announces each Service, as its speaker says.
  ///
  /// Source: MetalLB `internal/k8s/controllers/layer2_status_controller.go`.
  var serviceL2Statuses: [JSONValue] {
    network.speakerAnnouncements.flatMap { node, rows in
      let services = Set(rows.flatMap(\.services)).sorted()
      return services.map { service in
        serviceL2Status(service, node, rows.filter { $0.services.contains(service) }.map(\.interface))
      }
    }
  }

  private func serviceL2Status(_ service: ServiceID, _ node: NodeID, _ interfaces: [String]) -> JSONValue {
    var draw = Draw(
      seed: network.seed, for: "generated-name", "ServiceL2Status", service.description, node.name)
    let id = DocumentID(
      kind: "ServiceL2Status", namespace: MetalLB.namespace, name: "l2-" + draw.nameSuffix(length: 5))
    let since = cluster.metalLB?.events.last { $0.service == service && $0.kind == .announced(node) }?.instant
    let labels = Labels([
      ("metallb.io/node", node.name), ("metallb.io/service-name", service.name),
      ("metallb.io/service-namespace", service.namespace),
    ])
    return document(
      id, created: Creation(instant: since ?? now, order: 0), record: ObjectRecord(), labels: labels,
      spec: .object([]),
      status: .fields([
        "interfaces": .array(Set(interfaces).sorted().map { .fields(["name": .string($0)]) }),
        "node": .string(node.name), "serviceName": .string(service.name),
        "serviceNamespace": .string(service.namespace),
      ]))
  }
}

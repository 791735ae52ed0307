import NetModel

extension Cluster {
  /// Takes what a client wrote into Endpoints or an EndpointSlice for what stands behind the Service that it names.
  ///
  /// Source: Kubernetes documentation, Services without selectors.
  mutating func listEndpoints(as id: DocumentID) {
    guard let service = serviceName(of: id),
      let position = services.position(of: ServiceID(namespace: id.namespace, name: service)),
      services[position].selector == nil
    else { return }
    services[position].endpoints = writtenAddresses(of: services[position].id)
  }

  /// A client wrote what stands behind the Service.
  func hasWrittenEndpoints(_ service: ServiceID, kind: String) -> Bool {
    writtenEndpoints(of: service).contains { $0.id.kind == kind }
  }

  /// The Service that Endpoints or an EndpointSlice is about; `nil` for all other objects.
  private func serviceName(of id: DocumentID, labels: Labels? = nil) -> String? {
    switch id.kind {
    case "Endpoints": id.name
    case "EndpointSlice": (labels ?? document(id)?.labels)?["kubernetes.io/service-name"]
    default: nil
    }
  }

  private func writtenEndpoints(of service: ServiceID) -> [StoredObject] {
    documents.filter {
      $0.id.namespace == service.namespace && serviceName(of: $0.id, labels: $0.labels) == service.name
    }
  }

  private func writtenAddresses(of service: ServiceID) -> [IPv4Address] {
    let manifests = writtenEndpoints(of: service).compactMap(\.record.manifest)
    let texts = manifests.flatMap { manifest -> [JSONValue] in
      let subsets = (manifest["subsets"]?.elements ?? []).flatMap { $0["addresses"]?.elements ?? [] }
      let ready = (manifest["endpoints"]?.elements ?? []).filter {
        $0.value(at: "conditions", "ready") != false && $0.value(at: "conditions", "terminating") != true
      }
      return subsets.compactMap { $0["ip"] } + ready.flatMap { $0["addresses"]?.elements ?? [] }
    }
    return Set(texts.compactMap { $0.text.flatMap { IPv4Address(parsing: $0) } }).sorted()
  }
}

import NetModel

/// Source: Kubernetes `core/v1/types.go`, `ServiceSpec`; `pkg/apis/core/v1/defaults.go`, `SetDefaults_Service`.
extension DocumentWriter {
  func document(of service: Service) -> JSONValue {
    document(
      service.documentID, created: service.created, record: service.record, labels: service.labels,
      spec: spec(of: service), status: status(of: service))
  }

  private func spec(of service: Service) -> JSONValue {
    var spec = service.record.manifest?["spec"] ?? .object([])
    spec["type"] = .string(service.type.rawValue)
    spec["selector"] = service.selector.flatMap { $0.isEmpty ? nil : $0.document }
    let ports = service.ports.enumerated().map { port($1, sent: spec["ports"]?.elements[ifThere: $0]) }
    spec["ports"] = ports.isEmpty ? nil : .array(ports)
    spec["sessionAffinity"] = service.affinitySeconds == nil ? "None" : "ClientIP"
    spec["sessionAffinityConfig"] = service.affinitySeconds.map {
      .fields(["clientIP": .fields(["timeoutSeconds": .number($0)])])
    }
    spec["externalTrafficPolicy"] =
      service.type == .nodePort || service.type == .loadBalancer || !service.externalIPs.isEmpty
      ? .string(service.externalTrafficPolicy.rawValue) : nil
    spec["allocateLoadBalancerNodePorts"] =
      service.type == .loadBalancer ? .bool(service.allocatesNodePorts) : nil
    spec["healthCheckNodePort"] = service.healthCheckNodePort.map { .number(Int($0)) }
    guard service.type != .externalName else { return spec }
    spec["internalTrafficPolicy"] = .string(service.internalTrafficPolicy.rawValue)
    spec["ipFamilies"] = spec["ipFamilies"] ?? ["IPv4"]
    spec["ipFamilyPolicy"] = spec["ipFamilyPolicy"] ?? "SingleStack"
    if let address = clusterAddress(of: service) {
      spec["clusterIP"] = .string(address)
      spec["clusterIPs"] = .texts([address])
    }
    return spec
  }

  private func clusterAddress(of service: Service) -> String? {
    switch service.clusterIP {
    case .unset: nil
    case .headless: "None"
    case .address(let address): address.description
    }
  }

  private func port(_ port: Service.Port, sent: JSONValue?) -> JSONValue {
    var document = sent ?? .object([])
    document["name"] = port.name.isEmpty ? nil : .string(port.name)
    document["protocol"] = .string(port.transport.name)
    document["port"] = .number(Int(port.number))
    switch port.target {
    case .number(let number): document["targetPort"] = .number(Int(number))
    case .name(let name): document["targetPort"] = .string(name)
    }
    document["nodePort"] = port.nodePort.map { .number(Int($0)) }
    return document
  }

  private func status(of service: Service) -> JSONValue {
    var status = service.record.status ?? .object([])
    if !service.ingress.isEmpty {
      status["loadBalancer"] = .fields(["ingress": .array(service.ingress.map(\.document))])
      return status
    }
    let ingress = service.loadBalancerAddresses.map { LoadBalancerIngress(ip: $0.description).document }
    status["loadBalancer"] = ingress.isEmpty ? .object([]) : .fields(["ingress": .array(ingress)])
    return status
  }
}

extension Service {
  package var documentID: DocumentID {
    DocumentID(kind: "Service", namespace: id.namespace, name: id.name)
  }
}

extension Array {
  /// The element at a place; `nil` behind the end.
  subscript(ifThere position: Int) -> Element? {
    indices.contains(position) ? self[position] : nil
  }
}

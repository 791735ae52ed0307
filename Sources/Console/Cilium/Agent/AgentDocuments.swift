import ControlPlane
import NetModel

/// What the agent's API tells, as `cilium-dbg -o json` prints it; what the model does not know is left out.
///
/// Source: Cilium `api/v1/models`; `pkg/endpoint/api.go`, `GetModelRLocked`; `pkg/loadbalancer/frontend.go`,
/// `ToModel`.
extension AgentView {
  var endpointDocuments: [JSONValue] { endpointRows.map(document) }

  /// The endpoints that a word means: a number, `pod-name:NAMESPACE:POD`, `cep-name:NAMESPACE/POD`, `ipv4:ADDRESS`.
  ///
  /// Source: Cilium `pkg/endpoint/id/id.go`.
  ///
  /// - Returns: `nil` for a word that is none of these.
  func endpointRows(named word: String) -> [EndpointRow]? {
    if let id = Int(word) { return endpointRows.filter { $0.id == id } }
    let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    switch parts[0] {
    case "cilium-local": return Int(parts[1]).map { id in endpointRows.filter { $0.id == id } }
    case "ipv4": return endpointRows.filter { $0.address?.description == parts[1] }
    case "cep-name": return endpointRows.filter { pod(of: $0)?.pod.description == parts[1] }
    case "pod-name":
      return endpointRows.filter { row in
        pod(of: row).map { "\($0.pod.namespace):\($0.pod.name)" == parts[1] } ?? false
      }
    default: return nil
    }
  }

  private func pod(of row: EndpointRow) -> LocalEndpoint.PodEndpoint? {
    endpoints.lazy.compactMap(\.podEndpoint).first { $0.id == row.id }
  }

  func document(of row: EndpointRow) -> JSONValue {
    let labels = JSONValue.array(row.labels.map { .string($0) })
    var status: [JSONValue.Member] = []
    if let pod = pod(of: row)?.pod {
      status.append(
        .init(
          "external-identifiers",
          .object([
            .init("k8s-namespace", .string(pod.namespace)), .init("k8s-pod-name", .string(pod.name)),
            .init("pod-name", .string("\(pod)")),
          ])))
    }
    status += [
      .init(
        "health",
        .object([
          .init("bpf", "OK"), .init("connected", true), .init("overallHealth", "OK"), .init("policy", "OK"),
        ])),
      .init(
        "identity", .object([.init("id", .number(Int(row.identity.number))), .init("labels", labels)])),
      .init("labels", .object([.init("realized", .object([])), .init("security-relevant", labels)])),
    ]
    if let networking = networking(of: row) { status.append(.init("networking", networking)) }
    let policy = policy(of: row)
    status += [
      .init("policy", .object([.init("realized", policy), .init("spec", policy)])), .init("state", "ready"),
    ]
    return .object([.init("id", .number(row.id)), .init("status", .object(status))])
  }

  private func networking(of row: EndpointRow) -> JSONValue? {
    guard let pod = pod(of: row), let address = row.address else { return nil }
    let index = stack.interface(named: pod.interface)?.index ?? 0
    return .object([
      .init("addressing", .array([.object([.init("ipv4", .string("\(address)"))])])),
      .init("host-mac", .string("\(pod.nodeMAC)")), .init("interface-index", .number(index)),
      .init("interface-name", .string(pod.interface)), .init("mac", .string("\(pod.mac)")),
    ])
  }

  private func policy(of row: EndpointRow) -> JSONValue {
    let enabled =
      switch (row.enforcesIngress, row.enforcesEgress) {
      case (true, true): "both"
      case (true, false): "ingress"
      case (false, true): "egress"
      case (false, false): "none"
      }
    return .object([
      .init("id", .number(Int(row.identity.number))), .init("policy-enabled", .string(enabled)),
    ])
  }

  func document(of entry: ServiceEntry) -> JSONValue {
    let service = cluster.service(entry.service)
    let protocolName = JSONValue.string(entry.frontend.transport == .tcp ? "TCP" : "UDP")
    let backends = entry.allBackends.map { backend -> JSONValue in
      var fields: [JSONValue.Member] = [.init("ip", .string("\(backend.address)"))]
      if let node = backend.node { fields.append(.init("nodeName", .string(node.name))) }
      fields += [
        .init("port", .number(Int(backend.port))), .init("protocol", protocolName),
        .init("state", .string(backend.stateName)),
      ]
      return .object(fields)
    }
    let external = JSONValue.string((service?.externalTrafficPolicy ?? .cluster).rawValue)
    let spec = JSONValue.object([
      .init("backend-addresses", .array(backends)),
      .init(
        "flags",
        .object([
          .init("extTrafficPolicy", external),
          .init("intTrafficPolicy", .string((service?.internalTrafficPolicy ?? .cluster).rawValue)),
          .init("name", .string(entry.service.name)), .init("namespace", .string(entry.service.namespace)),
          .init("trafficPolicy", external), .init("type", .string(entry.type.rawValue)),
        ])),
      .init(
        "frontend-address",
        .object([
          .init("ip", .string("\(entry.frontend.address)")),
          .init("port", .number(Int(entry.frontend.port))), .init("protocol", protocolName),
          .init("scope", "external"),
        ])),
      .init("id", .number(entry.id)),
    ])
    return .object([.init("spec", spec), .init("status", .object([.init("realized", spec)]))])
  }

  /// Of all nodes that have an agent, in ascending order of name.
  var nodeDocuments: [JSONValue] {
    cluster.nodes.filter { $0.agent != nil }.sorted { $0.id < $1.id }.map { node in
      let address = JSONValue.object([
        .init("alloc-range", .string(node.agent.map { "\($0.podCIDR)" } ?? "")), .init("enabled", true),
        .init("ip", .string("\(node.address)")),
      ])
      return .object([
        .init("name", .string(node.id.name)), .init("primary-address", .object([.init("ipv4", address)])),
        .init("source", node.id == self.node.id ? "local" : "custom-resource"),
      ])
    }
  }

  func document(of entry: IPCacheEntry) -> JSONValue {
    var fields: [JSONValue.Member] = [.init("cidr", .string("\(entry.prefix)"))]
    if let host = entry.tunnelEndpoint { fields.append(.init("hostIP", .string("\(host)"))) }
    fields += [
      .init("identity", .number(Int(entry.identity.number))),
      .init("metadata", .object([.init("source", .string(source(of: entry).rawValue))])),
    ]
    return .object(fields)
  }
}

extension LabelledIdentity {
  var document: JSONValue {
    .object([
      .init("id", .number(Int(identity.number))),
      .init("labels", .array(printableLabels.map { .string($0) })),
    ])
  }
}

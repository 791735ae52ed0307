import NetModel

extension Cluster {
  /// `cilium_lb4_services_v2` of a node: in the order in which the Services were made, and of each first its
  /// cluster address, then its node ports.
  func serviceEntries(on node: ClusterNode, in network: Network, of ports: [BackedPort]) -> [ServiceEntry] {
    ports.flatMap { port in
      frontends(of: port.service, port: port.port, on: node, in: network).map { frontend, type in
        entry(frontend, type: type, port: port, on: node)
      }
    }
  }

  /// A port of a Service and all that is behind it, whatever a node's traffic policy leaves.
  struct BackedPort {
    let service: Service
    let port: Service.Port
    /// In ascending order of address and port; without a node's numbers.
    let backends: [ServiceBackend]
  }

  /// The ports of all Services, in the order in which the Services were made; the same for every node.
  var backedPorts: [BackedPort] {
    services.sorted { $0.created < $1.created }.flatMap { service in
      service.ports.map { port in
        BackedPort(service: service, port: port, backends: backends(of: service, port: port))
      }
    }
  }

  private func frontends(
    of service: Service, port: Service.Port, on node: ClusterNode, in network: Network
  ) -> [(Frontend, ServiceEntry.FrontendType)] {
    var frontends: [(Frontend, ServiceEntry.FrontendType)] = []
    if let address = service.address {
      let frontend = Frontend(address: address, port: port.number, transport: port.transport)
      frontends.append((frontend, .clusterIP))
    }
    guard node.agent?.settings.kubeProxyReplacement == true else { return frontends }
    frontends += service.externalIPs.map {
      (Frontend(address: $0, port: port.number, transport: port.transport), .externalIPs)
    }
    guard service.type != .clusterIP else { return frontends }
    frontends += service.loadBalancerAddresses.map {
      (Frontend(address: $0, port: port.number, transport: port.transport), .loadBalancer)
    }
    guard let nodePort = port.nodePort else { return frontends }
    let devices = network.agentDevices(on: node.id)
    for address in [IPv4Address.any] + devices.compactMap({ $0.addresses.first?.local.address }) {
      frontends.append(
        (Frontend(address: address, port: nodePort, transport: port.transport), .nodePort))
    }
    return frontends
  }

  private func entry(
    _ frontend: Frontend, type: ServiceEntry.FrontendType, port: BackedPort, on node: ClusterNode
  ) -> ServiceEntry {
    let service = port.service
    let policy = type == .clusterIP ? service.internalTrafficPolicy : service.externalTrafficPolicy
    let hasTwoScopes = type != .clusterIP && policy != service.internalTrafficPolicy
    return ServiceEntry(
      id: node.agent?.frontendID(frontend) ?? 0, frontend: frontend, type: type, service: service.id,
      portName: port.port.name, backends: slots(of: port, on: node, policy: policy),
      internalBackends: hasTwoScopes
        ? slots(of: port, on: node, policy: service.internalTrafficPolicy) : nil,
      affinitySeconds: service.affinitySeconds,
      sourceRanges: type == .loadBalancer ? service.loadBalancerSourceRanges : [])
  }

  /// The backends that a node has slots for, with its numbers.
  private func slots(
    of port: BackedPort, on node: ClusterNode, policy: Service.TrafficPolicy
  ) -> [ServiceBackend] {
    port.backends.filter { policy == .cluster || $0.node == node.id }.map { backend in
      var numbered = backend
      let key = Frontend(address: backend.address, port: backend.port, transport: port.port.transport)
      numbered.id = node.agent?.backendID(key) ?? 0
      return numbered
    }
  }

  /// The pods behind a port, or what was listed by hand; slots are in ascending order of address and port.
  ///
  /// Source: Cilium `pkg/loadbalancer/reconciler/bpf_reconciler.go`.
  func backends(of service: Service, port: Service.Port) -> [ServiceBackend] {
    let all =
      service.selector == nil
      ? listedBackends(of: service, port: port) : podBackends(of: service, port: port)
    return all.sorted { ($0.address, $0.port) < ($1.address, $1.port) }
  }

  private func listedBackends(of service: Service, port: Service.Port) -> [ServiceBackend] {
    guard case .number(let number) = port.target else { return [] }
    return service.endpoints.map { address in
      ServiceBackend(id: 0, address: address, port: number, node: nodes.first { $0.address == address }?.id)
    }
  }

  private func podBackends(of service: Service, port: Service.Port) -> [ServiceBackend] {
    guard let selector = service.selector, !selector.isEmpty else { return [] }
    let chosen = pods.indices.filter { index in
      pods[index].id.namespace == service.id.namespace && pods[index].template.labels.satisfy(selector)
        && isReady(pods[index])
    }
    return chosen.compactMap { index in
      let pod = pods[index]
      guard let address = address(of: pod), let number = number(of: port.target, in: pod) else { return nil }
      return ServiceBackend(id: 0, address: address, port: number, pod: pod.id, node: pod.node)
    }
  }

  private func number(of target: Service.Target, in pod: Pod) -> UInt16? {
    switch target {
    case .number(let number): number
    case .name(let name): pod.template.port(named: name)
    }
  }

  /// The address that the cluster knows the pod by; `nil` while it has none.
  package func address(of pod: Pod) -> IPv4Address? {
    pod.template.usesHostNetwork ? pod.node.flatMap { node($0)?.address } : pod.endpoint?.address
  }
}

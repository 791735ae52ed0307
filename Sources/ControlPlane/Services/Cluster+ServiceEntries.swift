import NetModel

extension Cluster {
  /// `cilium_lb4_services_v2` of a node: in the order in which the Services were made, and of each first its
  /// cluster address, then its node ports.
  func serviceEntries(on node: ClusterNode) -> [ServiceEntry] {
    guard let agent = node.agent, let numbers = numbers(of: agent) else { return [] }
    return backedPorts.flatMap { port in
      port.places(numbers.shape).map { place, type in
        entry(place, type: type, port: port, numbers: numbers, on: node, addresses: agent.nodePortAddresses)
      }
    }
  }

  private func entry(
    _ place: ServiceNumbers.Place, type: ServiceEntry.FrontendType, port: BackedPort, numbers: ServiceNumbers,
    on node: ClusterNode, addresses: [IPv4Address]
  ) -> ServiceEntry {
    let service = port.service
    let isChecked = type == .loadBalancer || node.agent?.settings.sourceRangesForAllTypes == true
    let policy = port.policy(type)
    let hasTwoScopes = type != .clusterIP && policy != service.internalTrafficPolicy
    func slots(_ policy: Service.TrafficPolicy) -> BackendSlots {
      BackendSlots(port.numbered(on: node.id, policy: policy, numbers))
    }
    let slotsOfAll = slots(policy)
    let internalSlots = hasTwoScopes ? slots(service.internalTrafficPolicy) : nil
    var entry = ServiceEntry(
      id: numbers.frontends[place] ?? 0, frontend: place.frontend(addresses), type: type, service: service.id,
      portName: port.port.name, backends: slotsOfAll.chosen, internalBackends: internalSlots?.chosen,
      affinitySeconds: service.affinitySeconds,
      sourceRanges: isChecked ? service.loadBalancerSourceRanges : [],
      deniesSourceRanges: service.deniesSourceRanges)
    entry.drainingBackends = slotsOfAll.draining
    entry.internalDrainingBackends = internalSlots?.draining ?? []
    return entry
  }

  /// The pods behind a port that serve, deleted or not, or what was listed by hand; in ascending order of address and
  /// port, as slots are among those of one state.
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
      ServiceBackend(id: 0, address: address, port: number, node: index.value.nodesByAddress[address])
    }
  }

  private func podBackends(of service: Service, port: Service.Port) -> [ServiceBackend] {
    pods(selectedBy: service).compactMap { pod in
      guard isServing(pod), let address = address(of: pod), let number = number(of: port.target, in: pod)
      else { return nil }
      return ServiceBackend(
        id: 0, address: address, port: number, pod: pod.id, node: pod.node,
        isTerminating: pod.termination != nil)
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

/// Who gets new connections, and who keeps those that it has.
///
/// Source: Cilium `pkg/loadbalancer/reconciler/bpf_reconciler.go`, `updateFrontend`; Kubernetes KEP-1669.
private struct BackendSlots {
  let chosen: [ServiceBackend]
  let draining: [ServiceBackend]

  init(_ backends: [ServiceBackend]) {
    let active = backends.filter { !$0.isTerminating }
    chosen = active.isEmpty ? backends : active
    draining = active.isEmpty ? [] : backends.filter(\.isTerminating)
  }
}

extension BackedPort {
  /// The backends that a node has slots for, with its numbers.
  fileprivate func numbered(
    on node: NodeID, policy: Service.TrafficPolicy, _ numbers: ServiceNumbers
  ) -> [ServiceBackend] {
    backends.filter { policy == .cluster || $0.node == node }.map { backend in
      var numbered = backend
      let key = Frontend(address: backend.address, port: backend.port, transport: port.transport)
      numbered.id = numbers.backends.number(of: key, on: node) ?? 0
      return numbered
    }
  }
}

extension ServiceNumbers.Place {
  /// The frontend of a node whose devices have these addresses.
  fileprivate func frontend(_ addresses: [IPv4Address]) -> Frontend {
    let own: IPv4Address =
      switch address {
      case .fixed(let address): address
      case .nodePort(let ordinal): addresses[ifThere: ordinal - 1] ?? .any
      }
    return Frontend(address: own, port: port, transport: transport)
  }
}

import NetModel

extension Cluster {
  /// Gives cluster addresses and node ports to the Services that lack them.
  mutating func settleServices(seed: UInt64) throws(EditError) {
    for id in services.sorted(by: { $0.created < $1.created }).map(\.id) {
      guard let position = services.firstIndex(where: { $0.id == id }) else { continue }
      if services[position].clusterIP == .unset {
        services[position].clusterIP = .address(try clusterIP(for: id, seed: seed))
      }
      settleHealthCheckPort(at: position, seed: seed)
      guard services[position].needsNodePorts else { continue }
      for index in services[position].ports.indices where services[position].ports[index].nodePort == nil {
        services[position].ports[index].nodePort = nodePort(
          for: id, port: services[position].ports[index], seed: seed)
      }
    }
  }

  /// A free address above the range's first 256, which are for those who ask for a fixed one.
  ///
  /// Source: Kubernetes `pkg/registry/core/service/ipallocator/ipallocator.go`, KEP-3070.
  private func clusterIP(for id: ServiceID, seed: UInt64) throws(EditError) -> IPv4Address {
    let taken = services.compactMap(\.address)
    if let recorded = facts.service(id)?.clusterIP, serviceCIDR.contains(recorded), !taken.contains(recorded)
    {
      return recorded
    }
    let reserved = taken + facts.services.compactMap(\.clusterIP)
    let size = Int(serviceCIDR.last.rawValue - serviceCIDR.address.rawValue)
    let fixed = min(max(16, (size + 1) / 16), 256)
    let first = Int(serviceCIDR.address.rawValue)
    var draw = Draw(seed: seed, for: "cluster-ip", id.description)
    func isFree(_ number: Int) -> Bool { !reserved.contains(IPv4Address(rawValue: UInt32(number))) }
    let number = size - 1 > fixed ? draw.number(in: first + fixed + 1...first + size - 1, where: isFree) : nil
    guard let found = number ?? draw.number(in: first + 1...first + max(1, size - 1), where: isFree) else {
      throw .addressesExhausted(serviceCIDR)
    }
    return IPv4Address(rawValue: UInt32(found))
  }

  /// Source: Kubernetes `pkg/registry/core/service/storage/alloc.go`, `allocHealthCheckNodePort`.
  private mutating func settleHealthCheckPort(at position: Int, seed: UInt64) {
    let service = services[position]
    guard service.type == .loadBalancer, service.externalTrafficPolicy == .local else {
      services[position].healthCheckNodePort = nil
      return
    }
    guard service.healthCheckNodePort == nil else { return }
    var draw = Draw(seed: seed, for: "health-check-node-port", service.id.description)
    services[position].healthCheckNodePort = freeNodePort(&draw)
  }

  private var takenNodePorts: [UInt16] {
    services.flatMap { $0.ports.compactMap(\.nodePort) + [$0.healthCheckNodePort].compactMap(\.self) }
  }

  private func freeNodePort(_ draw: inout Draw) -> UInt16? {
    let reserved = Set(takenNodePorts + facts.services.flatMap(\.ports).compactMap(\.nodePort))
    let isFree = { (port: Int) in !reserved.contains(UInt16(port)) }
    let port =
      draw.number(in: 30_086...32_767, where: isFree) ?? draw.number(in: 30_000...30_085, where: isFree)
    return port.map(UInt16.init)
  }

  /// A free port of 30086 to 32767; those below are for Services that ask for a fixed one, while there are others.
  ///
  /// Source: Kubernetes `pkg/registry/core/service/portallocator/allocator.go`, KEP-3668.
  private func nodePort(for id: ServiceID, port: Service.Port, seed: UInt64) -> UInt16? {
    if let recorded = facts.service(id)?.port(port.number)?.nodePort, !takenNodePorts.contains(recorded) {
      return recorded
    }
    var draw = Draw(seed: seed, for: "node-port", id.description, String(port.number))
    return freeNodePort(&draw)
  }

  /// Numbers the frontends and backends that are new on a node, and forgets those that are gone.
  ///
  /// Numbers rise from 1 and are not used again.
  /// Source: Cilium `pkg/loadbalancer/reconciler/id_alloc.go`.
  mutating func settleLoadBalancer(on id: NodeID, in network: Network, of ports: [BackedPort]) {
    guard let position = nodes.firstIndex(where: { $0.id == id }), var agent = nodes[position].agent else {
      return
    }
    let entries = serviceEntries(on: nodes[position], in: network, of: ports)
    agent.keepFrontends { frontend in entries.contains { $0.frontend == frontend } }
    agent.keepBackends { backend in entries.contains { $0.backendFrontends.contains(backend) } }
    for entry in entries {
      let recorded = facts.service(entry.service)?.port(entry.frontend.port)?.frontendIDs
      let isClusterIP = entry.type == .clusterIP
      agent.numberFrontend(
        entry.frontend, recorded: isClusterIP ? recorded?.first { $0.node == id }?.number : nil)
      entry.backendFrontends.forEach { agent.numberBackend($0) }
    }
    nodes[position].agent = agent
  }
}

extension ServiceEntry {
  /// The backends as addresses and ports.
  fileprivate var backendFrontends: [Frontend] {
    backends.map { Frontend(address: $0.address, port: $0.port, transport: frontend.transport) }
  }
}

extension ClusterNode.Agent {
  fileprivate mutating func keepFrontends(where isThere: (Frontend) -> Bool) {
    frontendIDs.removeAll { !isThere($0.frontend) }
  }

  fileprivate mutating func keepBackends(where isThere: (Frontend) -> Bool) {
    backendIDs.removeAll { !isThere($0.frontend) }
  }

  fileprivate mutating func numberFrontend(_ frontend: Frontend, recorded: Int?) {
    guard !frontendIDs.contains(where: { $0.frontend == frontend }) else { return }
    let free = recorded.flatMap { number in frontendIDs.contains { $0.number == number } ? nil : number }
    let number = free ?? nextFrontendID
    nextFrontendID = max(nextFrontendID, number + 1)
    frontendIDs.insertSorted(.init(frontend: frontend, number: number)) { $0.frontend < $1.frontend }
  }

  fileprivate mutating func numberBackend(_ backend: Frontend) {
    guard !backendIDs.contains(where: { $0.frontend == backend }) else { return }
    backendIDs.insertSorted(.init(frontend: backend, number: nextBackendID)) { $0.frontend < $1.frontend }
    nextBackendID += 1
  }

  /// The number of a frontend; 0 where it has none.
  func frontendID(_ frontend: Frontend) -> Int {
    frontendIDs.first { $0.frontend == frontend }?.number ?? 0
  }

  /// The number of a backend; 0 where it has none.
  func backendID(_ backend: Frontend) -> Int {
    backendIDs.first { $0.frontend == backend }?.number ?? 0
  }
}

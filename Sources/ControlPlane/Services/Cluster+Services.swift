import NetModel

extension Cluster {
  /// Gives cluster addresses and node ports to those of these Services that lack them, the oldest first.
  mutating func settleServices(_ ids: Set<ServiceID>, seed: UInt64) throws(EditError) {
    let lacking = ids.compactMap { services[id: $0] }.filter(\.lacksAllotment)
    guard !lacking.isEmpty else { return }
    var taken = TakenByServices(index.value)
    for id in lacking.sorted(by: { $0.created < $1.created }).map(\.id) {
      guard let position = services.position(of: id) else { continue }
      if services[position].needsClusterIP {
        let address = try clusterIP(for: id, taken: taken, seed: seed)
        taken.addresses.insert(address)
        services[position].clusterIP = .address(address)
      }
      settleHealthCheckPort(at: position, &taken, seed: seed)
      guard services[position].needsNodePorts else { continue }
      for index in services[position].ports.indices where services[position].ports[index].nodePort == nil {
        services[position].ports[index].nodePort = nodePort(
          for: id, port: services[position].ports[index], &taken, seed: seed)
      }
    }
  }

  /// What Services hold already.
  private struct TakenByServices {
    var addresses: Set<IPv4Address>
    var ports: Set<UInt16>

    init(_ index: ClusterIndex) {
      addresses = index.clusterIPs
      ports = Set(index.nodePorts.keys)
    }
  }

  /// A free address above the range's first 256, which are for those who ask for a fixed one.
  ///
  /// Source: Kubernetes `pkg/registry/core/service/ipallocator/ipallocator.go`, KEP-3070.
  private func clusterIP(
    for id: ServiceID, taken: TakenByServices, seed: UInt64
  ) throws(EditError) -> IPv4Address {
    let taken = taken.addresses
    if let recorded = facts.service(id)?.clusterIP, serviceCIDR.contains(recorded), !taken.contains(recorded)
    {
      return recorded
    }
    let recorded = Set(facts.services.compactMap(\.clusterIP))
    let size = Int(serviceCIDR.last.rawValue - serviceCIDR.address.rawValue)
    let fixed = min(max(16, (size + 1) / 16), 256)
    let first = Int(serviceCIDR.address.rawValue)
    var draw = Draw(seed: seed, for: "cluster-ip", id.description)
    func isFree(_ number: Int) -> Bool {
      let address = IPv4Address(rawValue: UInt32(number))
      return !taken.contains(address) && !recorded.contains(address)
    }
    let number = size - 1 > fixed ? draw.number(in: first + fixed + 1...first + size - 1, where: isFree) : nil
    guard let found = number ?? draw.number(in: first + 1...first + max(1, size - 1), where: isFree) else {
      throw .addressesExhausted(serviceCIDR)
    }
    return IPv4Address(rawValue: UInt32(found))
  }

  /// Source: Kubernetes `pkg/registry/core/service/storage/alloc.go`, `allocHealthCheckNodePort`.
  private mutating func settleHealthCheckPort(
    at position: ObjectTable<Service>.Index, _ taken: inout TakenByServices, seed: UInt64
  ) {
    let service = services[position]
    guard service.needsHealthCheckPort else {
      services[position].healthCheckNodePort = nil
      return
    }
    guard service.healthCheckNodePort == nil else { return }
    var draw = Draw(seed: seed, for: "health-check-node-port", service.id.description)
    services[position].healthCheckNodePort = freeNodePort(&draw, &taken)
  }

  private func freeNodePort(_ draw: inout Draw, _ taken: inout TakenByServices) -> UInt16? {
    let recorded = Set(facts.services.flatMap(\.ports).compactMap(\.nodePort))
    let isFree = { [taken] (port: Int) in
      !taken.ports.contains(UInt16(port)) && !recorded.contains(UInt16(port))
    }
    let port =
      draw.number(in: 30_086...32_767, where: isFree) ?? draw.number(in: 30_000...30_085, where: isFree)
    guard let found = port.map(UInt16.init) else { return nil }
    taken.ports.insert(found)
    return found
  }

  /// A free port of 30086 to 32767; those below are for Services that ask for a fixed one, while there are others.
  ///
  /// Source: Kubernetes `pkg/registry/core/service/portallocator/allocator.go`, KEP-3668.
  private func nodePort(
    for id: ServiceID, port: Service.Port, _ taken: inout TakenByServices, seed: UInt64
  ) -> UInt16? {
    if let recorded = facts.service(id)?.port(port.number)?.nodePort, taken.ports.insert(recorded).inserted {
      return recorded
    }
    var draw = Draw(seed: seed, for: "node-port", id.description, String(port.number))
    return freeNodePort(&draw, &taken)
  }
}

extension Service {
  /// Somebody must give it something, or take it away.
  fileprivate var lacksAllotment: Bool {
    needsClusterIP || needsHealthCheckPort != (healthCheckNodePort != nil)
      || (needsNodePorts && ports.contains { $0.nodePort == nil })
  }

  fileprivate var needsClusterIP: Bool { clusterIP == .unset && type != .externalName }

  fileprivate var needsHealthCheckPort: Bool { type == .loadBalancer && externalTrafficPolicy == .local }
}

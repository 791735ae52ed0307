import NetModel

extension Cluster {
  /// Lets MetalLB's controller react to what has changed since it looked last.
  ///
  /// It writes behind LB-IPAM: where both hand out addresses, each overwrites the other for ever, and here MetalLB's
  /// word is the last. Assumed.
  /// Source: MetalLB `controller/service.go`; `internal/k8s/controllers/service_controller_reload.go`.
  mutating func settleMetalLB(in network: Network, at instant: Instant) {
    let pools = ipAddressPools
    guard !pools.isEmpty || metalLB != nil, isAtWork(MetalLB.controller, in: network) else { return }
    var run = metalLB ?? MetalLB()
    let changed = services.changes(since: run.seenServices)
    guard pools != run.seenPools || !changed.isEmpty else { return }
    var allocator = AddressAllocator(pools: pools)
    for id in inOrderOfTurns(changed: Set(changed.compactMap { $0.new?.id })) {
      converge(id, &allocator, &run, at: instant)
    }
    writeCounts(allocator)
    run.seenPools = pools
    run.seenServices = services
    metalLB = pools.isEmpty ? nil : run
  }

  /// Those that have addresses first, and of them those that nobody changed; then the oldest.
  private func inOrderOfTurns(changed: Set<ServiceID>) -> [ServiceID] {
    func rank(_ service: Service) -> Int {
      service.ingress.isEmpty ? 2 : changed.contains(service.id) ? 1 : 0
    }
    return services.filter { $0.type == .loadBalancer || $0.annotations[MetalLB.poolAnnotation] != nil }
      .map { (rank: rank($0), created: $0.created, id: $0.id) }
      .sorted { ($0.rank, $0.created) < ($1.rank, $1.created) }.map(\.id)
  }

  /// Source: `controller/service.go`, `convergeBalancer`. Services of a class are passed over: no `--lb-class`.
  private mutating func converge(
    _ id: ServiceID, _ allocator: inout AddressAllocator, _ run: inout MetalLB, at instant: Instant
  ) {
    guard let service = service(id), service.loadBalancerClass == nil else { return }
    guard service.type == .loadBalancer, !allocator.pools.isEmpty else {
      if service.annotations[MetalLB.poolAnnotation] != nil { take([], pool: nil, for: id) }
      return
    }
    let held = service.ingress.compactMap { IPAddress(parsing: $0.ip) }
    do {
      if try keeps(held, service, &allocator) {
        return take(held, pool: allocator.pool(of: held)?.name, for: id)
      }
      allocator.release(id)
      let given = try addresses(for: service, &allocator)
      take(given, pool: allocator.pool(of: given)?.name, for: id)
      run.note(.assigned(given), of: id, at: instant)
    } catch {
      allocator.release(id)
      take([], pool: nil, for: id)
      run.note(.failed("Failed to allocate IP for \"\(id)\": \(error)"), of: id, at: instant)
    }
  }

  /// The Service may keep what it has: pools, sharers and its own wishes allow it.
  private func keeps(
    _ held: [IPAddress], _ service: Service, _ allocator: inout AddressAllocator
  ) throws(MetalLBRequest.Fault) -> Bool {
    guard !held.isEmpty, (try? allocator.assign(held, to: service)) != nil else { return false }
    let request = try MetalLBRequest(service)
    if let pool = request.pool, allocator.pool(of: held)?.name != pool { return false }
    return request.addresses.isEmpty || Set(request.addresses) == Set(held)
  }

  /// Source: `controller/service.go`, `allocateIPs`.
  private func addresses(
    for service: Service, _ allocator: inout AddressAllocator
  ) throws -> [IPAddress] {
    let request = try MetalLBRequest(service)
    guard !request.addresses.isEmpty else { return try allocator.allocate(for: service, from: request.pool) }
    guard request.addresses.allSatisfy({ $0.family == .ipv4 }) else {
      throw AddressAllocator.Failure.wrongFamily(request.addresses)
    }
    try allocator.assign(request.addresses, to: service)
    if let pool = request.pool, allocator.pool(of: request.addresses)?.name != pool {
      throw AddressAllocator.Failure.wrongPool(request.addresses, pool)
    }
    return request.addresses
  }

  /// Writes the addresses of a Service, and the pool that they are of, where they stand otherwise.
  private mutating func take(_ addresses: [IPAddress], pool: String?, for id: ServiceID) {
    guard let position = services.position(of: id) else { return }
    var service = services[position]
    service.takeFromMetalLB(addresses, pool: pool)
    guard service != services[position] else { return }
    service.record.revision = nextRevision()
    services[position] = service
  }

  /// Source: `internal/allocator/allocator.go`, `updatePoolStats`; status of IPAddressPool since v0.15.
  private mutating func writeCounts(_ allocator: AddressAllocator) {
    for pool in allocator.pools {
      let id = DocumentID(kind: "IPAddressPool", namespace: MetalLB.namespace, name: pool.name)
      guard let position = documents.position(of: id) else { continue }
      let held = (allocator.countHeld(of: pool, .ipv4), allocator.countHeld(of: pool, .ipv6))
      let status = JSONValue.fields([
        "assignedIPv4": .number(held.0), "assignedIPv6": .number(held.1),
        "availableIPv4": .number(pool.count(of: .ipv4) - held.0),
        "availableIPv6": .number(pool.count(of: .ipv6) - held.1),
      ])
      guard documents[position].record.status != status else { continue }
      documents[position].record.status = status
      documents[position].record.revision = nextRevision()
    }
  }
}

/// What a Service asks of MetalLB.
///
/// Source: `controller/service.go`, `getDesiredLbIPs`.
private struct MetalLBRequest {
  /// None for any address.
  var addresses: [IPAddress] = []
  var pool: String?

  enum Fault: Error, Hashable, CustomStringConvertible {
    case bothWays
    case badAnnotation(String)
    case badField(String)

    var description: String {
      switch self {
      case .bothWays: "service can not have both metallb.io/loadBalancerIPs and svc.Spec.LoadBalancerIP"
      case .badAnnotation(let text): "invalid metallb.io/loadBalancerIPs: \(JSONValue.quoted(text))"
      case .badField(let text): "invalid spec.loadBalancerIP \(JSONValue.quoted(text))"
      }
    }
  }

  init(_ service: Service) throws(Fault) {
    let wanted = service.metalLBAnnotation("address-pool")
    pool = wanted.isEmpty ? nil : wanted
    let field = service.record.manifest?.value(at: "spec", "loadBalancerIP")?.text ?? ""
    let list = service.metalLBAnnotation("loadBalancerIPs")
    guard field.isEmpty || list.isEmpty else { throw .bothWays }
    for part in list.isEmpty ? [] : list.split(separator: ",", omittingEmptySubsequences: false) {
      guard let address = IPAddress(parsing: String(part).trimmingBlanks) else { throw .badAnnotation(list) }
      addresses.append(address)
    }
    guard !field.isEmpty else { return }
    guard let address = IPAddress(parsing: field) else { throw .badField(field) }
    addresses = [address]
  }
}

extension MetalLB {
  /// Source: `controller/service.go`, `AnnotationIPAllocateFromPool`.
  static let poolAnnotation = "metallb.io/ip-allocated-from-pool"
}

extension Service {
  fileprivate mutating func takeFromMetalLB(_ addresses: [IPAddress], pool: String?) {
    let ingress = addresses.map { LoadBalancerIngress(ip: "\($0)").document }
    if ingress != record.status?.value(at: "loadBalancer", "ingress")?.elements ?? [] {
      var status = record.status ?? .object([])
      status["loadBalancer"] = ingress.isEmpty ? .object([]) : .fields(["ingress": .array(ingress)])
      record.status = status
      takeAddresses(from: status)
    }
    guard annotations[MetalLB.poolAnnotation] != pool else { return }
    annotations[MetalLB.poolAnnotation] = pool
    record.manifest = (record.manifest ?? .object([])).setting(
      ["metadata", "annotations", MetalLB.poolAnnotation], to: pool.map { .string($0) })
  }

  /// `spec.loadBalancerClass`.
  fileprivate var loadBalancerClass: String? { record.manifest?.value(at: "spec", "loadBalancerClass")?.text }
}

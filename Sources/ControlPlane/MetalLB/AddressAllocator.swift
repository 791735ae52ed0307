import NetModel

/// Who holds which address of MetalLB's pools.
///
/// Source: MetalLB `internal/allocator/allocator.go`.
struct AddressAllocator {
  /// In ascending order of their names, where the real one has no order.
  let pools: [IPAddressPool]
  private var holders: [IPAddress: [Service]] = [:]
  private var held: [ServiceID: [IPAddress]] = [:]

  init(pools: [IPAddressPool]) {
    self.pools = pools
  }

  /// Why a Service gets no address; the description is MetalLB's sentence.
  enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    case outsidePools([IPAddress])
    case incompatiblePool(String)
    case keyInUse(ServiceID, by: [ServiceID])
    case portInUse(String, IPAddress)
    case noAddresses
    case fullPool(String)
    case unknownPool(String)
    case wrongPool([IPAddress], String)
    case wrongFamily([IPAddress])

    var description: String {
      func list(_ addresses: [IPAddress]) -> String {
        "[" + addresses.map { "\"\($0)\"" }.joined(separator: " ") + "]"
      }
      return switch self {
      case .outsidePools(let addresses): "\(list(addresses)) is not allowed in config"
      case .incompatiblePool(let pool): "pool \(pool) not compatible for ip assignment"
      case .keyInUse(let service, let others):
        "can't change sharing key for \"\(service)\", address also in use by "
          + others.map(\.description).joined(separator: ",")
      case .portInUse(let port, let address): "port \(port) is already in use on \"\(address)\""
      case .noAddresses: "no available IPs"
      case .fullPool(let pool): "no available IPs in pool \(pool)"
      case .unknownPool(let pool): "unknown pool \"\(pool)\""
      case .wrongPool(let addresses, let pool):
        "requested loadBalancer IP(s) \(list(addresses)) is not compatible with requested address pool \(pool)"
      case .wrongFamily(let addresses):
        "requested loadBalancer IP(s) \(list(addresses)) does not match the ipFamily of the service"
      }
    }
  }

  /// The pool that all these addresses are of; `nil` where there is none.
  func pool(of addresses: [IPAddress]) -> IPAddressPool? {
    pools.first { addresses.allSatisfy($0.contains) }
  }

  /// How many addresses of a pool are held.
  func countHeld(of pool: IPAddressPool, _ family: IPFamily) -> Int {
    holders.count { $0.key.family == family && !$0.value.isEmpty && pool.contains($0.key) }
  }

  /// Gives a Service these addresses and no others.
  mutating func assign(_ addresses: [IPAddress], to service: Service) throws(Failure) {
    guard let pool = pool(of: addresses) else { throw .outsidePools(addresses) }
    guard pool.isFor(service) else { throw .incompatiblePool(pool.name) }
    for address in addresses { try check(address, for: service) }
    release(service.id)
    for address in addresses { holders[address, default: []].append(service) }
    held[service.id] = addresses
  }

  mutating func release(_ service: ServiceID) {
    for address in held[service] ?? [] { holders[address]?.removeAll { $0.id == service } }
    held[service] = nil
  }

  /// The next IPv4 address for a Service.
  ///
  /// - Parameter name: the pool that it asked for; `nil` for those kept for it, then all that assign by themselves.
  mutating func allocate(for service: Service, from name: String?) throws(Failure) -> [IPAddress] {
    if let name {
      guard let pool = pools.first(where: { $0.name == name }) else { throw .unknownPool(name) }
      guard let address = freeAddress(of: pool, for: service) else { throw .fullPool(name) }
      try assign([address], to: service)
      return [address]
    }
    for pool in pinned(to: service) + pools.filter({ $0.assignsByItself && $0.allocation == nil }) {
      guard let address = freeAddress(of: pool, for: service) else { continue }
      try assign([address], to: service)
      return [address]
    }
    throw .noAddresses
  }

  private func pinned(to service: Service) -> [IPAddressPool] {
    let pools = pools.filter { $0.assignsByItself && $0.allocation?.includes(service) == true }
    func rank(_ pool: IPAddressPool) -> Int {
      let priority = pool.allocation?.priority ?? 0
      return priority > 0 ? priority : Int.max
    }
    return pools.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
      .map(\.element)
  }

  private func freeAddress(of pool: IPAddressPool, for service: Service) -> IPAddress? {
    for range in pool.ranges where range.family == .ipv4 {
      for number in range.first.number...range.last.number {
        guard let address = IPAddress(number, of: .ipv4), !pool.isKeptBack(address) else { continue }
        if (try? check(address, for: service)) != nil { return address }
      }
    }
    return nil
  }

  /// Others on the address must have the same key, and none of its ports.
  private func check(_ address: IPAddress, for service: Service) throws(Failure) {
    let others = (holders[address] ?? []).filter { $0.id != service.id }
    if let last = others.last, !last.mayShare(with: service) {
      throw .keyInUse(service.id, by: others.map(\.id))
    }
    for port in service.ports {
      let isTaken = others.contains { other in
        other.ports.contains { $0.number == port.number && $0.transport == port.transport }
      }
      if isTaken { throw .portInUse("\(port.transport.name)/\(port.number)", address) }
    }
  }
}

extension Service {
  /// Source: `internal/allocator/allocator.go`, `sharingOK`; `internal/allocator/k8salloc/k8salloc.go`.
  fileprivate func mayShare(with other: Service) -> Bool {
    let key = metalLBAnnotation("allow-shared-ip")
    return !key.isEmpty && key == other.metalLBAnnotation("allow-shared-ip") && backendKey == other.backendKey
  }

  private var backendKey: Labels { externalTrafficPolicy == .local ? selector ?? Labels() : Labels() }

  /// The value of an annotation of MetalLB's, under its present or its former prefix; empty where there is none.
  func metalLBAnnotation(_ name: String) -> String {
    annotations.first(["metallb.io/\(name)", "metallb.universe.tf/\(name)"]) ?? ""
  }
}

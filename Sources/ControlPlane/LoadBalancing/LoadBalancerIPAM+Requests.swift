import NetModel

extension LoadBalancerIPAM {
  /// Gives a Service what it lacks, as far as there is something; true where its status changed.
  mutating func satisfy(_ entry: inout Entry) -> Bool {
    var isModified =
      entry.view.request.addresses.isEmpty ? satisfyFamilies(of: &entry) : satisfyRequests(of: &entry)
    for allocation in entry.allocations {
      let isShown = entry.view.ingress.contains { IPAddress(parsing: $0.ip) == allocation.address }
      guard !isShown else { continue }
      entry.view.ingress.append(LoadBalancerIngress(ip: allocation.address.description))
      share(allocation, underKeyOf: entry.view)
      isModified = true
    }
    if entry.isSatisfied, setCondition(of: &entry, .true, reason: "satisfied", message: "") {
      isModified = true
    }
    store(entry)
    return isModified
  }

  // MARK: Certain addresses

  private mutating func satisfyRequests(of entry: inout Entry) -> Bool {
    var isModified = false
    for address in entry.view.request.addresses {
      guard !entry.allocations.contains(where: { $0.address == address }) else { continue }
      if let refusal = allocate(address, for: &entry) {
        let isNews = setCondition(of: &entry, .false, reason: refusal.reason, message: refusal.message)
        isModified = isModified || isNews
      }
    }
    return isModified
  }

  /// Gives a Service one address; why not, where it cannot have it.
  private mutating func allocate(_ address: IPAddress, for entry: inout Entry) -> Refusal? {
    let index: Int
    switch findBlock(of: address, for: entry.view) {
    case .block(let found): index = found
    case .notSelected: return .selectorMismatch(address)
    case .none: return .noPool(containing: address)
    }
    if let group = blocks[index].holders[address] {
      guard !entry.view.request.sharingKey.isEmpty else { return .taken(address) }
      if let obstacle = obstacle(to: entry.view, sharingWith: group) {
        return .incompatible(address, obstacle)
      }
      blocks[index].join(address, entry.view.id)
    } else {
      blocks[index].allocate(address, for: [entry.view.id])
    }
    entry.allocations.append(Allocation(address: address, block: blocks[index].id))
    return nil
  }

  enum BlockSearch {
    case block(Int)
    /// Blocks contain the address, but their pools do not select the Service.
    case notSelected
    case none
  }

  /// The first block that may serve an address.
  func findBlock(of address: IPAddress, for view: ServiceView) -> BlockSearch {
    var result = BlockSearch.none
    for (index, block) in blocks.enumerated() where block.range.contains(address) {
      guard let pool = pool(block.pool), pool.isUsable else { continue }
      if pool.selects(view) { return .block(index) }
      result = .notSelected
    }
    return result
  }

  // MARK: Any address

  private mutating func satisfyFamilies(of entry: inout Entry) -> Bool {
    var isModified = false
    for family in IPFamily.allCases where entry.families.contains(family) {
      guard !entry.allocations.contains(where: { $0.address.family == family }) else { continue }
      guard !joinSharers(family, &entry), let refusal = allocateAny(family, for: &entry) else { continue }
      let isNews = setCondition(of: &entry, .false, reason: refusal.reason, message: refusal.message)
      isModified = isModified || isNews
    }
    return isModified
  }

  /// Takes the next address of the first block that has one.
  private mutating func allocateAny(_ family: IPFamily, for entry: inout Entry) -> Refusal? {
    var isFull = false
    for index in blocks.indices where blocks[index].range.family == family {
      guard let pool = pool(blocks[index].pool), pool.isUsable, pool.selects(entry.view) else { continue }
      guard let address = blocks[index].allocate(for: entry.view.id) else {
        isFull = true
        continue
      }
      entry.allocations.append(Allocation(address: address, block: blocks[index].id))
      return nil
    }
    return isFull ? .outOfAddresses : .noMatchingPool
  }

  private func setCondition(
    of entry: inout Entry, _ status: Condition.Status, reason: String, message: String
  ) -> Bool {
    entry.view.conditions.set(
      Condition(
        type: ServiceView.requestSatisfied, status: status, lastTransition: now, reason: reason,
        message: message))
  }
}

extension IPPool {
  var isUsable: Bool { !isDisabled && !isConflicting }
}

/// Why LB-IPAM gives no address.
///
/// Source: Cilium `operator/pkg/lbipam/lbipam.go`, `satisfySpecificIPRequests` and `satisfyGenericIPv4Requests`.
struct Refusal: Hashable, Sendable {
  var reason: String
  var message: String

  static let noMatchingPool = Refusal(
    reason: "no_pool", message: "There are no enabled CiliumLoadBalancerIPPools that match this service")

  static let outOfAddresses = Refusal(
    reason: "out_of_ips",
    message: "All enabled CiliumLoadBalancerIPPools that match this service ran out of allocatable IPs")

  static func noPool(containing address: IPAddress) -> Refusal {
    Refusal(reason: "no_pool", message: "No pool exists with a CIDR containing '\(address)'")
  }

  static func selectorMismatch(_ address: IPAddress) -> Refusal {
    Refusal(
      reason: "pool_selector_mismatch",
      message: "The pool with the CIDR containing '\(address)', doesn't select this service")
  }

  static func taken(_ address: IPAddress) -> Refusal {
    Refusal(
      reason: "already_allocated", message: "The IP '\(address)' is already allocated to another service")
  }

  static func incompatible(_ address: IPAddress, _ obstacle: SharingObstacle) -> Refusal {
    Refusal(
      reason: "already_allocated_incompatible_service",
      message:
        "The IP '\(address)' is already allocated to an incompatible service. Reason: \(obstacle.rawValue)")
  }
}

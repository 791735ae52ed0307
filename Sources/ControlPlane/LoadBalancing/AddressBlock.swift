import NetModel

/// One block of a pool and who holds which of its addresses.
///
/// Source: Cilium `operator/pkg/lbipam/range_store.go`, `LBRange`; `pkg/ipalloc/ipalloc.go`.
struct AddressBlock: Hashable, Sendable {
  /// Tells blocks apart, also those of equal range.
  let id: Int
  let pool: String
  let range: IPAddressRange
  /// In the order of joining; none for a reserved address.
  private(set) var holders: [IPAddress: [ServiceID]] = [:]
  private var free: FreeBlocks

  init(id: Int, pool: String, range: IPAddressRange) {
    self.id = id
    self.pool = pool
    self.range = range
    free = FreeBlocks(first: range.first.number, last: range.last.number)
  }

  /// Takes the next address for a Service; `nil` where the block is full.
  mutating func allocate(for service: ServiceID) -> IPAddress? {
    guard let address = free.takeAny().flatMap({ IPAddress($0, of: range.family) }) else { return nil }
    holders[address] = [service]
    return address
  }

  /// Takes one address; false where it is taken.
  @discardableResult
  mutating func allocate(_ address: IPAddress, for services: [ServiceID]) -> Bool {
    guard range.contains(address), free.take(address.number) else { return false }
    holders[address] = services
    return true
  }

  /// A further Service shares an address that is held.
  mutating func join(_ address: IPAddress, _ service: ServiceID) {
    holders[address]?.append(service)
  }

  /// A Service gives an address up; true where nobody holds it any more.
  mutating func leave(_ address: IPAddress, _ service: ServiceID) -> Bool {
    guard var group = holders[address] else { return false }
    group.removeAll { $0 == service }
    holders[address] = group.isEmpty ? nil : group
    if group.isEmpty { free.put(address.number) }
    return group.isEmpty
  }

  /// Keeps the first and last address from being handed out, unless the block has only those.
  mutating func reserveEnds() {
    for end in ends { allocate(end, for: []) }
  }

  /// Hands out the first and last address again.
  mutating func freeEnds() {
    for end in ends where holders[end] == [] {
      holders[end] = nil
      free.put(end.number)
    }
  }

  private var ends: [IPAddress] {
    range.last.number - range.first.number > 1 ? [range.first, range.last] : []
  }

  var used: AddressCount { AddressCount(UInt128(holders.count)) }

  var total: AddressCount { AddressCount(from: range.first.number, to: range.last.number) }
}

import NetModel

extension LoadBalancerIPAM {
  /// Finds pools that overlap and switches the younger ones off, then finds those that do so no more.
  ///
  /// Source: Cilium `operator/pkg/lbipam/lbipam.go`, `settleConflicts`.
  mutating func settleConflicts() {
    let order = pools.indices.sorted { pools[$0].isOlder(than: pools[$1]) }
    for outer in order where !pools[outer].isConflicting { findConflict(of: outer, in: order) }
    for index in order where pools[index].isConflicting && !overlapsAnything(pools[index]) {
      set(IPPool.ConditionType.conflict, ofPool: index, .false, reason: "resolved")
    }
  }

  private mutating func findConflict(of outer: Int, in order: [Int]) {
    if let (left, right) = overlap(within: pools[outer]) {
      return mark(outer, range: left, against: pools[outer], range: right)
    }
    for inner in order where inner != outer && !pools[inner].isConflicting {
      guard let (left, right) = overlap(of: pools[outer], with: pools[inner]) else { continue }
      if pools[outer].isOlder(than: pools[inner]) {
        mark(inner, range: right, against: pools[outer], range: left)
      } else {
        mark(outer, range: left, against: pools[inner], range: right)
      }
      return
    }
  }

  private mutating func mark(
    _ index: Int, range: IPAddressRange, against other: IPPool, range otherRange: IPAddressRange
  ) {
    let message =
      "Pool conflicts since range '\(range)' overlaps range '\(otherRange)' from IP Pool '\(other.name)'"
    set(IPPool.ConditionType.conflict, ofPool: index, .true, reason: "cidr_overlap", message: message)
  }

  private func overlapsAnything(_ pool: IPPool) -> Bool {
    overlap(within: pool) != nil
      || pools.contains { $0.name != pool.name && overlap(of: pool, with: $0) != nil }
  }

  private func overlap(within pool: IPPool) -> (IPAddressRange, IPAddressRange)? {
    let ranges = ranges(of: pool)
    for (index, left) in ranges.enumerated() {
      if let right = ranges[(index + 1)...].first(where: left.overlaps) { return (left, right) }
    }
    return nil
  }

  private func overlap(of outer: IPPool, with inner: IPPool) -> (IPAddressRange, IPAddressRange)? {
    let others = ranges(of: inner)
    for left in ranges(of: outer) {
      if let right = others.first(where: left.overlaps) { return (left, right) }
    }
    return nil
  }

  private func ranges(of pool: IPPool) -> [IPAddressRange] {
    blocks.filter { $0.pool == pool.name }.map(\.range)
  }
}

extension IPPool {
  /// By the timestamp, which has whole seconds; equal ones by name.
  func isOlder(than other: IPPool) -> Bool {
    created.isOlder(than: other.created, name < other.name)
  }
}

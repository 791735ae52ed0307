import NetModel

extension LoadBalancerIPAM {
  /// Takes in a new pool, block by block; false where a block cannot be read: those before it serve all the same.
  mutating func add(_ pool: IPPool) -> Bool {
    appendPool(pool)
    for block in pool.blocks {
      guard let range = block.range else { return false }
      append(range, of: pool, isCIDR: block.isCIDR)
    }
    set(IPPool.ConditionType.conflict, ofPool: pools.count - 1, .false, reason: "resolved")
    return true
  }

  private mutating func append(_ range: IPAddressRange, of pool: IPPool, isCIDR: Bool) {
    var block = AddressBlock(id: nextBlockID, pool: pool.name, range: range)
    nextBlockID += 1
    if isCIDR, !pool.allowsFirstAndLast { block.reserveEnds() }
    blocks.append(block)
  }

  /// Takes in a changed pool; blocks are the same where their first and last address are. False where a block cannot be
  /// read.
  mutating func modify(_ pool: IPPool, at index: Int) -> Bool {
    let changesEnds = pools[index].allowsFirstAndLast != pool.allowsFirstAndLast
    replacePool(pool, at: index)
    let wanted = pool.blocks.compactMap { block in block.range.map { (range: $0, isCIDR: block.isCIDR) } }
    guard wanted.count == pool.blocks.count else { return false }
    let existing = blocks.filter { $0.pool == pool.name }
    var gone: [Int] = []
    for block in existing {
      guard let same = wanted.first(where: { $0.range == block.range }) else {
        gone.append(block.id)
        continue
      }
      guard same.isCIDR, changesEnds, let position = blockIndex(block.id) else { continue }
      if pool.allowsFirstAndLast { blocks[position].freeEnds() } else { blocks[position].reserveEnds() }
    }
    _ = removeBlocks(gone)
    for (range, isCIDR) in wanted where !existing.contains(where: { $0.range == range }) {
      append(range, of: pool, isCIDR: isCIDR)
    }
    revalidateAllServices()
    return true
  }

  /// Takes blocks away from under their holders; those, the unsatisfied first.
  mutating func removeBlocks(_ ids: [Int]) -> [ServiceID] {
    let removed = blocks.filter { ids.contains($0.id) }
    blocks.removeAll { ids.contains($0.id) }
    let holders = Set(removed.flatMap { $0.holders.values.joined() })
    for id in holders { services[id: id]?.allocations.removeAll { ids.contains($0.block) } }
    sharedAddresses = sharedAddresses.mapValues { known in known.filter { !ids.contains($0.block) } }
    let unsatisfiedHolders = holders.intersection(unsatisfied)
    return inOrder(unsatisfiedHolders) + inOrder(holders.subtracting(unsatisfiedHolders))
  }

  /// Writes how many addresses each pool has, and how many of them are used.
  mutating func updatePoolCounts() {
    for index in pools.indices {
      var total = AddressCount(0)
      var used = AddressCount(0)
      for block in blocks where block.pool == pools[index].name {
        total += block.total
        used += block.used
      }
      let counts = [
        (IPPool.ConditionType.total, total), (IPPool.ConditionType.available, total - used),
        (IPPool.ConditionType.used, used),
      ]
      for (type, count) in counts {
        set(type, ofPool: index, .unknown, reason: "noreason", message: count.description)
      }
    }
  }
}

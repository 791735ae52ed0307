import NetModel

extension LoadBalancerIPAM {
  /// The families of address that a Service asks for.
  ///
  /// Source: Cilium `operator/pkg/lbipam/lbipam.go`, `serviceIPFamilyRequest`.
  func requestedFamilies(of view: ServiceView) -> Set<IPFamily> {
    switch view.ipFamilyPolicy {
    case nil, .singleStack:
      if let first = view.ipFamilies.first { return [first] }
      return settings.families.contains(.ipv4) ? [.ipv4] : settings.families
    case .preferDualStack:
      return view.ipFamilies.isEmpty ? settings.families : settings.families.intersection(view.ipFamilies)
    case .requireDualStack: return settings.families
    }
  }

  /// Takes in how a Service is now; what it was given stays for the moment.
  mutating func remember(_ view: ServiceView) {
    let families = requestedFamilies(of: view)
    var entry = services[id: view.id] ?? Entry(view: view, families: families)
    entry.view = view
    entry.families = families
    store(entry)
  }

  mutating func store(_ entry: Entry) {
    services[id: entry.id] = entry
    if entry.isSatisfied {
      unsatisfied.remove(entry.view.id)
    } else {
      unsatisfied.insert(entry.view.id)
    }
  }

  /// Gives up all that a Service holds.
  mutating func forget(_ id: ServiceID) {
    guard let entry = services[id: id] else { return }
    for allocation in entry.allocations { release(allocation, of: entry.view) }
    services[id: id] = nil
    unsatisfied.remove(id)
  }

  mutating func release(_ allocation: Allocation, of view: ServiceView) {
    guard let index = blockIndex(allocation.block) else { return }
    guard blocks[index].leave(allocation.address, view.id) else { return }
    sharedAddresses[view.request.sharingKey]?.removeAll { $0 == allocation }
  }

  /// In the order of age.
  func inOrder(_ ids: some Sequence<ServiceID>) -> [ServiceID] {
    let views = ids.compactMap { services[id: $0]?.view }
    return views.sorted { $0.created.isOlder(than: $1.created, $0.id < $1.id) }.map(\.id)
  }

  /// Tries all that lack something.
  mutating func satisfyServices() {
    for id in inOrder(unsatisfied) {
      guard var entry = services[id: id] else { continue }
      if satisfy(&entry) { patch(entry) }
      store(entry)
    }
  }

  /// Looks at every Service anew, the satisfied ones first.
  mutating func revalidateAllServices() {
    let satisfied = services.map(\.id).filter { !unsatisfied.contains($0) }
    revalidate(inOrder(satisfied) + inOrder(unsatisfied), stripping: true)
  }

  /// Takes away what Services may not keep, then gives them what they lack.
  ///
  /// All keep what they can before anybody is given something new, so that addresses inside a pool stay when the pool
  /// shrinks. 1.18.0 and 1.18.1 may renumber Services there.
  /// Source: Cilium pull requests 41122, 41147 and 45543.
  mutating func revalidate(_ ids: [ServiceID], stripping: Bool) {
    var modified: Set<ServiceID> = []
    for id in ids {
      guard var entry = services[id: id] else { continue }
      if stripping { stripInvalidAllocations(of: &entry) }
      if stripOrImportIngress(of: &entry) { modified.insert(id) }
      store(entry)
    }
    for id in ids {
      guard var entry = services[id: id] else { continue }
      let isGiven = !entry.isSatisfied && satisfy(&entry)
      if isGiven || modified.contains(id) { patch(entry) }
      store(entry)
    }
  }

  /// Takes away addresses that a change made invalid, the last given first.
  private mutating func stripInvalidAllocations(of entry: inout Entry) {
    for allocation in entry.allocations.reversed() where !isValid(allocation, of: entry) {
      release(allocation, of: entry.view)
      entry.allocations.removeAll { $0 == allocation }
    }
  }

  private func isValid(_ allocation: Allocation, of entry: Entry) -> Bool {
    guard let block = blockIndex(allocation.block).map({ blocks[$0] }), let pool = pool(block.pool) else {
      return false
    }
    guard pool.selects(entry.view), isCompatibleWithSharers(entry) else { return false }
    guard entry.view.request.addresses.isEmpty else {
      return entry.view.request.addresses.contains(allocation.address)
    }
    return entry.families.contains(allocation.address.family)
  }

  /// Keeps the entries of the status that are the Service's, or can become so; true where some went.
  private mutating func stripOrImportIngress(of entry: inout Entry) -> Bool {
    var kept: [LoadBalancerIngress] = []
    for ingress in entry.view.ingress {
      guard let address = IPAddress(parsing: ingress.ip) else { continue }
      let isHeld = entry.allocations.contains { $0.address == address }
      guard isHeld || importAddress(address, into: &entry) else { continue }
      if kept.last?.ip != ingress.ip { kept.append(ingress) }
    }
    defer { entry.view.ingress = kept }
    return kept.count != entry.view.ingress.count
  }

  /// Takes an address that the Service shows, if it may have it.
  private mutating func importAddress(_ address: IPAddress, into entry: inout Entry) -> Bool {
    let wanted = entry.view.request.addresses
    guard wanted.isEmpty || wanted.contains(address), entry.families.contains(address.family),
      case .block(let index) = findBlock(of: address, for: entry.view),
      blocks[index].allocate(address, for: [entry.view.id])
    else { return false }
    let allocation = Allocation(address: address, block: blocks[index].id)
    entry.allocations.append(allocation)
    share(allocation, underKeyOf: entry.view)
    return true
  }
}

extension IPPool {
  func selects(_ view: ServiceView) -> Bool {
    guard let serviceSelector else { return true }
    return serviceSelector.fault == nil
      && serviceSelector.selects(selectableLabels(of: view.id, view.labels))
  }
}

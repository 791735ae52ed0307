import NetModel

/// LB-IPAM, the part of Cilium's operator that gives addresses to LoadBalancer Services.
///
/// It takes what happens to pools and Services one after another; `takeChanges()` hands out the status that it wrote.
/// Where Cilium's own order is that of a Go map, objects come in the order of age, then of namespace and name.
/// Source: Cilium `operator/pkg/lbipam/lbipam.go`.
package struct LoadBalancerIPAM: Hashable, Sendable {
  package let settings: Settings
  /// In the order in which they were first seen.
  private(set) package var pools: [IPPool] = []
  /// In the order in which they were first seen: that in which they are looked through.
  var blocks: [AddressBlock] = []
  var nextBlockID = 0
  /// The Services that LB-IPAM handles.
  var services: ObjectTable<Entry> = []
  /// Those of them that lack something they asked for.
  var unsatisfied: Set<ServiceID> = []
  /// What sharers of a key may join, in the order in which the addresses became known.
  var sharedAddresses: [String: [Allocation]] = [:]
  var now = Instant.start
  private var changedPools: Set<String> = []
  private var changedServices: [ServiceID: Status] = [:]

  package init(settings: Settings = Settings()) {
    self.settings = settings
  }

  /// How the operator was started.
  package struct Settings: Hashable, Sendable {
    package var families: Set<IPFamily>
    /// Services without a class are LB-IPAM's (`defaultLBServiceIPAM: lbipam`).
    package var handlesClassless: Bool
    /// The classes that are handled, too.
    package var classes: Set<String>
    /// Ports of different protocols do not clash (`bpf-lb-proto-diff`).
    package var distinguishesProtocols: Bool

    package init(
      families: Set<IPFamily> = [.ipv4], handlesClassless: Bool = true, classes: Set<String> = [],
      distinguishesProtocols: Bool = true
    ) {
      self.families = families
      self.handlesClassless = handlesClassless
      self.classes = classes
      self.distinguishesProtocols = distinguishesProtocols
    }
  }

  /// A Service and the addresses that it was given.
  struct Entry: Hashable, Identifiable, Sendable {
    var view: ServiceView
    /// In the order of being given.
    var allocations: [Allocation] = []
    var families: Set<IPFamily>

    var id: ServiceID { view.id }
    var isSatisfied: Bool { view.isSatisfied(families: families) }
  }

  /// An address and the block it was taken from.
  struct Allocation: Hashable, Sendable {
    var address: IPAddress
    var block: Int
  }

  /// What LB-IPAM writes to a Service.
  package struct Status: Hashable, Sendable {
    package var ingress: [LoadBalancerIngress]
    package var conditions: [Condition]
  }

  /// What was written since the last call.
  package struct Changes: Sendable {
    /// In ascending order.
    package var services: [(id: ServiceID, status: Status)]
    /// In the order in which they were first seen.
    package var pools: [IPPool]
  }

  /// False before the first pool and after the last: then no Service is looked at.
  package var isAwake: Bool { !pools.isEmpty }

  /// Hands out what was written to objects, once.
  package mutating func takeChanges() -> Changes {
    defer {
      changedPools = []
      changedServices = [:]
    }
    return Changes(
      services: changedServices.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
      pools: pools.filter { changedPools.contains($0.name) })
  }
}

extension LoadBalancerIPAM {
  /// Wakes up, or starts with the operator: pools first, then all Services, whose addresses are kept where they can.
  package mutating func start(pools: [IPPool], services: [ServiceView], at instant: Instant) {
    now = instant
    for pool in pools.sorted(by: { $0.isOlder(than: $1) }) { upsert(pool, at: instant) }
    for view in services where isResponsible(for: view) { remember(view) }
    revalidateAllServices()
    updatePoolCounts()
  }

  package mutating func upsert(_ pool: IPPool, at instant: Instant) {
    now = instant
    if let index = pools.firstIndex(where: { $0.name == pool.name }) {
      if pools[index].wantsTheSame(as: pool) { return }
      guard modify(pool, at: index) else { return }
    } else {
      guard add(pool) else { return }
    }
    settleConflicts()
    satisfyServices()
    updatePoolCounts()
  }

  /// With the last pool LB-IPAM falls asleep and forgets everything.
  package mutating func deletePool(_ name: String, at instant: Instant) {
    now = instant
    guard let index = pools.firstIndex(where: { $0.name == name }) else { return }
    let affected = removeBlocks(blocks.filter { $0.pool == name }.map(\.id))
    pools.remove(at: index)
    revalidate(affected, stripping: false)
    settleConflicts()
    satisfyServices()
    updatePoolCounts()
    if pools.isEmpty { fallAsleep() }
  }

  /// A Service was made or changed.
  package mutating func upsert(_ view: ServiceView, at instant: Instant) {
    now = instant
    guard isResponsible(for: view) else { return abandon(view) }
    let isNew = services[id: view.id] == nil
    remember(view)
    revalidate([view.id], stripping: true)
    // A new Service without a key makes room for nobody.
    if !isNew || !view.request.sharingKey.isEmpty { satisfyServices() }
    updatePoolCounts()
  }

  package mutating func deleteService(_ id: ServiceID, at instant: Instant) {
    now = instant
    guard services[id: id] != nil else { return }
    forget(id)
    satisfyServices()
    updatePoolCounts()
  }

  private mutating func fallAsleep() {
    var asleep = LoadBalancerIPAM(settings: settings)
    asleep.changedServices = changedServices
    asleep.changedPools = changedPools
    self = asleep
  }

  /// Whether a Service is LB-IPAM's or somebody else's.
  private func isResponsible(for view: ServiceView) -> Bool {
    guard view.isLoadBalancer else { return false }
    guard let name = view.loadBalancerClass else { return settings.handlesClassless }
    return settings.classes.contains(name)
  }

  /// A Service that was handled is so no more: it is left without a trace.
  private mutating func abandon(_ view: ServiceView) {
    guard services[id: view.id] != nil else { return }
    forget(view.id)
    satisfyServices()
    updatePoolCounts()
    changedServices[view.id] = Status(
      ingress: [], conditions: view.conditions.filter { $0.type != ServiceView.requestSatisfied })
  }
}

extension LoadBalancerIPAM {
  /// Writes the status of a Service.
  mutating func patch(_ entry: Entry) {
    changedServices[entry.view.id] = Status(ingress: entry.view.ingress, conditions: entry.view.conditions)
  }

  func pool(_ name: String) -> IPPool? { pools.first { $0.name == name } }

  /// Sets a condition of a pool.
  mutating func set(
    _ type: String, ofPool index: Int, _ status: Condition.Status, reason: String, message: String = ""
  ) {
    let isNews = pools[index].set(type, status, reason: reason, message: message, at: now)
    if isNews { changedPools.insert(pools[index].name) }
  }

  mutating func appendPool(_ pool: IPPool) { pools.append(pool) }

  mutating func replacePool(_ pool: IPPool, at index: Int) { pools[index] = pool }

  func blockIndex(_ id: Int) -> Int? { blocks.firstIndex { $0.id == id } }
}

extension Creation {
  /// By the second, as timestamps are; then `onTie`.
  func isOlder(than other: Creation, _ onTie: Bool) -> Bool {
    let left = (instant.seconds, order)
    let right = (other.instant.seconds, other.order)
    return left == right ? onTie : left < right
  }
}

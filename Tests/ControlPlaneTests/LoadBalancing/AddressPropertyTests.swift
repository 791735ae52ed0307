import NetModel
import PacketTesting
import Testing

@testable import ControlPlane

/// What must hold after any history of pools and Services.
@Suite struct AddressPropertyTests {
  /// Nobody holds what is another's, and what is counted is what is held.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func addressesAreHeldByThoseWhoShowThem(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var history = History(seed: seed)
    for step in 0..<60 {
      history.change(&random)
      let comment = Comment("seed \(seed), step \(step)")
      let shown = history.views.flatMap { view in view.ingress.map { (view, $0.ip) } }
      for (ip, holders) in Dictionary(grouping: shown, by: \.1) where holders.count > 1 {
        let keys = Set(holders.map(\.0.request.sharingKey))
        #expect(keys.count == 1 && keys != [""], "\(ip) \(comment)")
        #expect(Set(holders.map { $0.0.ports[0].number }).count == holders.count, "\(ip) \(comment)")
      }
      let used = history.pools.compactMap { $0.conditions[IPPool.ConditionType.used]?.message }.compactMap {
        Int($0)
      }
      #expect(used.reduce(0, +) == Set(shown.map(\.1)).count, comment)
    }
  }

  /// A new operator leaves every address with whoever holds it alone, whatever the order of what it reads.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func aNewOperatorKeepsAddresses(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var history = History(seed: seed)
    for _ in 0..<40 { history.change(&random) }
    var again = LoadBalancerIPAM()
    again.start(
      pools: history.pools.shuffled(using: &random), services: history.views.shuffled(using: &random),
      at: Instant(seconds: 1000))
    let before = Dictionary(uniqueKeysWithValues: history.views.map { ($0.id, $0) })
    for (id, status) in again.takeChanges().services {
      guard let view = before[id], view.request.sharingKey.isEmpty, !view.ingress.isEmpty else { continue }
      #expect(status.ingress == view.ingress, "seed \(seed): \(id)")
    }
  }

  /// The same object once more changes nothing.
  @Test func seeingAnObjectAgainChangesNothing() {
    var random = SeededGenerator(seed: 7)
    var history = History(seed: 7)
    for _ in 0..<40 { history.change(&random) }
    for view in history.views { history.ipam.upsert(view, at: Instant(seconds: 1000)) }
    for pool in history.pools { history.ipam.upsert(pool, at: Instant(seconds: 1000)) }
    let changes = history.ipam.takeChanges()
    #expect(changes.services.isEmpty && changes.pools.isEmpty)
  }

  /// Pools that do not overlap, and Services that come, change and go.
  private struct History {
    var ipam = LoadBalancerIPAM()
    var pools: [IPPool] = []
    var views: [ServiceView] = []
    private var made = 0

    init(seed: UInt64) {
      for number in 1...3 {
        let pool = IPPool(
          name: "p\(number)",
          blocks: [.init(start: "10.0.\(number).1", stop: "10.0.\(number).\(number * 2)")],
          created: Creation(instant: .start, order: number))
        pools.append(pool)
        if ipam.isAwake {
          ipam.upsert(pool, at: .start)
        } else {
          ipam.start(pools: [pool], services: [], at: .start)
        }
      }
      takeChanges()
    }

    mutating func change(_ random: inout SeededGenerator) {
      made += 1
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        guard let view = views.randomElement(using: &random) else { return }
        views.removeAll { $0.id == view.id }
        ipam.deleteService(view.id, at: Instant(seconds: Int64(made)))
      case 1:
        guard let index = views.indices.randomElement(using: &random) else { return }
        views[index].request = request(&random)
        ipam.upsert(views[index], at: Instant(seconds: Int64(made)))
      default:
        let view = ServiceView(
          id: ServiceID(namespace: "default", name: "s\(made)"),
          created: Creation(instant: Instant(seconds: Int64(made)), order: made), request: request(&random),
          ports: [.init(UInt16.random(in: 80...82, using: &random))])
        views.append(view)
        ipam.upsert(view, at: Instant(seconds: Int64(made)))
      }
      takeChanges()
    }

    private func request(_ random: inout SeededGenerator) -> LoadBalancerRequest {
      let address = "10.0.\(Int.random(in: 1...3, using: &random)).\(Int.random(in: 1...6, using: &random))"
      let annotations = [
        ("lbipam.cilium.io/ips", Bool.random(using: &random) ? address : ""),
        ("lbipam.cilium.io/sharing-key", ["", "k", "l"].randomElement(using: &random) ?? ""),
      ]
      return LoadBalancerRequest(
        loadBalancerIP: nil, annotations: Labels(annotations.map { (key: $0.0, value: $0.1) }))
    }

    private mutating func takeChanges() {
      let changes = ipam.takeChanges()
      for pool in changes.pools {
        guard let index = pools.firstIndex(where: { $0.name == pool.name }) else { continue }
        pools[index].conditions = pool.conditions
      }
      for (id, status) in changes.services {
        guard let index = views.firstIndex(where: { $0.id == id }) else { continue }
        views[index].ingress = status.ingress
        views[index].conditions = status.conditions
      }
    }
  }
}

import Foundation
import PacketTesting
import Testing

@testable import NetModel

/// The tables against a slow twin: an array that is sorted and searched from end to end.
///
/// 100,000 random lookups; a million with TWIN_ROUNDS=10, best in a release build:
///
///     TWIN_ROUNDS=10 swift test -c release -Xswiftc -enable-testing --filter RouteTablesTests
struct RouteTablesTests {
  private let rounds = ProcessInfo.processInfo.environment["TWIN_ROUNDS"].flatMap(Int.init) ?? 1

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func agreesWithTheSlowTwin(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var tables = RouteTables()
    var twin = SlowTables()
    for _ in 0..<Int.random(in: 1...120, using: &random) {
      change(&tables, &twin, using: &random)
      #expect(tables.routes == twin.routes, "seed \(seed)")
    }
    for _ in 0..<840 * rounds {
      let address = nearby(twin.routes.randomElement(using: &random)?.destination.address, using: &random)
      for id in [TableID.main, .local, TableID(100)] {
        #expect(
          tables.matching(address, in: id) == twin.matching(address, in: id), "seed \(seed): \(address)")
        #expect(
          tables.nearestMiss(address, in: id) == twin.nearestMiss(address, in: id), "seed \(seed): \(address)"
        )
      }
    }
    for route in twin.routes {
      let exact = twin.routes.filter { $0.table == route.table && $0.destination == route.destination }
      #expect(tables.routes(to: route.destination, in: route.table) == exact, "seed \(seed)")
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func equalContentIsEqualWhateverTheOrderItCameIn(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let routes = (0..<50).map { route(metric: $0, using: &random) }
    let first = RouteTables(routes)
    let second = RouteTables(routes.shuffled(using: &random))
    #expect(first == second, "seed \(seed)")
    #expect(Set([first, second]).count == 1, "seed \(seed)")
    #expect(first != RouteTables(routes.dropLast()), "seed \(seed)")
  }

  @Test func copiesAreSnapshots() {
    var random = SeededGenerator(seed: 1)
    let original = RouteTables((0..<10).map { route(metric: $0, using: &random) })
    var copy = original
    copy.append(route(metric: 99, using: &random))
    #expect(original.routes.count == 10)
    #expect(copy.routes.count == 11)
    #expect(copy.removeAll { $0.metric == 99 } == 1)
    #expect(copy == original)
  }

  @Test func dumpsBeginWithOtherTablesAndEndWithLocal() {
    let ids: [TableID] = [.local, .main, .default, TableID(2004), TableID(100), TableID(51820)]
    let tables = RouteTables(ids.map { Route(table: $0, destination: .all, nextHops: []) })
    #expect(tables.routes.map(\.table.number) == [100, 51820, 2004, 253, 254, 255])
  }

  // MARK: - Random tables

  private func change(
    _ tables: inout RouteTables, _ twin: inout SlowTables, using random: inout SeededGenerator
  ) {
    let route = route(metric: UInt32.random(in: 0...2, using: &random), using: &random)
    switch Int.random(in: 0..<10, using: &random) {
    case 0:
      let length = Int.random(in: 0...32, using: &random)
      let removed = tables.removeAll { $0.destination.length == length }
      #expect(removed == twin.removeAll { $0.destination.length == length })
    case 1, 2:
      tables.prepend(route)
      twin.insert(route, atEndOfEquals: false)
    default:
      tables.append(route)
      twin.insert(route, atEndOfEquals: true)
    }
  }

  private func route(metric: UInt32, using random: inout SeededGenerator) -> Route {
    let corners: [UInt32] = [0, 0x0a00_0000, 0x0a00_0001, 0x0aff_ffff, 0x8000_0000, 0xac14_0000, .max]
    let base = corners.randomElement(using: &random) ?? 0
    let address = IPv4Address(rawValue: base ^ UInt32.random(in: 0...3, using: &random))
    return Route(
      table: [TableID.main, .main, .local, TableID(100)].randomElement(using: &random) ?? .main,
      destination: IPv4Prefix(address, length: Int.random(in: 0...32, using: &random)),
      tos: [0, 0, 4, 16].randomElement(using: &random) ?? 0, metric: metric,
      nextHops: [NextHop(interface: "eth\(Int.random(in: 0...3, using: &random))")])
  }

  private func nearby(_ address: IPv4Address?, using random: inout SeededGenerator) -> IPv4Address {
    let flipped = UInt32(1) << UInt32.random(in: 0...31, using: &random)
    return IPv4Address(rawValue: (address ?? .any).rawValue ^ (Bool.random(using: &random) ? flipped : 0))
  }
}

/// Routes in one sorted array.
private struct SlowTables {
  private(set) var routes: [Route] = []

  mutating func insert(_ route: Route, atEndOfEquals: Bool) {
    let position = routes.firstIndex { other in
      atEndOfEquals
        ? key(route).lexicographicallyPrecedes(key(other)) : !key(other).lexicographicallyPrecedes(key(route))
    }
    routes.insert(route, at: position ?? routes.endIndex)
  }

  mutating func removeAll(where matches: (Route) -> Bool) -> Int {
    let before = routes.count
    routes.removeAll(where: matches)
    return before - routes.count
  }

  func matching(_ address: IPv4Address, in table: TableID) -> [Route] {
    let matching = routes.filter { $0.table == table && $0.destination.contains(address) }
    return (0...32).reversed().flatMap { length in matching.filter { $0.destination.length == length } }
  }

  func nearestMiss(_ address: IPv4Address, in table: TableID) -> Route? {
    let missing = routes.filter { $0.table == table && !$0.destination.contains(address) }
    let best = missing.map { $0.destination.sharedBits(with: address) }.max()
    return missing.first { $0.destination.sharedBits(with: address) == best }
  }

  private func key(_ route: Route) -> [UInt32] {
    [
      route.table.number & 0xff, route.table.number, route.destination.address.rawValue,
      32 - UInt32(route.destination.length), 255 - UInt32(route.tos), route.metric,
    ]
  }
}

extension RouteTables {
  /// Every route of a table that contains an address, as a search finds them.
  fileprivate func matching(_ address: IPv4Address, in id: TableID) -> [Route] {
    guard let table = index(of: id).map({ tables[$0] }) else { return [] }
    var routes: [Route] = []
    var current = table.first(of: table.matches(address))
    while let position = current {
      routes.append(table[position].route)
      current = table.next(after: position)
    }
    return routes
  }

  fileprivate func nearestMiss(_ address: IPv4Address, in id: TableID) -> Route? {
    guard let table = index(of: id).map({ tables[$0] }) else { return nil }
    return table.nearestMiss(of: table.matches(address)).map { table[$0].route }
  }
}

/// The routes of one table, in the order in which prefixes nest: by first address, shorter prefixes before
/// longer ones, and the routes to one prefix in the table's order.
///
/// Whatever contains an address is then the last entry that begins at or before it, or covers that entry; a
/// search halves a few numbers and climbs from there. Entries lie in arrays and point by number, so that it
/// follows no reference.
struct RouteTable: Sendable {
  let id: TableID
  /// The first address of each entry's prefix.
  private var starts: [UInt32] = []
  private(set) var entries: [Entry] = []
  /// Entry by entry the same routes.
  private(set) var shared: [SharedRoute] = []
  /// Where the entries begin whose addresses have those upper 16 bits; empty in a small table.
  private var ranges: [Int32] = []
  /// How many routes have a scope of host or narrower.
  private(set) var hostScopeCount = 0
  /// A local route is among them that the kernel did not make itself: it makes them in the table local alone.
  private(set) var hasCustomLocalRoute = false

  /// Stands for no entry.
  fileprivate static let none: Int32 = -1
  /// The number of entries from which `ranges` are worth their 256 KiB.
  private static let manyEntries = 16_384
  /// The number of entries from which it saves memory that routes share equal next hops.
  private static let severalEntries = 64

  init(id: TableID) {
    self.id = id
  }

  /// What a search compares of a route.
  struct Entry: Sendable {
    let length: UInt8
    let tos: UInt8
    let type: RouteType
    let scope: RouteScope
    /// The first next hop that is up, where nothing speaks against the route but a query's own demands;
    /// `nil` where its tos or the state of its links does.
    let unconditionalHop: UInt16?
    let metric: UInt32
    /// The first entry to the same prefix.
    fileprivate(set) var first = RouteTable.none
    /// The first entry to the next shorter prefix that contains this one.
    fileprivate(set) var cover = RouteTable.none

    init(_ route: Route) {
      length = UInt8(route.destination.length)
      tos = route.tos
      metric = route.metric
      type = route.type
      scope = route.scope
      unconditionalHop = Entry.unconditionalHop(of: route)
    }

    private static func unconditionalHop(of route: Route) -> UInt16? {
      if route.tos != 0 { return nil }
      if route.type.isRefusal { return 0 }
      return route.nextHops.firstIndex { $0.flags.isDisjoint(with: [.dead, .linkDown]) }
        .flatMap { UInt16(exactly: $0) }
    }
  }

  /// The routes of a table that contain an address, best first: longer prefixes before shorter ones, and the
  /// routes to one prefix in the table's order.
  struct Matches {
    fileprivate let address: UInt32
    /// The first entry that begins behind the address.
    fileprivate let end: Int
    /// The first entry to the longest prefix.
    fileprivate let longest: Int32
  }

  /// A route among those that contain an address.
  struct Position: Hashable {
    /// Its place among the entries.
    let entry: Int32
  }

  func matches(_ address: IPv4Address) -> Matches {
    let end = firstEntry(behind: address.rawValue)
    var current = Int32(truncatingIfNeeded: end - 1)
    while current >= 0, !contains(current, address.rawValue) { current = entries[Int(current)].cover }
    let longest = current < 0 ? current : entries[Int(current)].first
    return Matches(address: address.rawValue, end: end, longest: longest)
  }

  /// For each of some addresses in ascending order the first entry to the longest prefix that contains it; -1
  /// where none does.
  func longestMatches(ofAscending addresses: [IPv4Address]) -> [Int32] {
    var matches: [Int32] = []
    matches.reserveCapacity(addresses.count)
    var end = 0
    for address in addresses {
      while end < starts.count, starts[end] <= address.rawValue { end += 1 }
      var current = Int32(end) - 1
      while current >= 0, !contains(current, address.rawValue) { current = entries[Int(current)].cover }
      matches.append(current < 0 ? current : entries[Int(current)].first)
    }
    return matches
  }

  func first(of matches: Matches) -> Position? { position(matches.longest) }

  func next(after position: Position) -> Position? {
    nextOfSamePrefix(after: position) ?? self.position(entries[Int(position.entry)].cover)
  }

  func nextOfSamePrefix(after position: Position) -> Position? {
    let next = Int(position.entry) + 1
    guard next < entries.count, entries[next].first == entries[next - 1].first else { return nil }
    return Position(entry: Int32(next))
  }

  private func position(_ entry: Int32) -> Position? { entry < 0 ? nil : Position(entry: entry) }

  subscript(position: Position) -> SharedRoute { shared[Int(position.entry)] }

  func entry(at position: Position) -> Entry { entries[Int(position.entry)] }

  /// The route that has the most leading bits in common with the address without containing it; of several,
  /// the first in the table's order; `nil` where every route contains it.
  func nearestMiss(of matches: Matches) -> Position? {
    let address = matches.address
    var before = matches.end - 1
    while before >= 0, contains(Int32(before), address) { before = Int(entries[before].first) - 1 }
    let bitsBefore = before < 0 ? -1 : (starts[before] ^ address).leadingZeroBitCount
    let bitsBehind = matches.end == starts.count ? -1 : (starts[matches.end] ^ address).leadingZeroBitCount
    if bitsBehind > bitsBefore { return longestPrefix(beginningWith: matches.end) }
    guard bitsBefore >= 0 else { return nil }
    var entry = firstEntry(from: address & IPv4Prefix.mask(length: bitsBefore))
    while contains(Int32(entry), address) { entry += 1 }
    return longestPrefix(beginningWith: entry)
  }

  /// The first route to the longest prefix that begins at the same address as an entry.
  private func longestPrefix(beginningWith entry: Int) -> Position {
    var last = entry
    while last + 1 < starts.count, starts[last + 1] == starts[entry] { last += 1 }
    return Position(entry: entries[last].first)
  }

  private func contains(_ entry: Int32, _ address: UInt32) -> Bool {
    let length = UInt32(entries[Int(entry)].length)
    return length == 0 || (starts[Int(entry)] ^ address) >> (32 - length) == 0
  }

  /// The first entry that begins at a higher address; the number of entries where none does.
  private func firstEntry(behind address: UInt32) -> Int {
    address == .max ? starts.count : firstEntry(from: address + 1)
  }

  /// The first entry that begins at that address or a higher one; the number of entries where none does.
  private func firstEntry(from address: UInt32) -> Int {
    var low = 0
    var high = starts.count
    if !ranges.isEmpty {
      low = Int(ranges[Int(address >> 16)])
      high = Int(ranges[Int(address >> 16) + 1])
    }
    while low < high {
      let middle = (low + high) >> 1
      if starts[middle] < address { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The routes to exactly that prefix, in the table's order.
  func routes(to prefix: IPv4Prefix) -> [Route] {
    var current = first(of: matches(prefix.address))
    while let position = current, Int(entry(at: position).length) > prefix.length {
      current = self.position(entry(at: position).cover)
    }
    var routes: [Route] = []
    while let position = current, Int(entry(at: position).length) == prefix.length {
      routes.append(self[position].route)
      current = nextOfSamePrefix(after: position)
    }
    return routes
  }

  /// By address, longer prefixes first; to one prefix higher tos first, then lower metric, then as inserted.
  var routes: [Route] { order.map { shared[$0].route } }

  private var order: [Int] {
    var order: [Int] = []
    order.reserveCapacity(entries.count)
    var begin = 0
    while begin < entries.count {
      var end = begin + 1
      while end < entries.count, starts[end] == starts[begin] { end += 1 }
      var last = end
      while last > begin {
        let first = Int(entries[last - 1].first)
        order += first..<last
        last = first
      }
      begin = end
    }
    return order
  }
}

extension RouteTable {
  /// A table of those routes, each behind those that compare equal to it.
  init(id: TableID, _ routes: [Route]) {
    self.id = id
    let keys = routes.indices.map { SortKey(routes[$0], place: $0) }.sorted()
    starts.reserveCapacity(keys.count)
    entries.reserveCapacity(keys.count)
    shared.reserveCapacity(keys.count)
    var known: [[NextHop]: [NextHop]] = [:]
    for key in keys {
      var route = routes[key.place]
      if keys.count >= RouteTable.severalEntries { route.nextHops = known.merge(route.nextHops) }
      add(route, at: entries.count)
    }
    link()
  }

  private struct SortKey: Comparable {
    let start: UInt32
    let length: UInt8
    let tos: UInt8
    let metric: UInt32
    let place: Int

    init(_ route: Route, place: Int) {
      start = route.destination.address.rawValue
      length = UInt8(route.destination.length)
      tos = ~route.tos
      metric = route.metric
      self.place = place
    }

    static func < (left: SortKey, right: SortKey) -> Bool {
      if left.start != right.start { return left.start < right.start }
      if left.length != right.length { return left.length < right.length }
      if left.tos != right.tos { return left.tos < right.tos }
      return (left.metric, left.place) < (right.metric, right.place)
    }
  }

  /// Points each entry to the first of its prefix and to the next shorter prefix.
  private mutating func link() {
    var above: [Int32] = []
    for index in entries.indices {
      while let last = above.last, !contains(last, starts[index]) { above.removeLast() }
      if let last = above.last, entries[Int(last)].length == entries[index].length {
        entries[index].first = last
        entries[index].cover = entries[Int(last)].cover
      } else {
        entries[index].first = Int32(index)
        entries[index].cover = above.last ?? RouteTable.none
        above.append(Int32(index))
      }
    }
    setRanges()
  }

  private mutating func setRanges() {
    ranges = []
    guard entries.count >= RouteTable.manyEntries else { return }
    var found: [Int32] = []
    found.reserveCapacity(65_537)
    for (index, start) in starts.enumerated() {
      while found.count <= Int(start >> 16) { found.append(Int32(index)) }
    }
    while found.count <= 65_536 { found.append(Int32(starts.count)) }
    ranges = found
  }

  private mutating func add(_ route: Route, at index: Int) {
    starts.insert(route.destination.address.rawValue, at: index)
    entries.insert(Entry(route), at: index)
    shared.insert(SharedRoute(route), at: index)
    if route.scope >= .host { hostScopeCount += 1 }
    if route.type == .local, route.protocol != .kernel || id != .local { hasCustomLocalRoute = true }
  }

  /// Puts a route in. O(n): many at once are better given to the initializer.
  mutating func insert(_ route: Route, atEndOfEquals: Bool) {
    let start = route.destination.address.rawValue
    let length = UInt8(route.destination.length)
    var index = firstEntry(from: start)
    while index < entries.count, starts[index] == start, entries[index].length < length { index += 1 }
    while index < entries.count, starts[index] == start, entries[index].length == length,
      isBehind(route, entries[index], atEndOfEquals)
    {
      index += 1
    }
    add(route, at: index)
    link()
  }

  /// Whether a route that is put in comes behind `other`.
  private func isBehind(_ route: Route, _ other: Entry, _ atEndOfEquals: Bool) -> Bool {
    if route.tos != other.tos { return route.tos < other.tos }
    return route.metric == other.metric ? atEndOfEquals : route.metric > other.metric
  }

  /// Takes out every route that `matches`; the number taken out.
  mutating func removeAll(where matches: (Route) -> Bool) -> Int {
    guard shared.contains(where: { matches($0.route) }) else { return 0 }
    let kept = routes.filter { !matches($0) }
    let removed = entries.count - kept.count
    self = RouteTable(id: id, kept)
    return removed
  }
}

extension [[NextHop]: [NextHop]] {
  /// The equal value that came first, so that routes by the same next hops share them.
  ///
  /// Source: Linux `include/net/ip_fib.h`, `struct fib_info`, is shared in the same way.
  fileprivate mutating func merge(_ hops: [NextHop]) -> [NextHop] {
    if let known = self[hops] { return known }
    self[hops] = hops
    return hops
  }
}

extension RouteTable: Hashable {
  static func == (left: RouteTable, right: RouteTable) -> Bool {
    left.id == right.id && left.entries.count == right.entries.count && left.routes == right.routes
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(routes)
  }
}

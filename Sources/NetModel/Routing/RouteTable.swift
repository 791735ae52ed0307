/// The routes of one table, and what finds them: an entry for each, chained by prefix, and a trie that finds
/// the chains. A search reads entries alone, for they are small.
struct RouteTable: Sendable {
  let id: TableID
  /// In the order of insertion.
  private var inserted: [SharedRoute] = []
  /// Entry by entry the same routes.
  private(set) var entries: [Entry] = []
  /// The first entry of each prefix.
  private var trie = PrefixTrie()
  /// How many routes have a scope of host or narrower.
  private(set) var hostScopeCount = 0
  /// A local route is among them that the kernel did not make itself.
  private(set) var hasCustomLocalRoute = false

  init(id: TableID) {
    self.id = id
  }

  /// What a search compares of a route.
  struct Entry: Sendable {
    let length: UInt8
    let tos: UInt8
    let metric: UInt32
    let type: RouteType
    let scope: RouteScope
    /// Nothing speaks against the route but a query's own demands.
    let isUnconditional: Bool
    /// The next entry to the same prefix, in the table's order; `PrefixTrie.none` behind the last.
    fileprivate(set) var next = PrefixTrie.none

    init(_ route: Route) {
      length = UInt8(route.destination.length)
      tos = route.tos
      metric = route.metric
      type = route.type
      scope = route.scope
      isUnconditional =
        route.tos == 0
        && (route.type.isRefusal
          || route.nextHops.contains { $0.flags.isDisjoint(with: [.dead, .linkDown]) })
    }
  }

  /// The routes of a table that contain an address, best first: longer prefixes before shorter ones, and the
  /// routes to one prefix in the table's order.
  struct Matches {
    fileprivate var path = PrefixTrie.Path()
  }

  /// A route among those that contain an address.
  struct Position: Hashable {
    /// Its node in the trie.
    fileprivate var node: Int32
    /// Its place among the entries.
    fileprivate(set) var entry: Int32
  }

  func matches(_ address: IPv4Address) -> Matches {
    Matches(path: trie.path(to: address))
  }

  func first(of matches: Matches) -> Position? {
    matches.path.longest < 0 ? nil : position(at: matches.path.longest)
  }

  func next(after position: Position) -> Position? {
    if let next = nextOfSamePrefix(after: position) { return next }
    let node = trie.next(above: position.node)
    return node < 0 ? nil : self.position(at: node)
  }

  func nextOfSamePrefix(after position: Position) -> Position? {
    let next = entries[Int(position.entry)].next
    return next < 0 ? nil : Position(node: position.node, entry: next)
  }

  private func position(at node: Int32) -> Position {
    Position(node: node, entry: trie.value(of: node))
  }

  subscript(position: Position) -> SharedRoute { inserted[Int(position.entry)] }

  func entry(at position: Position) -> Entry { entries[Int(position.entry)] }

  /// The route that has the most leading bits in common with the address without containing it; of several,
  /// the first in the table's order; `nil` where every route contains it.
  func nearestMiss(of matches: Matches) -> SharedRoute? {
    let node = matches.path.branchedOff
    return node < 0 ? nil : inserted[Int(trie.firstValue(below: node))]
  }

  /// The routes to exactly that prefix, in the table's order.
  func routes(to prefix: IPv4Prefix) -> [Route] { chain(from: trie[prefix]) }

  /// By address, longer prefixes first; to one prefix higher tos first, then lower metric, then as inserted.
  var routes: [Route] { trie.orderedValues.flatMap(chain) }

  private func chain(from first: Int32) -> [Route] {
    var routes: [Route] = []
    var current = first
    while current >= 0 {
      routes.append(inserted[Int(current)].route)
      current = entries[Int(current)].next
    }
    return routes
  }
}

extension RouteTable {
  mutating func insert(_ route: Route, atEndOfEquals: Bool) {
    let index = Int32(entries.count)
    inserted.append(SharedRoute(route))
    entries.append(Entry(route))
    if route.scope >= .host { hostScopeCount += 1 }
    if route.type == .local, route.protocol != .kernel { hasCustomLocalRoute = true }
    var last = PrefixTrie.none
    var next = trie[route.destination]
    while next >= 0, isBehind(route, entries[Int(next)], atEndOfEquals) {
      last = next
      next = entries[Int(next)].next
    }
    entries[Int(index)].next = next
    if last < 0 { trie[route.destination] = index } else { entries[Int(last)].next = index }
  }

  /// Whether a route that is put in comes behind `other`.
  private func isBehind(_ route: Route, _ other: Entry, _ atEndOfEquals: Bool) -> Bool {
    if route.tos != other.tos { return route.tos < other.tos }
    return route.metric == other.metric ? atEndOfEquals : route.metric > other.metric
  }

  /// Takes out every route that `matches`; the number taken out.
  mutating func removeAll(where matches: (Route) -> Bool) -> Int {
    guard inserted.contains(where: { matches($0.route) }) else { return 0 }
    let kept = routes.filter { !matches($0) }
    let removed = entries.count - kept.count
    self = RouteTable(id: id)
    for route in kept { insert(route, atEndOfEquals: true) }
    return removed
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

/// All routing tables of one stack.
///
/// Routes come out in the order in which `ip route show table all` prints them: tables by the lowest byte of
/// their numbers (so main and local come last), then by the number; in a table by address, longer prefixes
/// first, higher tos first, lower metric first, and in the order of insertion after that.
///
/// Source: Linux `net/ipv4/fib_frontend.c`, `inet_dump_fib`, `FIB_TABLE_HASHSZ`; recorded in the kernel vectors.
package struct RouteTables: Sendable {
  /// In the order stated above; none is empty.
  private(set) var tables: [RouteTable] = []

  package init() {}

  package init(_ routes: some Sequence<Route>) {
    for route in routes { append(route) }
  }

  /// All routes, in the order stated above. O(n): every read lists them anew.
  package var routes: [Route] { tables.flatMap(\.routes) }

  /// The routes of one table, in the order stated above.
  package func routes(in table: TableID) -> [Route] {
    self[table]?.routes ?? []
  }

  /// The table of that number; `nil` where it holds no route.
  subscript(id: TableID) -> RouteTable? {
    tables.first { $0.id == id }
  }

  /// Adds a route behind those that compare equal to it.
  package mutating func append(_ route: Route) {
    insert(route, atEndOfEquals: true)
  }

  /// Adds a route before those that compare equal to it, as `ip route prepend` does.
  package mutating func prepend(_ route: Route) {
    insert(route, atEndOfEquals: false)
  }

  private mutating func insert(_ route: Route, atEndOfEquals: Bool) {
    let position = tables.firstIndex { $0.place >= RouteTable.place(of: route.table) } ?? tables.endIndex
    if position == tables.endIndex || tables[position].id != route.table {
      tables.insert(RouteTable(id: route.table), at: position)
    }
    tables[position].insert(route, atEndOfEquals: atEndOfEquals)
  }

  /// Takes out every route that `matches`; the number taken out. O(n).
  @discardableResult
  package mutating func removeAll(where matches: (Route) -> Bool) -> Int {
    let removed = tables.indices.reduce(0) { $0 + tables[$1].removeAll(where: matches) }
    tables.removeAll { $0.count == 0 }
    return removed
  }
}

extension RouteTables: Hashable {
  package static func == (left: RouteTables, right: RouteTables) -> Bool {
    left.tables == right.tables
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(tables)
  }
}

/// The routes of one table, by prefix.
struct RouteTable: Sendable {
  let id: TableID
  /// The routes of a prefix: higher tos first, then lower metric, then in the order of insertion.
  private(set) var trie = PrefixTrie<[Route]>()
  private(set) var count = 0
  /// A local route is among them that the kernel did not make itself.
  private(set) var hasCustomLocalRoute = false

  init(id: TableID) {
    self.id = id
  }

  /// The table's place among others in dumps.
  var place: UInt64 { RouteTable.place(of: id) }

  static func place(of id: TableID) -> UInt64 {
    UInt64(id.number & 0xff) << 32 | UInt64(id.number)
  }

  /// By address, longer prefixes first.
  var routes: [Route] {
    trie.orderedSlots.flatMap { trie[$0] }
  }

  mutating func insert(_ route: Route, atEndOfEquals: Bool) {
    trie.update(route.destination, default: []) { routes in
      let position = routes.firstIndex {
        atEndOfEquals ? RouteTable.precedes(route, $0) : !RouteTable.precedes($0, route)
      }
      routes.insert(route, at: position ?? routes.endIndex)
    }
    count += 1
    if route.type == .local, route.protocol != .kernel { hasCustomLocalRoute = true }
  }

  mutating func removeAll(where matches: (Route) -> Bool) -> Int {
    let kept = routes.filter { !matches($0) }
    let removed = count - kept.count
    guard removed > 0 else { return 0 }
    self = RouteTable(id: id)
    for route in kept { insert(route, atEndOfEquals: true) }
    return removed
  }

  private static func precedes(_ left: Route, _ right: Route) -> Bool {
    left.tos == right.tos ? left.metric < right.metric : left.tos > right.tos
  }
}

extension RouteTable: Hashable {
  static func == (left: RouteTable, right: RouteTable) -> Bool {
    left.id == right.id && left.count == right.count && left.routes == right.routes
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(routes)
  }
}

/// All routing tables of one stack.
///
/// Routes come out in the order in which `ip route show table all` prints them: tables by the lowest byte of
/// their numbers (so main and local come last), then by the number; in a table by address, longer prefixes
/// first, higher tos first, lower metric first, and in the order of insertion after that.
///
/// Source: Linux `net/ipv4/fib_frontend.c`, `inet_dump_fib`, `FIB_TABLE_HASHSZ`; recorded in the kernel
/// vectors.
package struct RouteTables: Hashable, Sendable {
  /// In the order stated above; none is empty.
  private(set) var tables: [RouteTable] = []

  package init() {}

  package init(_ routes: [Route]) {
    append(contentsOf: routes)
  }

  /// All routes, in the order stated above. O(n): every read lists them anew.
  package var routes: [Route] { tables.flatMap(\.routes) }

  /// The routes of one table, in the order stated above. O(n).
  package func routes(in table: TableID) -> [Route] {
    index(of: table).map { tables[$0].routes } ?? []
  }

  /// The routes of one table to exactly that prefix, in the table's order. Does not depend on the number of
  /// routes.
  package func routes(to prefix: IPv4Prefix, in table: TableID) -> [Route] {
    index(of: table).map { tables[$0].routes(to: prefix) } ?? []
  }

  /// Where the table of that number is; `nil` where it holds no route.
  func index(of id: TableID) -> Int? {
    for index in tables.indices where tables[index].id == id { return index }
    return nil
  }

  /// Adds routes, each behind those that compare equal to it.
  package mutating func append(contentsOf added: [Route]) {
    for (id, group) in Dictionary(grouping: added, by: \.table) {
      let known = index(of: id).map { tables[$0].routes } ?? []
      put(RouteTable(id: id, known + group))
    }
  }

  private mutating func put(_ table: RouteTable) {
    let place = RouteTables.place(of: table.id)
    let position = tables.firstIndex { RouteTables.place(of: $0.id) >= place } ?? tables.endIndex
    if position < tables.endIndex, tables[position].id == table.id {
      tables[position] = table
    } else {
      tables.insert(table, at: position)
    }
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
    guard let position = index(of: route.table) else { return put(RouteTable(id: route.table, [route])) }
    tables[position].insert(route, atEndOfEquals: atEndOfEquals)
  }

  private static func place(of id: TableID) -> (UInt32, UInt32) {
    (id.number & 0xff, id.number)
  }

  /// Takes out every route that `matches`; the number taken out. O(n).
  @discardableResult
  package mutating func removeAll(where matches: (Route) -> Bool) -> Int {
    let removed = tables.indices.reduce(0) { $0 + tables[$1].removeAll(where: matches) }
    tables.removeAll { $0.entries.isEmpty }
    return removed
  }
}

/// All routing tables of one stack.
///
/// Routes come out in the order in which `ip route show` prints them: by table, then by address, longer
/// prefixes first, higher tos first, lower metric first, and in the order of insertion after that.
package struct RouteTables: Hashable, Sendable {
  /// All routes, in the order stated above.
  package private(set) var routes: [Route] = []

  package init() {}

  package init(_ routes: some Sequence<Route>) {
    for route in routes { append(route) }
  }

  /// The routes of one table, in the order stated above.
  package func routes(in table: TableID) -> [Route] {
    routes.filter { $0.table == table }
  }

  /// Adds a route behind those that compare equal to it.
  package mutating func append(_ route: Route) {
    let position = routes.firstIndex { RouteTables.precedes(route, $0) } ?? routes.endIndex
    routes.insert(route, at: position)
  }

  /// Takes out every route that `matches`; the number taken out.
  @discardableResult
  package mutating func removeAll(where matches: (Route) -> Bool) -> Int {
    let before = routes.count
    routes.removeAll(where: matches)
    return before - routes.count
  }

  private static func precedes(_ left: Route, _ right: Route) -> Bool {
    if left.table != right.table { return left.table > right.table }
    if left.destination.address != right.destination.address {
      return left.destination.address < right.destination.address
    }
    if left.destination.length != right.destination.length {
      return left.destination.length > right.destination.length
    }
    if left.tos != right.tos { return left.tos > right.tos }
    return left.metric < right.metric
  }
}

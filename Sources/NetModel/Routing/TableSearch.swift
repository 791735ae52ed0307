/// The search of one table: every route that contains the destination, and the first of them that decides.
struct TableSearch {
  /// Where the table is among the stack's tables.
  let table: Int
  let matches: RouteTable.Matches
  /// The route that decides; `nil` where none of those that match can be used.
  let best: RouteTable.Position?
}

extension NetworkStack {
  /// Searches a table; `nil` where it holds no route at all.
  func search(_ id: TableID, for flow: RouteFlow) -> TableSearch? {
    guard let table = routes.index(of: id) else { return nil }
    let matches = routes.tables[table].matches(flow.destination)
    var best = routes.tables[table].first(of: matches)
    while let position = best, objection(to: position, ofTable: table, for: flow) != nil {
      best = routes.tables[table].next(after: position)
    }
    return TableSearch(table: table, matches: matches, best: best)
  }

  /// What speaks against the use of a route that contains the flow's destination; `nil` where it decides.
  func objection(
    to position: RouteTable.Position, ofTable table: Int, for flow: RouteFlow
  ) -> RouteLookup.Why? {
    if !flow.hasDemands, routes.tables[table].entry(at: position).unconditionalHop != nil {
      return nil
    }
    return objection(to: routes.tables[table][position].route, for: flow)
  }

  /// Source: Linux `net/ipv4/fib_trie.c`, `fib_table_lookup`.
  private func objection(to route: Route, for flow: RouteFlow) -> RouteLookup.Why? {
    if route.tos != 0, route.tos != flow.tos { return .otherTOS }
    if route.scope < flow.widestScope { return .scopeTooWide }
    if route.type.isRefusal { return nil }
    var first: RouteLookup.Why?
    for hop in route.nextHops {
      guard let objection = objection(to: hop, for: flow) else { return nil }
      first = first ?? objection
    }
    return first ?? .deadNextHop
  }

  /// What speaks against the use of a next hop.
  ///
  /// Source: Linux `net/ipv4/fib_trie.c`, `fib_lookup_good_nhc`.
  func objection(to hop: NextHop, for flow: RouteFlow) -> RouteLookup.Why? {
    if hop.flags.contains(.dead) { return .deadNextHop }
    if hop.flags.contains(.linkDown), !flow.ignoresLinkState, passesOverLinkDown(hop) { return .linkDown }
    if let bound = flow.outputInterface, bound != hop.interface { return .otherInterface }
    return nil
  }

  /// Whether next hops without carrier are not used (`ignore_routes_with_linkdown`).
  func passesOverLinkDown(_ hop: NextHop) -> Bool {
    hop.interface.map { sysctls[interface: $0].ignoresLinkDown } ?? false
  }
}

extension RouteType {
  /// The route has no next hop: it refuses packets, or ends the search of its table.
  var isRefusal: Bool {
    switch self {
    case .blackhole, .unreachable, .prohibit, .throw: true
    case .unicast, .local, .broadcast, .anycast, .multicast: false
    }
  }
}

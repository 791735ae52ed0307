/// The search of one table: every route that contains the destination, and the first of them that decides.
struct TableSearch {
  let id: TableID
  /// `nil` where the table holds no route at all.
  private let table: RouteTable?
  private let path: PrefixTrie<[Route]>.Path
  /// Where the route that decides is among the routes that contain the destination.
  private(set) var best: Position?

  /// A place among the routes that contain the destination: a prefix, counted from the longest, and an offset
  /// among the routes to that prefix.
  struct Position: Hashable, Comparable {
    var prefix: Int
    var offset: Int

    static func < (left: Position, right: Position) -> Bool {
      left.prefix == right.prefix ? left.offset < right.offset : left.prefix < right.prefix
    }
  }

  init(_ id: TableID, of stack: NetworkStack, for flow: RouteFlow) {
    self.id = id
    table = stack.routes[id]
    path = table?.trie.path(to: flow.destination) ?? PrefixTrie.Path()
    best = firstDecisive(of: stack, for: flow)
  }

  private func firstDecisive(of stack: NetworkStack, for flow: RouteFlow) -> Position? {
    for prefix in path.slots.indices {
      let offset = routes(ofPrefix: prefix).firstIndex { stack.objection(to: $0, for: flow) == nil }
      if let offset { return Position(prefix: prefix, offset: offset) }
    }
    return nil
  }

  /// How many prefixes of the table contain the destination.
  var prefixCount: Int { path.slots.count }

  /// The routes to one of the prefixes that contain the destination, in the table's order.
  func routes(ofPrefix prefix: Int) -> [Route] {
    table?.trie[path.slots[path.slots.count - 1 - prefix]] ?? []
  }

  /// The route that decides; `nil` where none can be used.
  var bestRoute: Route? {
    best.map { routes(ofPrefix: $0.prefix)[$0.offset] }
  }

  /// The route that has the most leading bits in common with the destination without containing it.
  var nearestMiss: Route? {
    path.nearestMiss.flatMap { table?.trie[$0].first }
  }
}

extension NetworkStack {
  /// What speaks against the use of a route that contains the flow's destination; `nil` where it decides.
  ///
  /// Source: Linux `net/ipv4/fib_trie.c`, `fib_table_lookup`.
  func objection(to route: Route, for flow: RouteFlow) -> RouteLookup.Why? {
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
    hop.interface.map { sysctls.isSet("ignore_routes_with_linkdown", on: $0) } ?? false
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

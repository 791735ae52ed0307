extension NetworkStack {
  /// The next hop's gateway, where it is asked for by ARP; `nil` where it is an address of this host (or inside
  /// a route of scope host), for then the destination itself is asked for.
  ///
  /// Source: Linux `net/ipv4/fib_semantics.c`, `fib_check_nh_v4_gw`; recorded in the kernel vectors.
  func gateway(of hop: NextHop, inTable table: TableID) -> IPv4Address? {
    guard let gateway = hop.gateway else { return nil }
    if hop.flags.contains(.onLink) || !isInsideHostScope(gateway) { return gateway }
    var flow = RouteFlow(destination: gateway)
    flow.outputInterface = hop.interface
    flow.widestScope = .link
    flow.ignoresLinkState = true
    return scopeFound(for: flow, from: table) >= .host ? nil : gateway
  }

  /// Any route of scope host contains the address; the tables need not be asked where none does.
  private func isInsideHostScope(_ address: IPv4Address) -> Bool {
    for table in routes.tables.indices where routes.tables[table].hostScopeCount > 0 {
      var current = routes.tables[table].first(of: routes.tables[table].matches(address))
      while let position = current {
        if routes.tables[table].entry(at: position).scope >= .host { return true }
        current = routes.tables[table].next(after: position)
      }
    }
    return false
  }

  /// The scope of the route that answers for a gateway: the table of its own route is asked first; link where
  /// none answers, for then the route is older than the state.
  private func scopeFound(for flow: RouteFlow, from id: TableID) -> RouteScope {
    if id != .main, let search = search(id, for: flow), let best = search.best {
      let entry = routes.tables[search.table].entry(at: best)
      if !entry.type.isRefusal { return entry.scope }
    }
    guard case .found(let match) = walk(flow).outcome else { return .link }
    return route(of: match).scope
  }
}

extension NetworkStack {
  /// The route that decides about a packet, without what it won against; `nil` where none does.
  package func decidingRoute(for query: RouteQuery) -> Route? {
    guard case .found(let match) = walk(RouteFlow(query)).outcome else { return nil }
    return route(of: match)
  }

  /// What the tables alone say of a packet, as BPF programs ask them.
  ///
  /// Neither the source nor the arrival is checked, no source is chosen, and a neighbor that is known to be
  /// dead is not passed over. The input interface must forward.
  ///
  /// Source: Linux `net/core/filter.c`, `bpf_ipv4_fib_lookup`.
  package func fibLookup(_ query: RouteQuery) -> RouteLookup {
    let flow = RouteFlow(query)
    let walk = self.walk(flow)
    var answer = RouteLookup(query: query, consultations: [], result: .failed(.networkUnreachable))
    if let name = query.inputInterface, !sysctls.forwards(from: name) {
      answer.result = .failed(.hostUnreachable)
      return answer
    }
    guard case .found(let match) = walk.outcome else {
      answer.consultations = consultations(of: walk, endingWith: nil)
      if case .refused(let error) = walk.outcome { answer.result = .failed(error) }
      return answer
    }
    answer.consultations = consultations(of: walk, endingWith: match)
    var chosen = match
    let route = route(of: match)
    if route.nextHops.count > 1 { chosen.hopIndex = branch(of: route, for: flow, source: flow.source) }
    answer.branches = branches(of: match).map { selection(by: $0) }
    answer.result = RouteLookup.Result(route.type, selection(by: chosen))
    return answer
  }
}

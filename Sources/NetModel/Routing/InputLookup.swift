extension NetworkStack {
  /// The lookup for a packet that came in by an interface.
  ///
  /// Source: Linux `net/ipv4/route.c`, `ip_route_input_rcu`, `ip_route_input_slow`.
  func inputLookup(_ query: RouteQuery) -> RouteLookup {
    if let error = arrivalError(query) {
      return RouteLookup(query: query, consultations: [], result: .failed(.invalid(error)))
    }
    if query.destination.isMulticast { return receive(query, .multicast, by: nil) }
    if query.isForEveryHost { return receive(query, .broadcast, by: nil) }
    let walk = self.walk(RouteFlow(query))
    guard case .found(let match) = walk.outcome else { return answerWithoutRoute(query, walk) }
    var answer = answer(query, by: match)
    answer.consultations = consultations(of: walk, endingWith: match)
    return answer
  }

  /// What speaks against the packet before any table is asked.
  private func arrivalError(_ query: RouteQuery) -> RouteError.Invalid? {
    guard interfaces.contains(where: { $0.name == query.arrival }) else { return .noSuchInterface }
    if query.sender.isMulticast || query.sender == .broadcast { return .martianSource }
    if query.destination.isMulticast { return multicastError(query) }
    if query.isForEveryHost { return nil }
    if query.sender == .any { return .martianSource }
    if query.destination == .any { return .martianDestination }
    guard query.destination.isLoopback || query.sender.isLoopback else { return nil }
    if sysctls[interface: query.arrival].routesLoopback { return nil }
    return query.destination.isLoopback ? .martianDestination : .martianSource
  }

  /// Multicast is for the hosts that have joined the group; every interface that is up is in 224.0.0.1.
  private func multicastError(_ query: RouteQuery) -> RouteError.Invalid? {
    guard query.destination == IPv4Address(224, 0, 0, 1), interface(named: query.arrival)?.isUp == true
    else { return .martianDestination }
    let isMartian = query.sender.isLoopback && !sysctls[interface: query.arrival].routesLoopback
    return isMartian ? .martianSource : nil
  }

  private func answerWithoutRoute(_ query: RouteQuery, _ walk: RuleWalk) -> RouteLookup {
    var error = RouteError.networkUnreachable
    if case .refused(let reason) = walk.outcome { error = reason }
    if !sysctls.forwards(from: query.arrival) { error = .hostUnreachable }
    let consultations = consultations(of: walk, endingWith: nil)
    return RouteLookup(query: query, consultations: consultations, result: .failed(error))
  }

  private func answer(_ query: RouteQuery, by match: RouteMatch) -> RouteLookup {
    let shared = shared(match)
    switch shared.route.type {
    case .local, .broadcast: return receive(query, shared.route.type, by: shared)
    case _ where !sysctls.forwards(from: query.arrival): return failed(query, .hostUnreachable)
    case .unicast: return forward(query, by: match)
    default: return failed(query, .invalid(.martianDestination))
    }
  }

  private func failed(_ query: RouteQuery, _ error: RouteError) -> RouteLookup {
    RouteLookup(query: query, consultations: [], result: .failed(error))
  }

  /// Hands the packet to this host.
  private func receive(_ query: RouteQuery, _ type: RouteType, by shared: SharedRoute?) -> RouteLookup {
    let selection = shared.map { RouteLookup.Selection($0, interface: "lo") } ?? .routeless(by: "lo")
    var answer = RouteLookup(query: query, consultations: [], result: RouteLookup.Result(type, selection))
    if query.sender != .any { check(&answer, leavingBy: nil) }
    return answer
  }

  /// Source: Linux `net/ipv4/route.c`, `ip_mkroute_input`, `__mkroute_input`.
  private func forward(_ query: RouteQuery, by match: RouteMatch) -> RouteLookup {
    let shared = shared(match)
    var chosen = match
    if shared.route.nextHops.count > 1 {
      chosen.hopIndex = branch(of: shared.route, for: RouteFlow(query), source: .any)
    }
    let selection = selection(by: chosen)
    var answer = RouteLookup(query: query, consultations: [], result: .unicast(selection))
    check(&answer, leavingBy: selection.interface)
    guard answer.selection != nil else { return answer }
    answer.result = .unicast(redirecting(selection, answer))
    answer.branches = branches(of: match).map { redirecting(self.selection(by: $0), answer) }
    return answer
  }

  /// The way by a route's next hop, with no source chosen.
  func selection(by match: RouteMatch) -> RouteLookup.Selection {
    let shared = shared(match)
    let hop = shared.route.nextHops[match.hopIndex]
    var selection = RouteLookup.Selection(shared, interface: hop.interface ?? "lo")
    selection.gateway = gateway(of: hop, inTable: shared.route.table)
    selection.branch = shared.route.branch(match.hopIndex)
    return selection
  }

  /// A packet that leaves by the interface it came in by could have gone there at once.
  private func redirecting(
    _ selection: RouteLookup.Selection, _ answer: RouteLookup
  ) -> RouteLookup.Selection {
    guard selection.interface == answer.query.arrival, answer.sourceCheck?.sourceIsOnLink == true,
      sysctls[interface: selection.interface].sendsRedirects
    else { return selection }
    var selection = selection
    selection.wouldRedirect = true
    return selection
  }

  /// Checks the source and keeps the evidence; where the packet is refused, that is the answer.
  private func check(_ answer: inout RouteLookup, leavingBy output: String?) {
    let flow = RouteFlow(answer.query)
    let check = sourceCheck(of: flow, arrivingBy: answer.query.arrival, leavingBy: output)
    answer.sourceCheck = check
    switch check.verdict {
    case .refused: answer.result = .failed(.invalid(.reversePath))
    case .martian: answer.result = .failed(.invalid(.martianSource))
    case .unchecked, .sameInterface, .otherInterfaceAllowed, .noRouteAllowed: break
    }
  }
}

extension RouteQuery {
  /// The interface that the packet came in by.
  fileprivate var arrival: String { inputInterface ?? "lo" }

  /// 0.0.0.0 for a packet that bears none.
  fileprivate var sender: IPv4Address { source ?? .any }

  /// Limited broadcast, or the packet of a host that does not know its address yet.
  fileprivate var isForEveryHost: Bool {
    destination == .broadcast || (destination == .any && sender == .any)
  }
}

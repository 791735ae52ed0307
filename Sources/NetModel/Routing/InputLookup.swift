/// The lookup for a packet that came in by an interface.
///
/// Source: Linux `net/ipv4/route.c`, `ip_route_input_rcu`, `ip_route_input_slow`, `__mkroute_input`.
struct InputLookup {
  private let stack: NetworkStack
  private let query: RouteQuery
  private let interface: String
  private(set) var answer: RouteLookup

  init(_ stack: NetworkStack, _ query: RouteQuery, interface: String) {
    self.stack = stack
    self.query = query
    self.interface = interface
    answer = RouteLookup(query: query, consultations: [], result: .failed(.networkUnreachable))
    if let error = addressError {
      answer.result = .failed(.invalid(error))
    } else if destination.isMulticast {
      receiveMulticast()
    } else if destination == .broadcast || (destination == .any && source == .any) {
      receiveBroadcast(by: nil)
    } else {
      searchTables()
    }
  }

  private var source: IPv4Address { query.source ?? .any }
  private var destination: IPv4Address { query.destination }
  private var allowsLoopback: Bool { stack.sysctls.isSet("route_localnet", on: interface) }

  /// Addresses that no packet may bear on a wire.
  private var addressError: RouteError.Invalid? {
    if source.isMulticast || source == .broadcast { return .martianSource }
    if destination.isMulticast {
      if source.isLoopback, !allowsLoopback { return .martianSource }
      return source == .any && !destination.isLocalMulticast ? .martianSource : nil
    }
    if destination == .broadcast || (destination == .any && source == .any) { return nil }
    if source == .any { return .martianSource }
    if destination == .any { return .martianDestination }
    if allowsLoopback { return nil }
    if destination.isLoopback { return .martianDestination }
    return source.isLoopback ? .martianSource : nil
  }

  /// Multicast is for the hosts that have joined the group; every host is in 224.0.0.1.
  private mutating func receiveMulticast() {
    guard destination == IPv4Address(224, 0, 0, 1) else {
      answer.result = .failed(.invalid(.martianDestination))
      return
    }
    guard source == .any || passesSourceCheck(outputInterface: nil) else { return }
    answer.result = .multicast(RouteLookup.Selection(route: nil, table: .main, interface: "lo"))
  }

  private mutating func receiveBroadcast(by route: Route?) {
    guard source == .any || passesSourceCheck(outputInterface: nil) else { return }
    answer.result = .broadcast(
      RouteLookup.Selection(route: route, table: route?.table ?? .main, interface: "lo"))
  }

  private mutating func searchTables() {
    let walk = RuleWalk(stack, RouteFlow(query))
    guard case .found(let match) = walk.outcome else { return answerWithoutRoute(walk) }
    answer.consultations = walk.consultations(endingWith: match)
    switch match.route.type {
    case .broadcast: receiveBroadcast(by: match.route)
    case .local: deliver(by: match.route)
    case _ where !stack.sysctls.forwards(from: interface): answer.result = .failed(.hostUnreachable)
    case .unicast: forward(by: match)
    default: answer.result = .failed(.invalid(.martianDestination))
    }
  }

  private mutating func answerWithoutRoute(_ walk: RuleWalk) {
    answer.consultations = walk.consultations(endingWith: nil)
    if !stack.sysctls.forwards(from: interface) {
      answer.result = .failed(.hostUnreachable)
    } else if case .refused(let error) = walk.outcome {
      answer.result = .failed(error)
    }
  }

  private mutating func deliver(by route: Route) {
    guard passesSourceCheck(outputInterface: nil) else { return }
    answer.result = .local(RouteLookup.Selection(route: route, table: route.table, interface: "lo"))
  }

  private mutating func forward(by match: RouteMatch) {
    let route = match.route
    var chosen = match
    if route.nextHops.count > 1 {
      chosen.hopIndex = stack.branch(of: route, for: RouteFlow(query), source: .any)
    }
    guard let selection = selection(of: route, hopIndex: chosen.hopIndex) else { return }
    answer.branches = match.branchIndices(of: stack).compactMap { self.selection(of: route, hopIndex: $0) }
    guard passesSourceCheck(outputInterface: selection.interface) else { return }
    answer.result = .unicast(redirecting(selection))
    answer.branches = answer.branches.map(redirecting)
  }

  private func selection(of route: Route, hopIndex: Int) -> RouteLookup.Selection? {
    let hop = route.nextHops[hopIndex]
    guard let name = hop.interface else { return nil }
    return RouteLookup.Selection(
      route: route, table: route.table, interface: name, gateway: stack.gateway(of: hop, in: route),
      branch: route.branch(hopIndex))
  }

  /// A packet that leaves by the interface it came in by could have gone there at once.
  private func redirecting(_ selection: RouteLookup.Selection) -> RouteLookup.Selection {
    var selection = selection
    selection.wouldRedirect =
      selection.interface == interface && answer.sourceCheck?.sourceIsOnLink == true
      && stack.sysctls.sendsRedirects(on: interface)
    return selection
  }

  /// Checks the source and keeps the evidence; false where the packet is refused.
  private mutating func passesSourceCheck(outputInterface: String?) -> Bool {
    let flow = RouteFlow(query)
    let check = stack.sourceCheck(of: flow, arrivingBy: interface, leavingBy: outputInterface)
    answer.sourceCheck = check
    switch check.verdict {
    case .refused: answer.result = .failed(.invalid(.reversePath))
    case .martian: answer.result = .failed(.invalid(.martianSource))
    default: return true
    }
    return false
  }
}

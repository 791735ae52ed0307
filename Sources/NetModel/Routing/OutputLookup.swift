extension NetworkStack {
  /// What the kernel does with a packet, as `ip route get` answers, with all that it considered.
  ///
  /// With an input interface the packet is one that came in and is to be forwarded or delivered; without one
  /// it is the host's own.
  package func lookup(_ query: RouteQuery) -> RouteLookup {
    guard let name = query.inputInterface else { return OutputLookup(self, query).answer }
    guard interfaces.contains(where: { $0.name == name }) else {
      return RouteLookup(query: query, consultations: [], result: .failed(.invalid(.noSuchInterface)))
    }
    return InputLookup(self, query, interface: name).answer
  }
}

/// The lookup for a packet of the host's own.
///
/// Source: Linux `net/ipv4/route.c`, `ip_route_output_key_hash_rcu`, `__mkroute_output`.
struct OutputLookup {
  private let stack: NetworkStack
  private let query: RouteQuery
  private(set) var answer: RouteLookup

  init(_ stack: NetworkStack, _ query: RouteQuery) {
    self.stack = stack
    self.query = query
    answer = RouteLookup(query: query, consultations: [], result: .failed(.networkUnreachable))
    if let error = sourceError ?? interfaceError {
      answer.result = .failed(error)
    } else if !answerWithoutTables() {
      searchTables()
    }
  }

  private var source: IPv4Address { query.source ?? .any }
  private var destination: IPv4Address { query.destination }
  private var isForWholeLink: Bool { destination.isMulticast || destination == .broadcast }

  private var sourceError: RouteError? {
    guard source != .any else { return nil }
    if source.isMulticast || source == .broadcast { return .invalid(.martianSource) }
    return stack.isLocal(source) ? nil : .networkUnreachable
  }

  private var interfaceError: RouteError? {
    guard let name = query.outputInterface else { return nil }
    guard let index = stack.interfaces.firstIndex(where: { $0.name == name }) else {
      return .invalid(.noSuchInterface)
    }
    return stack.interfaces[index].isUp ? nil : .networkUnreachable
  }

  /// Answers the questions for which no table is asked; false where the tables must be.
  private mutating func answerWithoutTables() -> Bool {
    if let name = query.outputInterface {
      guard destination.isLocalMulticast || destination == .broadcast else {
        return answerForNoDestination()
      }
      let chosen = chosenSource ?? stack.sourceAddress(on: name, toward: nil, scope: .link)
      finish(.unicast, by: name, route: nil, source: chosen)
      return true
    }
    if source != .any, isForWholeLink, let interface = newestInterface(bearing: source) {
      finish(.unicast, by: interface.name, route: nil, source: source)
      return true
    }
    return answerForNoDestination()
  }

  /// 0.0.0.0 means this host.
  private mutating func answerForNoDestination() -> Bool {
    guard destination == .any else { return false }
    var chosen = chosenSource
    if chosen == nil, let name = query.outputInterface {
      chosen = stack.sourceAddress(on: name, toward: nil, scope: .host)
    }
    finish(.local, by: "lo", route: nil, source: chosen ?? IPv4Address(127, 0, 0, 1))
    return true
  }

  /// Of several interfaces that bear an address, the kernel finds the one that got it last.
  ///
  /// Source: Linux `net/ipv4/devinet.c`, `inet_hash_insert`; recorded in the kernel vectors.
  private func newestInterface(bearing address: IPv4Address) -> Interface? {
    stack.interfaces.last { $0.addresses.contains { $0.local.address == address } }
  }

  /// The source that the sender chose; 0.0.0.0 is none.
  private var chosenSource: IPv4Address? { source == .any ? nil : source }

  private mutating func searchTables() {
    let flow = RouteFlow(query)
    let walk = RuleWalk(stack, flow)
    guard case .found(let first) = walk.outcome else { return answerWithoutRoute(walk) }
    if first.route.type == .local {
      answer.consultations = walk.consultations(endingWith: first)
      let chosen = chosenSource ?? first.route.preferredSource ?? destination
      return finish(.local, by: "lo", route: first.route, source: chosen)
    }
    let match = stack.choosingNextHop(for: flow, in: walk, of: first)
    answer.consultations = walk.consultations(endingWith: match)
    answer.branches = match.branchIndices(of: stack).compactMap { index in
      outcome(of: match.route, hopIndex: index).selection
    }
    answer.result = outcome(of: match.route, hopIndex: match.hopIndex)
  }

  /// A socket bound to an interface takes the destination for on-link where no table knows a way.
  private mutating func answerWithoutRoute(_ walk: RuleWalk) {
    answer.consultations = walk.consultations(endingWith: nil)
    if let name = query.outputInterface {
      let bound = chosenSource ?? stack.sourceAddress(on: name, toward: nil, scope: .link)
      answer.consultations = answer.consultations.map(\.overruled)
      finish(.unicast, by: name, route: nil, source: bound)
    } else if case .refused(let error) = walk.outcome {
      answer.result = .failed(error)
    }
  }

  private func outcome(of route: Route, hopIndex: Int) -> RouteLookup.Result {
    let hop = route.nextHops[hopIndex]
    var selection = RouteLookup.Selection(route: route, table: route.table, interface: hop.interface ?? "lo")
    selection.gateway = isForWholeLink && ignoresGateway(of: route) ? nil : stack.gateway(of: hop, in: route)
    selection.branch = route.branch(hopIndex)
    return result(route.type, selection, source: chosenSource ?? stack.preferredSource(of: route, by: hop))
  }

  /// Broadcasts go to no gateway, and multicasts to none of a default route.
  private func ignoresGateway(of route: Route) -> Bool {
    destination == .broadcast || route.destination.length < 4
  }

  private mutating func finish(_ type: RouteType, by name: String, route: Route?, source: IPv4Address?) {
    let selection = RouteLookup.Selection(route: route, table: route?.table ?? .main, interface: name)
    answer.result = result(type, selection, source: source)
  }

  /// The last checks, which hold for every way.
  private func result(
    _ type: RouteType, _ selection: RouteLookup.Selection, source: IPv4Address?
  ) -> RouteLookup.Result {
    if let source, source.isLoopback, !stack.isLoopback(selection.interface),
      !stack.sysctls.isSet("route_localnet", on: selection.interface)
    {
      return .failed(.invalid(.martianSource))
    }
    var selection = selection
    selection.preferredSource = chosenSource == nil ? source : nil
    if destination == .broadcast { return .broadcast(selection) }
    if destination.isMulticast { return .multicast(selection) }
    return RouteLookup.Result(type, selection)
  }
}

extension RouteLookup.Result {
  /// What a route of that type does with a packet that has somewhere to go.
  init(_ type: RouteType, _ selection: RouteLookup.Selection) {
    switch type {
    case .local: self = .local(selection)
    case .broadcast: self = .broadcast(selection)
    case .multicast: self = .multicast(selection)
    case .unicast, .anycast, .blackhole, .unreachable, .prohibit, .throw: self = .unicast(selection)
    }
  }
}

extension RouteLookup.Consultation {
  /// The same, but the answer was taken from elsewhere.
  fileprivate var overruled: RouteLookup.Consultation {
    var copy = self
    if copy.verdict == .selected { copy.verdict = .noRoute }
    copy.candidates = candidates.map { candidate in
      RouteLookup.Candidate(route: candidate.route, why: candidate.won ? .overruled : candidate.why)
    }
    return copy
  }
}

extension Route {
  /// The branch that the next hop is; `nil` where there is but one.
  func branch(_ hopIndex: Int) -> RouteLookup.Branch? {
    nextHops.count > 1 ? RouteLookup.Branch(index: hopIndex, count: nextHops.count) : nil
  }
}

extension RouteMatch {
  /// The next hops of a multipath route that can be used; empty for other routes.
  func branchIndices(of stack: NetworkStack) -> [Int] {
    guard route.nextHops.count > 1 else { return [] }
    return route.nextHops.indices.filter { stack.isUsable(route.nextHops[$0]) }
  }
}

extension NetworkStack {
  /// Whether `address` is the host's own: an interface bears it, or the table local says so.
  ///
  /// Source: Linux `net/ipv4/devinet.c`, `__ip_dev_find`.
  func isLocal(_ address: IPv4Address) -> Bool {
    if bearsAddress(address) { return true }
    return TableSearch(.local, of: self, for: RouteFlow(destination: address)).bestRoute?.type == .local
  }

  /// An interface bears the address.
  func bearsAddress(_ address: IPv4Address) -> Bool {
    interfaces.contains { $0.addresses.contains { $0.local.address == address } }
  }

  func isLoopback(_ interface: String) -> Bool {
    interface == "lo" || interfaces.contains { $0.name == interface && $0.attachment == .loopback }
  }
}

extension IPv4Address {
  /// True in 224.0.0.0/24, which routers do not forward (RFC 5771, section 4).
  var isLocalMulticast: Bool { rawValue >> 8 == 0xe00000 }
}

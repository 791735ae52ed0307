extension NetworkStack {
  /// What the kernel does with a packet, as `ip route get` answers, with all that it considered.
  ///
  /// With an input interface the packet is one that came in and is to be forwarded or delivered; without one
  /// it is the host's own.
  package func lookup(_ query: RouteQuery) -> RouteLookup {
    query.inputInterface == nil ? outputLookup(query) : inputLookup(query)
  }

  /// The lookup for a packet of the host's own.
  ///
  /// Source: Linux `net/ipv4/route.c`, `ip_route_output_key_hash_rcu`, `__mkroute_output`.
  private func outputLookup(_ query: RouteQuery) -> RouteLookup {
    if let error = sourceError(query) ?? interfaceError(query) {
      return RouteLookup(query: query, consultations: [], result: .failed(error))
    }
    if let result = resultWithoutTables(query) {
      return RouteLookup(query: query, consultations: [], result: result)
    }
    var flow = RouteFlow(query)
    flow.source = source(of: query) ?? .any
    let walk = self.walk(flow)
    switch walk.outcome {
    case .found(let match): return answer(query, with: match, of: walk)
    case .refused(let error): return answerWithoutRoute(query, error, of: walk)
    case .nothing: return answerWithoutRoute(query, .networkUnreachable, of: walk)
    }
  }

  private func sourceError(_ query: RouteQuery) -> RouteError? {
    guard let source = query.chosenSource else { return nil }
    if source.isMulticast || source == .broadcast { return .invalid(.martianSource) }
    return isLocal(source) ? nil : .networkUnreachable
  }

  private func interfaceError(_ query: RouteQuery) -> RouteError? {
    guard let name = query.outputInterface else { return nil }
    guard let index = interfaces.firstIndex(where: { $0.name == name }) else {
      return .invalid(.noSuchInterface)
    }
    return interfaces[index].isUp ? nil : .networkUnreachable
  }

  /// The answers for which no table is asked; `nil` where the tables must be.
  private func resultWithoutTables(_ query: RouteQuery) -> RouteLookup.Result? {
    let source = query.chosenSource
    if let name = query.outputInterface {
      if query.destination.isLocalMulticast || query.destination == .broadcast {
        let chosen = source ?? sourceAddress(on: name, toward: nil, scope: .link)
        return result(query, .unicast, .routeless(by: name), source: chosen)
      }
    } else if let source, query.isForWholeLink, let interface = newestInterface(bearing: source) {
      return result(query, .unicast, .routeless(by: interface.name), source: source)
    }
    return query.destination == .any ? resultForNoDestination(query) : nil
  }

  /// 0.0.0.0 means this host.
  private func resultForNoDestination(_ query: RouteQuery) -> RouteLookup.Result {
    let bound = query.outputInterface.flatMap { sourceAddress(on: $0, toward: nil, scope: .host) }
    let chosen = query.chosenSource ?? bound ?? IPv4Address(127, 0, 0, 1)
    return result(query, .local, .routeless(by: "lo"), source: chosen)
  }

  /// The source that stands before the tables are asked: the sender's own or, for a multicast that is bound to an
  /// interface, an address of that.
  private func source(of query: RouteQuery) -> IPv4Address? {
    if let source = query.chosenSource { return source }
    guard query.destination.isMulticast, let name = query.outputInterface else { return nil }
    return sourceAddress(on: name, toward: nil, scope: .global)
  }

  /// Of several interfaces that bear an address, the kernel finds the one that got it last.
  ///
  /// Source: Linux `net/ipv4/devinet.c`, `inet_hash_insert`; recorded in the kernel vectors.
  private func newestInterface(bearing address: IPv4Address) -> Interface? {
    interfaces.last { $0.addresses.contains { $0.local.address == address } }
  }

  private func answer(_ query: RouteQuery, with first: RouteMatch, of walk: RuleWalk) -> RouteLookup {
    let shared = shared(first)
    if shared.route.type == .local {
      let selection = RouteLookup.Selection(shared, interface: "lo")
      let chosen = source(of: query) ?? shared.route.preferredSource ?? query.destination
      return RouteLookup(
        query: query, consultations: consultations(of: walk, endingWith: first),
        result: result(query, .local, selection, source: chosen))
    }
    let match = choosingNextHop(of: first, for: walk.flow)
    return RouteLookup(
      query: query, consultations: consultations(of: walk, endingWith: match),
      result: result(query, by: match),
      branches: branches(of: match).compactMap { result(query, by: $0).selection })
  }

  /// A socket bound to an interface takes the destination for on-link where no table knows a way.
  private func answerWithoutRoute(
    _ query: RouteQuery, _ error: RouteError, of walk: RuleWalk
  ) -> RouteLookup {
    let consultations = consultations(of: walk, endingWith: nil)
    guard let name = query.outputInterface else {
      return RouteLookup(query: query, consultations: consultations, result: .failed(error))
    }
    let chosen = source(of: query) ?? sourceAddress(on: name, toward: nil, scope: .link)
    return RouteLookup(
      query: query, consultations: consultations.map(\.overruled),
      result: result(query, .unicast, .routeless(by: name), source: chosen))
  }

  private func result(_ query: RouteQuery, by match: RouteMatch) -> RouteLookup.Result {
    let shared = shared(match)
    let hop = shared.route.nextHops[match.hopIndex]
    var selection = RouteLookup.Selection(shared, interface: hop.interface ?? "lo")
    let isDirect = query.isForWholeLink && query.ignoresGateway(of: shared.route)
    selection.gateway = isDirect ? nil : gateway(of: hop, inTable: shared.route.table)
    selection.branch = shared.route.branch(match.hopIndex)
    let chosen =
      source(of: query) ?? shared.route.preferredSource ?? sourceAddress(by: hop, scope: shared.route.scope)
    return result(query, shared.route.type, selection, source: chosen)
  }

  /// The last checks, which hold for every way.
  private func result(
    _ query: RouteQuery, _ type: RouteType, _ selection: RouteLookup.Selection, source: IPv4Address?
  ) -> RouteLookup.Result {
    if let source, source.isLoopback, !isLoopback(selection.interface),
      !sysctls[interface: selection.interface].routesLoopback
    {
      return .failed(.invalid(.martianSource))
    }
    var selection = selection
    selection.preferredSource = query.chosenSource == nil ? source : nil
    if query.destination == .broadcast { return .broadcast(selection) }
    if query.destination.isMulticast { return .multicast(selection) }
    return RouteLookup.Result(type, selection)
  }
}

extension RouteQuery {
  /// The source that the sender chose; 0.0.0.0 is none.
  fileprivate var chosenSource: IPv4Address? { source == .any ? nil : source }

  fileprivate var isForWholeLink: Bool { destination.isMulticast || destination == .broadcast }

  /// Broadcasts go to no gateway, and multicasts to none of a default route.
  fileprivate func ignoresGateway(of route: Route) -> Bool {
    destination == .broadcast || route.destination.length < 4
  }
}

extension RouteLookup.Selection {
  /// A way that no table names.
  static func routeless(by interface: String) -> RouteLookup.Selection {
    RouteLookup.Selection(route: nil, table: .main, interface: interface)
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
    copy.candidates = candidates.overruled
    return copy
  }
}

extension Route {
  /// The branch that the next hop is; `nil` where there is but one.
  func branch(_ hopIndex: Int) -> RouteLookup.Branch? {
    nextHops.count > 1 ? RouteLookup.Branch(index: hopIndex, count: nextHops.count) : nil
  }
}

extension NetworkStack {
  /// A multipath route by each of its next hops that can be used; none for other routes.
  func branches(of match: RouteMatch) -> [RouteMatch] {
    let route = route(of: match)
    guard route.nextHops.count > 1 else { return [] }
    return route.nextHops.indices.filter { isUsable(route.nextHops[$0]) }.map { index in
      var branch = match
      branch.hopIndex = index
      return branch
    }
  }

  /// Whether `address` is the host's own: an interface bears it, or the table local says so.
  ///
  /// Source: Linux `net/ipv4/devinet.c`, `__ip_dev_find`.
  func isLocal(_ address: IPv4Address) -> Bool {
    if bearsAddress(address) { return true }
    guard let search = search(.local, for: RouteFlow(destination: address)), let best = search.best else {
      return false
    }
    return routes.tables[search.table].entry(at: best).type == .local
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

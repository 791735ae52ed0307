/// What the tables of a stack make of packets of its own to many destinations: each route that decides is judged
/// once, whatever the number of destinations, and so are neighboring routes that differ in their destinations alone.
package struct RouteDecisions: Sendable {
  /// Without evidence, and without the source address of packets to this host itself.
  package private(set) var results: [RouteLookup.Result] = []
  /// For each destination the place among the results.
  package private(set) var places: [Int] = []
  private let stack: NetworkStack
  /// By table and entry; 0 where the entry was not judged yet, else the place of its result from 1.
  private var judged: [[Int32]]
  private var errors: [RouteError: Int] = [:]
  /// The route that was judged last.
  private var last: RouteMatch?

  /// - Parameter destinations: in ascending order, neither multicast nor broadcast.
  package init(of stack: NetworkStack, aboutAscending destinations: [IPv4Address]) {
    self.stack = stack
    judged = stack.routes.tables.map { [Int32](repeating: 0, count: $0.entries.count) }
    places.reserveCapacity(destinations.count)
    let tables = stack.tablesForEveryPacket ?? []
    let matches = tables.map { stack.routes.tables[$0].longestMatches(ofAscending: destinations) }
    let areUsual = stack.rules.areUsual
    for (index, destination) in destinations.enumerated() {
      let flow = RouteFlow(destination: destination)
      if let match = simpleMatch(of: tables, matches, at: index, areUsual) {
        places.append(place(of: match, flow))
      } else {
        decide(about: flow)
      }
    }
  }

  private mutating func decide(about flow: RouteFlow) {
    switch stack.walk(flow).outcome {
    case .found(let match): places.append(place(of: match, flow))
    case .refused(let error): places.append(place(of: error))
    case .nothing: places.append(place(of: .networkUnreachable))
    }
  }

  /// The route that decides where the best of each table leads on at once; `nil` where more is to be considered.
  private func simpleMatch(
    of tables: [Int], _ matches: [[Int32]], at index: Int, _ areUsual: Bool
  ) -> RouteMatch? {
    var found: (match: RouteMatch, length: UInt8)?
    for (rule, table) in tables.enumerated() where matches[rule][index] >= 0 {
      let position = RouteTable.Position(entry: matches[rule][index])
      let entry = stack.routes.tables[table].entry(at: position)
      guard let hop = entry.unconditionalHop, !entry.type.isRefusal else { return nil }
      if let found, !areUsual || stack.routes.tables[table].id == .default || entry.length <= found.length {
        continue
      }
      found = (RouteMatch(table: table, position: position, hopIndex: Int(hop), stop: 0), entry.length)
    }
    return found?.match
  }

  private mutating func place(of match: RouteMatch, _ flow: RouteFlow) -> Int {
    let entry = Int(match.position.entry)
    if judged[match.table][entry] == 0 {
      if let last, stack.decides(match, as: last) {
        judged[match.table][entry] = judged[last.table][Int(last.position.entry)]
      } else {
        results.append(stack.ownResult(by: match, for: flow))
        judged[match.table][entry] = Int32(results.count)
      }
      last = match
    }
    return Int(judged[match.table][entry]) - 1
  }

  private mutating func place(of error: RouteError) -> Int {
    if let known = errors[error] { return known }
    errors[error] = results.count
    results.append(.failed(error))
    return results.count - 1
  }
}

extension NetworkStack {
  /// Both routes lead the same one way; a default route may be passed over for the state of its gateway.
  fileprivate func decides(_ match: RouteMatch, as other: RouteMatch) -> Bool {
    let (left, right) = (shared(match).route, shared(other).route)
    return left.type == right.type && left.scope == right.scope && left.table == right.table
      && left.preferredSource == right.preferredSource && left.nextHops.count == 1
      && left.nextHops == right.nextHops && left.metrics == right.metrics
      && left.destination.length > 0 && right.destination.length > 0
  }

  fileprivate func ownResult(by match: RouteMatch, for flow: RouteFlow) -> RouteLookup.Result {
    let chosen = choosingNextHop(of: match, for: flow)
    var selection = selection(by: chosen)
    let route = route(of: chosen)
    if route.type == .local {
      selection.preferredSource = route.preferredSource
    } else {
      selection.preferredSource = preferredSource(of: route, by: route.nextHops[chosen.hopIndex])
    }
    return RouteLookup.Result(route.type, selection)
  }

  /// Where the tables are that rules ask in turn about every packet without a mark; `nil` where the rules do more
  /// than that.
  fileprivate var tablesForEveryPacket: [Int]? {
    var tables: [Int] = []
    for rule in rules {
      guard case .lookup(let table) = rule.action, rule.suppressPrefixLength == nil,
        rule.suppressInterfaceGroup == nil, rule.selector.isInverted == false
      else { return nil }
      var selector = rule.selector
      let isForMarked = (selector.mark ?? 0) & selector.markMask != 0
      selector.mark = nil
      selector.markMask = .max
      guard selector == RoutingRule.Selector() else { return nil }
      guard !isForMarked, let index = routes.index(of: table) else { continue }
      tables.append(index)
    }
    return tables
  }

  /// Of a packet, the rules ask for no more than its destination and its mark.
  package var decidesByDestination: Bool {
    rules.allSatisfy { rule in
      var selector = RoutingRule.Selector()
      selector.destination = rule.selector.destination
      selector.mark = rule.selector.mark
      selector.markMask = rule.selector.markMask
      selector.isInverted = rule.selector.isInverted
      return selector == rule.selector
    }
  }
}

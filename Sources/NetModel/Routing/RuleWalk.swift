/// The way through the rules of a stack to the route that decides.
///
/// Source: Linux `net/core/fib_rules.c`, `fib_rules_lookup`; `net/ipv4/fib_rules.c`, `__fib_lookup`.
struct RuleWalk {
  let flow: RouteFlow
  private(set) var stops: [Stop] = []
  private(set) var outcome = Outcome.nothing

  /// A rule that was come to, and what became of it.
  struct Stop {
    let rule: Int
    var verdict: RouteLookup.Consultation.Verdict
    /// `nil` where no table was searched, or the table holds no route.
    var search: TableSearch?
  }

  enum Outcome {
    case found(RouteMatch)
    case refused(RouteError)
    case nothing
  }

  fileprivate init(_ flow: RouteFlow) {
    self.flow = flow
  }

  fileprivate mutating func go(through stack: NetworkStack) {
    stops.reserveCapacity(3)
    if stack.rules.areUsual { searchUsualTables(of: stack) } else { followRules(of: stack) }
  }

  /// Asks rule after rule until one decides.
  private mutating func followRules(of stack: NetworkStack) {
    var next = 0
    while next < stack.rules.count {
      let jump = ask(next, of: stack)
      if case .nothing = outcome { next = jump ?? next + 1 } else { return }
    }
  }

  /// Asks one rule; the index to go on at where it is a `goto`.
  private mutating func ask(_ index: Int, of stack: NetworkStack) -> Int? {
    guard stack.rules[index].selector.matches(flow) else {
      stops.append(Stop(rule: index, verdict: .notForThisPacket))
      return nil
    }
    switch stack.rules[index].action {
    case .lookup(let table): search(table, byRule: index, of: stack)
    case .goto(let priority): return jump(from: index, to: priority, of: stack)
    case .nop: stops.append(Stop(rule: index, verdict: .passed))
    case .unreachable: refuse(.networkUnreachable, byRule: index)
    case .prohibit: refuse(.prohibited, byRule: index)
    case .blackhole: refuse(.invalid(.blackhole), byRule: index)
    }
    return nil
  }

  /// Goes to the first rule of that priority; a target that does not exist is passed over.
  private mutating func jump(from index: Int, to priority: UInt32, of stack: NetworkStack) -> Int? {
    let target = stack.rules.indices.first { $0 > index && stack.rules[$0].priority == priority }
    stops.append(Stop(rule: index, verdict: target == nil ? .passed : .jumped(priority)))
    return target
  }

  private mutating func refuse(_ error: RouteError, byRule index: Int) {
    stops.append(Stop(rule: index, verdict: .refused))
    outcome = .refused(error)
  }

  private mutating func search(_ table: TableID, byRule index: Int, of stack: NetworkStack) {
    stops.append(Stop(rule: index, verdict: .noRoute, search: stack.search(table, for: flow)))
    decide(byStop: stops.count - 1, of: stack)
  }

  /// The tables local and main are one as long as nobody has added a rule: the longest prefix of both wins,
  /// local before main.
  private mutating func searchUsualTables(of stack: NetworkStack) {
    let local = stack.search(.local, for: flow)
    let main = stack.search(.main, for: flow)
    stops.append(Stop(rule: 0, verdict: local?.best == nil ? .noRoute : .outranked, search: local))
    stops.append(Stop(rule: 1, verdict: main?.best == nil ? .noRoute : .outranked, search: main))
    let mainWins = stack.bestLength(of: main) > stack.bestLength(of: local)
    decide(byStop: mainWins ? 1 : 0, of: stack)
    if case .nothing = outcome { search(.default, byRule: 2, of: stack) }
  }

  /// Lets the best route of a stop's table decide.
  private mutating func decide(byStop index: Int, of stack: NetworkStack) {
    guard let search = stops[index].search, let best = search.best else { return }
    let type = stack.routes.tables[search.table].entry(at: best).type
    if let error = type.error {
      stops[index].verdict = .selected
      outcome = .refused(error)
    } else if type == .throw {
      stops[index].verdict = .thrown
    } else if let hop = stack.firstUsableHop(ofTable: search.table, best, for: flow) {
      choose(RouteMatch(table: search.table, position: best, hopIndex: hop, stop: index), of: stack)
    }
  }

  private mutating func choose(_ match: RouteMatch, of stack: NetworkStack) {
    if stack.suppresses(match, by: stops[match.stop].rule) {
      stops[match.stop].verdict = .suppressed
    } else {
      stops[match.stop].verdict = .selected
      outcome = .found(match)
    }
  }
}

/// The route that decides, and which of its next hops.
struct RouteMatch {
  /// Where the table is among the stack's tables.
  let table: Int
  /// Where the route is in that table.
  var position: RouteTable.Position
  var hopIndex: Int
  /// The stop of the walk at which it was found.
  let stop: Int
}

extension NetworkStack {
  /// The flow's way through the rules.
  func walk(_ flow: RouteFlow) -> RuleWalk {
    var walk = RuleWalk(flow)
    walk.go(through: self)
    return walk
  }

  /// The route as its table keeps it.
  func shared(_ match: RouteMatch) -> SharedRoute { routes.tables[match.table][match.position] }

  func route(of match: RouteMatch) -> Route { shared(match).route }

  fileprivate func firstUsableHop(
    ofTable table: Int, _ position: RouteTable.Position, for flow: RouteFlow
  ) -> Int? {
    if !flow.hasDemands, let hop = routes.tables[table].entry(at: position).unconditionalHop {
      return Int(hop)
    }
    return routes.tables[table][position].route.nextHops.firstIndex { objection(to: $0, for: flow) == nil }
  }

  /// Source: Linux `net/ipv4/fib_rules.c`, `fib4_rule_suppress`.
  fileprivate func suppresses(_ match: RouteMatch, by rule: Int) -> Bool {
    if let limit = rules[rule].suppressPrefixLength, route(of: match).destination.length <= limit {
      return true
    }
    guard let group = rules[rule].suppressInterfaceGroup,
      let name = route(of: match).nextHops[match.hopIndex].interface
    else { return false }
    return interface(named: name)?.group == group
  }

  /// The prefix length of the route that decides in a table; -1 where none does.
  fileprivate func bestLength(of search: TableSearch?) -> Int {
    guard let search, let best = search.best else { return -1 }
    return Int(routes.tables[search.table].entry(at: best).length)
  }
}

extension RouteType {
  /// What a packet gets that such a route decides about; `nil` where it can go on.
  ///
  /// Source: Linux `net/ipv4/fib_semantics.c`, `fib_props`.
  fileprivate var error: RouteError? {
    switch self {
    case .blackhole: .invalid(.blackhole)
    case .unreachable: .hostUnreachable
    case .prohibit: .prohibited
    case .unicast, .local, .broadcast, .anycast, .multicast, .throw: nil
    }
  }
}

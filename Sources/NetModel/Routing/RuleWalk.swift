/// The way through the rules of a stack to the route that decides.
///
/// Source: Linux `net/core/fib_rules.c`, `fib_rules_lookup`; `net/ipv4/fib_rules.c`, `__fib_lookup`.
struct RuleWalk {
  let stack: NetworkStack
  let flow: RouteFlow
  private(set) var stops: [Stop] = []
  private(set) var outcome = Outcome.nothing

  /// A rule that was come to, and what became of it.
  struct Stop {
    let rule: Int
    var verdict: RouteLookup.Consultation.Verdict
    var search: TableSearch?
  }

  enum Outcome {
    case found(RouteMatch)
    case refused(RouteError)
    case nothing
  }

  init(_ stack: NetworkStack, _ flow: RouteFlow) {
    self.stack = stack
    self.flow = flow
    if stack.rules.areUsual { searchUsualTables() } else { followRules() }
  }

  /// Asks rule after rule until one decides.
  private mutating func followRules() {
    var next = 0
    while next < stack.rules.count {
      let jump = ask(next)
      if case .nothing = outcome { next = jump ?? next + 1 } else { return }
    }
  }

  /// Asks one rule; the index to go on at where it is a `goto`.
  private mutating func ask(_ index: Int) -> Int? {
    guard stack.rules[index].selector.matches(flow) else {
      stops.append(Stop(rule: index, verdict: .notForThisPacket))
      return nil
    }
    switch stack.rules[index].action {
    case .lookup(let table): search(table, byRule: index)
    case .goto(let priority): return jump(from: index, to: priority)
    case .nop: stops.append(Stop(rule: index, verdict: .passed))
    case .unreachable: refuse(.networkUnreachable, byRule: index)
    case .prohibit: refuse(.prohibited, byRule: index)
    case .blackhole: refuse(.invalid(.blackhole), byRule: index)
    }
    return nil
  }

  /// Goes to the first rule of that priority; a target that does not exist is passed over.
  private mutating func jump(from index: Int, to priority: UInt32) -> Int? {
    let target = stack.rules.indices.first { $0 > index && stack.rules[$0].priority == priority }
    stops.append(Stop(rule: index, verdict: target == nil ? .passed : .jumped(priority)))
    return target
  }

  private mutating func refuse(_ error: RouteError, byRule index: Int) {
    stops.append(Stop(rule: index, verdict: .refused))
    outcome = .refused(error)
  }

  private mutating func search(_ table: TableID, byRule index: Int) {
    let search = TableSearch(table, of: stack, for: flow)
    stops.append(Stop(rule: index, verdict: .noRoute, search: search))
    decide(byStop: stops.count - 1)
  }

  /// The tables local and main are one as long as nobody has added a rule: the longest prefix of both wins,
  /// local before main.
  private mutating func searchUsualTables() {
    let local = TableSearch(.local, of: stack, for: flow)
    let main = TableSearch(.main, of: stack, for: flow)
    stops.append(Stop(rule: 0, verdict: local.best == nil ? .noRoute : .outranked, search: local))
    stops.append(Stop(rule: 1, verdict: main.best == nil ? .noRoute : .outranked, search: main))
    let mainWins = main.bestLength > local.bestLength
    decide(byStop: mainWins ? 1 : 0)
    if case .nothing = outcome { search(.default, byRule: 2) }
  }

  /// Lets the best route of a stop's table decide.
  private mutating func decide(byStop index: Int) {
    guard let search = stops[index].search, let position = search.best, let route = search.bestRoute else {
      return
    }
    if let error = route.type.error {
      stops[index].verdict = .selected
      outcome = .refused(error)
    } else if route.type == .throw {
      stops[index].verdict = .thrown
    } else {
      choose(route, at: position, ofStop: index)
    }
  }

  private mutating func choose(_ route: Route, at position: TableSearch.Position, ofStop index: Int) {
    guard let hop = route.nextHops.firstIndex(where: { stack.objection(to: $0, for: flow) == nil }) else {
      return
    }
    let match = RouteMatch(route: route, hopIndex: hop, stop: index, position: position)
    if stack.suppresses(match, by: stack.rules[stops[index].rule]) {
      stops[index].verdict = .suppressed
    } else {
      stops[index].verdict = .selected
      outcome = .found(match)
    }
  }
}

/// The route that decides, and which of its next hops.
struct RouteMatch {
  var route: Route
  var hopIndex: Int
  /// The stop of the walk whose table holds the route.
  let stop: Int
  /// Where the route is in that table's search.
  var position: TableSearch.Position

  var hop: NextHop { route.nextHops[hopIndex] }
}

extension NetworkStack {
  /// Source: Linux `net/ipv4/fib_rules.c`, `fib4_rule_suppress`.
  fileprivate func suppresses(_ match: RouteMatch, by rule: RoutingRule) -> Bool {
    if let limit = rule.suppressPrefixLength, match.route.destination.length <= limit { return true }
    guard let group = rule.suppressInterfaceGroup, let name = match.hop.interface else { return false }
    return interface(named: name)?.group == group
  }
}

extension TableSearch {
  /// The prefix length of the route that decides; -1 where none does.
  fileprivate var bestLength: Int { bestRoute?.destination.length ?? -1 }
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

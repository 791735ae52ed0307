extension NetworkStack {
  /// What a lookup came by, told from the walk that made it; `match` is where it ended.
  func consultations(of walk: RuleWalk, endingWith match: RouteMatch?) -> [RouteLookup.Consultation] {
    let winner = match ?? refusing(walk)
    return walk.stops.indices.map { index in
      let stop = walk.stops[index]
      let isUnfounded = stop.verdict == .selected && winner == nil
      return RouteLookup.Consultation(
        rule: rules[stop.rule], verdict: isUnfounded ? .noRoute : stop.verdict,
        candidates: stop.search.map { candidates($0, atStop: index, winner, walk.flow) }
          ?? RouteLookup.Candidates())
    }
  }

  /// The route that refuses the packet, where one does.
  private func refusing(_ walk: RuleWalk) -> RouteMatch? {
    guard case .refused = walk.outcome,
      let stop = walk.stops.indices.last(where: { walk.stops[$0].verdict == .selected }),
      let search = walk.stops[stop].search, let position = search.best
    else { return nil }
    return RouteMatch(table: search.table, position: position, hopIndex: 0, stop: stop)
  }

  private func candidates(
    _ search: TableSearch, atStop stop: Int, _ winner: RouteMatch?, _ flow: RouteFlow
  ) -> RouteLookup.Candidates {
    var candidates = RouteLookup.Candidates(of: routes.tables[search.table])
    var current = routes.tables[search.table].first(of: search.matches)
    var isBehindBest = false
    while let position = current {
      isBehindBest = isBehindBest || position == search.best
      let why: RouteLookup.Why
      if let winner, winner.stop == stop, winner.position == position {
        why = reasonForWinning(position, in: search)
      } else if isBehindBest {
        why = winner.map { shortcoming(of: position, in: search.table, against: $0) } ?? .overruled
      } else {
        why = objection(to: position, ofTable: search.table, for: flow) ?? .overruled
      }
      candidates.append(position, why)
      current = routes.tables[search.table].next(after: position)
    }
    if let miss = routes.tables[search.table].nearestMiss(of: search.matches) {
      candidates.append(miss, .wouldNotMatch)
    }
    return candidates
  }

  /// What set the winner apart from the route that comes next.
  private func reasonForWinning(
    _ position: RouteTable.Position, in search: TableSearch
  ) -> RouteLookup.Why {
    if position != search.best { return .gatewayReachable }
    guard let next = routes.tables[search.table].next(after: position) else { return .onlyMatch }
    let winner = routes.tables[search.table].entry(at: position)
    let runnerUp = routes.tables[search.table].entry(at: next)
    if winner.length != runnerUp.length { return .longestPrefix }
    if winner.tos != runnerUp.tos { return .matchingTOS }
    return winner.metric == runnerUp.metric ? .firstInTable : .lowestMetric
  }

  /// What a route lost to the winner by.
  private func shortcoming(
    of position: RouteTable.Position, in table: Int, against winner: RouteMatch
  ) -> RouteLookup.Why {
    let loser = routes.tables[table].entry(at: position)
    let best = routes.tables[winner.table].entry(at: winner.position)
    if loser.length < best.length { return .shorterPrefix }
    if table != winner.table || loser.length != best.length { return .overruled }
    if loser.tos != best.tos { return .otherTOS }
    return loser.metric == best.metric ? .laterInTable : .higherMetric
  }
}

extension RuleWalk {
  /// What the lookup came by, told from the walk that made it; `match` is where it ended.
  func consultations(endingWith match: RouteMatch?) -> [RouteLookup.Consultation] {
    let winner = match.map { Winner(route: $0.route, stop: $0.stop, position: $0.position) } ?? refusing
    return stops.indices.map { index in
      let rule = stack.rules[stops[index].rule]
      var verdict = stops[index].verdict
      if verdict == .selected, winner == nil { verdict = .noRoute }
      return RouteLookup.Consultation(
        rule: rule, verdict: verdict, candidates: candidates(ofStop: index, winner: winner))
    }
  }

  /// The route that decided, and where it was found.
  private struct Winner {
    let route: Route
    let stop: Int
    let position: TableSearch.Position
  }

  /// The route that refuses the packet, where one does.
  private var refusing: Winner? {
    guard case .refused = outcome, let stop = stops.indices.last(where: { stops[$0].verdict == .selected }),
      let position = stops[stop].search?.best, let route = stops[stop].search?.bestRoute
    else { return nil }
    return Winner(route: route, stop: stop, position: position)
  }

  private func candidates(ofStop index: Int, winner: Winner?) -> [RouteLookup.Candidate] {
    guard let search = stops[index].search else { return [] }
    var candidates: [RouteLookup.Candidate] = []
    let won = winner?.stop == index ? winner?.position : nil
    for prefix in 0..<search.prefixCount {
      let routes = search.routes(ofPrefix: prefix)
      for offset in routes.indices {
        let position = TableSearch.Position(prefix: prefix, offset: offset)
        let why =
          position == won
          ? search.reasonForWinning(at: position)
          : reasonForLosing(routes[offset], at: position, in: search, against: winner)
        candidates.append(RouteLookup.Candidate(route: routes[offset], why: why))
      }
    }
    if let miss = search.nearestMiss {
      candidates.append(RouteLookup.Candidate(route: miss, why: .wouldNotMatch))
    }
    return candidates
  }

  /// The first comparison that a route lost by: its own fault, else against the winner.
  private func reasonForLosing(
    _ route: Route, at position: TableSearch.Position, in search: TableSearch, against winner: Winner?
  ) -> RouteLookup.Why {
    if let best = search.best, position >= best {
      return winner.map { route.shortcoming(against: $0.route) } ?? .overruled
    }
    return stack.objection(to: route, for: flow) ?? .overruled
  }
}

extension TableSearch {
  /// What set the winner apart from the route that comes next.
  fileprivate func reasonForWinning(at position: Position) -> RouteLookup.Why {
    let routes = routes(ofPrefix: position.prefix)
    if position.offset > 0, best != position { return .gatewayReachable }
    if position.offset + 1 < routes.count {
      return routes[position.offset].advantage(over: routes[position.offset + 1])
    }
    return position.prefix + 1 < prefixCount ? .longestPrefix : .onlyMatch
  }
}

extension Route {
  /// What sets the route apart from the next one to the same prefix.
  fileprivate func advantage(over next: Route) -> RouteLookup.Why {
    if tos != next.tos { return .matchingTOS }
    return metric == next.metric ? .firstInTable : .lowestMetric
  }

  /// What the route lost to the winner by.
  fileprivate func shortcoming(against winner: Route) -> RouteLookup.Why {
    if destination.length < winner.destination.length { return .shorterPrefix }
    if table != winner.table || destination != winner.destination { return .overruled }
    if tos != winner.tos { return .otherTOS }
    return metric == winner.metric ? .laterInTable : .higherMetric
  }
}

extension NetworkStack {
  /// Among default routes of one metric, the first whose gateway is not known to be unreachable.
  ///
  /// Source: Linux `net/ipv4/fib_semantics.c`, `fib_select_default`, `fib_detect_death`.
  func avoidingDeadGateway(_ match: RouteMatch) -> RouteMatch {
    let table = routes.tables[match.table]
    let best = table[match.position].route
    var rivals: [RouteTable.Position] = []
    var current = Optional(match.position)
    while let position = current {
      if isRival(table[position].route, of: best) { rivals.append(position) }
      current = table.nextOfSamePrefix(after: position)
    }
    guard rivals.count > 1, rivals.first == match.position else { return match }
    let choice =
      rivals.first { gatewayState(table[$0].route) == .mayAnswer }
      ?? rivals.first { gatewayState(table[$0].route) == .failed }
    guard let choice else { return match }
    var chosen = match
    chosen.position = choice
    return chosen
  }

  private func isRival(_ route: Route, of best: Route) -> Bool {
    guard route.type == .unicast, route.scope == best.scope, route.metric == best.metric,
      route.tos == best.tos, let hop = route.nextHops.first, !hop.flags.contains(.dead)
    else { return false }
    return gateway(of: hop, inTable: route.table) != nil
  }

  private enum GatewayState {
    case mayAnswer, unresolved, failed
  }

  /// A gateway without a neighbor entry may answer.
  private func gatewayState(_ route: Route) -> GatewayState {
    guard let hop = route.nextHops.first, let gateway = hop.gateway, let name = hop.interface,
      let entry = neighbor(gateway, on: name)
    else { return .mayAnswer }
    switch entry.state {
    case .failed: return .failed
    case .incomplete: return .unresolved
    default: return .mayAnswer
    }
  }
}

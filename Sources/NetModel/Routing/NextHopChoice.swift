extension NetworkStack {
  /// The match with the next hop that the flow takes, where there is a choice.
  ///
  /// Source: Linux `net/ipv4/fib_semantics.c`, `fib_select_path`.
  func choosingNextHop(of match: RouteMatch, for flow: RouteFlow) -> RouteMatch {
    if flow.outputInterface != nil { return match }
    let route = route(of: match)
    if route.nextHops.count > 1 {
      var chosen = match
      chosen.hopIndex = branch(of: route, for: flow, source: flow.source)
      return chosen
    }
    let isDefault = route.destination.length == 0 && route.type == .unicast
    return isDefault ? avoidingDeadGateway(match) : match
  }

  /// The index of the next hop that a flow takes: one whose own source address is `source` before others,
  /// and among those the one in whose share the flow's hash falls.
  ///
  /// The kernel's hash is seeded at boot; this one is fixed, so that a question has one answer.
  ///
  /// Source: Linux `net/ipv4/fib_semantics.c`, `fib_select_multipath`.
  func branch(of route: Route, for flow: RouteFlow, source: IPv4Address) -> Int {
    let usable = route.nextHops.indices.filter { isUsable(route.nextHops[$0]) }
    let total = usable.reduce(0) { $0 + route.nextHops[$1].weight }
    let share = total == 0 ? 0 : Int(flowHash(flow) % UInt64(total))
    var best = (index: usable.first ?? 0, score: -1)
    var sum = 0
    for index in usable {
      sum += route.nextHops[index].weight
      let own = source != .any && preferredSource(of: route, by: route.nextHops[index]) == source
      let score = (own ? 2 : 0) + (share < sum ? 1 : 0)
      if score > best.score { best = (index, score) }
      if score == 3 || (source == .any && score == 1) { break }
    }
    return best.index
  }

  /// The next hop is neither dead nor passed over for want of carrier.
  func isUsable(_ hop: NextHop) -> Bool {
    !hop.flags.contains(.dead) && !(hop.flags.contains(.linkDown) && passesOverLinkDown(hop))
  }

  /// A number that all packets of a flow share: source and destination, and with
  /// `fib_multipath_hash_policy` 1 the protocol and ports too (FNV-1a).
  private func flowHash(_ flow: RouteFlow) -> UInt64 {
    var words = [flow.source.rawValue, flow.destination.rawValue]
    if sysctls["net.ipv4.fib_multipath_hash_policy"] == 1 {
      words += [UInt32(flow.ipProtocol), UInt32(flow.sourcePort) << 16 | UInt32(flow.destinationPort)]
    }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for word in words {
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        hash = (hash ^ UInt64(word >> shift & 0xff)) &* 0x0000_0100_0000_01b3
      }
    }
    return hash ^ hash >> 32
  }
}

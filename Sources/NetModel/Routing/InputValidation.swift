extension NetworkStack {
  /// Whether a packet from that source may have come by that interface.
  ///
  /// Source: Linux `net/ipv4/fib_frontend.c`, `fib_validate_source`; recorded in the kernel vectors.
  func sourceCheck(
    of flow: RouteFlow, arrivingBy interface: String, leavingBy output: String?
  ) -> RouteLookup.SourceCheck {
    let settings = sysctls[interface: interface]
    let mayRedirect = output == interface && settings.sendsRedirects
    if settings.reversePathFilter == 0, !mayRedirect,
      let verdict = verdictWithoutLookup(flow.source, settings)
    {
      return RouteLookup.SourceCheck(mode: 0, consultations: [], verdict: verdict)
    }
    return reverseCheck(of: flow, arrivingBy: interface, leavingBy: output, settings)
  }

  /// Without `rp_filter` and without custom rules or local routes only the host's own addresses are refused;
  /// `nil` where the tables must be asked.
  private func verdictWithoutLookup(
    _ source: IPv4Address, _ settings: InterfaceSettings
  ) -> RouteLookup.SourceCheck.Verdict? {
    if settings.acceptsLocalSources { return .unchecked }
    if !rules.areUsual || hasCustomLocalRoutes { return nil }
    return bearsAddress(source) ? .martian : .unchecked
  }

  /// Somebody added a local route, to whichever table.
  ///
  /// Source: Linux `net/ipv4/fib_frontend.c`, `inet_rtm_newroute`, `fib_has_custom_local_routes`.
  package var hasCustomLocalRoutes: Bool { routes.tables.contains { $0.hasCustomLocalRoute } }

  /// The lookup of the way back to the source.
  ///
  /// Source: Linux `net/ipv4/fib_frontend.c`, `__fib_validate_source`.
  private func reverseCheck(
    of flow: RouteFlow, arrivingBy interface: String, leavingBy output: String?, _ settings: InterfaceSettings
  ) -> RouteLookup.SourceCheck {
    var back = flow.reversed
    back.inputInterface = output ?? "lo"
    if !settings.marksWayBack { back.mark = 0 }
    let walk = self.walk(back)
    var check = RouteLookup.SourceCheck(
      mode: settings.reversePathFilter, consultations: [], verdict: .noRouteAllowed)
    if case .found(let match) = walk.outcome {
      check.consultations = consultations(of: walk, endingWith: match)
      judge(match, back, arrivingBy: interface, into: &check)
    } else {
      check.consultations = consultations(of: walk, endingWith: nil)
      if check.mode != 0 { check.verdict = .refused }
    }
    return check
  }

  private func judge(
    _ match: RouteMatch, _ back: RouteFlow, arrivingBy interface: String,
    into check: inout RouteLookup.SourceCheck
  ) {
    let route = route(of: match)
    if route.type != .unicast, route.type != .local || !sysctls[interface: interface].acceptsLocalSources {
      check.verdict = .martian
    } else if route.nextHops.contains(where: { $0.interface == interface }) {
      check.verdict = .sameInterface
      check.sourceIsOnLink = isOnLink(match)
    } else if check.mode == 1 || (check.mode != 0 && hasNoAddress(interface)) {
      check.verdict = .refused
    } else {
      check.verdict = .otherInterfaceAllowed
      if !hasNoAddress(interface) { check.sourceIsOnLink = isOnLink(back, by: interface) }
    }
  }

  /// The best way through the interface itself, whatever better way there is elsewhere.
  private func isOnLink(_ back: RouteFlow, by interface: String) -> Bool {
    var flow = back
    flow.outputInterface = interface
    flow.ignoresLinkState = true
    guard case .found(let match) = walk(flow).outcome, route(of: match).type == .unicast else {
      return false
    }
    return isOnLink(match)
  }

  private func isOnLink(_ match: RouteMatch) -> Bool {
    let route = route(of: match)
    return gateway(of: route.nextHops[match.hopIndex], inTable: route.table) == nil
  }

  private func hasNoAddress(_ interface: String) -> Bool {
    interfaces.first { $0.name == interface }?.addresses.isEmpty ?? true
  }
}

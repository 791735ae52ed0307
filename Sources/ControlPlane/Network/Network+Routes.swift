import NetModel

extension Network {
  mutating func addRoute(_ route: Route, on id: StackID) throws(EditError) {
    let stack = try runningStack(id)
    let checked = try checked(route, in: stack)
    if let other = stack.routes.routes.first(where: { $0.occupiesPlace(of: route) }) {
      throw .routeExists(other)
    }
    keepRoute(checked, on: id)
  }

  mutating func insertRoute(_ route: Route, atEnd: Bool, on id: StackID) throws(EditError) {
    let stack = try runningStack(id)
    let checked = try checked(route, in: stack)
    if let same = stack.routes.routes.first(where: { $0.withoutLinkState == checked }) {
      throw .routeExists(same)
    }
    keepRoute(checked, atEnd: atEnd, on: id)
  }

  mutating func replaceRoute(_ route: Route, on id: StackID) throws(EditError) {
    let stack = try runningStack(id)
    let checked = try checked(route, in: stack)
    if let other = stack.routes.routes.first(where: { $0.occupiesPlace(of: route) }) {
      removeRoute(other, from: id)
    }
    keepRoute(checked, atEnd: false, on: id)
  }

  mutating func deleteRoute(_ selector: RouteSelector, on id: StackID) throws(EditError) {
    let stack = try runningStack(id)
    guard let route = stack.routes.routes.first(where: { selector.fits($0) }) else {
      throw .noSuchRoute(selector)
    }
    removeRoute(route, from: id)
  }

  /// A stack as it is now, of a machine that is switched on.
  func runningStack(_ id: StackID) throws(EditError) -> NetworkStack {
    if case .host(let node) = id {
      guard let machine = machine(node) else { throw .unknownNode(node) }
      guard machine.isUp else { throw .powerIsOff(node) }
      return hostStack(of: machine)
    }
    guard let (pod, agent) = connectedPods.first(where: { .pod($0.pod.id) == id }) else {
      throw .unknownStack(id)
    }
    return podStack(of: pod, on: agent)
  }

  private mutating func keepRoute(_ route: Route, atEnd: Bool = true, on id: StackID) {
    let wasDerived = changes(of: id)?.deletedRoutes.contains(route) == true
    if wasDerived {
      updateChanges(of: id) { $0.deletedRoutes.removeAll { $0 == route } }
    } else if let position = machines.firstIndex(where: { $0.stack.id == id }) {
      if atEnd {
        machines[position].stack.routes.append(route)
      } else {
        machines[position].stack.routes.prepend(route)
      }
    } else {
      updateChanges(of: id) { $0.addedRoutes.insert(route, at: atEnd ? $0.addedRoutes.endIndex : 0) }
    }
  }

  /// Takes a route out for good: the administrator's own is dropped, a derived one is remembered as deleted.
  private mutating func removeRoute(_ route: Route, from id: StackID) {
    let written = route.withoutLinkState
    if let position = machines.firstIndex(where: { $0.stack.id == id }),
      machines[position].stack.routes.routes.contains(written)
    {
      machines[position].stack.routes.removeAll { $0 == written }
    } else if changes(of: id)?.addedRoutes.contains(route) == true {
      updateChanges(of: id) { $0.addedRoutes.removeAll { $0 == route } }
    } else {
      updateChanges(of: id) { $0.deletedRoutes.append(route) }
    }
  }

  /// The route with its interfaces filled in, as the kernel would take it.
  ///
  /// Source: Linux `net/ipv4/fib_semantics.c`, `fib_create_info`, `fib_check_nh`.
  private func checked(_ route: Route, in stack: NetworkStack) throws(EditError) -> Route {
    try checkScope(of: route)
    var route = route
    for position in route.nextHops.indices {
      route.nextHops[position] = try checked(route.nextHops[position], of: route.type, in: stack)
    }
    if let source = route.preferredSource, stack.interface(bearing: source) == nil {
      throw .invalidPreferredSource(source)
    }
    if route.nextHops.isEmpty, route.type == .unicast { throw .missingNextHop }
    return route
  }

  private func checkScope(of route: Route) throws(EditError) {
    let narrowest: RouteScope = .host
    let isLocal = route.type == .local
    guard route.scope <= narrowest, !isLocal || route.scope == .host else {
      throw .invalidScope(route.scope)
    }
    guard route.scope == .host, !isLocal, let gateway = route.nextHops.first?.gateway else { return }
    throw .gatewayInHostScope(gateway)
  }

  private func checked(
    _ hop: NextHop, of type: RouteType, in stack: NetworkStack
  ) throws(EditError) -> NextHop {
    let isOnLink = hop.flags.contains(.onLink)
    if let gateway = hop.gateway, isOnLink, hop.interface == nil { throw .onLinkWithoutInterface(gateway) }
    if let name = hop.interface {
      let id = InterfaceID(stack.id, name)
      guard let interface = stack.interface(named: name) else { throw .unknownInterface(id) }
      if !interface.isUp { throw Self.refusal(of: hop, onDown: id) }
    }
    guard let gateway = hop.gateway, !isOnLink else {
      if hop.interface == nil, type == .unicast { throw .missingNextHop }
      return hop
    }
    let query = RouteQuery(destination: gateway, outputInterface: hop.interface)
    guard let selection = stack.lookup(query).selection, selection.gateway == nil,
      selection.route.map({ $0.scope >= .link }) ?? false,
      hop.interface == nil || selection.interface == hop.interface || selection.interface == "lo"
    else { throw .invalidGateway(gateway) }
    var hop = hop
    hop.interface = hop.interface ?? selection.route?.nextHops.first?.interface ?? selection.interface
    return hop
  }

  /// A gateway of an interface that is down is not found by the kernel's lookup for it.
  private static func refusal(of hop: NextHop, onDown interface: InterfaceID) -> EditError {
    guard let gateway = hop.gateway else { return .interfaceIsDown(interface) }
    return hop.flags.contains(.onLink) ? .onLinkInterfaceIsDown(interface) : .invalidGateway(gateway)
  }
}

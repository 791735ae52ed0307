import NetModel

extension Network {
  mutating func addRoute(_ route: Route, on id: StackID) throws(EditError) {
    let stack = try runningStack(id)
    if let other = stack.routes.routes.first(where: { $0.occupiesPlace(of: route) }) {
      throw .routeExists(other)
    }
    try insertRoute(route, into: stack)
  }

  mutating func replaceRoute(_ route: Route, on id: StackID) throws(EditError) {
    let stack = try runningStack(id)
    let checked = try checked(route, in: stack)
    if let other = stack.routes.routes.first(where: { $0.occupiesPlace(of: route) }) {
      removeRoute(other, from: id)
    }
    keepRoute(checked, on: id)
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

  private mutating func insertRoute(_ route: Route, into stack: NetworkStack) throws(EditError) {
    keepRoute(try checked(route, in: stack), on: stack.id)
  }

  private mutating func keepRoute(_ route: Route, on id: StackID) {
    let wasDerived = changes(of: id)?.deletedRoutes.contains(route) == true
    if wasDerived {
      updateChanges(of: id) { $0.deletedRoutes.removeAll { $0 == route } }
    } else if let position = machines.firstIndex(where: { $0.stack.id == id }) {
      machines[position].stack.routes.append(route)
    } else {
      updateChanges(of: id) { $0.addedRoutes.append(route) }
    }
  }

  /// Takes a route out for good: the administrator's own is dropped, a derived one is remembered as deleted.
  private mutating func removeRoute(_ route: Route, from id: StackID) {
    if let position = machines.firstIndex(where: { $0.stack.id == id }),
      machines[position].stack.routes.routes.contains(route)
    {
      machines[position].stack.routes.removeAll { $0 == route }
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

  private func checked(
    _ hop: NextHop, of type: RouteType, in stack: NetworkStack
  ) throws(EditError) -> NextHop {
    if let name = hop.interface {
      let id = InterfaceID(stack.id, name)
      guard let interface = stack.interface(named: name) else { throw .unknownInterface(id) }
      guard interface.isUp else { throw .interfaceIsDown(id) }
    }
    guard let gateway = hop.gateway, !hop.flags.contains(.onLink) else {
      if hop.interface == nil, type == .unicast { throw .missingNextHop }
      return hop
    }
    let query = RouteQuery(destination: gateway, outputInterface: hop.interface)
    guard let selection = stack.lookup(query).selection, selection.gateway == nil,
      selection.route.map({ $0.scope >= .link }) ?? false,
      hop.interface == nil || selection.interface == hop.interface || selection.interface == "lo"
    else { throw .invalidGateway(gateway) }
    var hop = hop
    hop.interface = hop.interface ?? selection.interface
    return hop
  }
}

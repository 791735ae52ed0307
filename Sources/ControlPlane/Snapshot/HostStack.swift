import NetModel

extension Network {
  /// A machine's stack with everything that the kernel, the agent and people's hands put into it; only its
  /// neighbors are still the administrator's alone.
  func hostStack(of machine: Machine) -> NetworkStack {
    guard machine.isUp else { return machine.switchedOffStack }
    guard !machine.isRecorded else { return recordedStack(of: machine) }
    var stack = hostLinks(of: machine)
    stack.routes = hostRoutes(of: machine, in: stack)
    stack.listeners = listeners(on: machine)
    return stack
  }

  /// The tables as they were found, but for what was changed since.
  private func recordedStack(of machine: Machine) -> NetworkStack {
    let changes = changes(of: machine.stack.id)
    var stack = machine.stack.applying(changes)
    if let deleted = changes?.deletedRoutes, !deleted.isEmpty {
      stack.routes.removeAll { deleted.contains($0) }
    }
    return stack
  }

  /// The machine without its agent's routes and neighbors, which depend on all the rest.
  private func hostLinks(of machine: Machine) -> NetworkStack {
    var stack = machine.stack
    if let agent = runningAgent(on: machine.id) {
      stack.interfaces += agentInterfaces(on: machine.id, agent: agent)
      stack.interfaces.sort { $0.index < $1.index }
      stack.rules = agent.settings.routingRules
      for (key, value) in agent.sysctls(for: stack.interfaces) { stack.sysctls[key] = value }
    }
    stack = stack.applying(changes(of: stack.id))
    stack.routes = ownRoutes(of: machine, in: stack)
    return stack
  }

  private func hostRoutes(of machine: Machine, in stack: NetworkStack) -> RouteTables {
    let deleted = Set(changes(of: stack.id)?.deletedRoutes ?? [])
    let wanted =
      agentRoutes(on: machine.id, in: stack).map(\.route) + bgpRoutes(of: machine, in: stack)
    var taken: Set<Route.Place> = []
    let added = wanted.filter { route in
      guard route.isUsable(in: stack), !deleted.contains(route) else { return false }
      let beside = stack.routes.routes(to: route.destination, in: route.table)
      return !beside.contains { $0.place == route.place } && taken.insert(route.place).inserted
    }
    var routes = stack.routes
    routes.append(contentsOf: added)
    return routes
  }

  /// The kernel's own routes and the administrator's, without those that were deleted.
  private func ownRoutes(of machine: Machine, in stack: NetworkStack) -> RouteTables {
    let deleted = changes(of: stack.id)?.deletedRoutes ?? []
    let written = machine.stack.routes.routes.filter { $0.isUsable(in: stack) }
    let own = stack.kernelRoutes() + written.map { $0.withLinkState(in: stack) }
    return RouteTables(own.filter { !deleted.contains($0) })
  }

  /// What the agent of a node wants there, and why, whether somebody deleted it or not.
  package func agentRoutes(on node: NodeID) -> [AgentRoute] {
    guard let machine = machine(node), machine.isUp else { return [] }
    return agentRoutes(on: node, in: hostLinks(of: machine))
  }

  /// The machine's own programs and those of the pods that share its network.
  private func listeners(on machine: Machine) -> [Listener] {
    guard let cluster, runningAgent(on: machine.id) != nil else { return machine.stack.listeners }
    let pods = cluster.pods(on: machine.id).filter(\.template.usesHostNetwork)
    let listeners = pods.flatMap { $0.template.listeners(programs: cluster.programs) }
    return Set(machine.stack.listeners + listeners).sorted()
  }
}

extension Machine {
  /// The machine without power: its interfaces are there for whoever looks, but nothing runs.
  fileprivate var switchedOffStack: NetworkStack {
    var stack = stack
    for position in stack.interfaces.indices {
      stack.interfaces[position].isUp = false
      stack.interfaces[position].hasCarrier = false
    }
    stack.routes = RouteTables()
    stack.neighbors = []
    stack.listeners = []
    return stack
  }
}

extension PodTemplate {
  /// The ports that the pod's programs wait on, in ascending order.
  package func listeners(programs: [ImageProgram]) -> [Listener] {
    Set(containers.flatMap { $0.listeners(programs: programs) }).sorted()
  }
}

extension NetworkStack {
  /// The stack with what was changed by hand on its interfaces, sysctls and rules.
  func applying(_ changes: ManualChanges?) -> NetworkStack {
    guard let changes else { return self }
    var stack = self
    for change in changes.links {
      guard let position = stack.interfaces.firstIndex(where: { $0.name == change.interface }) else {
        continue
      }
      if let isUp = change.isUp { stack.interfaces[position].isUp = isUp }
      if let mtu = change.mtu { stack.interfaces[position].mtu = mtu }
    }
    for entry in changes.sysctls.entries { stack.sysctls[entry.key] = entry.value }
    stack.rules.removeAll { changes.deletedRules.contains($0) }
    for rule in changes.addedRules { stack.rules.insert(rule) }
    return stack
  }
}

extension Route {
  /// The route with what the kernel notes on its next hops: those of interfaces that are down, or without
  /// carrier.
  ///
  /// Source: Linux `net/ipv4/fib_semantics.c`, `fib_sync_down_dev`.
  func withLinkState(in stack: NetworkStack) -> Route {
    var route = self
    for index in nextHops.indices {
      let flags = nextHops[index].flags.subtracting(.linkState).union(
        nextHops[index].linkState(in: stack))
      if flags != nextHops[index].flags { route.nextHops[index].flags = flags }
    }
    return route
  }

  /// The route as it was written down.
  var withoutLinkState: Route {
    var route = self
    for index in route.nextHops.indices { route.nextHops[index].flags.subtract(.linkState) }
    return route
  }

  /// False where all the route's interfaces are down or gone: the kernel keeps no such route.
  func isUsable(in stack: NetworkStack) -> Bool {
    nextHops.isEmpty
      || nextHops.contains { hop in
        hop.interface.map { stack.interface(named: $0)?.isUp == true } ?? true
      }
  }
}

extension NextHop {
  /// What the kernel notes on a next hop by the state of its interface.
  fileprivate func linkState(in stack: NetworkStack) -> Flags {
    guard let place = stack.interfaces.firstIndex(where: { $0.name == interface }) else { return [] }
    var flags = Flags()
    if !stack.interfaces[place].isUp { flags.insert(.dead) }
    if !stack.interfaces[place].isRunning { flags.insert(.linkDown) }
    return flags
  }
}

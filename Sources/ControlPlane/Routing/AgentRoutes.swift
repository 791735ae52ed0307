import NetModel

/// A route that an agent installs, and why.
package struct AgentRoute: Hashable, Sendable {
  package var route: Route
  package var reason: Reason

  package init(route: Route, reason: Reason) {
    self.route = route
    self.reason = reason
  }

  /// What the route is for.
  package enum Reason: Hashable, Sendable {
    /// The node's own pod CIDR.
    case localPodCIDR
    /// The address of `cilium_host`, by which the pod CIDRs are reached.
    case router
    /// The pods of a node on the same link (`autoDirectNodeRoutes`).
    case directlyReachable(NodeID)
    /// The pods of a node at the other end of a tunnel.
    case tunnel(NodeID)
    /// One pod of the node itself (`endpointRoutes`).
    case endpoint(PodID)
    /// What the proxy took hold of is delivered to the host itself.
    case proxy
  }
}

/// A node whose pods another node's agent installs no route to, though it would with `autoDirectNodeRoutes`.
package struct UnreachableNode: Hashable, Sendable {
  package var node: NodeID
  /// The router on the way, which the agent does not trust to know pod addresses; `nil` where no route leads
  /// to the node at all.
  package var gateway: IPv4Address?
  /// `directRoutingSkipUnreachable` makes this no error.
  package var isError: Bool

  package init(node: NodeID, gateway: IPv4Address?, isError: Bool) {
    self.node = node
    self.gateway = gateway
    self.isError = isError
  }
}

extension Network {
  /// The routes that the agent of a node installs into a stack that has all other routes.
  ///
  /// Source: Cilium `pkg/datapath/linux/node.go`, `pkg/proxy/routes.go`.
  func agentRoutes(on node: NodeID, in stack: NetworkStack) -> [AgentRoute] {
    guard let agent = runningAgent(on: node) else { return [] }
    let remote = remoteAgents(of: node).compactMap { remote, remoteAgent in
      remoteRoute(to: remote, podCIDR: remoteAgent.podCIDR, from: agent, in: stack)
    }
    return localRoutes(on: node, agent: agent) + remote + (agent.settings.l7Proxy ? [.proxyTable] : [])
  }

  /// The nodes that the agent of `node` finds too far for a route of its own, in ascending order of name.
  package func unreachableNodes(from node: NodeID) -> [UnreachableNode] {
    guard let machine = machine(node), let agent = runningAgent(on: node),
      agent.settings.tunnel == nil, agent.settings.autoDirectNodeRoutes
    else { return [] }
    let stack = hostStack(of: machine)
    return remoteAgents(of: node).compactMap { remote, _ in
      let hop = stack.nextHop(to: remote.address)
      guard hop?.gateway != nil || hop == nil else { return nil }
      return UnreachableNode(
        node: remote.id, gateway: hop?.gateway, isError: !agent.settings.directRoutingSkipUnreachable)
    }
  }

  /// The other nodes that have an agent, switched on or not: their CiliumNode objects stay.
  func remoteAgents(of node: NodeID) -> [(node: ClusterNode, agent: ClusterNode.Agent)] {
    cluster?.nodes.compactMap { remote in
      guard remote.id != node, let agent = remote.agent else { return nil }
      return (remote, agent)
    } ?? []
  }

  private func localRoutes(on node: NodeID, agent: ClusterNode.Agent) -> [AgentRoute] {
    let router = AgentRoute(
      route: .agent(.host(agent.routerAddress), NextHop(interface: "cilium_host"), scope: .link),
      reason: .router)
    guard agent.settings.endpointRoutes else {
      let local = Route.agent(
        agent.podCIDR, NextHop(gateway: agent.routerAddress, interface: "cilium_host"),
        source: agent.routerAddress)
      return [AgentRoute(route: local, reason: .localPodCIDR), router]
    }
    let pods = cluster?.pods(on: node) ?? []
    return [router]
      + pods.compactMap { pod in
        pod.endpoint.map { endpoint in
          let hop = NextHop(interface: endpoint.interface)
          return AgentRoute(
            route: .agent(.host(endpoint.address), hop, scope: .link), reason: .endpoint(pod.id))
        }
      }
  }

  private func remoteRoute(
    to remote: ClusterNode, podCIDR: IPv4Prefix, from agent: ClusterNode.Agent, in stack: NetworkStack
  ) -> AgentRoute? {
    if agent.settings.tunnel != nil {
      guard case .host(let node) = stack.id else { return nil }
      let hop = NextHop(gateway: agent.routerAddress, interface: "cilium_host")
      let mtu = deviceMTUs(on: node, settings: agent.settings).route
      return AgentRoute(
        route: .agent(podCIDR, hop, source: agent.routerAddress, mtu: mtu), reason: .tunnel(remote.id))
    }
    guard agent.settings.autoDirectNodeRoutes, let hop = stack.nextHop(to: remote.address),
      hop.gateway == nil
    else { return nil }
    let direct = NextHop(gateway: remote.address, interface: hop.interface)
    return AgentRoute(route: .agent(podCIDR, direct), reason: .directlyReachable(remote.id))
  }
}

extension NetworkStack {
  /// Where the stack would send a packet of its own to; `nil` where it has no route.
  func nextHop(to destination: IPv4Address) -> NextHop? {
    guard case .unicast(let selection) = lookup(RouteQuery(destination: destination)).result else {
      return nil
    }
    return NextHop(gateway: selection.gateway, interface: selection.interface)
  }
}

extension AgentRoute {
  /// Table 2004: everything is delivered to the host.
  fileprivate static let proxyTable = AgentRoute(
    route: Route(
      table: .ciliumProxy, type: .local, destination: .all, protocol: .kernel, scope: .host,
      nextHops: [NextHop(interface: "lo")]),
    reason: .proxy)
}

extension TableID {
  /// Source: Cilium `pkg/datapath/linux/linux_defaults/linux_defaults.go`, `RouteTableToProxy`.
  package static let ciliumProxy = TableID(2004)
}

extension Route {
  fileprivate static func agent(
    _ destination: IPv4Prefix, _ hop: NextHop, scope: RouteScope = .global, source: IPv4Address? = nil,
    mtu: Int? = nil
  ) -> Route {
    Route(
      destination: destination, protocol: .kernel, scope: scope, preferredSource: source, nextHops: [hop],
      metrics: mtu.map { [.init(name: "mtu", value: $0)] } ?? [])
  }
}

extension CiliumSettings {
  /// The rules of a node: with the proxy, its marks come first and the table of local addresses moves to 100.
  ///
  /// Source: Cilium `pkg/proxy/routes.go`, `pkg/datapath/linux/node.go`.
  package var routingRules: [RoutingRule] {
    guard l7Proxy else { return RoutingRule.initial }
    var toProxy = RoutingRule.Selector()
    toProxy.mark = 0x200
    toProxy.markMask = 0xf00
    return [
      RoutingRule(priority: 9, selector: toProxy, action: .lookup(.ciliumProxy), protocol: .kernel),
      RoutingRule(priority: 100, action: .lookup(.local), protocol: .kernel),
    ] + RoutingRule.initial.dropFirst()
  }
}

import NetModel

/// One change to a network.
package enum Edit: Hashable, Sendable {
  /// `ip route add`: fails where such a route exists.
  case addRoute(Route, on: StackID)
  /// `ip route replace`: takes the place of a route to the same prefix, tos and metric.
  case replaceRoute(Route, on: StackID)
  /// `ip route append` or `prepend`: behind or before other routes to the same prefix, tos and metric.
  case insertRoute(Route, atEnd: Bool, on: StackID)
  /// `ip route del`: deletes the first route that the selector fits.
  case deleteRoute(RouteSelector, on: StackID)
  /// `ip rule add`: fails where such a rule exists.
  case addRule(RoutingRule, on: StackID)
  /// `ip rule del`.
  case deleteRule(RoutingRule, on: StackID)
  /// `ip neigh replace`.
  case setNeighbor(Neighbor, on: StackID)
  /// What ARP packets teach kernels: nobody's command, so nothing to undo.
  case learnNeighbors([LearnedNeighbor])
  /// `ip neigh del`.
  case deleteNeighbor(IPv4Address, interface: String, on: StackID)
  /// `ip addr add`, on an interface that the machine's administrator set up.
  case addAddress(Interface.Address, to: InterfaceID)
  /// `ip addr del`: deletes the first address that the selector fits, and with a primary one its secondaries.
  case deleteAddress(AddressSelector, from: InterfaceID)
  /// `ip link set up` and `down`.
  case setLink(InterfaceID, isUp: Bool)
  /// `ip link set mtu`; bytes.
  case setMTU(InterfaceID, bytes: Int)
  /// `sysctl -w`.
  case setSysctl(String, value: Int, on: StackID)
  /// `helm upgrade --reuse-values --set`; agents take the values when they restart.
  case setHelmValues([HelmSetting], restart: AgentSelection)
  /// `helm upgrade` with these values alone; agents take them when they restart.
  case setRelease(HelmValues)
  /// `helm rollback` to a revision.
  case rollBackHelm(to: Int)
  /// `kubectl rollout restart ds/cilium`, or the deletion of one node's agent pod.
  case restartAgents(AgentSelection)
  /// The first half of a node's agent's restart: routes and devices are the new ones, programs the old.
  case beginAgentRestart(NodeID)
  /// `kubectl create`: one manifest or several.
  case create([ClusterObject])
  /// `kubectl apply` of a policy that is there.
  case replacePolicy(Policy)
  case delete(ObjectID)
  /// What a client asks of the API server: a document is created, changed or deleted.
  case changeObject(APIChange)
  /// `kubectl scale`; from 0.
  case scale(WorkloadID, replicas: Int)
  /// `modprobe`: the module and those that it needs.
  case loadModule(String, on: NodeID)
  /// `rmmod`.
  case unloadModule(String, on: NodeID)
  /// The machine is switched on, or loses its power: nobody is told.
  case setPower(NodeID, isOn: Bool)
  /// `reboot`: the machine goes down, in order unless forced, and comes up again by itself.
  case reboot(NodeID, isClean: Bool = true)
  /// `poweroff`: the machine goes down in order and stays off.
  case shutDown(NodeID)
  /// Something on a wire passes IP packets of at most so many bytes; `nil` for no limit.
  case setWireLimit(WireID, bytes: Int?)
  /// A filter on a wire discards UDP packets to a port, or lets them pass again.
  case setPortFilter(WireID, port: UInt16, isBlocked: Bool)

  /// Which agents an edit restarts.
  package enum AgentSelection: Hashable, Sendable {
    case none
    case all
    case node(NodeID)
  }
}

/// Which route to delete; `nil` fits any.
package struct RouteSelector: Hashable, Sendable {
  package var table: TableID
  package var destination: IPv4Prefix
  package var type: RouteType?
  package var tos: UInt8
  package var metric: UInt32?
  package var gateway: IPv4Address?
  package var interface: String?
  package var `protocol`: RouteProtocol?
  package var scope: RouteScope?

  package init(
    table: TableID = .main, destination: IPv4Prefix, type: RouteType? = nil, tos: UInt8 = 0,
    metric: UInt32? = nil, gateway: IPv4Address? = nil, interface: String? = nil,
    protocol: RouteProtocol? = nil, scope: RouteScope? = nil
  ) {
    self.table = table
    self.destination = destination
    self.type = type
    self.tos = tos
    self.metric = metric
    self.gateway = gateway
    self.interface = interface
    self.protocol = `protocol`
    self.scope = scope
  }

  /// A selector that fits `route` and no other in its table.
  package init(_ route: Route) {
    self.init(
      table: route.table, destination: route.destination, type: route.type, tos: route.tos,
      metric: route.metric, gateway: route.nextHops.first?.gateway,
      interface: route.nextHops.first?.interface,
      protocol: route.protocol, scope: route.scope)
  }

  /// True for a route that the selector names.
  package func fits(_ route: Route) -> Bool {
    route.table == table && route.destination == destination && route.tos == tos
      && (type ?? route.type) == route.type
      && (metric ?? route.metric) == route.metric
      && (`protocol` ?? route.protocol) == route.protocol
      && (scope ?? route.scope) == route.scope
      && (gateway == nil || route.nextHops.contains { $0.gateway == gateway })
      && (interface == nil || route.nextHops.contains { $0.interface == interface })
  }
}

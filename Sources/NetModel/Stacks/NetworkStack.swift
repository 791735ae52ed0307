/// The network state of one machine or one pod: what `ip` shows there.
package struct NetworkStack: Hashable, Sendable {
  package var id: StackID
  /// In ascending order of their index.
  package var interfaces: [Interface]
  /// In the order in which they are asked.
  package var rules: [RoutingRule]
  /// All tables, local included.
  package var routes: RouteTables
  /// In ascending order of address, then interface.
  package var neighbors: [Neighbor]
  package var sysctls: Sysctls
  /// The ports that programs of this stack wait on, in ascending order.
  package var listeners: [Listener]

  package init(
    id: StackID, interfaces: [Interface] = [], rules: [RoutingRule] = RoutingRule.initial,
    routes: RouteTables = RouteTables(), neighbors: [Neighbor] = [], sysctls: Sysctls = Sysctls(),
    listeners: [Listener] = []
  ) {
    self.id = id
    self.interfaces = interfaces
    self.rules = rules
    self.routes = routes
    self.neighbors = neighbors
    self.sysctls = sysctls
    self.listeners = listeners
  }

  /// The interface of that name; `nil` where there is none.
  package func interface(named name: String) -> Interface? {
    interfaces.first { $0.name == name }
  }

  /// The interface that bears `address`; `nil` where none does.
  package func interface(bearing address: IPv4Address) -> Interface? {
    interfaces.first { $0.addresses.contains { $0.local.address == address } }
  }

  /// The neighbor entry for `address` on an interface; `nil` where there is none.
  package func neighbor(_ address: IPv4Address, on interface: String) -> Neighbor? {
    neighbors.first { $0.address == address && $0.interface == interface }
  }

  /// The neighbor entries of an interface, in the order of the table; the table itself where it has no others.
  package func neighbors(on interface: String) -> [Neighbor] {
    if neighbors.allSatisfy({ $0.interface == interface }) { return neighbors }
    return neighbors.filter { $0.interface == interface }
  }
}

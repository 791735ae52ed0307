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
}

/// The kernel settings of a stack that decide about packets, by their sysctl names; a missing key is 0.
package struct Sysctls: Hashable, Sendable {
  /// In ascending order of the key.
  package private(set) var entries: [Entry] = []

  package init() {}

  package struct Entry: Hashable, Sendable {
    package let key: String
    package let value: Int
  }

  package subscript(key: String) -> Int {
    get { entries.first { $0.key == key }?.value ?? 0 }
    set {
      let position = entries.firstIndex { $0.key >= key } ?? entries.endIndex
      let entry = Entry(key: key, value: newValue)
      if position < entries.endIndex, entries[position].key == key {
        entries[position] = entry
      } else {
        entries.insert(entry, at: position)
      }
    }
  }

  /// True where the key was set at all.
  package func contains(_ key: String) -> Bool {
    entries.contains { $0.key == key }
  }

  /// Whether a packet that came in by `interface` may be forwarded: the interface's own key, else the
  /// machine's `net.ipv4.ip_forward`.
  package func forwards(from interface: String) -> Bool {
    let key = "net.ipv4.conf.\(interface).forwarding"
    return contains(key) ? self[key] != 0 : self["net.ipv4.ip_forward"] != 0
  }
}

import NetModel

/// The source of truth: machines, cables, one cluster, and everything that was done to them.
///
/// A copy is a snapshot of it. Only `apply(_:at:)` changes it; what packets meet is derived by `snapshot()`.
package struct Network: Hashable, Sendable {
  /// Rises by one with every edit.
  package var revision: Int
  /// The name of the lab.
  package var name: String
  /// What everything is drawn from that the real thing draws at random.
  package var seed: UInt64
  /// In ascending order of their names.
  package var wires: [Wire]
  /// In ascending order of their names.
  package var machines: [Machine]
  /// What the machines' kernels can load, in the order in which `lsmod` lists it.
  package var kernelModules: [KernelModule] = []
  /// `nil` where the network is hosts alone.
  package var cluster: Cluster?
  /// What was changed by hand on things that are derived, in ascending order of stack.
  package var manualChanges: [ManualChanges]
  /// The moment that everything has come to.
  package var now = Instant.start
  /// The machines that are switched off, in ascending order of their names.
  package var outages: [Outage] = []
  /// Since when BGP sessions stand.
  var sessionStarts: [BGPSession.ID: Instant] = [:]

  package init(
    revision: Int = 0, name: String, seed: UInt64 = 1, wires: [Wire], machines: [Machine],
    cluster: Cluster? = nil
  ) {
    self.revision = revision
    self.name = name
    self.seed = seed
    self.wires = wires.sorted { $0.id < $1.id }
    self.machines = machines.sorted { $0.id < $1.id }
    self.cluster = cluster
    manualChanges = []
  }

  /// The machine of that name; `nil` where there is none.
  package func machine(_ id: NodeID) -> Machine? {
    machines.element(at: id, by: \.id)
  }

  /// What was changed by hand in a stack; `nil` where nothing was.
  package func changes(of stack: StackID) -> ManualChanges? {
    manualChanges.first { $0.stack == stack }
  }
}

/// One machine: what its administrator set up, before any agent adds to it.
package struct Machine: Hashable, Sendable {
  /// Powered on.
  package var isUp: Bool
  /// Interfaces, administrator's and DHCP's routes, fixed neighbors, sysctls and listeners.
  ///
  /// The kernel's own routes are not among them; they follow from the addresses.
  package var stack: NetworkStack
  /// The lines of `/etc/hosts`, in order.
  package var hostNames: [HostName]
  /// The kernel modules that are loaded, in the order in which they were.
  package var modules: [String] = []
  /// Its BGP daemon; `nil` where none runs.
  package var bgp: BGPRouter?
  /// The stack was read from a running machine: its tables stand as they were found, the kernel's own routes
  /// among them, and nothing is derived.
  package var isRecorded = false

  package init(isUp: Bool = true, stack: NetworkStack, hostNames: [HostName] = []) {
    self.isUp = isUp
    self.stack = stack
    self.hostNames = hostNames
  }

  package var id: NodeID {
    guard case .host(let node) = stack.id else { preconditionFailure("\(stack.id) is no machine") }
    return node
  }

  /// One name in `/etc/hosts`.
  package struct HostName: Hashable, Sendable {
    package var address: IPv4Address
    package var name: String

    package init(address: IPv4Address, name: String) {
      self.address = address
      self.name = name
    }
  }
}

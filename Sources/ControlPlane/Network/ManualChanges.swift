import NetModel

/// What somebody changed by hand in one stack on things that the kernel or an agent made.
///
/// What the administrator owns is changed in place; only changes to derived things are kept here, so that
/// deriving again does not undo them.
package struct ManualChanges: Hashable, Sendable {
  package var stack: StackID
  /// Routes that were added to a stack that has no administrator's part (a pod's).
  package var addedRoutes: [Route] = []
  /// Derived routes that were deleted.
  package var deletedRoutes: [Route] = []
  /// Policy routing rules that were added, in the order in which they were.
  package var addedRules: [RoutingRule] = []
  /// Rules of the kernel or the agent that were deleted.
  package var deletedRules: [RoutingRule] = []
  /// Entries that were set; each stands in for a derived one.
  package var neighbors: [Neighbor] = []
  package var deletedNeighbors: [NeighborKey] = []
  /// In ascending order of the interface's name.
  package var links: [LinkChange] = []
  package var sysctls = Sysctls()

  package init(stack: StackID) {
    self.stack = stack
  }

  /// What a neighbor entry is known by in its stack.
  package struct NeighborKey: Hashable, Sendable {
    package var address: IPv4Address
    package var interface: String

    package init(address: IPv4Address, interface: String) {
      self.address = address
      self.interface = interface
    }
  }

  /// What was changed on a derived interface; `nil` where nothing was.
  package struct LinkChange: Hashable, Sendable {
    package var interface: String
    package var isUp: Bool?
    package var mtu: Int?

    package init(interface: String, isUp: Bool? = nil, mtu: Int? = nil) {
      self.interface = interface
      self.isUp = isUp
      self.mtu = mtu
    }
  }

  /// Nothing is changed any more.
  var isEmpty: Bool { self == ManualChanges(stack: stack) }

  /// Changes what was changed on `interface`.
  mutating func updateLink(_ interface: String, _ update: (inout LinkChange) -> Void) {
    let position = links.firstIndex { $0.interface >= interface } ?? links.endIndex
    if position == links.endIndex || links[position].interface != interface {
      links.insert(LinkChange(interface: interface), at: position)
    }
    update(&links[position])
  }
}

extension Network {
  /// Changes what was changed by hand in `stack`.
  mutating func updateChanges(of stack: StackID, _ update: (inout ManualChanges) -> Void) {
    let position = manualChanges.firstIndex { $0.stack >= stack } ?? manualChanges.endIndex
    if position == manualChanges.endIndex || manualChanges[position].stack != stack {
      manualChanges.insert(ManualChanges(stack: stack), at: position)
    }
    update(&manualChanges[position])
    if manualChanges[position].isEmpty { manualChanges.remove(at: position) }
  }
}

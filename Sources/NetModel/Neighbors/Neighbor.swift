/// One entry of a stack's neighbor table, as `ip neigh` shows it.
package struct Neighbor: Hashable, Sendable {
  package var address: IPv4Address
  /// The interface it is reached by.
  package var interface: String
  /// `nil` as long as nobody has answered.
  package var mac: MACAddress?
  package var state: State
  /// Learned by something outside the kernel (`extern_learn`).
  package var isExternallyLearned: Bool
  /// Kept fresh by the kernel without traffic (`managed`).
  package var isManaged: Bool

  package init(
    address: IPv4Address, interface: String, mac: MACAddress?, state: State,
    isExternallyLearned: Bool = false, isManaged: Bool = false
  ) {
    self.address = address
    self.interface = interface
    self.mac = mac
    self.state = state
    self.isExternallyLearned = isExternallyLearned
    self.isManaged = isManaged
  }

  /// Linux `include/uapi/linux/neighbour.h`, NUD_*.
  package enum State: String, Hashable, Sendable, CaseIterable {
    case incomplete = "INCOMPLETE"
    case reachable = "REACHABLE"
    case stale = "STALE"
    case delay = "DELAY"
    case probe = "PROBE"
    case failed = "FAILED"
    case noARP = "NOARP"
    case permanent = "PERMANENT"
  }

  /// The address can be used at once: the state is neither FAILED nor INCOMPLETE.
  package var isUsable: Bool {
    mac != nil && state != .failed && state != .incomplete
  }
}

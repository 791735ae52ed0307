import ControlPlane
import NetModel

/// One stack as a tool in it sees it: its own state, and what the kernel knows of other namespaces.
struct StackView {
  let stack: NetworkStack
  /// All stacks, this one included; only the ends of pairs are looked up in them.
  let snapshot: Snapshot
  /// What interfaces have sent and received; `nil` where nobody asks.
  var counters: InterfaceCounters?

  /// The interface of that name or alternative name; `nil` where there is none.
  func interface(named name: String) -> Interface? {
    stack.interface(named: name) ?? stack.interfaces.first { $0.alternativeNames.contains(name) }
  }

  /// Where the agent's tunnel device sends to, if its settings say so.
  var tunnelPort: UInt16? {
    guard case .host(let node) = stack.id else { return nil }
    return snapshot.datapath(on: node)?.settings.tunnelPort
  }

  /// The other end that the kernel names for an interface (IFLA_LINK); `nil` where it names none.
  func link(of interface: Interface) -> Interface.LinkReference? {
    if let recorded = interface.recordedLink { return recorded }
    guard case .veth(let peer) = interface.attachment else { return nil }
    if peer.stack == stack.id { return .here(name: peer.name) }
    guard let other = snapshot.stack(peer.stack)?.interface(named: peer.name) else { return nil }
    guard let namespace = neighborNamespaces.firstIndex(of: peer.stack) else { return nil }
    return .elsewhere(index: other.index, namespaceID: namespace)
  }

  /// The other namespaces that pairs lead to, in the order of their interfaces: the kernel numbers them as
  /// they are first used, which for pods is the order in which their pairs were made.
  private var neighborNamespaces: [StackID] {
    var found: [StackID] = []
    for interface in stack.interfaces {
      guard case .veth(let peer) = interface.attachment, peer.stack != stack.id else { continue }
      if !found.contains(peer.stack) { found.append(peer.stack) }
    }
    return found
  }

  /// The flags in the order in which `ip` prints them.
  ///
  /// Source: iproute2 `ip/ipaddress.c`, `print_link_flags`.
  func flags(of interface: Interface) -> [String] {
    var flags: [String] = []
    if interface.isUp && !interface.hasCarrier { flags.append("NO-CARRIER") }
    switch interface.attachment {
    case .loopback: flags.append("LOOPBACK")
    case .dummy: flags.append("BROADCAST")
    default: flags += ["BROADCAST", "MULTICAST"]
    }
    if !interface.usesARP && interface.attachment != .loopback { flags.append("NOARP") }
    if interface.isUp { flags.append("UP") }
    if interface.isRunning { flags.append("LOWER_UP") }
    if case .here(let name) = link(of: interface), stack.interface(named: name)?.isUp == false {
      flags.append("M-DOWN")
    }
    return flags
  }

  /// Source: Linux `net/core/link_watch.c`, `default_operstate`; devices without carrier detection stay UNKNOWN.
  func state(of interface: Interface) -> OperationalState {
    guard interface.isUp else { return .down }
    switch interface.attachment {
    case .loopback, .dummy, .tunnel: return .unknown
    default: break
    }
    if interface.hasCarrier { return .up }
    return hasLowerLayer(interface) ? .lowerLayerDown : .down
  }

  private func hasLowerLayer(_ interface: Interface) -> Bool {
    switch link(of: interface) {
    case .here: true
    case .elsewhere(let index, _): index != interface.index
    case nil: false
    }
  }
}

/// The operational state of an interface (RFC 2863), as far as the model has it.
enum OperationalState: String {
  case unknown = "UNKNOWN"
  case down = "DOWN"
  case lowerLayerDown = "LOWERLAYERDOWN"
  case up = "UP"

  var color: IPColor? {
    switch self {
    case .up: .stateUp
    case .down: .stateDown
    case .unknown, .lowerLayerDown: nil
    }
  }
}

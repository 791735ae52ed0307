import ControlPlane
import NetModel

extension Snapshot {
  /// A machine's name; a pod's workload, or its own name where several pods of the workload are on the node.
  func shortName(of stack: StackID) -> String {
    guard case .pod(let pod) = stack else { return stack.description }
    guard let placement = placement(of: pod) else { return pod.name }
    let siblings = pods.filter { $0.workload == placement.workload && $0.node == placement.node }
    return siblings.count == 1 ? placement.workload : pod.name
  }

  /// The address that others know a stack by: a pod's, a node's InternalIP, or a machine's first inside the
  /// network.
  func address(of stack: StackID) -> IPv4Address? {
    guard case .host(let node) = stack else { return podAddress(of: stack) }
    if let datapath = datapath(on: node) { return datapath.nodeAddress }
    let inside = (self.stack(stack)?.interfaces ?? []).filter { interface in
      if case .wire(let id) = interface.attachment { wire(id)?.exit == nil } else { false }
    }
    let outside = (self.stack(stack)?.interfaces ?? []).filter { $0.attachment != .loopback }
    return (inside + outside).lazy.compactMap { $0.addresses.first?.local.address }.first
  }

  func podAddress(of stack: StackID) -> IPv4Address? {
    if case .pod(let pod) = stack { placement(of: pod)?.address } else { nil }
  }

  /// The stack that bears `address`; `nil` where none of the network does.
  func owner(of address: IPv4Address) -> StackID? {
    if let pod = pods.first(where: { $0.address == address }) { return .pod(pod.pod) }
    return stacks.first { $0.interface(bearing: address) != nil }?.id
  }

  /// The machine that a stack is on; `nil` for a pod that is not placed.
  func machine(of stack: StackID) -> NodeID? {
    switch stack {
    case .host(let node): node
    case .pod(let pod): placement(of: pod)?.node
    }
  }

  /// The host side of a pod's veth.
  func hostSide(of stack: StackID) -> String? {
    guard case .pod(let pod) = stack, let node = machine(of: stack) else { return nil }
    for case .pod(let endpoint) in (datapath(on: node)?.endpoints ?? []).map(\.kind) where endpoint.pod == pod
    {
      return endpoint.interface
    }
    return nil
  }

  /// The wire that an interface of a machine is connected to.
  func wire(behind interface: String?, of node: NodeID) -> Wire? {
    guard let interface, let found = stack(.host(node))?.interface(named: interface),
      case .wire(let id) = found.attachment
    else { return nil }
    return wire(id)
  }

  /// A wire that both stacks are connected to, with the interfaces on both sides.
  func sharedWire(_ left: StackID, _ right: StackID) -> (wire: Wire, left: String, right: String)? {
    for mine in stack(left)?.interfaces ?? [] {
      guard case .wire(let id) = mine.attachment, let wire = wire(id), wire.exit == nil else { continue }
      for theirs in stack(right)?.interfaces ?? [] where theirs.attachment == .wire(id) {
        return (wire, mine.name, theirs.name)
      }
    }
    return nil
  }
}

extension Snapshot {
  /// A stack's name in lists: a pod as `WORKLOAD@NODE` where that names one pod alone.
  func listName(of stack: StackID) -> String {
    guard case .pod(let pod) = stack, let placement = placement(of: pod) else { return stack.description }
    let name = shortName(of: stack)
    return name == placement.workload ? "\(name)@\(placement.node)" : name
  }
}

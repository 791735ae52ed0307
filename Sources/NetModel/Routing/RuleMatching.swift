extension RoutingRule.Selector {
  /// Whether a rule with this selector is for the flow.
  ///
  /// Source: Linux `net/core/fib_rules.c`, `fib_rule_match`; `net/ipv4/fib_rules.c`, `fib4_rule_match`.
  func matches(_ flow: RouteFlow) -> Bool {
    (matchesInterfaces(flow) && matchesHeader(flow) && matchesPorts(flow)) != isInverted
  }

  private func matchesInterfaces(_ flow: RouteFlow) -> Bool {
    if let inputInterface, inputInterface != flow.inputInterface { return false }
    if let outputInterface, outputInterface != flow.outputInterface { return false }
    return true
  }

  private func matchesHeader(_ flow: RouteFlow) -> Bool {
    if let mark, (mark ^ flow.mark) & markMask != 0 { return false }
    if let source, !source.contains(flow.source) { return false }
    if let destination, !destination.contains(flow.destination) { return false }
    return tos == 0 || tos == flow.tos
  }

  private func matchesPorts(_ flow: RouteFlow) -> Bool {
    if let ipProtocol, ipProtocol != flow.ipProtocol { return false }
    if let sourcePorts, !sourcePorts.contains(flow.sourcePort) { return false }
    if let destinationPorts, !destinationPorts.contains(flow.destinationPort) { return false }
    return true
  }
}

extension [RoutingRule] {
  /// Only the rules are there that a stack starts with: the tables local and main are searched as one.
  ///
  /// Source: Linux `net/ipv4/fib_rules.c`, `fib_has_custom_rules`; recorded in the kernel vectors.
  package var areUsual: Bool {
    count == 3 && self[0].isUsual(0, .local) && self[1].isUsual(32766, .main)
      && self[2].isUsual(32767, .default)
  }
}

extension RoutingRule {
  /// The rule asks that table for every packet and takes every answer.
  fileprivate func isUsual(_ priority: UInt32, _ table: TableID) -> Bool {
    guard self.priority == priority, action == .lookup(table) else { return false }
    return suppressPrefixLength == nil && suppressInterfaceGroup == nil && selector.isForEveryPacket
  }
}

extension RoutingRule.Selector {
  fileprivate var isForEveryPacket: Bool {
    !isInverted && source == nil && destination == nil && tos == 0 && mark == nil && inputInterface == nil
      && outputInterface == nil && ipProtocol == nil && sourcePorts == nil && destinationPorts == nil
  }
}

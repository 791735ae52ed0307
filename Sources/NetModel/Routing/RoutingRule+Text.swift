extension RoutingRule: CustomStringConvertible {
  /// `PRIORITY: SELECTOR ACTION`, as `ip rule` has it.
  package var description: String { "\(priority): \(words)" }

  /// What `ip rule add` takes to make the rule.
  package var command: String { "\(words) priority \(priority)" }

  private var words: String {
    var words = [selector.description, action.description]
    if let length = suppressPrefixLength { words.append("suppress_prefixlength \(length)") }
    if let group = suppressInterfaceGroup { words.append("suppress_ifgroup \(group)") }
    return words.joined(separator: " ")
  }
}

extension RoutingRule.Selector: CustomStringConvertible {
  package var description: String {
    var words = isInverted ? ["not"] : []
    words.append("from \(source?.description ?? "all")")
    if let destination { words.append("to \(destination)") }
    if tos != 0 { words.append("tos 0x\(String(tos, radix: 16))") }
    if let mark { words.append("fwmark \(mark.hexadecimal)\(maskText)") }
    if let inputInterface { words.append("iif \(inputInterface)") }
    if let outputInterface { words.append("oif \(outputInterface)") }
    if let ipProtocol { words.append("ipproto \(ipProtocol)") }
    if let sourcePorts { words.append("sport \(sourcePorts.text)") }
    if let destinationPorts { words.append("dport \(destinationPorts.text)") }
    return words.joined(separator: " ")
  }

  private var maskText: String { markMask == .max ? "" : "/\(markMask.hexadecimal)" }
}

extension RoutingRule.Action: CustomStringConvertible {
  package var description: String {
    switch self {
    case .lookup(let table): "lookup \(table)"
    case .goto(let priority): "goto \(priority)"
    case .nop: "nop"
    case .blackhole: "blackhole"
    case .unreachable: "unreachable"
    case .prohibit: "prohibit"
    }
  }
}

extension UInt32 {
  fileprivate var hexadecimal: String { "0x\(String(self, radix: 16))" }
}

extension ClosedRange<UInt16> {
  fileprivate var text: String { lowerBound == upperBound ? "\(lowerBound)" : "\(lowerBound)-\(upperBound)" }
}

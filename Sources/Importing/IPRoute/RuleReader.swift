import NetModel

/// Understands the entries of `ip -j rule`.
struct RuleReader {
  /// The numbers of tables that the dump calls by a name.
  var tables = TableNumbers()

  /// The rule of one entry; `nil` where it is one of IPv6.
  mutating func rule(_ node: JSONNode) throws(ReadingError) -> RoutingRule? {
    guard case .object = node.value else { throw node.error(.object) }
    if ["src", "dst"].contains(where: { node.text($0)?.contains(":") == true }) { return nil }
    for name in ["l3mdev", "uidrange", "uid_start", "tun_id", "nat", "flow"] where node.has(name) {
      throw ReadingError(node.line, .notModelled(name))
    }
    guard let priority = try node.integer("priority", in: 0...Int(UInt32.max)) else {
      throw node.error(.field("priority"))
    }
    return RoutingRule(
      priority: UInt32(priority), selector: try RuleReader.selector(node), action: try action(node),
      suppressPrefixLength: try node.integer("suppress_prefixlen", in: 0...32),
      suppressInterfaceGroup: node.text("suppress_ifgroup"),
      protocol: try node.parsed("protocol", as: .number(0...255)) { RouteProtocol(dumped: $0) }
        ?? RuleReader.usualProtocol(priority))
  }

  /// Without `-d` nobody says who made a rule; the three usual ones are the kernel's.
  private static func usualProtocol(_ priority: Int) -> RouteProtocol {
    RoutingRule.initial.contains { Int($0.priority) == priority } ? .kernel : .unspecified
  }

  private mutating func action(_ node: JSONNode) throws(ReadingError) -> RoutingRule.Action {
    if let target = try node.integer("goto", in: 0...Int(UInt32.max)) { return .goto(UInt32(target)) }
    if node.has("nop") { return .nop }
    switch node.text("action") {
    case "blackhole": return .blackhole
    case "unreachable": return .unreachable
    case "prohibit": return .prohibit
    case "nop": return .nop
    default: break
    }
    let table = try node.parsed("table", as: .number(1...Int(UInt32.max))) { tables[$0] }
    guard let table else { throw node.error(.field("table")) }
    return .lookup(table)
  }

  private static func selector(_ node: JSONNode) throws(ReadingError) -> RoutingRule.Selector {
    var selector = RoutingRule.Selector()
    selector.isInverted = node.has("not")
    selector.source = try prefix(node, "src", "srclen")
    selector.destination = try prefix(node, "dst", "dstlen")
    selector.tos = try node.parsed("tos", as: .number(0...255), by: DSField.number) ?? 0
    selector.mark = try node.integer("fwmark", in: 0...Int(UInt32.max)).map(UInt32.init)
    selector.markMask = UInt32(try node.integer("fwmask", in: 0...Int(UInt32.max)) ?? Int(UInt32.max))
    selector.inputInterface = node.text("iif")
    selector.outputInterface = node.text("oif")
    selector.ipProtocol = try node.parsed("ipproto", as: .number(0...255), by: IPProtocol.number)
    selector.sourcePorts = try ports(node, "sport")
    selector.destinationPorts = try ports(node, "dport")
    return selector
  }

  private static func prefix(
    _ node: JSONNode, _ name: String, _ lengthName: String
  ) throws(ReadingError) -> IPv4Prefix? {
    guard let text = node.text(name), text != "all", text != "default" else { return nil }
    let address = try node.parsed(name, as: .address) { IPv4Address(parsing: $0) }
    let length = try node.integer(lengthName, in: 0...32) ?? 32
    return address.map { IPv4Prefix($0, length: length) }
  }

  private static func ports(_ node: JSONNode, _ name: String) throws(ReadingError) -> ClosedRange<UInt16>? {
    if let port = try node.integer(name, in: 0...65535) { return UInt16(port)...UInt16(port) }
    guard let first = try node.integer("\(name)_start", in: 0...65535) else { return nil }
    let last = try node.integer("\(name)_end", in: first...65535) ?? first
    return UInt16(first)...UInt16(last)
  }
}

/// The names that iproute2 prints for protocols of the IPv4 header.
///
/// Source: IANA, Assigned Internet Protocol Numbers.
enum IPProtocol {
  private static let names: [String: UInt8] = [
    "icmp": 1, "igmp": 2, "ipencap": 4, "tcp": 6, "udp": 17, "dccp": 33, "gre": 47, "esp": 50, "ah": 51,
    "ospf": 89, "sctp": 132, "udplite": 136,
  ]

  /// The number of a name or a number.
  static func number(_ text: String) -> UInt8? {
    names[text.lowercased()] ?? UInt8(text)
  }
}

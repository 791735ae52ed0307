import NetModel

/// Understands the entries of `ip -j addr` and `ip -j link`.
enum LinkReader {
  /// What an entry says of its link.
  struct Link {
    var interface: Interface
    /// The other link of this stack that it is tied to.
    var tiedTo: String?
  }

  /// The kinds of links that `-d` names, as far as the model knows them.
  static let kinds: Set<String> = [
    "veth", "dummy", "vxlan", "geneve", "bridge", "bond", "vlan", "wireguard", "tun",
  ]

  /// The link of one entry; `nil` for the empty objects that old versions print.
  static func link(_ node: JSONNode, position: Int) throws(ReadingError) -> Link? {
    guard case .object(let members) = node.value else { throw node.error(.object) }
    if members.isEmpty { return nil }
    let name = try node.requiredText("ifname")
    let flags = Set(node.words("flags"))
    let isLoopback = flags.contains("LOOPBACK") || name == "lo"
    var interface = Interface(
      name: name, index: try node.integer("ifindex", in: 1...Int(Int32.max)) ?? position, mac: .zero,
      attachment: isLoopback ? .loopback : attachment(node))
    interface.mtu = try node.integer("mtu", in: 0...Int(UInt32.max)) ?? (isLoopback ? 65536 : 1500)
    interface.mac = node.text("address").flatMap { MACAddress(parsing: $0) } ?? .zero
    readState(node, flags, into: &interface)
    interface.queueingDiscipline = node.text("qdisc") ?? interface.queueingDiscipline
    interface.group = node.text("group") ?? interface.group
    interface.queueLength = try node.integer("txqlen", in: 0...Int(UInt32.max))
    interface.alternativeNames = node.words("altnames")
    interface.addresses = try addresses(node, of: name)
    interface.ipv6Addresses = try ipv6Addresses(node)
    interface.recordedLink = try reference(node)
    return Link(interface: interface, tiedTo: node.text("link"))
  }

  private static func reference(_ node: JSONNode) throws(ReadingError) -> Interface.LinkReference? {
    if let name = node.text("link") { return .here(name: name) }
    let index = try node.integer("link_index", in: 0...Int(Int32.max))
    let namespace = try node.integer("link_netnsid", in: 0...Int(Int32.max))
    guard let index, let namespace else { return nil }
    return .elsewhere(index: index, namespaceID: namespace)
  }

  /// The flags, or the state where a brief dump has no flags; without either the link is taken for up.
  private static func readState(_ node: JSONNode, _ flags: Set<String>, into interface: inout Interface) {
    if node.has("flags") {
      interface.isUp = flags.contains("UP")
      interface.hasCarrier = flags.contains("LOWER_UP")
      interface.usesARP = !flags.contains("NOARP")
    } else if let state = node.text("operstate") {
      interface.isUp = state != "DOWN"
      interface.hasCarrier = state == "UP" || state == "UNKNOWN"
    }
  }

  private static func attachment(_ node: JSONNode) -> Interface.Attachment {
    switch node["linkinfo"]?.text("info_kind") {
    case "dummy": .dummy
    case "vxlan": .tunnel(.vxlan)
    case "geneve": .tunnel(.geneve)
    default: .unknown
    }
  }

  private static func addresses(
    _ node: JSONNode, of name: String
  ) throws(ReadingError) -> [Interface.Address] {
    var addresses: [Interface.Address] = []
    for element in node["addr_info"]?.elements ?? [] where !isIPv6(element) {
      addresses.append(try address(element, of: name))
    }
    return addresses
  }

  private static func ipv6Addresses(_ node: JSONNode) throws(ReadingError) -> [IPv6InterfaceAddress] {
    var addresses: [IPv6InterfaceAddress] = []
    for element in node["addr_info"]?.elements ?? [] where isIPv6(element) {
      guard let address = element.text("local").flatMap({ IPv6Address(parsing: $0) }) else { continue }
      let length = try element.integer("prefixlen", in: 0...128) ?? 128
      let noPrefixRoute = element.has("noprefixroute")
      addresses.append(IPv6InterfaceAddress(address, length: length, noPrefixRoute: noPrefixRoute))
    }
    return addresses
  }

  private static func isIPv6(_ node: JSONNode) -> Bool {
    node.text("family") == "inet6" || node.text("local")?.contains(":") != false
  }

  private static func address(_ node: JSONNode, of name: String) throws(ReadingError) -> Interface.Address {
    let local = try node.parsed("local", as: .address) { IPv4Address(parsing: $0) }
    guard let local else { throw node.error(.field("local")) }
    let length = try node.integer("prefixlen", in: 0...32) ?? 32
    let scopes = ["global", "site", "link", "host", "nowhere"]
    return Interface.Address(
      local: IPv4InterfaceAddress(local, length: length),
      peer: try node.parsed("address", as: .address) { IPv4Address(parsing: $0) },
      broadcast: try node.parsed("broadcast", as: .address) { IPv4Address(parsing: $0) },
      scope: try node.parsed("scope", as: .word(of: scopes), by: RouteScope.init(dumped:))
        ?? (local.isLoopback ? .host : .global),
      metric: try node.integer("metric", in: 0...Int(UInt32.max)) ?? 0,
      noPrefixRoute: node.has("noprefixroute"), isSecondary: node.has("secondary"),
      label: node.text("label") ?? name)
  }
}

import NetModel

/// What `ip addr` prints of one address of an interface.
///
/// Source: iproute2 `ip/ipaddress.c`, `print_addrinfo`.
enum AddressEntry {
  static func write(_ address: Interface.Address, of interface: Interface, to entry: inout IPEntry) {
    writeStart(family: "inet", of: interface, to: &entry)
    writeLocal(address, to: &entry)
    guard !entry.style.isBrief else { return }
    if let broadcast = address.broadcast {
      entry.addText("brd ")
      entry.add("broadcast", .string(broadcast.description), text: "\(broadcast) ", color: .ipv4)
    }
    entry.add("scope", .string(address.scope.description), text: "scope \(address.scope) ")
    if address.isSecondary { entry.add("secondary", true, text: "secondary ") }
    if address.noPrefixRoute { entry.add("noprefixroute", true, text: "noprefixroute ") }
    entry.add("label", .string(address.label), text: address.label)
    writeLifetimes(to: &entry)
  }

  static func write(_ address: IPv6InterfaceAddress, of interface: Interface, to entry: inout IPEntry) {
    writeStart(family: "inet6", of: interface, to: &entry)
    let local = address.address.description
    entry.add("local", .string(local), text: local, color: .ipv6)
    entry.add("prefixlen", .number(address.length), text: "/\(address.length) ")
    guard !entry.style.isBrief else { return }
    entry.add("scope", .string(address.scope.description), text: "scope \(address.scope) ")
    if address.noPrefixRoute { entry.add("noprefixroute", true, text: "noprefixroute ") }
    writeLifetimes(to: &entry)
  }

  private static func writeStart(family: String, of interface: Interface, to entry: inout IPEntry) {
    guard !entry.style.isBrief else { return }
    if entry.style.isOneLine {
      entry.addMember("index", .number(interface.index))
      entry.addMember("dev", .string(interface.name))
      entry.addText("\(interface.index): \(interface.name)")
    }
    entry.add("family", .string(family), text: "    \(family) ")
  }

  private static func writeLocal(_ address: Interface.Address, to entry: inout IPEntry) {
    let local = address.local.address.description
    entry.add("local", .string(local), text: local, color: .ipv4)
    if let peer = address.peer {
      entry.addText(" peer ")
      entry.add("address", .string(peer.description), text: peer.description, color: .ipv4)
    }
    entry.add("prefixlen", .number(address.local.length), text: "/\(address.local.length) ")
    guard address.metric != 0 else { return }
    entry.add("metric", .number(address.metric), text: "metric \(address.metric) ")
  }

  /// The model's addresses do not expire.
  private static func writeLifetimes(to entry: inout IPEntry) {
    let forever = Int(UInt32.max)
    entry.addText(entry.style.lineBreak)
    entry.add("valid_life_time", .number(forever), text: "       valid_lft forever")
    entry.add("preferred_life_time", .number(forever), text: " preferred_lft forever")
    entry.addText("\n")
  }
}

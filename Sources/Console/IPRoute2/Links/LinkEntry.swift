import NetModel

/// What `ip link` and `ip addr` print of interfaces.
///
/// Source: iproute2 `ip/ipaddress.c`, `print_linkinfo`, and `lib/utils.c`, `print_name_and_link`.
struct LinkEntry {
  let view: StackView
  let interface: Interface
  /// The command is `ip link`, or `ip -0 addr`.
  let options: Options

  struct Options {
    /// `ip link`: the link mode is printed.
    var isLinkCommand = false
    /// The second line with the link-layer addresses is printed.
    var showsLinkLayer = true
    /// `ip link` and `ip -0 addr`: the short form has the link-layer address.
    var isPacketFamily = false
    /// `ip -6 addr`: the kernel's IPv6 part answers, which knows less.
    ///
    /// Source: Linux `net/ipv6/addrconf.c`, `inet6_fill_ifinfo`.
    var isIPv6Family = false
  }

  /// Writes the interface; the addresses follow it.
  func write(to entry: inout IPEntry) {
    guard !entry.style.isBrief else { return writeBrief(to: &entry) }
    entry.add("ifindex", .number(interface.index), text: "\(interface.index): ")
    writeName(to: &entry, suffix: ": ")
    writeFlags(to: &entry)
    entry.add("mtu", .number(interface.mtu), text: "mtu \(interface.mtu) ")
    if !options.isIPv6Family {
      entry.add(
        "qdisc", .string(interface.queueingDiscipline), text: "qdisc \(interface.queueingDiscipline) ")
    }
    entry.addMember("operstate", .string(state.rawValue))
    entry.addText("state ")
    entry.addText("\(state.rawValue) ", color: state.color)
    if options.isLinkCommand { entry.add("linkmode", "DEFAULT", text: "mode DEFAULT ") }
    if !options.isIPv6Family {
      entry.add("group", .string(interface.group), text: "group \(interface.group) ")
    }
    if let length = interface.queueLength { entry.add("txqlen", .number(length), text: "qlen \(length)") }
    if options.showsLinkLayer { writeLinkLayer(to: &entry) }
    if !options.isIPv6Family {
      writeNamespace(to: &entry)
      if entry.style.showsDetails { writeDetails(to: &entry) }
    }
    if options.isLinkCommand, let counts = view.counters?[InterfaceID(view.stack.id, interface.name)] {
      entry.addText(entry.style.lineBreak)
      LinkStatistics(counts).write(to: &entry)
    }
    if !options.isIPv6Family { writeAlternativeNames(to: &entry) }
    entry.addText("\n")
  }

  private func writeBrief(to entry: inout IPEntry) {
    writeName(to: &entry, suffix: " ", width: 16)
    entry.add(
      "operstate", .string(state.rawValue), text: padded(state.rawValue, to: 14) + " ", color: state.color)
    guard options.isPacketFamily else { return }
    let mac = interface.mac.description
    entry.add("address", .string(mac), text: mac + " ", color: .mac)
    writeFlags(to: &entry)
    entry.addText("\n")
  }

  private func writeName(to entry: inout IPEntry, suffix: String, width: Int = 0) {
    var name = interface.name
    switch view.link(of: interface) {
    case .here(let other):
      entry.addMember("link", .string(other))
      name += "@\(other)"
    case .elsewhere(let index, _):
      entry.addMember("link_index", .number(index))
      name += "@if\(index)"
    case nil: break
    }
    entry.addMember("ifname", .string(interface.name))
    entry.addText(padded(name, to: width) + suffix, color: .interfaceName)
  }

  private func writeFlags(to entry: inout IPEntry) {
    let flags = view.flags(of: interface)
    entry.add("flags", .array(flags.map { .string($0) }), text: "<\(flags.joined(separator: ","))> ")
  }

  private func writeLinkLayer(to entry: inout IPEntry) {
    let type = interface.attachment == .loopback ? "loopback" : "ether"
    let mac = interface.mac.description
    let broadcast = interface.attachment == .loopback ? MACAddress.zero : .broadcast
    entry.addText(entry.style.lineBreak)
    entry.add("link_type", .string(type), text: "    link/\(type) ")
    entry.add("address", .string(mac), text: mac, color: .mac)
    entry.addText(" brd ")
    entry.add("broadcast", .string(broadcast.description), text: broadcast.description, color: .mac)
  }

  private func writeNamespace(to entry: inout IPEntry) {
    guard case .elsewhere(_, let namespace) = view.link(of: interface) else { return }
    entry.add("link_netnsid", .number(namespace), text: " link-netnsid \(namespace)")
  }

  private func writeDetails(to entry: inout IPEntry) {
    LinkDetails(attachment: interface.attachment, tunnelPort: view.tunnelPort).write(to: &entry)
  }

  private func writeAlternativeNames(to entry: inout IPEntry) {
    guard !interface.alternativeNames.isEmpty else { return }
    entry.addMember("altnames", .array(interface.alternativeNames.map { .string($0) }))
    for name in interface.alternativeNames {
      entry.addText("\(entry.style.lineBreak)    altname \(name)")
    }
  }

  private var state: OperationalState { view.state(of: interface) }
}

/// `text` with blanks behind it up to `width` characters.
func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

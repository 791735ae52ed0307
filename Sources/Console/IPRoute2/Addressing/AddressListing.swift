import NetModel

/// `ip addr show` and `ip link show`.
///
/// Source: iproute2 `ip/ipaddress.c`, `ipaddr_list_flush_or_save` and `ipaddr_filter`.
struct AddressListing {
  let view: StackView
  let filter: AddressFilter
  let style: IPStyle
  var isLinkCommand = false

  /// - Throws: `deviceDoesNotExist`, `notModelled`.
  func output() throws(IPFailure) -> String {
    var entries: [IPEntry] = []
    for interface in try interfaces() where isListed(interface) {
      entries.append(entry(for: interface))
    }
    return listing(entries, style: style)
  }

  private var isPacketFamily: Bool { filter.family == .link }

  private func interfaces() throws(IPFailure) -> [Interface] {
    if let name = filter.device {
      guard let interface = view.interface(named: name) else { throw .deviceDoesNotExist(name) }
      return [interface]
    }
    var selected: [Interface] = []
    for interface in view.stack.interfaces where try filter.matchesKind(of: interface) {
      selected.append(interface)
    }
    return selected
  }

  /// An interface is left out where none of its addresses is asked for; one without any is shown unless a
  /// family was asked for.
  private func isListed(_ interface: Interface) -> Bool {
    guard !isPacketFamily else { return true }
    if interface.addresses.isEmpty && interface.ipv6Addresses.isEmpty { return filter.family == nil }
    return interface.addresses.contains(where: filter.selects)
      || interface.ipv6Addresses.contains { filter.selects($0, of: interface) }
  }

  /// The entry is empty where a filter leaves the interface out only now, as the real tool's is.
  private func entry(for interface: Interface) -> IPEntry {
    var entry = IPEntry(style: style)
    if style.isBrief || !style.isOneLine || isPacketFamily {
      if filter.isUp && !interface.isUp { return entry }
      if let group = filter.group, group != interface.group { return entry }
      if filter.label == nil { writeLink(interface, to: &entry) }
    }
    if !isPacketFamily { writeAddresses(of: interface, to: &entry) }
    if !isLinkCommand, !style.isBrief, let counts = view.counters?[InterfaceID(view.stack.id, interface.name)]
    {
      LinkStatistics(counts).write(to: &entry)
      entry.addText("\n")
    }
    return entry
  }

  private func writeLink(_ interface: Interface, to entry: inout IPEntry) {
    let options = LinkEntry.Options(
      isLinkCommand: isLinkCommand, showsLinkLayer: filter.family == nil || isPacketFamily,
      isPacketFamily: isPacketFamily, isIPv6Family: filter.family == .inet6)
    LinkEntry(view: view, interface: interface, options: options).write(to: &entry)
  }

  private func writeAddresses(of interface: Interface, to entry: inout IPEntry) {
    let isShown = !filter.isUp || interface.isUp
    var entries: [IPEntry] = []
    for address in interface.addresses where isShown {
      var below = IPEntry(style: style)
      if filter.selects(address) { AddressEntry.write(address, of: interface, to: &below) }
      entries.append(below)
    }
    for address in interface.ipv6Addresses where isShown && filter.family != .inet {
      var below = IPEntry(style: style)
      if filter.selects(address, of: interface) { AddressEntry.write(address, of: interface, to: &below) }
      entries.append(below)
    }
    entry.addEntries("addr_info", entries)
    if style.isBrief { entry.addText("\n") }
  }
}

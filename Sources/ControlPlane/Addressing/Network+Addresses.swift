import NetModel

/// Which address to delete; `nil` fits any.
package struct AddressSelector: Hashable, Sendable {
  package var address: IPv4Address
  /// The subnet, or the peer with its length.
  package var subnet: IPv4InterfaceAddress?
  package var label: String?

  package init(address: IPv4Address, subnet: IPv4InterfaceAddress? = nil, label: String? = nil) {
    self.address = address
    self.subnet = subnet
    self.label = label
  }

  /// Source: Linux `net/ipv4/devinet.c`, `inet_rtm_deladdr`.
  package func fits(_ other: Interface.Address) -> Bool {
    guard other.local.address == address, label == nil || label == other.label else { return false }
    guard let subnet else { return true }
    return subnet.prefix == other.subnet
  }
}

extension Network {
  mutating func addAddress(_ address: Interface.Address, to id: InterfaceID) throws(EditError) {
    let place = try ownPlace(of: id)
    try machines[place.machine].stack.interfaces[place.interface].add(address)
  }

  mutating func deleteAddress(_ selector: AddressSelector, from id: InterfaceID) throws(EditError) {
    let place = try ownPlace(of: id)
    try machines[place.machine].stack.interfaces[place.interface].deleteAddress(selector)
  }

  private func ownPlace(of id: InterfaceID) throws(EditError) -> (machine: Int, interface: Int) {
    guard try runningStack(id.stack).interface(named: id.name) != nil else { throw .unknownInterface(id) }
    guard let machine = machines.firstIndex(where: { $0.stack.id == id.stack }),
      let interface = machines[machine].stack.interfaces.firstIndex(where: { $0.name == id.name })
    else { throw .interfaceOfAgent(id) }
    return (machine, interface)
  }
}

extension Interface {
  /// Adds an address where the kernel puts it: a secondary one at the end, a primary one behind the last
  /// primary whose scope is not wider.
  ///
  /// Source: Linux `net/ipv4/devinet.c`, `__inet_insert_ifa`.
  fileprivate mutating func add(_ address: Address) throws(EditError) {
    var address = address
    for other in addresses where other.subnet == address.subnet {
      if other.local.address == address.local.address { throw .addressAssigned(address.local) }
      if other.scope != address.scope { throw .invalidAddressScope(address.scope) }
      address.isSecondary = true
    }
    let last = addresses.lastIndex { !$0.isSecondary && address.scope <= $0.scope }
    let place = address.isSecondary ? addresses.endIndex : last.map { $0 + 1 } ?? 0
    addresses.insert(address, at: place)
  }

  /// Source: Linux `net/ipv4/devinet.c`, `__inet_del_ifa`, with `promote_secondaries` 0.
  fileprivate mutating func deleteAddress(_ selector: AddressSelector) throws(EditError) {
    guard let place = addresses.firstIndex(where: selector.fits) else { throw .noSuchAddress(selector) }
    let deleted = addresses.remove(at: place)
    guard !deleted.isSecondary else { return }
    addresses.removeAll { $0.isSecondary && $0.subnet == deleted.subnet }
  }
}

/// The name of a wire.
package struct WireID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let name: String

  package init(_ name: String) {
    self.name = name
  }

  package var description: String { name }

  package static func < (left: WireID, right: WireID) -> Bool { left.name < right.name }
}

/// A link-layer network: what one interface sends, all others on it can receive.
package struct Wire: Hashable, Sendable {
  package var id: WireID
  /// The subnet that it carries, for display; `nil` where nobody said.
  package var subnet: IPv4Prefix?
  /// The way out of the modelled network, where this wire is one.
  package var exit: Exit?
  /// The largest IP packet that passes, in bytes; `nil` for no limit of its own.
  package var mtu: Int?
  /// UDP destination ports that something on the wire discards.
  package var blockedUDPPorts: [UInt16]

  package init(
    id: WireID, subnet: IPv4Prefix? = nil, exit: Exit? = nil, mtu: Int? = nil,
    blockedUDPPorts: [UInt16] = []
  ) {
    self.id = id
    self.subnet = subnet
    self.exit = exit
    self.mtu = mtu
    self.blockedUDPPorts = blockedUDPPorts
  }

  /// Machines on a wire that are not modelled: what is sent to them has left the network.
  package struct Exit: Hashable, Sendable {
    /// The addresses that answer ARP there, in ascending order, with their link-layer addresses.
    package var gateways: [Gateway]

    package init(gateways: [Gateway]) {
      self.gateways = gateways
    }

    package struct Gateway: Hashable, Sendable {
      package var address: IPv4Address
      package var mac: MACAddress

      package init(address: IPv4Address, mac: MACAddress) {
        self.address = address
        self.mac = mac
      }
    }
  }
}

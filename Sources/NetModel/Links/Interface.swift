/// One network interface of a stack, as `ip link` and `ip addr` show it.
package struct Interface: Hashable, Sendable {
  /// The name, unique in its stack (at most 15 bytes on Linux).
  package var name: String
  /// The number the kernel knows it by, from 1.
  package var index: Int
  package var mac: MACAddress
  /// The largest IP packet it sends, in bytes.
  package var mtu: Int
  /// Set up by the administrator (flag UP).
  package var isUp: Bool
  /// The cable carries (flag LOWER_UP).
  package var hasCarrier: Bool
  /// Neighbors are asked for by ARP (flag NOARP not set).
  package var usesARP: Bool
  /// In the order in which they were added; the first of a subnet is its primary address.
  package var addresses: [Address]
  /// For display alone: no walk uses them.
  package var ipv6Addresses: [IPv6InterfaceAddress]
  package var attachment: Attachment
  /// What `ip link` printed behind the name's `@`, where it was recorded; where `nil`, the attachment tells.
  package var recordedLink: LinkReference?
  /// Further names, as udev gives them (`altname`).
  package var alternativeNames: [String]
  /// The queueing discipline that `ip link` prints.
  package var queueingDiscipline: String
  /// The transmit queue's length that `ip link` prints (`qlen`); `nil` where it prints none.
  package var queueLength: Int?
  /// The interface group that `ip link` prints.
  package var group: String

  package init(
    name: String, index: Int, mac: MACAddress, mtu: Int = 1500, isUp: Bool = true, hasCarrier: Bool = true,
    usesARP: Bool = true, addresses: [Address] = [], ipv6Addresses: [IPv6InterfaceAddress] = [],
    attachment: Attachment, recordedLink: LinkReference? = nil, alternativeNames: [String] = [],
    queueingDiscipline: String = "noqueue",
    queueLength: Int? = 1000, group: String = "default"
  ) {
    self.name = name
    self.index = index
    self.mac = mac
    self.mtu = mtu
    self.isUp = isUp
    self.hasCarrier = hasCarrier
    self.usesARP = usesARP
    self.addresses = addresses
    self.ipv6Addresses = ipv6Addresses
    self.attachment = attachment
    self.recordedLink = recordedLink
    self.alternativeNames = alternativeNames
    self.queueingDiscipline = queueingDiscipline
    self.queueLength = queueLength
    self.group = group
  }

  /// Up and with carrier: frames can leave and arrive.
  package var isRunning: Bool { isUp && hasCarrier }

  /// One IPv4 address of an interface.
  package struct Address: Hashable, Sendable {
    /// The address and the length of its subnet; with a peer, the length is the peer's.
    package var local: IPv4InterfaceAddress
    /// The other end of a point-to-point link, where it differs from the address itself.
    package var peer: IPv4Address?
    package var broadcast: IPv4Address?
    package var scope: RouteScope
    /// The metric of the connected route; 0 where none was given.
    package var metric: Int
    /// No connected route was made for it (`noprefixroute`).
    package var noPrefixRoute: Bool
    /// A further address of a subnet that has a primary one (flag `secondary`).
    package var isSecondary: Bool
    /// The label that `ip addr` prints behind the scope.
    package var label: String

    package init(
      local: IPv4InterfaceAddress, peer: IPv4Address? = nil, broadcast: IPv4Address? = nil,
      scope: RouteScope = .global, metric: Int = 0, noPrefixRoute: Bool = false, isSecondary: Bool = false,
      label: String
    ) {
      self.local = local
      self.peer = peer
      self.broadcast = broadcast
      self.scope = scope
      self.metric = metric
      self.noPrefixRoute = noPrefixRoute
      self.isSecondary = isSecondary
      self.label = label
    }
  }

  /// Another interface that this one names as its other end (IFLA_LINK).
  package enum LinkReference: Hashable, Sendable {
    /// An interface of the same stack, by its name.
    case here(name: String)
    /// An interface of another network namespace: its index there, and the number that this stack knows
    /// the other namespace by (`link-netnsid`).
    case elsewhere(index: Int, namespaceID: Int)
  }

  /// What an interface is connected to.
  package enum Attachment: Hashable, Sendable {
    case loopback
    /// No other end: what is sent there disappears (`type dummy`).
    case dummy
    /// A cable to a wire of the network.
    case wire(WireID)
    /// One end of a pair; the other end's stack and name.
    case veth(peer: InterfaceID)
    /// A tunnel device that takes its remote end and key from the packet (`external`).
    case tunnel(TunnelProtocol)
    /// Known by an import that does not say what is behind it.
    case unknown
  }
}

/// An interface of the network: a stack and a name in it.
package struct InterfaceID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let stack: StackID
  package let name: String

  package init(_ stack: StackID, _ name: String) {
    self.stack = stack
    self.name = name
  }

  package var description: String { "\(stack) \(name)" }

  package static func < (left: InterfaceID, right: InterfaceID) -> Bool {
    (left.stack, left.name) < (right.stack, right.name)
  }
}

/// The encapsulations that a Cilium tunnel can use.
package enum TunnelProtocol: String, Hashable, Sendable, CaseIterable {
  case vxlan
  case geneve

  /// The UDP port that Cilium uses unless `tunnelPort` is set.
  ///
  /// Source: Cilium `pkg/defaults/defaults.go`.
  package var defaultPort: UInt16 {
    switch self {
    case .vxlan: 8472
    case .geneve: 6081
    }
  }

  /// The device that the agent makes for it.
  ///
  /// Source: Cilium `pkg/defaults/node.go`.
  package var deviceName: String { "cilium_\(rawValue)" }
}

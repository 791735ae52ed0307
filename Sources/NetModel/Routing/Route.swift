/// The number of a routing table, from 1; 253 to 255 are the usual three.
///
/// Source: Linux `include/uapi/linux/rtnetlink.h`, `RT_TABLE_*`.
package struct TableID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let number: UInt32

  package init(_ number: UInt32) {
    self.number = number
  }

  package static let `default` = TableID(253)
  package static let main = TableID(254)
  package static let local = TableID(255)

  /// `local`, `main`, `default`, or the number.
  package var description: String {
    switch self {
    case .default: "default"
    case .main: "main"
    case .local: "local"
    default: String(number)
    }
  }

  package static func < (left: TableID, right: TableID) -> Bool { left.number < right.number }
}

/// How far away a route's destinations are.
///
/// Source: Linux `include/uapi/linux/rtnetlink.h`, `RT_SCOPE_*`.
package struct RouteScope: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let number: UInt8

  package init(_ number: UInt8) {
    self.number = number
  }

  package static let global = RouteScope(0)
  package static let site = RouteScope(200)
  package static let link = RouteScope(253)
  package static let host = RouteScope(254)
  package static let nowhere = RouteScope(255)

  package var description: String {
    switch self {
    case .global: "global"
    case .site: "site"
    case .link: "link"
    case .host: "host"
    case .nowhere: "nowhere"
    default: String(number)
    }
  }

  /// A higher number is a narrower scope.
  package static func < (left: RouteScope, right: RouteScope) -> Bool { left.number < right.number }
}

/// Who installed a route.
///
/// Source: Linux `include/uapi/linux/rtnetlink.h`, `RTPROT_*`; names as iproute2's `rt_protos` has them.
package struct RouteProtocol: Hashable, Sendable, CustomStringConvertible {
  package let number: UInt8

  package init(_ number: UInt8) {
    self.number = number
  }

  package static let unspecified = RouteProtocol(0)
  package static let redirect = RouteProtocol(1)
  package static let kernel = RouteProtocol(2)
  package static let boot = RouteProtocol(3)
  package static let `static` = RouteProtocol(4)
  package static let dhcp = RouteProtocol(16)
  package static let bird = RouteProtocol(12)
  package static let zebra = RouteProtocol(11)
  package static let bgp = RouteProtocol(186)

  private static let names: [(RouteProtocol, String)] = [
    (.unspecified, "unspec"), (.redirect, "redirect"), (.kernel, "kernel"), (.boot, "boot"),
    (.static, "static"), (RouteProtocol(8), "gated"), (RouteProtocol(9), "ra"), (RouteProtocol(10), "mrt"),
    (.zebra, "zebra"), (.bird, "bird"), (RouteProtocol(13), "dnrouted"), (RouteProtocol(14), "xorp"),
    (RouteProtocol(15), "ntk"), (.dhcp, "dhcp"), (RouteProtocol(18), "keepalived"),
    (RouteProtocol(42), "babel"), (RouteProtocol(99), "openr"), (.bgp, "bgp"), (RouteProtocol(187), "isis"),
    (RouteProtocol(188), "ospf"), (RouteProtocol(189), "rip"), (RouteProtocol(192), "eigrp"),
  ]

  /// The name, or the number where it has none.
  package var description: String {
    RouteProtocol.names.first { $0.0 == self }?.1 ?? String(number)
  }

  /// A name or a number from 0 to 255.
  package init?(parsing text: String) {
    if let named = RouteProtocol.names.first(where: { $0.1 == text }) {
      self = named.0
    } else if let number = decimalNumber(text, atMost: 255) {
      self.init(UInt8(number))
    } else {
      return nil
    }
  }
}

/// What a route does with the packets it matches.
///
/// Source: Linux `include/uapi/linux/rtnetlink.h`, `RTN_*`.
package enum RouteType: String, Hashable, Sendable, CaseIterable {
  case unicast, local, broadcast, anycast, multicast, blackhole, unreachable, prohibit
  case `throw`
}

/// One way to go on from a route.
package struct NextHop: Hashable, Sendable {
  /// The address of the next router; `nil` where the destination itself is on the link.
  package var gateway: IPv4Address?
  /// The interface; `nil` where the route has none (blackhole and its like).
  package var interface: String?
  /// The share of a multipath route, from 1 to 256.
  package var weight: Int
  package var flags: Flags

  package init(gateway: IPv4Address? = nil, interface: String?, weight: Int = 1, flags: Flags = []) {
    self.gateway = gateway
    self.interface = interface
    self.weight = weight
    self.flags = flags
  }

  package struct Flags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// The gateway is taken for on-link whatever the table says.
    package static let onLink = Flags(rawValue: 1)
    /// The interface was set down.
    package static let dead = Flags(rawValue: 2)
    /// The interface has lost its carrier.
    package static let linkDown = Flags(rawValue: 4)
    /// What follows from the state of the interface.
    package static let linkState = Flags(rawValue: dead.rawValue | linkDown.rawValue)
  }
}

/// One entry of a routing table.
package struct Route: Hashable, Sendable {
  package var table: TableID
  package var type: RouteType
  package var destination: IPv4Prefix
  /// The type-of-service byte that a packet must bear; 0 for any.
  package var tos: UInt8
  /// Lower wins among routes to the same prefix; 0 where none was given.
  package var metric: UInt32
  package var `protocol`: RouteProtocol
  package var scope: RouteScope
  /// The source address of packets that have none yet (`src`).
  package var preferredSource: IPv4Address?
  /// In the order of the route; more than one is a multipath route; empty for blackhole and its like.
  package var nextHops: [NextHop]
  /// The nexthop object (`nhid`) that the next hops came from; `nil` where they are the route's own.
  package var nextHopID: UInt32?
  /// The attributes that a route can set (`mtu`, `advmss` ...), by name in ascending order; values as printed.
  package var metrics: [Attribute]

  package init(
    table: TableID = .main, type: RouteType = .unicast, destination: IPv4Prefix, tos: UInt8 = 0,
    metric: UInt32 = 0, protocol: RouteProtocol = .boot, scope: RouteScope = .global,
    preferredSource: IPv4Address? = nil, nextHops: [NextHop], nextHopID: UInt32? = nil,
    metrics: [Attribute] = []
  ) {
    self.table = table
    self.type = type
    self.destination = destination
    self.tos = tos
    self.metric = metric
    self.protocol = `protocol`
    self.scope = scope
    self.preferredSource = preferredSource
    self.nextHops = nextHops
    self.nextHopID = nextHopID
    self.metrics = metrics
  }

  package struct Attribute: Hashable, Sendable {
    package var name: String
    package var value: Int
    /// The kernel may not change it (`lock`).
    package var isLocked: Bool

    package init(name: String, value: Int, isLocked: Bool = false) {
      self.name = name
      self.value = value
      self.isLocked = isLocked
    }
  }

  /// The largest packet by this route in bytes, where the route sets it.
  package var mtu: Int? { metrics.first { $0.name == "mtu" }?.value }
}

import ControlPlane
import NetModel

/// What happened to one packet: all paths that it can take, hop by hop.
///
/// A walk stands alone: it copies the values it used and points into no state that may change.
package struct Walk: Hashable, Sendable {
  package var flow: Flow
  /// The revision of the network that was walked.
  package var revision: Int
  /// One path for each backend and each equal-cost branch, in the order of slots and next hops.
  package var paths: [Path]

  package init(flow: Flow, revision: Int, paths: [Path]) {
    self.flow = flow
    self.revision = revision
    self.paths = paths
  }
}

/// The question of a walk: who sends what to whom.
package struct Flow: Hashable, Sendable {
  /// The stack whose program sends.
  package var origin: StackID
  package var destination: IPv4Address
  package var content: Content
  /// The backend to choose where the destination is a Service; `nil` follows all.
  package var backend: Backend?
  /// Bytes of data in a datagram or an echo request; `nil` for as many as the tools send.
  package var payloadLength: Int?
  /// Whether routers may cut the packet up; `nil` as the tools ask for it.
  package var dontFragment: Bool?
  package var choices: Choices

  package init(
    origin: StackID, destination: IPv4Address, content: Content, backend: Backend? = nil,
    payloadLength: Int? = nil, dontFragment: Bool? = nil, choices: Choices = Choices()
  ) {
    self.origin = origin
    self.destination = destination
    self.content = content
    self.backend = backend
    self.payloadLength = payloadLength
    self.dontFragment = dontFragment
    self.choices = choices
  }

  /// What a program may settle itself; `nil` where it leaves that to its stack.
  package struct Choices: Hashable, Sendable {
    package var source: IPv4Address?
    /// The interface that its socket is bound to.
    package var device: String?
    package var ttl: UInt8?
    /// The whole type-of-service byte.
    package var tos: UInt8?
    /// The source port, or an echo request's identifier.
    package var port: UInt16?
    /// An echo request's number, from 1.
    package var sequence: UInt16?
    /// What stands for everything that a stack draws at random: sequence and identification numbers.
    package var draw: UInt64?
    package var payload: Payload?
    /// What the program at the other end answers to a datagram.
    package var answer: Payload?

    package init(
      source: IPv4Address? = nil, device: String? = nil, ttl: UInt8? = nil, tos: UInt8? = nil,
      port: UInt16? = nil, sequence: UInt16? = nil, draw: UInt64? = nil, payload: Payload? = nil,
      answer: Payload? = nil
    ) {
      self.source = source
      self.device = device
      self.ttl = ttl
      self.tos = tos
      self.port = port
      self.sequence = sequence
      self.draw = draw
      self.payload = payload
      self.answer = answer
    }
  }

  package enum Content: Hashable, Sendable {
    /// A connection's first segment, or a datagram, to that port.
    case transport(Transport, port: UInt16)
    /// An ICMP echo request.
    case echo
  }

  package struct Backend: Hashable, Sendable {
    package var address: IPv4Address
    package var port: UInt16

    package init(address: IPv4Address, port: UInt16) {
      self.address = address
      self.port = port
    }
  }
}

/// One way through the network.
package struct Path: Hashable, Sendable {
  /// The backend that the Service's frontend was translated to; `nil` where there was no Service.
  package var backend: Flow.Backend?
  /// The branch taken where equal-cost routes made several paths; `nil` elsewhere.
  package var branch: Branch?
  package var hops: [Hop]
  package var outcome: Outcome
  /// What comes back, where an answer was asked for and something answers.
  package var reply: Reply?

  package init(
    backend: Flow.Backend? = nil, branch: Branch? = nil, hops: [Hop], outcome: Outcome, reply: Reply? = nil
  ) {
    self.backend = backend
    self.branch = branch
    self.hops = hops
    self.outcome = outcome
    self.reply = reply
  }

  package struct Branch: Hashable, Sendable {
    package var node: NodeID
    package var gateway: IPv4Address

    package init(node: NodeID, gateway: IPv4Address) {
      self.node = node
      self.gateway = gateway
    }
  }

  package struct Reply: Hashable, Sendable {
    package var hops: [Hop]
    package var outcome: Outcome

    package init(hops: [Hop], outcome: Outcome) {
      self.hops = hops
      self.outcome = outcome
    }
  }
}

/// What one machine did with the packet, from its arrival to its departure.
package struct Hop: Hashable, Sendable {
  package var node: NodeID
  /// The interface it came in by: the underlay's, or the host side of the sending pod's veth; `nil` for the
  /// host's own packet.
  package var arrival: String?
  /// The interface it left by: the underlay's, or the host side of the receiving pod's veth; `nil` where it
  /// ended here or was for the host itself.
  package var departure: String?
  /// The packet leaves inside a tunnel header.
  package var isEncapsulated: Bool
  /// Of the inner IP header.
  package var ttlOnArrival: UInt8
  /// Of the inner IP header; `nil` where the packet died here.
  package var ttlOnDeparture: UInt8?
  package var steps: [Step]

  package init(
    node: NodeID, arrival: String?, departure: String? = nil, isEncapsulated: Bool = false,
    ttlOnArrival: UInt8, ttlOnDeparture: UInt8? = nil, steps: [Step] = []
  ) {
    self.node = node
    self.arrival = arrival
    self.departure = departure
    self.isEncapsulated = isEncapsulated
    self.ttlOnArrival = ttlOnArrival
    self.ttlOnDeparture = ttlOnDeparture
    self.steps = steps
  }
}

/// How a path ended.
package struct Outcome: Hashable, Sendable {
  package var disposition: Disposition
  /// The machine where it ended.
  package var node: NodeID
  /// Where the packet was delivered or left the network: the interface.
  package var interface: String?
  package var reason: Reason
  /// The number that Cilium or the kernel has for the reason; `nil` where there is none.
  package var code: Int?

  package init(
    disposition: Disposition, node: NodeID, interface: String? = nil, reason: Reason, code: Int? = nil
  ) {
    self.disposition = disposition
    self.node = node
    self.interface = interface
    self.reason = reason
    self.code = code
  }
}

/// The kinds of ending; the words are those of Batfish where it has one.
package enum Disposition: String, Hashable, Sendable, CaseIterable {
  case delivered = "DELIVERED"
  /// It left the modelled network.
  case exitsNetwork = "EXITS_NETWORK"
  case noRoute = "NO_ROUTE"
  /// A blackhole route, or its like.
  case nullRouted = "NULL_ROUTED"
  case neighborUnreachable = "NEIGHBOR_UNREACHABLE"
  /// A policy refused it.
  case denied = "DENIED"
  /// Cilium or the kernel dropped it for a reason with a code.
  case dropped = "DROPPED"
  case loop = "LOOP"
  /// The model lacks what it would take to go on; nothing was dropped.
  case undecided = "UNDECIDED"
}

/// Why a path ended; the raw value is the stable code that JSON carries.
package enum Reason: String, Hashable, Sendable, CaseIterable {
  // Delivered.
  /// A program accepts: a listening TCP port, a bound UDP port, or the kernel for an echo request.
  case accepted
  /// Nobody listens on the TCP port: the host answers with RST.
  case tcpPortClosed = "tcp-port-closed"
  /// Nobody listens on the UDP port: the host answers with ICMP port unreachable.
  case udpPortClosed = "udp-port-closed"
  /// An answer reached the one who asked.
  case answered

  // Left the network.
  case leftNetwork = "left-network"

  // Routing.
  case noRoute = "no-route"
  case unreachableRoute = "unreachable-route"
  case prohibitRoute = "prohibit-route"
  case blackholeRoute = "blackhole-route"
  case forwardingDisabled = "forwarding-disabled"
  case reversePathFilter = "reverse-path-filter"
  case martian
  case ttlExceeded = "ttl-exceeded"
  case forwardingLoop = "forwarding-loop"
  case fibLookupFailed = "fib-lookup-failed"

  // Links and neighbors.
  case noARPAnswer = "no-arp-answer"
  case linkDown = "link-down"
  case nodeDown = "node-down"
  case notAddressedToHost = "not-addressed-to-host"
  case portBlocked = "port-blocked"
  case packetTooBig = "packet-too-big"

  // Cilium.
  case noServiceBackend = "no-service-backend"
  case serviceBackendNotFound = "service-backend-not-found"
  case invalidSource = "invalid-source"
  case policyDenied = "policy-denied"
  case policyDeniedByDenylist = "policy-denied-by-denylist"
  case staleOrUnroutable = "stale-or-unroutable-ip"
  case noTunnelDevice = "no-tunnel-device"
  case invalidIdentity = "invalid-identity"
  case isClusterIP = "is-a-cluster-ip"
  case deniedBySourceRange = "denied-by-source-range"

  // The model's own limits.
  case pathTooLong = "path-too-long"
  case unknownAttachment = "unknown-attachment"
  case notModelled = "not-modelled"
}

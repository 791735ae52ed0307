import ControlPlane
import NetModel

/// One decision about the packet: a question, the evidence, the answer, and the packet before and after.
package struct Step: Hashable, Sendable {
  package var kind: Kind
  /// The BPF program or kernel stage that decided.
  package var hook: Hook
  /// The stack it ran in.
  package var stack: StackID
  /// The device it ran on; `nil` where it belongs to none.
  package var device: String?
  package var evidence: Evidence
  package var before: Packet
  package var after: Packet
  package var grounds: Grounds

  package init(
    kind: Kind, hook: Hook, stack: StackID, device: String? = nil, evidence: Evidence, before: Packet,
    after: Packet, grounds: Grounds
  ) {
    self.kind = kind
    self.hook = hook
    self.stack = stack
    self.device = device
    self.evidence = evidence
    self.before = before
    self.after = after
    self.grounds = grounds
  }

  /// What was decided; the raw value is the stable code that JSON carries.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A program hands a packet (or a connect call) to its stack.
    case send
    case socketTranslation = "socket-translation"
    case routeLookup = "route-lookup"
    case neighborLookup = "neighbor-lookup"
    case sourceCheck = "source-check"
    case identityLookup = "identity-lookup"
    case conntrackLookup = "conntrack-lookup"
    case policyVerdict = "policy-verdict"
    case serviceLookup = "service-lookup"
    case serviceTranslation = "service-translation"
    case directReturn = "direct-return"
    case endpointLookup = "endpoint-lookup"
    case tunnelDecision = "tunnel-decision"
    case encapsulation
    case decapsulation
    case masquerade
    case reverseTranslation = "reverse-translation"
    case forward
    case sizeCheck = "size-check"
    /// A router tells a sender on the same link of a better next hop; the packet itself goes on.
    case redirect
    case localDelivery = "local-delivery"
    case hostDelivery = "host-delivery"
    case transmit
    case leaveNetwork = "leave-network"
    case accept
    case drop
  }

  /// What ran; the raw value is its own name.
  package enum Hook: String, Hashable, Sendable, CaseIterable {
    case connect4 = "cil_sock4_connect"
    case sendmsg4 = "cil_sock4_sendmsg"
    case recvmsg4 = "cil_sock4_recvmsg"
    case fromContainer = "cil_from_container"
    case arpResponder = "tail_handle_arp"
    case policyProgram = "cil_lxc_policy"
    case toContainer = "cil_to_container"
    case fromNetdev = "cil_from_netdev"
    case toNetdev = "cil_to_netdev"
    case fromHost = "cil_from_host"
    case toHost = "cil_to_host"
    case fromOverlay = "cil_from_overlay"
    case toOverlay = "cil_to_overlay"
    case program
    case routeOutput = "ip_route_output"
    case routeInput = "ip_route_input"
    case neighborResolve = "neigh_resolve_output"
    case forward = "ip_forward"
    case sendRedirect = "ip_rt_send_redirect"
    case preRouting = "nf_nat_ipv4_in"
    case postRouting = "nf_nat_ipv4_out"
    case localDeliver = "ip_local_deliver"
    case tcpReceive = "tcp_v4_rcv"
    case udpReceive = "udp_rcv"
    case icmpReceive = "icmp_rcv"
    case vxlanTransmit = "vxlan_xmit"
    case vxlanReceive = "vxlan_rcv"
    case geneveTransmit = "geneve_xmit"
    case geneveReceive = "geneve_rx"
    case redirectNeighbor = "bpf_redirect_neigh"
    case queueTransmit = "dev_queue_xmit"
    case wire
  }
}

/// What a step looked at, and what it found.
package enum Evidence: Hashable, Sendable {
  /// A program's call: what it asks its stack for.
  case call(StackID)
  case route(RouteLookup)
  case neighbor(NeighborEvidence)
  case source(SourceCheck)
  case identity(IdentityLookup)
  /// The sender's identity as the tunnel header carries it.
  case tunnelKey(SecurityIdentity)
  case conntrack(ConntrackState)
  case policy(PolicyVerdict)
  case service(ServiceLookup)
  case endpoint(EndpointLookup)
  case tunnel(TunnelDecision)
  case masquerade(MasqueradeDecision)
  case reverse(ReverseTranslation)
  case translation(ServiceTranslation)
  case directReturn(DirectReturn)
  case hopLimit(HopLimit)
  case size(SizeCheck)
  case redirect(RedirectNotice)
  case delivery(Delivery)
  /// The packet goes onto a wire.
  case transmission(Transmission)
  case acceptance(Acceptance)
  case ending(Reason)
}

/// Who the next hop's link-layer address was learned from.
package struct NeighborEvidence: Hashable, Sendable {
  package var address: IPv4Address
  package var interface: String
  /// The entries of the neighbor table on that interface, in ascending order of address.
  package var table: [Neighbor]
  package var answer: Answer
  /// Further answers to the same request; the kernel takes none of them.
  package var rivals: [Rival]

  package init(
    address: IPv4Address, interface: String, table: [Neighbor], answer: Answer, rivals: [Rival] = []
  ) {
    self.address = address
    self.interface = interface
    self.table = table
    self.answer = answer
    self.rivals = rivals
  }

  /// A second machine that takes the address for its own, or a second interface of the same machine.
  package struct Rival: Hashable, Sendable {
    package var reply: ARPPacket
    package var responder: Responder
  }

  package enum Answer: Hashable, Sendable {
    /// The table had it.
    case known(MACAddress)
    /// An ARP request was broadcast and answered.
    case resolved(request: ARPPacket, reply: ARPPacket, by: Responder)
    /// Three ARP requests went unanswered.
    case unanswered(request: ARPPacket)
    /// The device does without ARP.
    case notNeeded(MACAddress)
  }

  package enum Responder: Hashable, Sendable {
    /// The kernel of the stack that owns the address.
    case owner(InterfaceID)
    /// BPF on the host side of a pod's veth, for any address.
    case bpf(InterfaceID)
    /// BPF on a device of the node that announces the address.
    case announcer(InterfaceID)
    /// A speaker of MetalLB on the node that announces the address.
    case speaker(InterfaceID)
    /// A machine outside the modelled network.
    case outside(WireID)
  }
}

/// Whether a packet from a pod bears the pod's own address.
package struct SourceCheck: Hashable, Sendable {
  package var source: IPv4Address
  package var expected: IPv4Address

  package init(source: IPv4Address, expected: IPv4Address) {
    self.source = source
    self.expected = expected
  }
}

/// A longest-prefix lookup in `cilium_ipcache_v2`.
package struct IdentityLookup: Hashable, Sendable {
  package var address: IPv4Address
  package var subject: Subject
  /// Every entry that contains the address, longest prefix first, then the nearest that does not.
  package var candidates: [Candidate]
  package var identity: SecurityIdentity

  package init(
    address: IPv4Address, subject: Subject, candidates: [Candidate], identity: SecurityIdentity
  ) {
    self.address = address
    self.subject = subject
    self.candidates = candidates
    self.identity = identity
  }

  package enum Subject: Hashable, Sendable {
    case source, destination
  }

  package struct Candidate: Hashable, Sendable {
    package var entry: IPCacheEntry
    package var why: Why

    package init(entry: IPCacheEntry, why: Why) {
      self.entry = entry
      self.why = why
    }
  }

  package enum Why: Hashable, Sendable {
    case onlyMatch, longestPrefix
    case shorterPrefix, wouldNotMatch
  }

  /// The entry that decided; `nil` where none matched.
  package var winner: IPCacheEntry? {
    candidates.first { $0.why == .onlyMatch || $0.why == .longestPrefix }?.entry
  }
}

/// What `cilium_ct4_global` says of the packet.
///
/// Source: Cilium `bpf/lib/conntrack.h`.
package enum ConntrackState: String, Hashable, Sendable, CaseIterable {
  case new, established, reply, related
}

/// A lookup in `cilium_lb4_services_v2`.
package struct ServiceLookup: Hashable, Sendable {
  package var address: IPv4Address
  package var port: UInt16
  package var transport: Transport
  /// The frontends with that address, then those with that port, in ascending order.
  package var candidates: [Candidate]
  package var answer: Answer
  /// Where Maglev chooses: what it takes, whichever backend this path follows.
  package var maglev: MaglevChoice?
  /// The client had a backend before, and keeps it (session affinity).
  package var isKept = false
  /// The client is in the cluster: it may have other backends than those outside.
  package var isInside = false

  /// How many backends the client chooses from; 0 where no Service was found.
  package var slotCount: Int {
    switch answer {
    case .miss: 0
    case .backend(_, _, let entry), .noBackend(let entry): entry.backends(forClientInside: isInside).count
    }
  }

  package init(
    address: IPv4Address, port: UInt16, transport: Transport, candidates: [Candidate], answer: Answer
  ) {
    self.address = address
    self.port = port
    self.transport = transport
    self.candidates = candidates
    self.answer = answer
  }

  /// A slot of the Service's Maglev table.
  package struct MaglevChoice: Hashable, Sendable {
    /// Of the client's address, the two ports and the protocol.
    package var hash: UInt32
    /// The hash modulo the size, from 0.
    package var slot: Int
    /// How many slots there are.
    package var size: Int
    package var backend: ServiceBackend
  }

  package struct Candidate: Hashable, Sendable {
    package var entry: ServiceEntry
    package var why: Why

    package init(entry: ServiceEntry, why: Why) {
      self.entry = entry
      self.why = why
    }
  }

  package enum Why: Hashable, Sendable {
    case exactMatch
    case otherAddress, otherPort, otherTransport
  }

  package enum Answer: Hashable, Sendable {
    case miss
    /// Slot from 1.
    case backend(ServiceBackend, slot: Int, of: ServiceEntry)
    case noBackend(ServiceEntry)
  }
}

/// A lookup in `cilium_lxc`.
package struct EndpointLookup: Hashable, Sendable {
  package var address: IPv4Address
  /// The entry for the address where there is one, then the nearest other.
  package var entries: [LocalEndpoint]
  package var answer: LocalEndpoint?

  package init(address: IPv4Address, entries: [LocalEndpoint], answer: LocalEndpoint?) {
    self.address = address
    self.entries = entries
    self.answer = answer
  }
}

/// Whether the packet is encapsulated, and to whom.
package struct TunnelDecision: Hashable, Sendable {
  /// What the node's programs were compiled for.
  package var mode: CiliumSettings.RoutingMode
  /// The destination's ipcache entry.
  package var entry: IPCacheEntry?
  package var answer: Answer

  package init(mode: CiliumSettings.RoutingMode, entry: IPCacheEntry?, answer: Answer) {
    self.mode = mode
    self.entry = entry
    self.answer = answer
  }

  package enum Answer: Hashable, Sendable {
    case encapsulate(to: IPv4Address, vni: UInt32, protocol: TunnelProtocol)
    /// The programs have no tunnel code.
    case nativeMode
    /// The entry names no node.
    case noTunnelEndpoint
    case skipped
  }
}

/// Whether the source address is replaced by the node's own.
///
/// Source: Cilium `bpf/lib/nat.h`, `snat_v4_needs_masquerade`.
package struct MasqueradeDecision: Hashable, Sendable {
  package var answer: Answer
  package var source: IPv4Address
  package var destination: IPv4Address

  package init(answer: Answer, source: IPv4Address, destination: IPv4Address) {
    self.answer = answer
    self.source = source
    self.destination = destination
  }

  package enum Answer: Hashable, Sendable {
    case translate(to: IPv4Address)
    /// A load balancer puts the node's own end in the place of a client whose backend is on another node.
    case standsInForClient(Flow.Backend, Flow.Backend)
    case sourceIsNode
    case reply
    case insideNativeCIDR(IPv4Prefix)
    case sourceIsHost
    case destinationIsRemoteNode
    case notALocalPod
    case encapsulated
    case disabled
  }
}

/// A translation undone on the way back.
package struct ReverseTranslation: Hashable, Sendable {
  package var table: Table
  package var from: Flow.Backend
  package var to: Flow.Backend

  package init(table: Table, from: Flow.Backend, to: Flow.Backend) {
    self.table = table
    self.from = from
    self.to = to
  }

  package enum Table: Hashable, Sendable {
    /// `cilium_lb4_reverse_sk`: the socket layer gives the program the address it asked for.
    case socket
    /// `cilium_snat_v4_external`.
    case masquerade
    /// The kernel's own table of connections.
    case netfilter
    /// `cilium_lb4_reverse_nat`: the client sees the address that it asked.
    case service
  }
}

/// What a load balancer makes of a packet from outside.
package struct ServiceTranslation: Hashable, Sendable {
  package var frontend: Flow.Backend
  package var backend: Flow.Backend
  package var client: Flow.Backend
  /// What stands in for a client that is its own backend; `nil` where the source is left for now.
  package var substitute: Flow.Backend?
  /// How the backend's node is told to answer the client itself; `nil` where it does not.
  package var dispatch: CiliumSettings.DSRDispatch?

  package init(
    frontend: Flow.Backend, backend: Flow.Backend, client: Flow.Backend, substitute: Flow.Backend?,
    dispatch: CiliumSettings.DSRDispatch? = nil
  ) {
    self.frontend = frontend
    self.backend = backend
    self.client = client
    self.substitute = substitute
    self.dispatch = dispatch
  }
}

/// What the node of a backend is told of a client that asked another node: it answers in the frontend's name.
package struct DirectReturn: Hashable, Sendable {
  package var frontend: Flow.Backend
  package var client: Flow.Backend
  /// How it is told.
  package var dispatch: CiliumSettings.DSRDispatch
}

/// The time to live before and after one machine.
package struct HopLimit: Hashable, Sendable {
  package var before: UInt8
  /// `nil` where the machine must drop the packet instead.
  package var after: UInt8?

  package init(before: UInt8, after: UInt8?) {
    self.before = before
    self.after = after
  }
}

/// A packet that is larger than its way allows.
///
/// Source: RFC 791, section 3.2; RFC 1191.
package struct SizeCheck: Hashable, Sendable {
  /// Of the IP packet, in bytes.
  package var length: Int
  /// The largest IP packet that passes, in bytes.
  package var limit: Int
  package var answer: Answer

  package init(length: Int, limit: Int, answer: Answer) {
    self.length = length
    self.limit = limit
    self.answer = answer
  }

  package enum Answer: Hashable, Sendable {
    /// Sent in so many pieces.
    case fragmented(Int)
    /// The sender forbids it (flag DF).
    case mayNotFragment
  }
}

/// What a router tells a sender on the same link: the packet could have gone to `gateway` at once.
///
/// Source: RFC 792; Linux `net/ipv4/route.c`, `ip_rt_send_redirect`.
package struct RedirectNotice: Hashable, Sendable {
  /// The router's own address that the message comes from.
  package var router: IPv4Address
  package var sender: IPv4Address
  package var gateway: IPv4Address

  package init(router: IPv4Address, sender: IPv4Address, gateway: IPv4Address) {
    self.router = router
    self.sender = sender
    self.gateway = gateway
  }
}

/// Where a packet is handed over inside a node.
package enum Delivery: Hashable, Sendable {
  /// Straight into the pod's eth0, past the host side.
  case redirectPeer(InterfaceID)
  /// To the host side, which hands it through.
  case redirect(InterfaceID)
  /// To the host's own stack.
  case stack(NodeID)
}

/// A packet on a wire.
package struct Transmission: Hashable, Sendable {
  package var from: InterfaceID
  package var wire: WireID
  /// The interfaces on the wire that take the frame; empty where nobody does or it leaves the network.
  package var receivers: [InterfaceID]

  package init(from: InterfaceID, wire: WireID, receivers: [InterfaceID]) {
    self.from = from
    self.wire = wire
    self.receivers = receivers
  }
}

/// What the receiving stack does with the packet.
package enum Acceptance: Hashable, Sendable {
  /// A program listens.
  case listener(Listener)
  /// The kernel answers echo requests itself.
  case echo
  /// An answer reaches the socket that waits for it.
  case waitingSocket
  case closedPort(Listener)
}

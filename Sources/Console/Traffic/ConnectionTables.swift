import ControlPlane
import NetModel
import PacketTrace

/// What agents' maps hold of the connections that were made: conntrack, source NAT and the socket layer's pairs.
///
/// The maps are bounded here: the oldest entries go first.
package struct ConnectionTables: Sendable {
  /// `cilium_ct4_global` and `cilium_ct_any4_global`, in the order in which they were made.
  package private(set) var conntrack: [ConntrackEntry] = []
  /// `cilium_snat_v4_external`, in the order in which they were made.
  package private(set) var nat: [NATEntry] = []
  /// `cilium_lb4_reverse_sk`, in the order in which they were made.
  package private(set) var sockets: [SocketEntry] = []
  /// `cilium_lb4_affinity`, in the order in which they were last used.
  package private(set) var affinities: [AffinityEntry] = []

  /// Entries of a table of connections; the oldest go.
  private static let limit = 1024

  package struct ConntrackEntry: Hashable, Sendable {
    package var node: NodeID
    package var direction: Direction
    /// The protocol's number in the IPv4 header.
    package var protocolNumber: UInt8
    package var source: Flow.Backend
    package var destination: Flow.Backend
    package var sourceIdentity: SecurityIdentity
    package var receivedFlags: TCPHeader.Flags = []
    package var sentFlags: TCPHeader.Flags = []
    package var lastReceived: Instant?
    package var lastSent: Instant?
    package var created = Instant.start
    /// What a load balancer chose; `nil` for all but `SVC` entries.
    package var backend: Flow.Backend?

    /// The raw value is what `cilium-dbg bpf ct list` prints.
    package enum Direction: String, Hashable, Sendable {
      case outgoing = "OUT"
      case incoming = "IN"
      case service = "SVC"
    }

    fileprivate func isSameConnection(as other: ConntrackEntry) -> Bool {
      (node, direction, protocolNumber) == (other.node, other.direction, other.protocolNumber)
        && source == other.source && destination == other.destination
    }
  }

  package struct NATEntry: Hashable, Sendable {
    package var node: NodeID
    package var protocolNumber: UInt8
    package var original: Flow.Backend
    package var translated: Flow.Backend
    package var peer: Flow.Backend
    package var created: Instant
  }

  package struct SocketEntry: Hashable, Sendable {
    package var node: NodeID
    package var protocolNumber: UInt8
    package var frontend: Flow.Backend
    package var backend: Flow.Backend
    /// The number of the Service's frontend on the node.
    package var service: Int
    /// A number that stands for the socket.
    package var cookie: UInt64
  }

  package struct AffinityEntry: Hashable, Sendable {
    package var affinity: ServiceAffinity
    package var lastUsed: Instant
    /// How long it holds after that, in seconds.
    package var seconds: Int
  }

  /// The backends that nodes still keep for clients at that time.
  func affinities(at time: Instant) -> [ServiceAffinity] {
    affinities.filter { $0.lastUsed + .seconds($0.seconds) >= time }.map(\.affinity)
  }

  /// Takes down what the nodes along a path remember.
  mutating func track(_ path: Path, isReply: Bool, at time: Instant, in snapshot: Snapshot) {
    for hop in path.hops { track(hop, isReply: isReply, at: time, in: snapshot) }
    for hop in path.reply?.hops ?? [] { track(hop, isReply: true, at: time, in: snapshot) }
  }

  private mutating func track(_ hop: Hop, isReply: Bool, at time: Instant, in snapshot: Snapshot) {
    for step in hop.steps {
      if !isReply { trackAffinity(step, on: hop.node, at: time) }
      switch (step.kind, step.evidence) {
      case (.conntrackLookup, _):
        trackConnection(step, on: hop.node, isReply: isReply, at: time, in: snapshot)
      case (.masquerade, .masquerade(let decision)):
        guard !isReply, step.hook != .postRouting, decision.answer.takesAPort else { continue }
        add(NATEntry(step, on: hop.node, at: time))
      case (.serviceTranslation, .translation(let translation)):
        guard !isReply else { continue }
        trackService(translation, step, on: hop.node, at: time)
      case (.socketTranslation, .service(let lookup)): trackSocket(lookup, step, on: hop.node)
      default: break
      }
    }
  }

  private mutating func trackConnection(
    _ step: Step, on node: NodeID, isReply: Bool, at time: Instant, in snapshot: Snapshot
  ) {
    let goesOut = step.hook == .fromContainer
    let (source, destination) = isReply ? step.before.ends.reversed : step.before.ends.pair
    let identity = snapshot.datapath(on: node).map {
      IdentityLookup(of: source.address, as: .source, in: $0.ipcache).identity
    }
    var entry = ConntrackEntry(
      node: node, direction: goesOut != isReply ? .outgoing : .incoming,
      protocolNumber: step.before.carriedProtocol, source: source, destination: destination,
      sourceIdentity: identity ?? .unknown)
    let position = conntrack.firstIndex { $0.isSameConnection(as: entry) }
    if let position { entry = conntrack[position] } else { entry.created = time }
    let flags = step.before.tcp?.flags ?? []
    if goesOut {
      entry.sentFlags.formUnion(flags)
      entry.lastSent = time
    } else {
      entry.receivedFlags.formUnion(flags)
      entry.lastReceived = time
    }
    if let position { conntrack[position] = entry } else { add(entry) }
  }

  private mutating func trackService(
    _ translation: ServiceTranslation, _ step: Step, on node: NodeID, at time: Instant
  ) {
    var entry = ConntrackEntry(
      node: node, direction: .service, protocolNumber: step.before.carriedProtocol,
      source: translation.client, destination: translation.frontend, sourceIdentity: .unknown)
    entry.created = time
    entry.lastSent = time
    entry.sentFlags = step.before.tcp?.flags ?? []
    entry.backend = translation.backend
    if !conntrack.contains(where: { $0.isSameConnection(as: entry) }) { add(entry) }
  }

  /// Every choice begins the time anew.
  private mutating func trackAffinity(_ step: Step, on node: NodeID, at time: Instant) {
    guard let affinity = ServiceAffinity(step, on: node), case .service(let lookup) = step.evidence,
      case .backend(_, _, let entry) = lookup.answer, let seconds = entry.affinitySeconds
    else { return }
    affinities.removeAll {
      $0.affinity.node == node && $0.affinity.service == entry.id && $0.affinity.client == affinity.client
    }
    affinities =
      affinities.suffix(ConnectionTables.limit - 1)
      + [AffinityEntry(affinity: affinity, lastUsed: time, seconds: seconds)]
  }

  private mutating func trackSocket(_ lookup: ServiceLookup, _ step: Step, on node: NodeID) {
    guard case .backend(let backend, _, let entry) = lookup.answer else { return }
    let socket = SocketEntry(
      node: node, protocolNumber: step.before.carriedProtocol,
      frontend: Flow.Backend(address: lookup.address, port: lookup.port),
      backend: Flow.Backend(address: backend.address, port: backend.port), service: entry.id,
      cookie: UInt64(step.before.ends.pair.source.port))
    sockets = sockets.suffix(ConnectionTables.limit - 1) + [socket]
  }

  private mutating func add(_ entry: ConntrackEntry) {
    if conntrack.count >= 2 * ConnectionTables.limit { conntrack.removeFirst(ConnectionTables.limit) }
    conntrack.append(entry)
  }

  private mutating func add(_ entry: NATEntry) {
    guard !nat.contains(where: { $0.original == entry.original && $0.peer == entry.peer }) else { return }
    if nat.count >= 2 * ConnectionTables.limit { nat.removeFirst(ConnectionTables.limit) }
    nat.append(entry)
  }
}

extension MasqueradeDecision.Answer {
  /// The map gets an entry: for another source, or for the node's own, whose port nobody else may have.
  fileprivate var takesAPort: Bool {
    switch self {
    case .translate, .standsInForClient, .sourceIsNode: true
    case .reply, .insideNativeCIDR, .sourceIsHost, .destinationIsRemoteNode, .notALocalPod, .encapsulated,
      .disabled:
      false
    }
  }
}

extension ConnectionTables.NATEntry {
  fileprivate init(_ step: Step, on node: NodeID, at time: Instant) {
    self.init(
      node: node, protocolNumber: step.before.carriedProtocol, original: step.before.ends.pair.source,
      translated: step.after.ends.pair.source, peer: step.before.ends.pair.destination, created: time)
  }
}

extension Packet {
  /// The two ends of the innermost packet, as maps are keyed.
  fileprivate struct Ends {
    let pair: (source: Flow.Backend, destination: Flow.Backend)

    var reversed: (source: Flow.Backend, destination: Flow.Backend) { (pair.destination, pair.source) }
  }

  /// Source: Cilium `bpf/lib/conntrack.h`: an echo's identifier stands for the client's port.
  fileprivate var ends: Ends {
    let (source, destination) = carriedPorts
    return Ends(
      pair: (
        Flow.Backend(address: innerIP?.source ?? .any, port: source),
        Flow.Backend(address: innerIP?.destination ?? .any, port: destination)
      ))
  }

  private var carriedPorts: (UInt16, UInt16) {
    switch headers.last {
    case .tcp(let header): (header.sourcePort, header.destinationPort)
    case .udp(let header): (header.sourcePort, header.destinationPort)
    case .icmp(let header):
      switch header.message {
      case .echoRequest(let identifier, _): (identifier, 0)
      case .echoReply(let identifier, _): (0, identifier)
      case .destinationUnreachable, .timeExceeded, .redirect: (0, 0)
      }
    default: (0, 0)
    }
  }

  /// Source: IANA, Assigned Internet Protocol Numbers.
  fileprivate var carriedProtocol: UInt8 {
    switch headers.last {
    case .tcp: 6
    case .udp: 17
    default: 1
    }
  }
}

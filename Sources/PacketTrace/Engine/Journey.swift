import ControlPlane
import NetModel

/// One packet on its way: where it is, what it looks like, and what has been decided so far.
struct Journey {
  var packet: Packet
  var hops: [Hop] = []
  var connection: Connection
  /// The stack that the packet is in.
  var place: StackID
  var outcome: Outcome?
  /// What the machine that gave the packet up tells the sender; `nil` where it says nothing.
  var notice: Packet?
  /// How that goes out.
  var noticeStart = Stage.send
  /// BPF has translated the packet on this machine, and leaves it alone from there on.
  var isTranslated = false
  /// Who the machine takes the sender for.
  var sourceIdentity = SecurityIdentity.unknown
  /// Which branch to take at each parting of equal-cost ways, from 0; the first one beyond the list.
  var turns: [Int] = []
  /// Take the branch that the kernel's hash chooses, in place of a turn.
  var followsHash = false
  /// The partings come to so far, in order.
  var forks: [Fork] = []
  /// Every place where a machine took the packet in, with the packet as it was apart from its TTLs.
  var visits: Set<Visit> = []

  /// How often a packet may change machines before the walk gives up.
  static let mostHops = 300

  struct Visit: Hashable {
    let node: NodeID
    let device: String?
    let packet: Packet
  }

  /// A parting of equal-cost ways and the branch taken there.
  struct Fork {
    let branch: Path.Branch
    let index: Int
    let count: Int
  }

  /// The machine that the packet is on.
  var node: NodeID { hops[hops.count - 1].node }

  var isReply: Bool { connection.isReply }

  /// Where the innermost packet comes from.
  var source: IPv4Address { packet.innerIP?.source ?? .any }

  /// Where the innermost packet is going.
  var destination: IPv4Address { packet.innerIP?.destination ?? .any }

  mutating func beginHop(on node: NodeID, arrival: String?) {
    isTranslated = false
    let ttl = packet.innerIP?.ttl ?? 0
    hops.append(Hop(node: node, arrival: arrival, ttlOnArrival: ttl))
  }

  /// Closes the current hop: the packet has left by `departure`, or is for the host itself.
  mutating func endHop(departure: String?) {
    let last = hops.count - 1
    hops[last].departure = departure
    hops[last].isEncapsulated = packet.isEncapsulated
    hops[last].ttlOnDeparture = packet.innerIP?.ttl
  }

  /// Records a decision that leaves the packet as it is, or changes it as `change` says.
  mutating func record(
    _ kind: Step.Kind, _ hook: Step.Hook, on device: String? = nil, _ evidence: Evidence, by rule: Rule,
    change: (inout Packet) -> Void = { _ in }
  ) {
    let before = packet
    change(&packet)
    let step = Step(
      kind: kind, hook: hook, stack: place, device: device, evidence: evidence, before: before,
      after: packet, grounds: rule.grounds)
    hops[hops.count - 1].steps.append(step)
  }

  /// Records the end of the packet and why; there is no stage after it.
  mutating func end(
    _ disposition: Disposition, _ reason: Reason, _ hook: Step.Hook, on device: String? = nil,
    code: Int? = nil, by rule: Rule
  ) -> Stage? {
    record(.drop, hook, on: device, .ending(reason), by: rule)
    outcome = Outcome(disposition: disposition, node: node, reason: reason, code: code)
    return nil
  }

  /// Whether this packet has been at this place before; a first visit is remembered.
  mutating func returnsTo(_ node: NodeID, device: String?) -> Bool {
    var ageless = packet.unframed
    if var header = ageless.outerIP {
      header.ttl = 0
      ageless.outerIP = header
    }
    if var header = ageless.innerIP {
      header.ttl = 0
      ageless.innerIP = header
    }
    return !visits.insert(Visit(node: node, device: device, packet: ageless)).inserted
  }
}

/// Where a packet is taken up next.
enum Stage {
  /// A program, or the kernel for it, hands the packet to its own stack.
  case send
  /// BPF sends a packet of its own making by a device, to the station that the last one came from.
  case reflect(String, to: MACAddress)
  /// The host side of a sending pod's veth.
  case fromContainer(LocalEndpoint.PodEndpoint)
  /// A frame came in by a device of the underlay.
  case fromNetdev(String)
  /// A packet came out of a tunnel device.
  case fromOverlay(String)
  /// The kernel sends by `cilium_host`.
  case fromHost
  /// The host's own stack routes a packet that came in by a device.
  case stackInput(String)
  /// A packet leaves by a device of the underlay towards a next hop.
  case output(device: String, nextHop: IPv4Address)
  /// The kernel's tunnel driver wraps the packet.
  case encapsulate(TunnelDecision.Answer)
  /// The kernel sends by the host side of a pod's veth.
  case toContainer(LocalEndpoint.PodEndpoint)
  /// The packet is handed to a local pod.
  case deliver(LocalEndpoint.PodEndpoint, isFromHost: Bool)
  /// The packet has reached the stack it is for.
  case accept
}

/// What the nodes remember of a connection between a packet and its answer.
struct Connection {
  /// The answer is on its way.
  var isReply = false
  /// The first packet and its answer are through: no call of the socket layer is made for those that follow.
  var isEstablished = false
  /// What the program at the other end answers to a datagram; `nil` for as many bytes as it got.
  var datagramAnswer: Payload?
  /// The interface that the asking socket is bound to.
  var device: String?
  /// The stack that asked.
  var origin: StackID
  /// What the program asked for and what the socket layer made of it; `nil` where nothing was translated.
  var socketTranslation: SocketTranslation?
  /// Source translations made on the way, in order.
  var masquerades: [Masquerade] = []
  /// What load balancers made of a packet from outside, in order.
  var loadBalanced: [LoadBalanced] = []
  /// What BPF made of a packet as it left its pod, where the socket layer does not translate.
  var perPacket: LoadBalanced?
  /// The backend to take where a Service is asked for.
  var wantedBackend: Flow.Backend?
  /// The backends that nodes keep for clients.
  var affinities: [ServiceAffinity] = []

  struct SocketTranslation {
    let frontend: Flow.Backend
    let backend: Flow.Backend
  }

  struct Masquerade {
    let node: NodeID
    /// The kernel's netfilter made it, not BPF.
    var isNetfilters = false
    let original: Flow.Backend
    let translated: Flow.Backend
  }

  struct LoadBalanced {
    /// The node that chose.
    let node: NodeID
    let client: Flow.Backend
    let frontend: Flow.Backend
    let backend: Flow.Backend
    /// What stands in for the client; `nil` where the backend sees the client itself.
    let substitute: Flow.Backend?
    /// How the backend's node is told to answer the client itself; `nil` where it does not.
    var dispatch: CiliumSettings.DSRDispatch?

    /// The backend is the client itself.
    var isHairpin: Bool { backend.address == client.address }
  }
}

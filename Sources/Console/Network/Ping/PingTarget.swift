import ControlPlane
import NetModel
import PacketTrace

/// Who is pinged, and from where.
struct PingTarget: Hashable, Sendable {
  /// As it was written.
  var name: String
  var address: IPv4Address
  /// Requests go out with this source where one was asked for.
  var source: IPv4Address?
  var device: String?
  /// What the header names as the source; `nil` unless a source or a device was asked for.
  var shownSource: IPv4Address?
  /// This machine's own address towards the target: what it reports its own failures from.
  var ownAddress: IPv4Address
  /// What was learned of names, for `-n` asks for none.
  var names: [IPv4Address: String]

  /// What became of a request.
  enum Reach {
    case silence
    /// The own kernel refused to send it: what `ping` says.
    case refused(String)
    /// Nobody answers for the next hop; the own kernel says so after three requests.
    case noNeighbor
    case answered(Packet, Duration)
  }

  /// Source: iputils `ping/ping.c`, `ping4_run`.
  init(
    _ options: PingOptions, at address: IPv4Address, on stack: StackID, in lab: RunningLab
  ) throws(Refusal) {
    self.address = address
    name = options.target
    device = options.device
    source = options.source
    let numeric = IPv4Address(parsing: options.target)
    names = [:]
    if numeric == nil, !options.isNumeric, let known = lab.nameInHostsFile(of: address, on: stack) {
      names[address] = known
    }
    guard let own = lab.snapshot.stack(stack) else { throw .notModelled(stack.description) }
    if let device, own.interface(named: device) == nil {
      throw .complaint("ping: unknown iface \(device)\n", status: 2)
    }
    if let source, own.interface(bearing: source) == nil {
      throw .complaint("ping: bind: Cannot assign requested address\n", status: 2)
    }
    let query = RouteQuery(
      destination: address, source: source, outputInterface: device, tos: options.tos ?? 0, ipProtocol: 1)
    let lookup = own.lookup(query)
    ownAddress = source ?? lookup.selection?.preferredSource ?? address
    shownSource = device != nil || source != nil ? ownAddress : nil
    if source == nil {
      try PingTarget.connect(lookup, to: address)
      if let again = own.questionOfConnecting(after: lookup) {
        try PingTarget.connect(own.lookup(again), to: address)
      }
    }
  }

  private static func connect(_ lookup: RouteLookup, to address: IPv4Address) throws(Refusal) {
    switch lookup.result {
    case .local, .unicast: return
    case .broadcast, .multicast: throw .notModelled(address.description)
    case .failed(.prohibited):
      throw .complaint(
        "ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules\n", status: 2)
    case .failed(let error): throw .complaint("ping: connect: \(error.message)\n", status: 2)
    }
  }

  /// A request that was sent.
  struct Sent {
    var reach: Reach
    /// What routers said of it though it went on.
    var redirects: [PingNews] = []
  }

  /// Sends one request; with `-M want`, what is known not to fit goes in fragments.
  func send(
    _ sequence: Int, identifier: UInt16, _ options: PingOptions, from stack: StackID, in lab: inout RunningLab
  ) -> Sent {
    var flow = Flow(origin: stack, destination: address, content: .echo, payloadLength: options.size)
    flow.dontFragment = options.discovery != .dont
    flow.choices.source = source
    flow.choices.device = device
    flow.choices.ttl = options.ttl
    flow.choices.tos = options.tos
    flow.choices.port = identifier
    flow.choices.sequence = UInt16(truncatingIfNeeded: sequence)
    let length = options.size + ICMPHeader.length + IPv4Header.length
    let known = lab.pathMTU(from: stack, to: address)
    if let known, length > known {
      guard options.discovery == .want else { return Sent(reach: tooLong(known, options)) }
      flow.dontFragment = false
    }
    var exchange = lab.send(flow)
    if let limit = exchange.path.ownLimit {
      guard options.discovery == .want else { return Sent(reach: tooLong(limit, options)) }
      flow.dontFragment = false
      exchange = lab.send(flow)
    }
    let redirects = exchange.redirects.compactMap { PingNews($0, duration: .zero) }
    if let answer = exchange.answer {
      return Sent(reach: .answered(answer, exchange.duration), redirects: redirects)
    }
    return Sent(reach: reach(of: exchange.path), redirects: redirects)
  }

  private func tooLong(_ mtu: Int, _ options: PingOptions) -> Reach {
    .refused(options.isQuiet ? "" : "ping: local error: message too long, mtu=\(mtu)\n")
  }

  private func reach(of path: Path) -> Reach {
    guard path.hops.count == 1, let last = path.hops[0].steps.last, last.stack == path.hops[0].steps[0].stack
    else { return .silence }
    switch (path.outcome.disposition, path.outcome.reason) {
    case (.neighborUnreachable, .noARPAnswer): return .noNeighbor
    case (.noRoute, _): return .refused("ping: sendmsg: Network is unreachable\n")
    case (.nullRouted, .unreachableRoute): return .refused("ping: sendmsg: No route to host\n")
    case (.nullRouted, .prohibitRoute): return .refused("ping: sendmsg: Permission denied\n")
    case (.nullRouted, _): return .refused("ping: sendmsg: Invalid argument\n")
    case (.undecided, _): return .refused("ping: \(address): not modelled here\n")
    default: return .silence
    }
  }
}

extension RouteError {
  /// C's `strerror` of what the kernel answers to connect and send calls.
  ///
  /// Source: Linux `net/ipv4/fib_frontend.c`; recorded with the kernel vectors, seedlab icmp.
  var message: String {
    switch self {
    case .networkUnreachable: "Network is unreachable"
    case .hostUnreachable: "No route to host"
    case .prohibited: "Permission denied"
    case .invalid: "Invalid argument"
    }
  }
}

extension Path {
  /// The largest packet that the sender's own kernel lets out, where this one was larger; `nil` elsewhere.
  var ownLimit: Int? {
    guard outcome.reason == .packetTooBig, hops.count == 1 else { return nil }
    for step in hops[0].steps where step.hook == .routeOutput {
      if case .size(let check) = step.evidence { return check.limit }
    }
    return nil
  }
}

/// What is asked of the routing tables, as `ip route get` can ask it.
package struct RouteQuery: Hashable, Sendable {
  package var destination: IPv4Address
  /// The packet's source; `nil` where a local program has not chosen one.
  package var source: IPv4Address?
  /// The interface that the packet came in by; `nil` for a packet of the host's own.
  package var inputInterface: String?
  /// The interface that the sending socket is bound to.
  package var outputInterface: String?
  package var mark: UInt32
  /// The whole type-of-service byte.
  package var tos: UInt8
  package var ipProtocol: UInt8
  package var sourcePort: UInt16
  package var destinationPort: UInt16

  package init(
    destination: IPv4Address, source: IPv4Address? = nil, inputInterface: String? = nil,
    outputInterface: String? = nil, mark: UInt32 = 0, tos: UInt8 = 0, ipProtocol: UInt8 = 17,
    sourcePort: UInt16 = 0, destinationPort: UInt16 = 0
  ) {
    self.destination = destination
    self.source = source
    self.inputInterface = inputInterface
    self.outputInterface = outputInterface
    self.mark = mark
    self.tos = tos
    self.ipProtocol = ipProtocol
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
  }
}

/// One route lookup: what was asked, which rules and tables were consulted, all that was considered, and why
/// one route won.
package struct RouteLookup: Hashable, Sendable {
  package var query: RouteQuery
  /// The rules that were come to, in order, up to the one that decided; without custom rules local and main
  /// stand together, for they are searched as one table.
  package var consultations: [Consultation]
  package var result: Result
  /// Every next hop of a multipath route that can be used, in the route's order, the chosen one among them;
  /// empty for other routes.
  package var branches: [Selection]
  /// How the packet's source was checked on input; `nil` where the lookup did not come to that.
  package var sourceCheck: SourceCheck?

  package init(
    query: RouteQuery, consultations: [Consultation], result: Result, branches: [Selection] = [],
    sourceCheck: SourceCheck? = nil
  ) {
    self.query = query
    self.consultations = consultations
    self.result = result
    self.branches = branches
    self.sourceCheck = sourceCheck
  }

  /// What one rule contributed.
  package struct Consultation: Hashable, Sendable {
    package var rule: RoutingRule
    package var verdict: Verdict
    /// Every route of the table that contains the destination, best first, then the nearest one that does
    /// not; empty where the rule did not match or names no table.
    package var candidates: Candidates

    package init(rule: RoutingRule, verdict: Verdict, candidates: Candidates = Candidates()) {
      self.rule = rule
      self.verdict = verdict
      self.candidates = candidates
    }

    package enum Verdict: Hashable, Sendable {
      /// The selector is not for this packet.
      case notForThisPacket
      /// The table holds no route that could be used.
      case noRoute
      /// A `throw` route ended the search in this table.
      case thrown
      /// A route was found but `suppress_prefixlength` or `suppress_ifgroup` hides it.
      case suppressed
      /// `goto`: the search goes on at that priority.
      case jumped(UInt32)
      /// `nop`.
      case passed
      /// Local and main are one table here, and the other one held the better route.
      case outranked
      /// A route of this table decided.
      case selected
      /// The rule itself refuses the packet.
      case refused
    }
  }

  package struct Candidate: Hashable, Sendable {
    let shared: SharedRoute
    package var why: Why

    package init(route: Route, why: Why) {
      self.init(SharedRoute(route), why: why)
    }

    init(_ shared: SharedRoute, why: Why) {
      self.shared = shared
      self.why = why
    }

    package var route: Route { shared.route }

    package var won: Bool { why.isWinner }
  }

  /// The first comparison that set a candidate apart from the winner, or the winner from the runner-up.
  package enum Why: Hashable, Sendable {
    // The winner's.
    case onlyMatch
    case longestPrefix
    case matchingTOS
    case lowestMetric
    case firstInTable
    /// Among default routes of one metric: its gateway is not known to be unreachable.
    case gatewayReachable
    // The losers'.
    case shorterPrefix
    case higherMetric
    case otherTOS
    case laterInTable
    case wouldNotMatch
    case deadNextHop
    case linkDown
    case otherInterface
    case scopeTooWide
    case gatewayUnreachable
    /// Best of its table, but the answer was taken from elsewhere (throw, suppression).
    case overruled

    var isWinner: Bool {
      switch self {
      case .longestPrefix, .onlyMatch, .lowestMetric, .matchingTOS, .firstInTable, .gatewayReachable: true
      default: false
      }
    }
  }

  /// What the host does with the packet.
  package enum Result: Hashable, Sendable {
    /// Send it by an interface.
    case unicast(Selection)
    /// It is for this host.
    case local(Selection)
    /// To all hosts of a subnet.
    case broadcast(Selection)
    case multicast(Selection)
    case failed(RouteError)

    /// What decided, where the packet has somewhere to go.
    package var selection: Selection? {
      switch self {
      case .unicast(let selection), .local(let selection), .broadcast(let selection),
        .multicast(let selection):
        selection
      case .failed: nil
      }
    }
  }

  /// The route that decided and what follows from it.
  package struct Selection: Hashable, Sendable {
    private let shared: SharedRoute?
    package var table: TableID
    /// The interface the packet leaves by; `lo` for the host's own addresses.
    package var interface: String
    /// The router to hand it to; `nil` where the destination itself is asked for by ARP.
    package var gateway: IPv4Address?
    /// The source address that a packet without one gets; `nil` where it has one or there is none.
    package var preferredSource: IPv4Address?
    /// The router would tell the sender of a better way (ICMP redirect).
    package var wouldRedirect: Bool
    /// Which of a multipath route's next hops; `nil` for others.
    package var branch: Branch?

    package init(
      route: Route?, table: TableID, interface: String, gateway: IPv4Address? = nil,
      preferredSource: IPv4Address? = nil, wouldRedirect: Bool = false, branch: Branch? = nil
    ) {
      shared = route.map(SharedRoute.init)
      self.table = table
      self.interface = interface
      self.gateway = gateway
      self.preferredSource = preferredSource
      self.wouldRedirect = wouldRedirect
      self.branch = branch
    }

    /// A way by the route as its table keeps it.
    init(_ shared: SharedRoute, interface: String) {
      self.shared = shared
      table = shared.route.table
      self.interface = interface
      wouldRedirect = false
    }

    /// The route as in the table; `nil` where the kernel answers without one (a bound interface, 0.0.0.0).
    package var route: Route? { shared?.route }

    /// Whom the sender must know the link-layer address of.
    package func nextHop(to destination: IPv4Address) -> IPv4Address { gateway ?? destination }
  }

  package struct Branch: Hashable, Sendable {
    /// The place among the route's next hops, from 0.
    package var index: Int
    /// How many next hops the route has, usable or not.
    package var count: Int

    package init(index: Int, count: Int) {
      self.index = index
      self.count = count
    }
  }

  /// What decided, where the packet has somewhere to go.
  package var selection: Selection? { result.selection }

  /// The rule whose table or action decided; `nil` where none did.
  package var deciding: Consultation? {
    consultations.first { $0.verdict == .selected || $0.verdict == .refused }
  }

  /// The candidates of all tables asked: those of the table that decided first (of local and main together,
  /// where they are one, longest prefix first), behind them the nearest of the routes that would not match.
  package var candidates: [Candidate] {
    let all = consultations.flatMap(\.candidates)
    let first = consultations.filter { $0.verdict == .selected || $0.verdict == .outranked }
    let others = consultations.filter { $0.verdict != .selected && $0.verdict != .outranked }
    let matching = longestFirst(first.flatMap(\.candidates)) + others.flatMap(\.candidates)
    return matching.filter { $0.why != .wouldNotMatch } + nearestMiss(among: all)
  }

  private func longestFirst(_ candidates: [Candidate]) -> [Candidate] {
    let lengths = candidates.map(\.route.destination.length)
    return candidates.indices.sorted { (lengths[$1], $0) < (lengths[$0], $1) }.map { candidates[$0] }
  }

  private func nearestMiss(among candidates: [Candidate]) -> [Candidate] {
    var nearest: Candidate?
    for candidate in candidates where candidate.why == .wouldNotMatch {
      let bits = candidate.route.destination.sharedBits(with: query.destination)
      let best = nearest?.route.destination.sharedBits(with: query.destination) ?? -1
      if bits > best { nearest = candidate }
    }
    return nearest.map { [$0] } ?? []
  }

  /// The reverse-path check of a packet that came in: the lookup of the way back to its source.
  package struct SourceCheck: Hashable, Sendable {
    /// The larger of the machine's and the interface's `rp_filter`: 0 off, 1 strict, 2 loose.
    package var mode: Int
    /// The rules that the way back came to.
    package var consultations: [Consultation]
    package var verdict: Verdict
    /// The source is a neighbor on the interface that the packet came by.
    package var sourceIsOnLink: Bool

    package init(
      mode: Int, consultations: [Consultation], verdict: Verdict, sourceIsOnLink: Bool = false
    ) {
      self.mode = mode
      self.consultations = consultations
      self.verdict = verdict
      self.sourceIsOnLink = sourceIsOnLink
    }

    package enum Verdict: Hashable, Sendable {
      /// `rp_filter` is off, and the source is not this host's own: nothing was looked up.
      case unchecked
      /// The way back leads through the interface that the packet came by.
      case sameInterface
      /// Another way back, which the mode allows.
      case otherInterfaceAllowed
      /// No way back, which the mode allows.
      case noRouteAllowed
      /// Another way back, or none: refused by `rp_filter`.
      case refused
      /// The source is an address of this host, or no single host's address.
      case martian
    }
  }
}

/// Why a lookup has no answer, and the error that a local sender sees.
///
/// Source: Linux `net/ipv4/fib_semantics.c`, `fib_props`; recorded in the kernel vectors.
package enum RouteError: Hashable, Sendable {
  /// No route: ENETUNREACH.
  case networkUnreachable
  /// A route of type unreachable, or a packet that may not be forwarded: EHOSTUNREACH.
  case hostUnreachable
  /// A route of type prohibit: EACCES.
  case prohibited
  /// A route of type blackhole, or a packet that makes no sense (a martian, rp_filter): EINVAL.
  case invalid(Invalid)

  package enum Invalid: Hashable, Sendable {
    case blackhole
    case martianSource
    case martianDestination
    /// The way back to the source does not lead through the interface it came by (rp_filter).
    case reversePath
    case noSuchInterface
    case sourceNotOwn
  }

  /// The name of the error number.
  package var errno: String {
    switch self {
    case .networkUnreachable: "ENETUNREACH"
    case .hostUnreachable: "EHOSTUNREACH"
    case .prohibited: "EACCES"
    case .invalid: "EINVAL"
    }
  }
}

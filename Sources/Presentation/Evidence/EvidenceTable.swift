import ControlPlane
import NetModel
import PacketTrace

/// What a step looked at, as rows that every report and screen shows alike.
package struct EvidenceTable: Hashable, Sendable {
  /// The name of the table that decided, as the tools print it; `nil` where no table was asked.
  package var name: String?
  /// The entries that contain what was asked, best first, then the nearest that does not.
  package var candidates: [Candidate]

  package struct Candidate: Hashable, Sendable {
    package var entry: TableEntry
    /// The entry decided; true of at most one.
    package var won: Bool
    package var why: Why

    package init(_ entry: TableEntry, won: Bool, why: Why) {
      self.entry = entry
      self.won = won
      self.why = why
    }
  }

  /// Why an entry won or lost; the raw value is the stable code that JSON carries.
  package enum Why: String, Hashable, Sendable, CaseIterable {
    // The winner's.
    case onlyMatch = "only-match"
    case longestPrefix = "longest-prefix"
    case matchingTOS = "matching-tos"
    case lowestMetric = "lowest-metric"
    case firstInTable = "first-in-table"
    case gatewayReachable = "gateway-reachable"
    case exactMatch = "exact-match"
    case onlyEntry = "only-entry"
    case deny
    case longestPort = "longest-port"
    case exactIdentity = "exact-identity"
    // The losers'.
    case shorterPrefix = "shorter-prefix"
    case higherMetric = "higher-metric"
    case otherTOS = "other-tos"
    case laterInTable = "later-in-table"
    case wouldNotMatch = "would-not-match"
    case deadNextHop = "dead-next-hop"
    case linkDown = "link-down"
    case otherInterface = "other-interface"
    case scopeTooWide = "scope-too-wide"
    case gatewayUnreachable = "gateway-unreachable"
    case overruled
    case otherAddress = "other-address"
    case otherPort = "other-port"
    case otherTransport = "other-transport"
    case notUsable = "not-usable"
    case denyWins = "deny-wins"
    case shorterPort = "shorter-port"
    case everyIdentity = "every-identity"
    case coveredByDeny = "covered-by-deny"
    case otherIdentity = "other-identity"
    case otherPolicyProtocol = "other-protocol"
    case otherPolicyPort = "other-destination-port"
  }

  /// Position of the entry that decided; `nil` where none matched.
  package var winner: Int? { candidates.firstIndex(where: \.won) }

  package init(name: String?, candidates: [Candidate] = []) {
    self.name = name
    self.candidates = candidates
  }

  /// The rows of a step.
  package init(_ step: Step) {
    switch step.evidence {
    case .route(let lookup): self.init(lookup)
    case .neighbor(let evidence): self.init(evidence)
    case .identity(let lookup): self.init(lookup)
    case .service(let lookup): self.init(lookup)
    case .endpoint(let lookup): self.init(lookup)
    case .tunnel(let decision): self.init(decision)
    case .reverse(let translation): self.init(name: translation.table.name)
    case .translation: self.init(name: "cilium_lb4_backends_v3")
    case .acceptance(.listener(let listener)):
      self.init(name: "sockets", candidates: [Candidate(.listener(listener), won: true, why: .exactMatch)])
    case .acceptance: self.init(name: "sockets")
    case .conntrack: self.init(name: step.after.tcp == nil ? "cilium_ct_any4_global" : "cilium_ct4_global")
    case .policy(let verdict): self.init(verdict)
    case .masquerade: self.init(name: step.hook == .postRouting ? "nat" : "cilium_snat_v4_external")
    case .directReturn: self.init(name: "cilium_snat_v4_external")
    case .call, .source, .tunnelKey, .hopLimit, .size, .redirect, .delivery, .transmission, .ending:
      self.init(name: nil)
    }
  }
}

extension ReverseTranslation.Table {
  fileprivate var name: String {
    switch self {
    case .socket: "cilium_lb4_reverse_sk"
    case .masquerade: "cilium_snat_v4_external"
    case .netfilter: "nf_conntrack"
    case .service: "cilium_lb4_reverse_nat"
    }
  }
}

// MARK: Routes

extension EvidenceTable {
  /// The deciding table's matches first, then the other tables', then the nearest miss of the former.
  private init(_ lookup: RouteLookup) {
    let deciding = lookup.consultations.first { $0.verdict == .selected }
    let others = lookup.consultations.filter { $0 != deciding }
    let ordered = (deciding.map { [$0] } ?? []) + others
    let matches = ordered.flatMap { $0.candidates.filter { $0.why != .wouldNotMatch } }
    let misses = (deciding.map { [$0] } ?? others).flatMap(\.candidates).filter { $0.why == .wouldNotMatch }
    let winner = deciding == nil ? nil : matches.firstIndex(where: \.won)
    var candidates = matches.enumerated().map { index, candidate in
      Candidate(.route(candidate.route), won: index == winner, why: Why(candidate.why))
    }
    if let nearest = misses.nearest(to: lookup.query.destination, by: \.route.destination) {
      candidates.append(Candidate(.route(nearest.route), won: false, why: .wouldNotMatch))
    }
    self.init(name: (deciding?.rule ?? lookup.lastTableRule)?.table?.description, candidates: candidates)
  }
}

extension RouteLookup {
  /// The last rule that named a table.
  fileprivate var lastTableRule: RoutingRule? {
    consultations.last { $0.rule.table != nil && $0.verdict != .notForThisPacket }?.rule
  }
}

extension RoutingRule {
  fileprivate var table: TableID? {
    if case .lookup(let table) = action { table } else { nil }
  }
}

extension EvidenceTable.Why {
  init(_ why: RouteLookup.Why) {
    self =
      switch why {
      case .onlyMatch: .onlyMatch
      case .longestPrefix: .longestPrefix
      case .matchingTOS: .matchingTOS
      case .lowestMetric: .lowestMetric
      case .firstInTable: .firstInTable
      case .gatewayReachable: .gatewayReachable
      case .shorterPrefix: .shorterPrefix
      case .higherMetric: .higherMetric
      case .otherTOS: .otherTOS
      case .laterInTable: .laterInTable
      case .wouldNotMatch: .wouldNotMatch
      case .deadNextHop: .deadNextHop
      case .linkDown: .linkDown
      case .otherInterface: .otherInterface
      case .scopeTooWide: .scopeTooWide
      case .gatewayUnreachable: .gatewayUnreachable
      case .overruled: .overruled
      }
  }
}

extension Sequence {
  /// The element whose prefix shares most leading bits with `address`; the first of equals.
  fileprivate func nearest(to address: IPv4Address, by prefix: (Element) -> IPv4Prefix) -> Element? {
    var best: (element: Element, bits: Int)?
    for element in self {
      let bits = prefix(element).sharedBits(with: address)
      if best.map({ bits > $0.bits }) ?? true { best = (element, bits) }
    }
    return best?.element
  }
}

// MARK: Neighbors

extension EvidenceTable {
  private init(_ evidence: NeighborEvidence) {
    let own = evidence.table.first { $0.address == evidence.address }
    let isKnown = if case .known = evidence.answer { true } else { false }
    var candidates: [Candidate] = []
    if let own {
      candidates.append(Candidate(.neighbor(own), won: isKnown, why: isKnown ? .exactMatch : .notUsable))
    }
    let others = evidence.table.filter { $0.address != evidence.address }
    if let nearest = others.nearest(to: evidence.address, by: { .host($0.address) }) {
      candidates.append(Candidate(.neighbor(nearest), won: false, why: .otherAddress))
    }
    self.init(name: "neighbors", candidates: candidates)
  }
}

// MARK: Cilium's maps

extension EvidenceTable {
  private init(_ lookup: IdentityLookup) {
    let candidates = lookup.candidates.map { candidate in
      Candidate(.ipcache(candidate.entry), won: candidate.why.isWinning, why: Why(candidate.why))
    }
    self.init(name: "cilium_ipcache_v2", candidates: candidates)
  }

  /// The frontends of the address, and one of another address as the nearest miss.
  private init(_ lookup: ServiceLookup) {
    let related = lookup.candidates.filter { $0.why != .otherAddress }
    let miss = lookup.candidates.first { $0.why == .otherAddress }
    let candidates = (related + [miss].compactMap(\.self)).map { candidate in
      Candidate(.service(candidate.entry), won: candidate.why == .exactMatch, why: Why(candidate.why))
    }
    self.init(name: "cilium_lb4_services_v2", candidates: candidates)
  }

  private init(_ lookup: EndpointLookup) {
    let candidates = lookup.entries.map { entry in
      let won = entry == lookup.answer
      return Candidate(.endpoint(entry), won: won, why: won ? .exactMatch : .otherAddress)
    }
    self.init(name: "cilium_lxc", candidates: candidates)
  }

  private init(_ decision: TunnelDecision) {
    guard case .tunnel = decision.mode, let entry = decision.entry else {
      self.init(name: nil)
      return
    }
    let candidate = Candidate(.ipcache(entry), won: true, why: .longestPrefix)
    self.init(name: "cilium_ipcache_v2", candidates: [candidate])
  }
}

extension IdentityLookup.Why {
  fileprivate var isWinning: Bool { self == .onlyMatch || self == .longestPrefix }
}

extension EvidenceTable.Why {
  fileprivate init(_ why: IdentityLookup.Why) {
    self =
      switch why {
      case .onlyMatch: .onlyMatch
      case .longestPrefix: .longestPrefix
      case .shorterPrefix: .shorterPrefix
      case .wouldNotMatch: .wouldNotMatch
      }
  }

  fileprivate init(_ why: ServiceLookup.Why) {
    self =
      switch why {
      case .exactMatch: .exactMatch
      case .otherAddress: .otherAddress
      case .otherPort: .otherPort
      case .otherTransport: .otherTransport
      }
  }
}

// MARK: Policy

extension EvidenceTable {
  private init(_ verdict: PolicyVerdict) {
    guard let lookup = verdict.lookup else {
      self.init(name: "cilium_policy_v2")
      return
    }
    let candidates = lookup.candidates.map { candidate in
      Candidate(
        .policy(candidate.entry, endpoint: lookup.endpoint), won: candidate.why.isWinner,
        why: Why(candidate.why))
    }
    self.init(name: PolicyMap.name(ofEndpoint: lookup.endpoint), candidates: candidates)
  }
}

extension EvidenceTable.Why {
  fileprivate init(_ why: PolicyLookup.Why) {
    self =
      switch why {
      case .onlyMatch: .onlyEntry
      case .deny: .deny
      case .longestPort: .longestPort
      case .exactIdentity: .exactIdentity
      case .denyWins: .denyWins
      case .shorterPort: .shorterPort
      case .wildcardIdentity: .everyIdentity
      case .coveredByDeny: .coveredByDeny
      case .otherIdentity: .otherIdentity
      case .otherProtocol: .otherPolicyProtocol
      case .otherPort: .otherPolicyPort
      }
  }
}

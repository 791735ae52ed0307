/// One lookup in a policy map: what was asked, all that was considered, and why one entry decided.
package struct PolicyLookup: Hashable, Sendable {
  /// The number of the endpoint whose map was asked.
  package var endpoint: Int
  package var direction: TrafficDirection
  package var peer: SecurityIdentity
  package var `protocol`: PolicyProtocol
  /// The destination port; for ICMP the message's type.
  package var port: UInt16
  /// The entry that decided, then the others that match, then what a deny entry covers, then the nearest
  /// misses: four at most.
  package var candidates: [Candidate]
  package var matchType: MatchType
  package var answer: Answer
  /// The rules for which the answer is open; empty unless it is undecided.
  package var unmodelled: [PolicyMap.UnmodelledRule]

  package init(
    endpoint: Int, direction: TrafficDirection, peer: SecurityIdentity, protocol: PolicyProtocol,
    port: UInt16, candidates: [Candidate], matchType: MatchType, answer: Answer,
    unmodelled: [PolicyMap.UnmodelledRule] = []
  ) {
    self.endpoint = endpoint
    self.direction = direction
    self.peer = peer
    self.protocol = `protocol`
    self.port = port
    self.candidates = candidates
    self.matchType = matchType
    self.answer = answer
    self.unmodelled = unmodelled
  }

  package struct Candidate: Hashable, Sendable {
    package var entry: PolicyMap.Entry
    package var why: Why

    package init(entry: PolicyMap.Entry, why: Why) {
      self.entry = entry
      self.why = why
    }
  }

  /// Why an entry decided, or did not.
  package enum Why: Hashable, Sendable, CaseIterable {
    // It decided.
    case onlyMatch
    /// Deny entries come first.
    case deny
    /// More bits of protocol and port match.
    case longestPort
    /// As many bits match, and it names the peer.
    case exactIdentity

    // It matches, but another decided.
    case denyWins
    case shorterPort
    /// As many bits match, but it is for every peer.
    case wildcardIdentity
    /// A deny entry covers all that it is about, so it is not in the map.
    case coveredByDeny

    // It does not match.
    case otherIdentity
    case otherProtocol
    case otherPort

    package var isWinner: Bool {
      switch self {
      case .onlyMatch, .deny, .longestPort, .exactIdentity: true
      case .denyWins, .shorterPort, .wildcardIdentity, .coveredByDeny, .otherIdentity, .otherProtocol,
        .otherPort:
        false
      }
    }
  }

  /// Which parts of the packet the deciding entry names; the raw value is what Cilium prints.
  ///
  /// Source: Cilium `pkg/monitor/api/types.go`, `PolicyMatchType`.
  package enum MatchType: String, Hashable, Sendable, CaseIterable {
    case none
    case l3Only = "L3-Only"
    case l3l4 = "L3-L4"
    case l4Only = "L4-Only"
    case all
    case l3Protocol = "L3-Proto"
    case protocolOnly = "Proto-Only"
  }

  package enum Answer: Hashable, Sendable {
    case allowed
    /// Nothing matched.
    case denied
    /// A deny entry matched.
    case deniedByDenylist
    /// A rule that applies says something that the model does not know.
    case undecided
  }

  /// The entry that decided; `nil` where none matched.
  package var winner: PolicyMap.Entry? {
    candidates.first { $0.why.isWinner }?.entry
  }
}

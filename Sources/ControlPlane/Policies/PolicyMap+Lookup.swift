extension PolicyMap {
  /// Asks the map about a packet.
  ///
  /// Two lookups, each for the longest match of protocol and port: among the entries for the peer, then among
  /// those for every peer. A deny decides, then the longer match, then the entry for the peer.
  ///
  /// - Parameter port: the destination port; for ICMP the message's type.
  ///
  /// Source: Cilium `bpf/lib/policy.h`, `__policy_can_access`.
  package func lookup(
    _ direction: TrafficDirection, peer: SecurityIdentity, protocol: PolicyProtocol, port: UInt16
  ) -> PolicyLookup {
    let packet = Key(direction, peer, L4Match(`protocol`, port: port))
    let matches = entries.filter { $0.key.covers(packet) }
      .sorted { $0.key.l4.prefixLength > $1.key.l4.prefixLength }
    let exact = matches.filter { !$0.key.isForEveryPeer }
    let forEveryPeer = matches.filter(\.key.isForEveryPeer)
    let winner = Entry.decisive(exact: exact.first, forEveryPeer: forEveryPeer.first)
    let open = unmodelled.filter { $0.isAbout(packet) }
    let answer = answer(by: winner, open)
    return PolicyLookup(
      endpoint: endpoint, direction: direction, peer: peer, protocol: `protocol`, port: port,
      candidates: candidates(winner, among: exact + forEveryPeer, for: packet),
      matchType: winner.map { PolicyLookup.MatchType($0.key) } ?? .none, answer: answer,
      unmodelled: answer == .undecided ? open : [])
  }

  /// Denied stays denied; an open rule that denies, or that looks into packets, leaves all else open; an open
  /// rule that allows leaves open what nothing else allows.
  private func answer(by winner: Entry?, _ open: [UnmodelledRule]) -> PolicyLookup.Answer {
    if winner?.isDeny == true { return .deniedByDenylist }
    let isOpen = open.contains { rule in
      rule.id.section.isDeny || rule.section.mayForbid || winner == nil
    }
    if isOpen { return .undecided }
    return winner == nil ? .denied : .allowed
  }

  private func candidates(
    _ winner: Entry?, among matches: [Entry], for packet: Key
  ) -> [PolicyLookup.Candidate] {
    let losers = matches.filter { $0 != winner }
    var candidates: [PolicyLookup.Candidate] = []
    if let winner {
      candidates.append(.init(entry: winner, why: winner.reasonToWin(over: losers)))
      candidates += losers.map { .init(entry: $0, why: $0.reasonToLose(against: winner)) }
    }
    candidates += covered.filter { $0.key.covers(packet) }.map { .init(entry: $0, why: .coveredByDeny) }
    return candidates + nearestMisses(of: packet)
  }

  /// How many entries that do not match a lookup shows.
  private static let mostMisses = 4

  /// Entries that only protocol and port keep from matching, then those that only the peer does.
  private func nearestMisses(of packet: Key) -> [PolicyLookup.Candidate] {
    let own = entries.filter { $0.key.direction == packet.direction }
    let otherPorts = own.filter { $0.key.isAbout(packet.identity) && !$0.key.l4.contains(packet.l4) }
    let otherPeers = own.filter { !$0.key.isAbout(packet.identity) && $0.key.l4.contains(packet.l4) }
    let misses = otherPorts.map { entry in
      let isOtherProtocol = entry.key.l4.protocol != packet.l4.protocol
      return PolicyLookup.Candidate(entry: entry, why: isOtherProtocol ? .otherProtocol : .otherPort)
    }
    let strangers = otherPeers.sorted { $0.key.l4.prefixLength > $1.key.l4.prefixLength }
      .map { PolicyLookup.Candidate(entry: $0, why: .otherIdentity) }
    return Array((misses + strangers).prefix(PolicyMap.mostMisses))
  }
}

extension PolicyMap.Entry {
  /// Which of the two lookups' entries decides.
  fileprivate static func decisive(
    exact: PolicyMap.Entry?, forEveryPeer: PolicyMap.Entry?
  ) -> PolicyMap.Entry? {
    guard let exact else { return forEveryPeer }
    guard let forEveryPeer, !exact.isDeny else { return exact }
    let isLonger = forEveryPeer.key.l4.prefixLength > exact.key.l4.prefixLength
    return forEveryPeer.isDeny || isLonger ? forEveryPeer : exact
  }

  fileprivate func reasonToWin(over losers: [PolicyMap.Entry]) -> PolicyLookup.Why {
    if losers.isEmpty { return .onlyMatch }
    if isDeny { return .deny }
    let isLongest = losers.allSatisfy { $0.key.l4.prefixLength < key.l4.prefixLength }
    return isLongest ? .longestPort : .exactIdentity
  }

  fileprivate func reasonToLose(against winner: PolicyMap.Entry) -> PolicyLookup.Why {
    if winner.isDeny { return .denyWins }
    return key.l4.prefixLength < winner.key.l4.prefixLength ? .shorterPort : .wildcardIdentity
  }
}

extension PolicyMap.UnmodelledRule {
  fileprivate func isAbout(_ packet: PolicyMap.Key) -> Bool {
    id.section.direction == packet.direction && (identities?.contains(packet.identity) ?? true)
      && l4.contains { $0.contains(packet.l4) }
  }
}

extension PolicyLookup.MatchType {
  init(_ key: PolicyMap.Key) {
    self =
      switch (key.isForEveryPeer, key.l4.prefixLength) {
      case (true, 0): .all
      case (true, ...8): .protocolOnly
      case (true, _): .l4Only
      case (false, 0): .l3Only
      case (false, ...8): .l3Protocol
      case (false, _): .l3l4
      }
  }
}

extension PolicyRepository {
  /// The policy map of an endpoint.
  ///
  /// Source: Cilium `pkg/policy/resolve.go`, `pkg/policy/l4.go`, `toMapState`.
  package func map(of subject: Subject) -> PolicyMap {
    var gathered = GatheredEntries()
    var unmodelled: [PolicyMap.UnmodelledRule] = []
    var postures: [TrafficDirection: PolicyRuleSet.Posture] = [:]
    for direction in TrafficDirection.allCases {
      let posture = posture(direction, of: subject.identity)
      postures[direction] = posture
      gathered.addDefaults(posture, direction)
      guard posture != .untouched else { continue }
      for rule in rules(direction, for: subject) {
        add(rule, for: subject, to: &gathered, &unmodelled)
      }
    }
    let (entries, covered) = gathered.settled()
    return PolicyMap(
      endpoint: subject.endpoint, enforcesIngress: postures[.ingress] != .untouched,
      enforcesEgress: postures[.egress] != .untouched, entries: entries, covered: covered,
      unmodelled: unmodelled.sorted { ($0.id, $0.section.rawValue) < ($1.id, $1.section.rawValue) })
  }

  private func rules(_ direction: TrafficDirection, for subject: Subject) -> [PolicyRule] {
    guard enforcement != .never else { return [] }
    return ruleSets.filter { $0.selects(subject.identity) }.flatMap(\.rules)
      .filter { $0.id.section.direction == direction }
  }

  private func add(
    _ rule: PolicyRule, for subject: Subject, to gathered: inout GatheredEntries,
    _ unmodelled: inout [PolicyMap.UnmodelledRule]
  ) {
    let matches = l4Matches(of: rule, for: subject)
    let peers = rule.peers.flatMap { selectedIdentities(by: $0) }
    for section in rule.unmodelled where !matches.isEmpty {
      unmodelled.append(
        PolicyMap.UnmodelledRule(
          id: rule.id, section: section, identities: possiblePeers(section, listed: peers), l4: matches))
    }
    guard rule.unmodelled.isEmpty else { return }
    for identity in peers {
      for match in matches {
        gathered.add(
          PolicyMap.Key(rule.id.section.direction, identity, match), isDeny: rule.id.section.isDeny,
          .rule(rule.id))
      }
    }
  }

  private func l4Matches(of rule: PolicyRule, for subject: Subject) -> [L4Match] {
    guard !rule.ports.isEmpty else { return [.any] }
    let matches = rule.ports.flatMap { port -> [L4Match] in
      guard let first = number(of: port, rule.id.section.direction, for: subject) else { return [] }
      return L4Match.prefixes(port.protocol, from: first, to: port.endPort ?? first)
    }
    return Set(matches).sorted()
  }

  private func selectedIdentities(by peer: PolicyPeer) -> [SecurityIdentity] {
    if case .all = peer { return [.unknown] }
    return identities.filter { peer.selects($0) }.map(\.identity)
  }

  /// `nil` is every peer.
  private func possiblePeers(
    _ section: UnmodelledSection, listed: [SecurityIdentity]
  ) -> [SecurityIdentity]? {
    switch section.reach {
    case .listedPeers: listed.contains(.unknown) ? nil : Set(listed).sorted()
    case .outsideCluster: identities.filter(\.isOutsideCluster).map(\.identity).sorted()
    case .anyPeer: nil
    }
  }
}

/// Entries before it is settled which of them stay.
private struct GatheredEntries {
  private var allows: [PolicyMap.Key: Set<PolicyMap.Origin>] = [:]
  private var denies: [PolicyMap.Key: Set<PolicyMap.Origin>] = [:]

  mutating func add(_ key: PolicyMap.Key, isDeny: Bool, _ origin: PolicyMap.Origin) {
    if isDeny {
      denies[key, default: []].insert(origin)
    } else {
      allows[key, default: []].insert(origin)
    }
  }

  /// What holds without any rule.
  ///
  /// Source: Cilium `pkg/policy/mapstate.go`, `allowAllIdentities`, `determineAllowLocalhostIngress`;
  /// `pkg/policy/repository.go`, `wildcardRule`.
  mutating func addDefaults(_ posture: PolicyRuleSet.Posture, _ direction: TrafficDirection) {
    let everything = PolicyMap.Key(direction, .unknown, .any)
    switch posture {
    case .untouched: add(everything, isDeny: false, .notEnforced)
    case .allowsTheRest: add(everything, isDeny: false, .allowsTheRest)
    case .deniesTheRest: break
    }
    if direction == .ingress {
      add(PolicyMap.Key(.ingress, .host, .any), isDeny: false, .allowsLocalhost)
    }
  }

  /// What goes into the map, and what a deny entry covers, both in ascending order.
  ///
  /// The map's own lookup weighs entries for one peer against those for every peer; that a deny beats a longer
  /// port is settled here, by leaving out what it covers.
  ///
  /// Source: Cilium `pkg/policy/mapstate.go`, `insertWithChanges`.
  func settled() -> (entries: [PolicyMap.Entry], covered: [PolicyMap.Entry]) {
    let denyKeys = Array(denies.keys)
    var entries: [PolicyMap.Entry] = []
    var covered: [PolicyMap.Entry] = []
    for (key, origins) in denies {
      let entry = PolicyMap.Entry(key: key, isDeny: true, origins: origins.sorted())
      let isCovered = denyKeys.contains { $0 != key && $0.covers(key) }
      if isCovered { covered.append(entry) } else { entries.append(entry) }
    }
    for (key, origins) in allows where !isImplied(key) {
      let entry = PolicyMap.Entry(key: key, origins: origins.sorted())
      let isCovered = denyKeys.contains { $0.covers(key) }
      if isCovered { covered.append(entry) } else { entries.append(entry) }
    }
    return (entries.sorted(by: precedes), covered.sorted(by: precedes))
  }

  /// An allowed port of one peer needs no entry where the same port is allowed to every peer.
  ///
  /// Source: Cilium `pkg/policy/l4.go`, `toMapState`.
  private func isImplied(_ key: PolicyMap.Key) -> Bool {
    let forEveryPeer = PolicyMap.Key(key.direction, .unknown, key.l4)
    return !key.isForEveryPeer && key.l4.portBits > 0 && allows[forEveryPeer] != nil
      && denies[forEveryPeer] == nil
  }

  private func precedes(_ left: PolicyMap.Entry, _ right: PolicyMap.Entry) -> Bool {
    left.key == right.key ? left.isDeny && !right.isDeny : left.key < right.key
  }
}

import NetModel

/// The leases of all announced Services: who holds them, who takes them next and when.
///
/// Whoever comes first wins, and keeps the lease while it renews. What is left to chance is drawn from the seed, unless
/// it was recorded.
/// Source: Cilium `pkg/l2announcer/l2announcer.go`; Kubernetes `client-go/tools/leaderelection/leaderelection.go`.
package struct LeaseElections: Hashable, Sendable {
  /// In ascending order of Service.
  private(set) package var leases: [Lease] = []
  /// What the agents tell of their elections in their logs, in order; older events are forgotten.
  private(set) package var events: [LeaseEvent] = []
  /// How often each Service's lease was taken.
  private var electionCounts: [ServiceID: Int] = [:]
  /// The agents that try for each Service's lease.
  private var seekers = LeaseCandidates()
  /// The nodes that were switched off when leases were looked at last.
  private var downNodes: Set<NodeID> = []

  /// What agents' logs tell goes back that many events.
  private static let mostEvents = 1000

  package init() {}

  /// What elections depend on.
  struct Setting {
    var candidates: LeaseCandidates
    /// The nodes that are switched off.
    var downNodes: Set<NodeID>
    var timings: [NodeID: LeaseTiming]
    /// Agents that sweep empty leases away.
    var sweepers: [NodeID]
    var facts: RecordedFacts
    var seed: UInt64
  }

  package func lease(of service: ServiceID) -> Lease? { leases.element(at: service, by: \.service) }

  /// The Services whose lease each living node holds, in ascending order; `nil` asks for all.
  func heldServices(among services: Set<ServiceID>?) -> [NodeID: [ServiceID]] {
    var held: [NodeID: [ServiceID]] = [:]
    let asked = services.map { $0.sorted().compactMap { lease(of: $0) } } ?? leases
    for lease in asked where !lease.isOrphaned {
      if let holder = lease.holder { held[holder, default: []].append(lease.service) }
    }
    return held
  }

  /// The Services whose lease is held otherwise than before.
  func changedServices(since former: LeaseElections) -> [ServiceID] {
    guard leases != former.leases else { return [] }
    let gone = former.leases.map(\.service).filter { lease(of: $0) == nil }
    return gone + leases.filter { $0 != former.lease(of: $0.service) }.map(\.service)
  }

  /// The leases of a node are given up, as it stops in order.
  mutating func release(heldBy node: NodeID, at instant: Instant) {
    for index in leases.indices where leases[index].holder == node { leases[index].release(at: instant) }
    endLog(of: node)
  }

  /// Somebody deletes a lease: its holder makes it anew when it renews it next, here at once; false where nobody holds
  /// it. That no other node is faster is assumed.
  ///
  /// Source: Kubernetes `client-go/tools/leaderelection/leaderelection.go`, `tryAcquireOrRenew`.
  mutating func remake(_ name: String, at instant: Instant, creation: () -> Creation) -> Bool {
    guard
      let index = leases.firstIndex(where: { $0.name == name && $0.holder != nil && !$0.isOrphaned })
    else { return false }
    leases[index].acquired = instant
    leases[index].renewed = instant
    leases[index].transitions = 0
    leases[index].created = creation()
    return true
  }

  /// A node's agent ends: the next one's log begins anew.
  mutating func endLog(of node: NodeID) {
    events.removeAll { $0.node == node }
    seekers.remove(node)
  }

  /// Lets everybody react to how things are: holders that want their lease no more give it up, Services without a
  /// lease get one at once.
  mutating func reconcile(_ setting: Setting, at instant: Instant, creation: () -> Creation) {
    guard setting.candidates != seekers || setting.downNodes != downNodes else { return }
    downNodes = setting.downNodes
    for index in leases.indices { watchHolder(at: index, setting, at: instant) }
    noteSeekers(setting.candidates, at: instant)
    let known = Set(leases.map(\.service))
    for service in setting.candidates.services where !known.contains(service) {
      guard let node = firstHolder(of: service, setting) else { continue }
      countElection(of: service)
      let timing = setting.timings[node] ?? LeaseTiming()
      leases.append(
        Lease(service: service, holder: node, timing: timing, at: instant, created: creation()))
      note(.acquired, of: service, by: node, at: instant)
    }
    if leases.count > known.count { leases.sort { $0.service < $1.service } }
  }

  /// Whoever begins to want a lease says so.
  private mutating func noteSeekers(_ candidates: LeaseCandidates, at instant: Instant) {
    for (service, node) in candidates.added(since: seekers, atMost: Self.mostEvents) {
      note(.sought, of: service, by: node, at: instant)
    }
    seekers = candidates
  }

  private mutating func note(
    _ kind: LeaseEvent.Kind, of service: ServiceID, by node: NodeID, at instant: Instant
  ) {
    if events.count == Self.mostEvents { events.removeFirst() }
    events.append(LeaseEvent(instant: instant, node: node, service: service, kind: kind))
  }

  private mutating func watchHolder(at index: Int, _ setting: Setting, at instant: Instant) {
    guard let holder = leases[index].holder else { return }
    if setting.downNodes.contains(holder) {
      if !leases[index].isOrphaned { leases[index].orphan(at: instant) }
    } else if setting.candidates.contains(holder, for: leases[index].service) {
      guard leases[index].isOrphaned else { return }
      leases[index].isOrphaned = false
      leases[index].renewed = instant
    } else {
      leases[index].release(at: instant)
    }
  }

  /// Every lease has a holder that renews it.
  var isAtRest: Bool { leases.allSatisfy { $0.holder != nil && !$0.isOrphaned } }

  /// When something happens by itself next; `nil` where all leases are at rest.
  func nextEvent(_ setting: Setting) -> Instant? {
    leases.compactMap { event(of: $0, setting)?.instant }.min()
  }

  /// Lets happen what is due at `instant`.
  mutating func advance(_ setting: Setting, to instant: Instant) {
    for lease in leases {
      guard let event = event(of: lease, setting), event.instant <= instant,
        let index = leases.firstIndex(where: { $0.service == lease.service })
      else { continue }
      if let node = event.taker {
        countElection(of: lease.service)
        leases[index].take(node, timing: setting.timings[node] ?? LeaseTiming(), at: instant)
        note(.acquired, of: lease.service, by: node, at: instant)
      } else {
        leases.remove(at: index)
      }
    }
  }

  private mutating func countElection(of service: ServiceID) {
    electionCounts[service, default: 0] += 1
  }

  private func firstHolder(of service: ServiceID, _ setting: Setting) -> NodeID? {
    let candidates = setting.candidates[service]
    if let recorded = recordedHolder(of: service, among: candidates, setting) { return recorded }
    let pauses = quickest(candidates, service, setting).map { ($0, pause(of: $0, service, setting)) }
    return pauses.min { $0.1 < $1.1 }?.0
  }

  /// Of very many candidates as many take part in the draw as one can look at; which, is drawn too.
  private func quickest(_ candidates: [NodeID], _ service: ServiceID, _ setting: Setting) -> [NodeID] {
    guard candidates.count > Self.mostDrawn else { return candidates }
    var draw = Draw(
      seed: setting.seed, for: "lease-candidates", service.description, String(electionCounts[service] ?? 0))
    let start = draw.number(in: 0...candidates.count - 1)
    return (0..<Self.mostDrawn).map { candidates[(start + $0) % candidates.count] }
  }

  /// How many candidates of one lease have their pauses drawn.
  private static let mostDrawn = 50

  private func recordedHolder(
    of service: ServiceID, among candidates: [NodeID], _ setting: Setting
  ) -> NodeID? {
    let holders = setting.facts.service(service)?.leaseHolders ?? []
    let ordinal = electionCounts[service] ?? 0
    guard holders.indices.contains(ordinal), candidates.contains(holders[ordinal]) else { return nil }
    return holders[ordinal]
  }

  // MARK: What happens next

  /// A node takes the lease, or it is swept away.
  private struct Event {
    var instant: Instant
    var taker: NodeID?
  }

  private func event(of lease: Lease, _ setting: Setting) -> Event? {
    guard lease.holder == nil || lease.isOrphaned else { return nil }
    let candidates = setting.candidates[lease.service]
    if candidates.isEmpty { return lease.holder == nil ? sweep(of: lease, setting) : nil }
    let recorded = recordedHolder(of: lease.service, among: candidates, setting)
    let takers = (recorded.map { [$0] } ?? quickest(candidates, lease.service, setting)).map { node in
      Event(instant: takeOver(of: lease, by: node, setting), taker: node)
    }
    return takers.min { $0.instant < $1.instant }
  }

  /// When a candidate notices that the lease is free: it looks again after a pause, and takes an orphaned lease when it
  /// has seen it unchanged for its whole duration.
  private func takeOver(of lease: Lease, by node: NodeID, _ setting: Setting) -> Instant {
    let pause = pause(of: node, lease.service, setting)
    guard lease.isOrphaned else {
      return lease.renewed + (node == lease.formerHolder ? Self.agentRestart : pause)
    }
    let noticed = self.pause(of: node, lease.service, setting, "noticed")
    return lease.renewed + noticed + lease.duration + pause
  }

  /// Longer than any candidate's pause: a holder that restarts finds its lease taken, if anybody else wants it.
  ///
  /// Assumed.
  static let agentRestart = Duration.seconds(10)

  private func pause(
    of node: NodeID, _ service: ServiceID, _ setting: Setting, _ purpose: String = "pause"
  ) -> Duration {
    let ordinal = String(electionCounts[service] ?? 0)
    var draw = Draw(seed: setting.seed, for: "lease", purpose, service.description, ordinal, node.name)
    let longest = (setting.timings[node] ?? LeaseTiming()).longestPause
    return longest * draw.number(in: 0...999) / 1000
  }

  /// Every agent sweeps once a minute; the phases are drawn.
  private func sweep(of lease: Lease, _ setting: Setting) -> Event? {
    let minute = Duration.seconds(60).wholeNanoseconds
    let nodes = setting.sweepers
    let instants = nodes.map { node -> Instant in
      let phase = Self.sweepPhase(of: node, seed: setting.seed)
      let passed = lease.renewed.nanoseconds - phase
      let rounds = passed < 0 ? 0 : passed / minute + 1
      return Instant(nanoseconds: phase + rounds * minute)
    }
    return instants.min().map { Event(instant: $0) }
  }

  /// When in each minute an agent sweeps, in nanoseconds.
  package static func sweepPhase(of node: NodeID, seed: UInt64) -> Int64 {
    var draw = Draw(seed: seed, for: "lease-sweep", node.name)
    return Int64(draw.number(in: 0...59_999)) * 1_000_000
  }
}

import NetModel

extension Network {
  /// When something happens by itself next; `nil` where all is at rest.
  package var nextEvent: Instant? {
    let outages = outages.compactMap {
      $0.nextEvent(silence: silence(of: $0), isMember: cluster?.metalLB != nil)
    }
    let others = [nextElection, cluster?.agentRollout?.nextEvent, cluster?.nextKill]
    return (outages + others.compactMap(\.self)).min()
  }

  private var nextElection: Instant? {
    guard let elections = cluster?.leaseElections, !elections.isAtRest else { return nil }
    return cluster?.electionSetting(in: self).flatMap { elections.nextEvent($0) }
  }

  /// Lets pass the time until `instant`, with all that happens by itself in it.
  package mutating func advance(to instant: Instant) {
    while let event = nextEvent, event <= instant { happen(at: max(event, now)) }
    now = max(now, instant)
  }

  /// Lets time pass until nothing happens by itself any more; the last moment is `now`.
  package mutating func comeToRest() {
    for _ in 0..<Self.mostEvents {
      guard let event = nextEvent else { return }
      happen(at: max(event, now))
    }
  }

  /// Far more than any edit sets off; keeps a fault of the model from running for ever.
  private static let mostEvents = 10_000

  /// All that is due at a moment.
  private mutating func happen(at instant: Instant) {
    now = instant
    revision += 1
    let before = self
    for outage in outages { pass(outage, at: instant) }
    cluster?.killPods(at: instant)
    if let setting = cluster?.electionSetting(in: self) {
      cluster?.leaseElections.advance(setting, to: instant)
    }
    settleOrStay(at: instant)
    announce(since: before)
  }

  /// Control loops run; where they cannot, for want of addresses, all stays as it was.
  private mutating func settleOrStay(at instant: Instant) {
    var next = self
    do {
      try next.goOnWithRollout(at: instant)
      try next.settle(at: instant)
      self = next
    } catch {
      return
    }
  }

  private mutating func pass(_ outage: Outage, at instant: Instant) {
    guard let index = outages.firstIndex(where: { $0.node == outage.node }) else { return }
    if let returns = outage.returns, returns <= instant { return boot(outage.node) }
    if outage.since + silence(of: outage) <= instant { outages[index].sessionsEnded = true }
    if outage.since + Outage.memberSilence <= instant { outages[index].isMissed = true }
    if !outage.isNoticed, outage.since + Outage.gracePeriod <= instant {
      outages[index].isNoticed = true
      cluster?.lostNodes.insertSorted(outage.node, by: <)
    }
    if !outage.isEvicted, outage.since + Outage.gracePeriod + Outage.toleration <= instant {
      outages[index].isEvicted = true
      if var evicting = cluster {
        evicting.evictPods(from: outage.node, in: self, at: instant)
        cluster = evicting
      }
    }
  }
}

extension Network {
  /// A machine goes down and comes up again; in order, what its agent held it gives up first.
  mutating func reboot(_ node: NodeID, isClean: Bool, at instant: Instant) throws(EditError) {
    try switchOff(node)
    if isClean { cluster?.leaseElections.release(heldBy: node, at: instant) }
    outages.insertSorted(
      Outage(
        node: node, since: instant, returns: instant + Outage.bootTime, isClean: isClean,
        keepsRoutes: gracefulRestartTime(of: node) != nil)
    ) { $0.node < $1.node }
  }

  /// A machine goes down in order and stays off.
  mutating func shutDown(_ node: NodeID, at instant: Instant) throws(EditError) {
    try switchOff(node)
    cluster?.leaseElections.release(heldBy: node, at: instant)
    let keepsRoutes = gracefulRestartTime(of: node) != nil
    outages.insertSorted(Outage(node: node, since: instant, isClean: true, keepsRoutes: keepsRoutes)) {
      $0.node < $1.node
    }
  }

  /// A machine loses its power: nobody is told.
  mutating func crash(_ node: NodeID, at instant: Instant) throws(EditError) {
    try switchOff(node)
    outages.insertSorted(Outage(node: node, since: instant, isClean: false)) { $0.node < $1.node }
  }

  /// Someone switches a machine on.
  mutating func powerOn(_ node: NodeID) throws(EditError) {
    guard let machine = machine(node) else { throw .unknownNode(node) }
    if !machine.isUp { boot(node) }
  }

  private mutating func switchOff(_ node: NodeID) throws(EditError) {
    guard let position = machines.position(of: node, by: \.id) else { throw .unknownNode(node) }
    guard machines[position].isUp else { throw .powerIsOff(node) }
    machines[position].isUp = false
    cluster?.leaseElections.endLog(of: node)
    machines[position].modules = []
    manualChanges.removeAll { $0.stack == .host(node) }
  }

  /// The machine starts: its agent takes the release's values, its pods' sandboxes are made anew.
  private mutating func boot(_ node: NodeID) {
    guard let position = machines.position(of: node, by: \.id) else { return }
    machines[position].isUp = true
    endSessions(of: [node])
    outages.removeAll { $0.node == node }
    cluster?.lostNodes.removeAll { $0 == node }
    guard let agent = cluster?.node(node)?.agent else { return }
    let settings = (try? cluster.map { try CiliumSettings(ofRelease: $0.helmValues) }) ?? agent.settings
    if var started = cluster, (try? started.startAgent(on: node, settings: settings, in: self)) != nil {
      cluster = started
    }
    cluster?.restartPods(on: node)
    restoreAgentRoutes(on: node)
  }
}

extension Cluster {
  /// The kubelet starts all containers of a node again; pods with a network of their own get a new place in it.
  ///
  /// Source: Kubernetes `pkg/kubelet/kuberuntime`: a sandbox does not outlive its machine.
  mutating func restartPods(on node: NodeID) {
    forgetNumbers(on: node)
    for pod in pods(on: node) where pod.termination != nil { pods[id: pod.id] = nil }
    for index in pods.indices where pods[index].node == node {
      pods[index].restarts += 1
      pods[index].endpoint = nil
    }
  }

  /// Neither maps nor interfaces outlive the machine: numbers begin anew.
  private mutating func forgetNumbers(on node: NodeID) {
    guard let index = nodes.position(of: node), var agent = nodes[index].agent else {
      return
    }
    agent.nextInterfaceIndex = (agent.devices.map(\.index).max() ?? 0) + 1
    agent.numbers = nil
    nodes[index].agent = agent
  }

  /// The pods that controllers made are deleted, so that they are made anew elsewhere; they stay until the node is
  /// back.
  ///
  /// Source: Kubernetes `pkg/controller/tainteviction`.
  mutating func evictPods(from node: NodeID, in network: Network, at instant: Instant) {
    for pod in pods(on: node) where pod.workload.kind == .deployment {
      endPod(pod.id, in: network, at: instant)
    }
  }
}

import NetModel

extension Network {
  /// Changes the network; where the edit makes no sense, nothing changes.
  package mutating func apply(_ edit: Edit, at instant: Instant) throws(EditError) {
    var next = self
    next.advance(to: instant)
    try next.live(through: edit, at: next.now)
    next.revision += 1
    self = next
  }

  /// Makes edits one after another; where one makes no sense, nothing changes.
  ///
  /// Control loops run once, behind the last, as long as nothing depends on the order of events; else everything comes
  /// to rest behind each.
  package mutating func apply(_ edits: [Edit], at instant: Instant) throws(EditFailure) {
    var next = self
    next.advance(to: instant)
    for (index, edit) in edits.enumerated() {
      do {
        if index == edits.count - 1 || next.dependsOnOrder {
          try next.live(through: edit, at: next.now)
          next.comeToRest()
        } else {
          try next.perform(edit, at: next.now)
        }
      } catch {
        throw EditFailure(index: index, error: error)
      }
    }
    next.revision += edits.count
    self = next
  }

  /// Makes an edit and lets everybody react to it at once.
  private mutating func live(through edit: Edit, at instant: Instant) throws(EditError) {
    let before = self
    try perform(edit, at: instant)
    try settle(at: instant)
    announce(since: before)
  }

  /// Whose turn it is decides who gets an address or a lease.
  private var dependsOnOrder: Bool {
    guard let cluster else { return false }
    return !outages.isEmpty || !cluster.documents.isEmpty || cluster.agentRollout != nil
  }

  /// The network after an edit.
  package func applying(_ edit: Edit, at instant: Instant) throws(EditError) -> Network {
    var next = self
    try next.apply(edit, at: instant)
    return next
  }

  private mutating func perform(_ edit: Edit, at instant: Instant) throws(EditError) {
    switch edit {
    case .addRoute(let route, let stack): try addRoute(route, on: stack)
    case .replaceRoute(let route, let stack): try replaceRoute(route, on: stack)
    case .insertRoute(let route, let atEnd, let stack):
      try insertRoute(route, atEnd: atEnd, on: stack)
    case .deleteRoute(let selector, let stack): try deleteRoute(selector, on: stack)
    case .addRule(let rule, let stack): try addRule(rule, on: stack)
    case .deleteRule(let rule, let stack): try deleteRule(rule, on: stack)
    case .setNeighbor(let neighbor, let stack): try setNeighbor(neighbor, on: stack)
    case .learnNeighbors(let entries): learn(entries)
    case .deleteNeighbor(let address, let interface, let stack):
      try deleteNeighbor(address, interface: interface, on: stack)
    case .addAddress(let address, let interface): try addAddress(address, to: interface)
    case .deleteAddress(let selector, let interface): try deleteAddress(selector, from: interface)
    case .setLink(let interface, let isUp): try setLink(interface, isUp: isUp)
    case .setMTU(let interface, let bytes): try setMTU(interface, bytes: bytes)
    case .setSysctl(let key, let value, let stack): try setSysctl(key, value: value, on: stack)
    case .loadModule(let name, let node): try loadModule(name, on: node)
    case .unloadModule(let name, let node): try unloadModule(name, on: node)
    case .setPower(let node, isOn: true): try powerOn(node)
    case .setPower(let node, isOn: false): try crash(node, at: instant)
    case .reboot(let node, let isClean): try reboot(node, isClean: isClean, at: instant)
    case .shutDown(let node): try shutDown(node, at: instant)
    case .setHelmValues(let settings, let selection):
      try setHelmValues(settings, restart: selection, at: instant)
    case .setRelease(let values):
      guard cluster != nil else { throw .noCluster }
      cluster?.release(values, .upgrade, at: instant)
    case .rollBackHelm(let number): try rollBackHelm(to: number, at: instant)
    case .restartAgents(let selection): try restartAgents(selection, at: instant)
    case .beginAgentRestart(let node): try beginAgentRestart(on: node, at: instant)
    case .setWireLimit(let wire, let bytes): try setWireLimit(wire, bytes: bytes)
    case .setPortFilter(let wire, let port, let isBlocked):
      try setPortFilter(wire, port: port, isBlocked: isBlocked)
    case .create(let objects): try create(objects, at: instant)
    case .replacePolicy(let policy): try replacePolicy(policy)
    case .delete(let id): try delete(id, at: instant)
    case .changeObject(let change): try changeObject(change, at: instant)
    case .scale(let workload, let replicas): try scale(workload, replicas: replicas)
    }
  }

  /// Lets the cluster's control loops run, and forgets what was changed in pods that are gone.
  mutating func settle(at instant: Instant) throws(EditError) {
    try rollOutTemplate(at: instant)
    guard var settled = cluster else { return }
    try settled.settle(in: self, at: instant)
    cluster = settled
    settleSessions(at: instant)
    guard !manualChanges.isEmpty else { return }
    manualChanges.removeAll { changes in
      if case .pod(let pod) = changes.stack { settled.pod(pod) == nil } else { false }
    }
  }
}

import NetModel

extension Cluster {
  /// Brings what is behind Services, and every agent's numbers for it, up to date with what has changed.
  mutating func settleLoadBalancers(_ changes: ClusterIndex.Changes, in network: Network) {
    let changed = settleBackedServices(changes)
    forgetUnused(changed)
    for key in Array(serviceNumbers.keys) {
      for change in changed { if let service = change.new { number(service, in: key) } }
    }
    settleShapes(changes, in: network)
  }

  // MARK: Backends

  /// Writes down anew what is behind the Services that a change is about; in the order in which they were made.
  private mutating func settleBackedServices(
    _ changes: ClusterIndex.Changes
  ) -> [ObjectTable<BackedService>.Change] {
    let before = index.value.backedServices
    for change in changes.services {
      guard let old = change.old, change.new?.created != old.created else { continue }
      index.value.backedServices[id: old.created.order] = nil
    }
    for id in touchedServices(changes) {
      guard let service = services[id: id] else { continue }
      let ports = service.ports.map { port in
        BackedPort(service: service, port: port, backends: backends(of: service, port: port))
      }
      let order = service.created.order
      let backed = BackedService(id: order, ports: ports)
      if index.value.backedServices[id: order] != backed { index.value.backedServices[id: order] = backed }
    }
    return index.value.backedServices.changes(since: before)
  }

  /// The Services that were changed, or have changed pods behind them.
  private func touchedServices(_ changes: ClusterIndex.Changes) -> Set<ServiceID> {
    if changes.nodes.contains(where: { $0.old?.address != $0.new?.address }) {
      return Set(services.map(\.id))
    }
    var touched = Set(changes.services.compactMap { $0.new?.id })
    let found = changes.lostNodes.flatMap { pods(on: $0) }
    let moved = changes.pods.flatMap { [$0.old, $0.new].compactMap(\.self) }
    var seen: [String: Set<Labels>] = [:]
    for pod in found + moved
    where seen[pod.id.namespace, default: []].insert(pod.template.labels).inserted {
      touched.formUnion(index.value.selectors[pod.id.namespace]?.selecting(pod.template.labels) ?? [])
    }
    return touched
  }

  /// The ports of all Services, in the order in which the Services were made; the same for every node.
  var backedPorts: [BackedPort] { index.value.backedServices.flatMap(\.ports) }

  // MARK: Numbers

  private mutating func forgetUnused(_ changed: [ObjectTable<BackedService>.Change]) {
    let keys = Array(serviceNumbers.keys)
    var places: Set<ServiceNumbers.Place> = []
    var backends: Set<Frontend> = []
    for change in changed {
      change.old?.places.forEach { places.insert($0) }
      change.old?.backendFrontends.forEach { backends.insert($0) }
    }
    for change in changed {
      for place in change.old?.places ?? [] { index.value.frontendUses[place, default: 0] -= 1 }
      for place in change.new?.places ?? [] { index.value.frontendUses[place, default: 0] += 1 }
      for backend in change.old?.backendFrontends ?? [] { index.value.backendUses[backend, default: 0] -= 1 }
      for backend in change.new?.backendFrontends ?? [] { index.value.backendUses[backend, default: 0] += 1 }
    }
    for place in places where index.value.frontendUses[place] == 0 {
      index.value.frontendUses[place] = nil
      for key in keys { serviceNumbers[key]?.forget(place) }
    }
    for backend in backends where index.value.backendUses[backend] == 0 {
      index.value.backendUses[backend] = nil
      for key in keys { serviceNumbers[key]?.forget(backend) }
    }
  }

  private mutating func number(_ service: BackedService, in key: Int) {
    guard let node = serviceNumbers[key]?.node else {
      serviceNumbers[key]?.number(service) { _ in nil }
      return
    }
    let facts = facts
    serviceNumbers[key]?.number(service) { port in
      facts.service(port.service.id)?.port(port.port.number)?.frontendIDs.first { $0.node == node }?.number
    }
  }

  // MARK: Nodes

  /// Gives numbers to agents that are new, and to those whose devices or settings are others than before.
  private mutating func settleShapes(_ changes: ClusterIndex.Changes, in network: Network) {
    let machinesAreSame = index.value.machines.storage == network.machines.storage
    let changed = machinesAreSame ? changes.nodes.compactMap { $0.new?.id } : nodes.map(\.id)
    guard !changed.isEmpty else { return }
    index.value.machines = network.machines
    let recorded = Set(facts.services.flatMap(\.ports).flatMap(\.frontendIDs).map(\.node))
    var made: [Reshaping: Int] = [:]
    for id in changed {
      guard let position = nodes.position(of: id), let agent = nodes[position].agent else { continue }
      let addresses = network.agentDevices(on: id).compactMap { $0.addresses.first?.local.address }
      let shape = ServiceNumbers.Shape(
        deviceAddresses: addresses.count, replacesKubeProxy: agent.settings.kubeProxyReplacement)
      let isSame = agent.numbers.map { serviceNumbers[$0]?.shape == shape } ?? false
      guard !isSame || agent.nodePortAddresses != addresses else { continue }
      let moved = addresses.indices.filter {
        $0 >= agent.nodePortAddresses.count || agent.nodePortAddresses[$0] != addresses[$0]
      }
      let reshaping = Reshaping(
        numbers: agent.numbers, shape: shape, moved: agent.numbers == nil ? [] : moved.map { $0 + 1 },
        node: recorded.contains(id) ? id : nil)
      let key = made[reshaping] ?? reshape(reshaping)
      made[reshaping] = key
      nodes[position].agent?.numbers = key
      nodes[position].agent?.nodePortAddresses = addresses
    }
    let used = Set(nodes.compactMap { $0.agent?.numbers })
    for key in serviceNumbers.keys where !used.contains(key) { serviceNumbers[key] = nil }
  }

  /// How a node comes to other numbers; nodes that do so alike share them.
  private struct Reshaping: Hashable {
    var numbers: Int?
    var shape: ServiceNumbers.Shape
    /// The ordinals of the device addresses that are others now.
    var moved: [Int]
    var node: NodeID?
  }

  /// The key of the numbers that a node has afterwards.
  private mutating func reshape(_ change: Reshaping) -> Int {
    let key = (0...serviceNumbers.count).first { serviceNumbers[$0] == nil } ?? serviceNumbers.count
    if let old = change.numbers.flatMap({ serviceNumbers[$0] }) {
      let places = Set(backedPorts.flatMap { $0.places(change.shape).map(\.place) })
      serviceNumbers[key] = old.reshaped(change.shape, node: change.node) { place in
        if case .nodePort(let ordinal) = place.address, change.moved.contains(ordinal) { return false }
        return places.contains(place)
      }
    } else {
      serviceNumbers[key] = ServiceNumbers(shape: change.shape, node: change.node)
    }
    for service in index.value.backedServices { number(service, in: key) }
    guard change.node == nil,
      let twin = serviceNumbers.keys.sorted().first(where: {
        $0 != key && serviceNumbers[$0] == serviceNumbers[key]
      })
    else { return key }
    serviceNumbers[key] = nil
    return twin
  }
}

extension Cluster {
  /// The numbers of a node's agent; `nil` before it has any.
  func numbers(of agent: ClusterNode.Agent?) -> ServiceNumbers? {
    agent?.numbers.flatMap { serviceNumbers[$0] }
  }
}

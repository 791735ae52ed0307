import NetModel

extension Cluster {
  /// Connects a pod to its node's network, if it is to have a place of its own there and has none.
  mutating func connect(_ id: PodID, in network: Network) throws(EditError) {
    guard let position = pods.firstIndex(where: { $0.id == id }) else { return }
    let pod = pods[position]
    guard pod.endpoint == nil, !pod.template.usesHostNetwork, let node = pod.node,
      let nodePosition = nodes.firstIndex(where: { $0.id == node }), nodes[nodePosition].agent != nil
    else { return }
    let identity = identity(of: pod, seed: network.seed)
    pods[position].endpoint = try endpoint(
      for: pod, on: nodePosition, identity: identity, seed: network.seed)
  }

  private mutating func endpoint(
    for pod: Pod, on nodePosition: Int, identity: SecurityIdentity, seed: UInt64
  ) throws(EditError) -> Pod.Endpoint {
    guard var agent = nodes[nodePosition].agent else { throw .notInCluster(nodes[nodePosition].id) }
    let fact = pod.restarts == 0 ? facts.pod(pod.factKey) : nil
    let address = try podAddress(for: pod, recorded: fact?.address, agent: agent, seed: seed)
    let neighbors = pods.filter { $0.node == pod.node }.compactMap(\.endpoint)
    var draw = Draw(seed: seed, for: "endpoint", pod.id.description, pod.start)
    let interface = "lxc" + draw.hexDigits(length: 12)
    let macs = (draw.localMAC(), draw.localMAC())
    let number = draw.number(in: 1...4095) { id in !neighbors.contains { $0.id == id } }
    let podIndex = agent.takeInterfaceIndex()
    let index = agent.takeInterfaceIndex()
    nodes[nodePosition].agent = agent
    return Pod.Endpoint(
      address: address, id: fact?.endpointID ?? number ?? 0, identity: identity,
      interface: fact?.interface ?? interface, index: index, podIndex: podIndex, mac: fact?.mac ?? macs.0,
      hostMAC: fact?.hostMAC ?? macs.1, isKnownNeighbor: fact?.isKnownNeighbor ?? false)
  }

  /// Any free address of the node's pod CIDR.
  ///
  /// Source: Cilium `pkg/ipam/hostscope.go`: `ipallocator` begins at a random place.
  private func podAddress(
    for pod: Pod, recorded: IPv4Address?, agent: ClusterNode.Agent, seed: UInt64
  ) throws(EditError) -> IPv4Address {
    let taken = pods.compactMap(\.endpoint?.address) + [agent.routerAddress]
    if let recorded, agent.podCIDR.contains(recorded), !taken.contains(recorded) { return recorded }
    let reserved = taken + facts.pods.compactMap(\.address)
    var draw = Draw(seed: seed, for: "pod-address", pod.id.description, pod.start)
    let address =
      draw.address(in: agent.podCIDR) { !reserved.contains($0) }
      ?? draw.address(in: agent.podCIDR) { !taken.contains($0) }
    guard let address else { throw .addressesExhausted(agent.podCIDR) }
    return address
  }

  /// The identity of the pod's namespace and labels; the first pod that bears them gets it allotted.
  ///
  /// Source: Cilium `pkg/identity/numericidentity.go`: cluster-wide identities lie from 256 to 65535.
  private mutating func identity(of pod: Pod, seed: UInt64) -> SecurityIdentity {
    let known = identities.first { $0.namespace == pod.id.namespace && $0.labels == pod.template.labels }
    if let known { return known.identity }
    let taken = identities.map(\.identity)
    let recorded = facts.workload(pod.workload)?.identity.flatMap { taken.contains($0) ? nil : $0 }
    let identity = recorded ?? drawIdentity(for: pod, taken: taken, seed: seed)
    let entry = PodIdentity(namespace: pod.id.namespace, labels: pod.template.labels, identity: identity)
    identities.insertSorted(entry) { $0.identity < $1.identity }
    return identity
  }

  private func drawIdentity(for pod: Pod, taken: [SecurityIdentity], seed: UInt64) -> SecurityIdentity {
    let reserved = taken + facts.workloads.compactMap(\.identity)
    let labels = pod.template.labels.entries.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    var draw = Draw(seed: seed, for: "identity", pod.id.namespace, labels)
    let number = draw.number(in: 256...65535) { !reserved.contains(SecurityIdentity(UInt32($0))) }
    return number.map { SecurityIdentity(UInt32($0)) } ?? .unknown
  }
}

extension Pod {
  /// Which start of which pod it is.
  fileprivate var start: String { restarts == 0 ? String(ordinal) : "\(ordinal)/\(restarts)" }

  /// What recorded facts about the pod are filed under.
  var factKey: PodFact.Key {
    PodFact.Key(workload: workload, node: workload.kind == .daemonSet ? node : nil, ordinal: ordinal)
  }
}

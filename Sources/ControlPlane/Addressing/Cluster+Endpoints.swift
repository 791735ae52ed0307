import NetModel

extension Cluster {
  /// Connects a pod to its node's network, if it is to have a place of its own there and has none.
  ///
  /// - Parameter neighbors: what the pods of each node have; this pod's is added.
  mutating func connect(
    _ id: PodID, beside neighbors: inout [NodeID: NodeEndpoints], seed: UInt64
  ) throws(EditError) {
    guard let position = pods.position(of: id) else { return }
    let pod = pods[position]
    guard pod.endpoint == nil, !pod.template.usesHostNetwork, let node = pod.node,
      let nodePosition = nodes.position(of: node), nodes[nodePosition].agent != nil
    else { return }
    let known = (index.value.podsOnNode[node] ?? []).compactMap { self.pod($0) }
    let taken = neighbors[node] ?? NodeEndpoints(known)
    let identity = identity(of: pod, seed: seed)
    let endpoint = try endpoint(for: pod, on: nodePosition, beside: taken, identity: identity, seed: seed)
    pods[position].endpoint = endpoint
    neighbors[node, default: taken].insert(endpoint)
  }

  /// What of a node's pods no other pod there may have.
  struct NodeEndpoints {
    private(set) var addresses: Set<IPv4Address> = []
    private(set) var ids: Set<Int> = []

    init(_ pods: [Pod]) {
      for endpoint in pods.compactMap(\.endpoint) { insert(endpoint) }
    }

    mutating func insert(_ endpoint: Pod.Endpoint) {
      addresses.insert(endpoint.address)
      ids.insert(endpoint.id)
    }
  }

  private mutating func endpoint(
    for pod: Pod, on nodePosition: ObjectTable<ClusterNode>.Index, beside taken: NodeEndpoints,
    identity: SecurityIdentity, seed: UInt64
  ) throws(EditError) -> Pod.Endpoint {
    guard var agent = nodes[nodePosition].agent else { throw .notInCluster(nodes[nodePosition].id) }
    let fact = pod.restarts == 0 ? facts.pod(pod.factKey) : nil
    let address = try podAddress(for: pod, recorded: fact?.address, agent: agent, beside: taken, seed: seed)
    var draw = Draw(seed: seed, for: "endpoint", pod.id.description, pod.start)
    let interface = "lxc" + draw.hexDigits(length: 12)
    let macs = (draw.localMAC(), draw.localMAC())
    let number = draw.number(in: 1...4095) { !taken.ids.contains($0) }
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
    for pod: Pod, recorded: IPv4Address?, agent: ClusterNode.Agent, beside neighbors: NodeEndpoints,
    seed: UInt64
  ) throws(EditError) -> IPv4Address {
    let taken = neighbors.addresses.union([agent.routerAddress])
    if let recorded, agent.podCIDR.contains(recorded), !taken.contains(recorded) { return recorded }
    let reserved = taken.union(facts.pods.lazy.compactMap(\.address))
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
    if let known = identities[pod.id.namespace, pod.template.labels] { return known }
    let recorded = facts.workload(pod.workload)?.identity.flatMap { identities.contains($0) ? nil : $0 }
    let identity = recorded ?? drawIdentity(for: pod, seed: seed)
    identities.insert(.init(namespace: pod.id.namespace, labels: pod.template.labels, identity: identity))
    return identity
  }

  private func drawIdentity(for pod: Pod, seed: UInt64) -> SecurityIdentity {
    let reserved = Set(facts.workloads.compactMap(\.identity))
    let labels = pod.template.labels.entries.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    var draw = Draw(seed: seed, for: "identity", pod.id.namespace, labels)
    let number = draw.number(in: 256...65535) {
      let identity = SecurityIdentity(UInt32($0))
      return !reserved.contains(identity) && !identities.contains(identity)
    }
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

import NetModel

/// One session that a node's agent wants with a peer, and how it stands.
package struct BGPSession: Hashable, Sendable {
  package var node: NodeID
  package var config: String
  package var instance: String
  package var localASN: UInt32
  package var localAddress: IPv4Address
  package var peer: BGPClusterConfig.Peer
  package var peerConfig: BGPPeerConfig
  /// The machine at the other end; `nil` where the session does not stand.
  package var router: NodeID?

  package var isEstablished: Bool { router != nil }

  /// What tells sessions apart.
  package struct ID: Hashable, Sendable {
    var node: NodeID
    var instance: String
    var peer: BGPClusterConfig.Peer
  }

  package var id: ID { ID(node: node, instance: instance, peer: peer) }
}

/// A route that a node advertises.
package struct BGPRoute: Hashable, Sendable {
  package var prefix: IPv4Prefix
  package var communities: [String]
}

extension Network {
  /// The sessions that agents want, in the order of node, configuration, instance and peer.
  ///
  /// Source: Cilium `pkg/bgpv1/manager/reconcilerv2/neighbor.go`, `operator/pkg/bgpv2/cluster.go`: of several
  /// configurations that select a node the first one has it.
  package var bgpSessions: [BGPSession] {
    guard let cluster else { return [] }
    let configs = cluster.bgpClusterConfigs
    guard !configs.isEmpty else { return [] }
    return cluster.nodes.flatMap { node -> [BGPSession] in
      guard let agent = node.agent, agent.settings.bgpControlPlane, speaks(node.id),
        let config = configs.first(where: { $0.selects(node) })
      else { return [] }
      return config.instances.flatMap { instance in
        instance.peers.compactMap { session(of: node, config.name, instance, with: $0) }
      }
    }
  }

  /// The node runs, or its peers keep its routes though it does not.
  private func speaks(_ node: NodeID) -> Bool {
    if machine(node)?.isUp == true {
      return cluster?.isAgentStarting(on: node) != true || gracefulRestartTime(of: node) != nil
    }
    return outages.first { $0.node == node }?.sessionsEnded == false
  }

  private func session(
    of node: ClusterNode, _ config: String, _ instance: BGPClusterConfig.Instance,
    with peer: BGPClusterConfig.Peer
  ) -> BGPSession? {
    guard let cluster else { return nil }
    let override = cluster.bgpOverride(of: node.id, instance: instance.name)
    let known = peer.config.map { cluster.bgpPeerConfig($0) } ?? BGPPeerConfig()
    // A configuration that is named must be there, or the peer is passed over.
    guard let peerConfig = known else { return nil }
    var session = BGPSession(
      node: node.id, config: config, instance: instance.name,
      localASN: override?.localASN ?? instance.localASN,
      localAddress: override?.localAddress(forPeer: peer.name) ?? node.address, peer: peer,
      peerConfig: peerConfig)
    session.router = router(for: session)
    return session
  }

  /// The machine that takes the session.
  private func router(for session: BGPSession) -> NodeID? {
    guard let address = session.peer.address,
      let machine = machines.first(where: { $0.stack.interface(bearing: address) != nil }),
      let router = machine.bgp, machine.isUp, session.peerConfig.peerPort == 179,
      router.asn == session.peer.asn, router.accepts(session.localAddress, asn: session.localASN)
    else { return nil }
    let isNear = sharesLink(session.node, with: machine)
    return isNear || session.peerConfig.multihop > 1 || router.asn == session.localASN ? machine.id : nil
  }

  /// eBGP packets bear TTL 1: both must be on one wire that carries.
  private func sharesLink(_ node: NodeID, with router: Machine) -> Bool {
    guard let machine = machine(node) else { return false }
    let wires = machine.stack.interfaces.filter { $0.isRunning }.map(\.attachment)
    return router.stack.interfaces.contains { interface in
      guard case .wire = interface.attachment, interface.isRunning else { return false }
      return wires.contains(interface.attachment)
    }
  }

  /// How long peers keep the routes of a node that is away: of one that took leave its restart time, of one that
  /// fell silent until its sessions run out.
  ///
  /// Source: RFC 4724, section 4.2.
  func silence(of outage: Outage) -> Duration {
    outage.isClean ? gracefulRestartTime(of: outage.node) ?? .zero : holdTime(of: outage.node)
  }

  /// The longest time that the node asks its peers to keep its routes; `nil` without graceful restart.
  func gracefulRestartTime(of node: NodeID) -> Duration? {
    peers(of: node).compactMap(\.own.restartTime).max()
  }

  /// What a node's configuration says of its peers, and the daemons at their addresses.
  private func peers(of node: NodeID) -> [(own: BGPPeerConfig, router: BGPRouter?)] {
    guard let cluster, let member = cluster.node(node) else { return [] }
    let peers = cluster.bgpClusterConfigs.filter { $0.selects(member) }.flatMap(\.instances).flatMap(\.peers)
    return peers.map { peer in
      let router = machines.first { machine in
        peer.address.map { machine.stack.interface(bearing: $0) != nil } ?? false
      }?.bgp
      return (peer.config.flatMap { cluster.bgpPeerConfig($0) } ?? BGPPeerConfig(), router)
    }
  }

  /// Since when a session stands; `nil` where it does not.
  package func start(of session: BGPSession) -> Instant? { sessionStarts[session.id] }

  /// Takes down which sessions stand now.
  mutating func settleSessions(at instant: Instant) {
    let standing = Set(bgpSessions.filter(\.isEstablished).map(\.id))
    guard !standing.isEmpty || !sessionStarts.isEmpty else { return }
    sessionStarts = sessionStarts.filter { standing.contains($0.key) }
    for session in standing where sessionStarts[session] == nil { sessionStarts[session] = instant }
  }

  /// A node's agent was replaced: its sessions begin anew.
  mutating func endSessions(of nodes: Set<NodeID>) {
    guard !sessionStarts.isEmpty else { return }
    sessionStarts = sessionStarts.filter { !nodes.contains($0.key.node) }
  }

  /// How long the peers of a node that fell silent hold its sessions: the shorter time of both sides.
  func holdTime(of node: NodeID) -> Duration {
    let times = peers(of: node).map { min($0.own.holdTime, $0.router?.holdTime ?? $0.own.holdTime) }
    return times.max() ?? .seconds(90)
  }
}

/// What a CiliumBGPNodeConfigOverride changes for one instance of a node.
struct BGPOverride: Hashable, Sendable {
  var localASN: UInt32?
  private var localAddresses: [String: IPv4Address] = [:]

  init(document: JSONValue) {
    localASN = document["localASN"]?.integer.map { UInt32(clamping: $0) }
    for peer in document["peers"]?.elements ?? [] {
      localAddresses[peer["name"]?.text ?? ""] = peer["localAddress"]?.text.flatMap {
        IPv4Address(parsing: $0)
      }
    }
  }

  func localAddress(forPeer name: String) -> IPv4Address? { localAddresses[name] }
}

extension Cluster {
  func bgpOverride(of node: NodeID, instance: String) -> BGPOverride? {
    let object = document(DocumentID(kind: "CiliumBGPNodeConfigOverride", name: node.name))
    let instances = object?.spec["bgpInstances"]?.elements ?? []
    return instances.first { $0["name"]?.text == instance }.map { BGPOverride(document: $0) }
  }
}

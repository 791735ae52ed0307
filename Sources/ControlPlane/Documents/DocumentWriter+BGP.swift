import NetModel

/// What the operator makes of a CiliumBGPClusterConfig for each node, and what the node's agent reports there.
///
/// Source: Cilium `operator/pkg/bgpv2/cluster.go`, `pkg/k8s/apis/cilium.io/v2/bgp_node_types.go`,
/// `pkg/bgpv1/manager/reconcilerv2/crd_status.go`.
extension DocumentWriter {
  func bgpNodeConfig(_ node: ClusterNode) -> JSONValue? {
    guard cluster.helmValues["bgpControlPlane.enabled"] == .bool(true),
      let config = cluster.bgpClusterConfigObjects.first(where: { BGPClusterConfig($0).selects(node) })
    else { return nil }
    let instances = (config.spec["bgpInstances"]?.elements ?? []).map { instance in
      overridden(instance, by: cluster.bgpOverride(of: node.id, instance: instance["name"]?.text ?? ""))
    }
    let sessions = network.bgpSessions.filter { $0.node == node.id }
    var owner = ownerReference(config.id, config.created)
    owner["blockOwnerDeletion"] = nil
    owner["controller"] = nil
    return document(
      DocumentID(kind: "CiliumBGPNodeConfig", name: node.id.name), created: config.created,
      record: ObjectRecord(), labels: Labels(), spec: .fields(["bgpInstances": .array(instances)]),
      status: sessions.isEmpty ? nil : .fields(["bgpInstances": .array(status(instances, sessions))]),
      metadata: [.init("ownerReferences", [owner])])
  }

  private func overridden(_ instance: JSONValue, by override: BGPOverride?) -> JSONValue {
    guard let override else { return instance }
    var changed = instance
    if let asn = override.localASN { changed["localASN"] = .number(Int(asn)) }
    let peers = (instance["peers"]?.elements ?? []).map { peer -> JSONValue in
      guard let address = override.localAddress(forPeer: peer["name"]?.text ?? "") else { return peer }
      return peer.setting(["localAddress"], to: .string(address.description))
    }
    changed["peers"] = .array(peers)
    return changed
  }

  private func status(_ instances: [JSONValue], _ sessions: [BGPSession]) -> [JSONValue] {
    instances.map { instance in
      let own = sessions.filter { $0.instance == instance["name"]?.text }
      return .fields([
        "localASN": instance["localASN"], "name": instance["name"], "peers": .array(own.map { peer($0) }),
      ])
    }
  }

  private func peer(_ session: BGPSession) -> JSONValue {
    let start = network.start(of: session)
    let hold = min(session.peerConfig.holdTime, router(of: session)?.holdTime ?? session.peerConfig.holdTime)
    let keepAlive =
      hold < session.peerConfig.holdTime ? hold / 3 : session.peerConfig.keepAliveTime
    let routes = session.peerConfig.families.map { family -> JSONValue in
      let isListed = family.afi == "ipv4" && family.safi == "unicast"
      return .fields([
        "advertised": .number(isListed ? network.advertisedRoutes(session).count : 0),
        "afi": .string(family.afi), "received": .number(0), "safi": .string(family.safi),
      ])
    }
    return .fields([
      "establishedTime": start.map { .string(WallTime($0, since: cluster.startTime).description) },
      "name": .string(session.peer.name), "peerASN": .number(Int(session.peer.asn)),
      "peerAddress": session.peer.address.map { .string($0.description) },
      "peeringState": .string(session.isEstablished ? "established" : "active"),
      "routeCount": session.isEstablished ? .array(routes) : nil,
      "timers": session.isEstablished
        ? .fields([
          "appliedHoldTimeSeconds": .number(Int(hold.components.seconds)),
          "appliedKeepaliveSeconds": .number(Int(keepAlive.components.seconds)),
        ]) : nil,
    ])
  }

  private func router(of session: BGPSession) -> BGPRouter? {
    session.router.flatMap { network.machine($0)?.bgp }
  }
}

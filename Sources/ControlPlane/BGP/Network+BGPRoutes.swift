import NetModel

extension Network {
  /// What a node advertises through a session, in ascending order of prefix.
  ///
  /// Source: Cilium `pkg/bgpv1/manager/reconcilerv2/pod_cidr.go`, `service.go`.
  package func advertisedRoutes(_ session: BGPSession) -> [BGPRoute] {
    guard let cluster, let node = cluster.node(session.node), let agent = node.agent else { return [] }
    let selectors = session.peerConfig.families.filter { $0.afi == "ipv4" && $0.safi == "unicast" }
      .compactMap(\.advertisements)
    let matching = cluster.bgpAdvertisements.filter { item in selectors.contains { $0.selects(item.labels) } }
    var communities: [IPv4Prefix: [String]] = [:]
    for entry in matching.flatMap(\.entries) {
      let prefixes =
        entry.type == "PodCIDR" ? [agent.podCIDR] : cluster.servicePrefixes(entry, on: node)
      for prefix in prefixes {
        let known = communities[prefix] ?? []
        communities[prefix] = known + entry.communities.filter { !known.contains($0) }
      }
    }
    return communities.map { BGPRoute(prefix: $0.key, communities: $0.value) }
      .sorted { ($0.prefix.address, $0.prefix.length) < ($1.prefix.address, $1.prefix.length) }
  }

  /// The routes that a machine's BGP daemon puts into its table: what its peers advertise, by several of them
  /// where they are equally good.
  ///
  /// Source: FRR `zebra`: proto bgp, metric 20 (the distance of eBGP), one nexthop object a set of next hops.
  func bgpRoutes(of machine: Machine, in stack: NetworkStack) -> [Route] {
    guard let router = machine.bgp, machine.isUp, !router.requiresPolicy else { return [] }
    let sessions = bgpSessions.filter { $0.router == machine.id }
    guard !sessions.isEmpty else { return [] }
    var hops: [IPv4Prefix: [IPv4Address]] = [:]
    for session in sessions {
      for route in advertisedRoutes(session) { hops[route.prefix, default: []].append(session.localAddress) }
    }
    var numbers: [[IPv4Address]: UInt32] = [:]
    let prefixes = hops.keys.sorted { ($0.address, $0.length) < ($1.address, $1.length) }
    return prefixes.compactMap { prefix in
      let peers = Array(Set(hops[prefix] ?? []).sorted().prefix(router.maximumPaths))
      let nextHops = peers.compactMap { peer in stack.nextHop(to: peer).map { $0.leading(to: peer) } }
      guard !nextHops.isEmpty else { return nil }
      let number = numbers[peers] ?? Self.firstNextHopID + UInt32(numbers.count)
      numbers[peers] = number
      return Route(
        destination: prefix, metric: 20, protocol: .bgp, nextHops: nextHops, nextHopID: number)
    }
  }

  /// Made up: FRR numbers nexthop objects in the order in which they come up, those of interfaces first.
  private static let firstNextHopID: UInt32 = 30
}

extension NextHop {
  /// The way to a peer's routes: through the peer, or whoever leads to it.
  fileprivate func leading(to peer: IPv4Address) -> NextHop {
    NextHop(gateway: gateway ?? peer, interface: interface)
  }
}

extension Cluster {
  /// The addresses of Services that an entry advertises from a node.
  fileprivate func servicePrefixes(_ entry: BGPAdvertisement.Entry, on node: ClusterNode) -> [IPv4Prefix] {
    guard entry.type == "Service", let selector = entry.selector else { return [] }
    let selected = services.filter { selector.selects(selectableLabels(of: $0.id, $0.labels)) }
    let addresses = selected.flatMap { service in
      entry.serviceAddresses.flatMap { self.addresses($0, of: service, on: node) }
    }
    return addresses.map { IPv4Prefix($0, length: 32) }
  }

  private func addresses(_ kind: String, of service: Service, on node: ClusterNode) -> [IPv4Address] {
    switch kind {
    case "LoadBalancerIP":
      let name = service.record.manifest?.value(at: "spec", "loadBalancerClass")?.text
      guard service.type == .loadBalancer, name == nil || name == "io.cilium/bgp-control-plane",
        isServed(service, service.externalTrafficPolicy, on: node)
      else { return [] }
      return service.loadBalancerAddresses
    case "ExternalIP":
      return isServed(service, service.externalTrafficPolicy, on: node) ? service.externalIPs : []
    case "ClusterIP":
      guard isServed(service, service.internalTrafficPolicy, on: node) else { return [] }
      return [service.address].compactMap(\.self)
    default: return []
    }
  }

  /// With `Local` a node advertises only while a pod behind the Service runs there that nobody has deleted.
  private func isServed(_ service: Service, _ policy: Service.TrafficPolicy, on node: ClusterNode) -> Bool {
    policy == .cluster
      || (index.value.backedServices[id: service.created.order]?.ports ?? []).contains { port in
        port.backends.contains { $0.node == node.id && !$0.isTerminating }
      }
  }
}

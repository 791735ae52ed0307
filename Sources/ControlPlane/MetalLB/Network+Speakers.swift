import NetModel

extension Network {
  /// What MetalLB's speakers answer for: the rows of each node, in ascending order.
  ///
  /// There are no leases: every speaker ranks the same nodes by a hash and finds the same winner.
  /// Source: MetalLB `speaker/layer2_controller.go`, `ShouldAnnounce`, `SetBalancer`.
  var speakerAnnouncements: [NodeID: [L2Announcement]] {
    guard let cluster, cluster.metalLB != nil else { return [:] }
    let advertisements = cluster.l2Advertisements
    let pools = cluster.ipAddressPools
    guard !advertisements.isEmpty, !pools.isEmpty else { return [:] }
    let speakers = members(of: cluster)
    var rows: [NodeID: [IPAddress: [String: [ServiceID]]]] = [:]
    for service in cluster.services where service.type == .loadBalancer {
      let addresses = service.ingress.compactMap { IPAddress(parsing: $0.ip) }
      guard let first = addresses.first,
        let pool = pools.first(where: { pool in addresses.allSatisfy { pool.contains($0) } })
      else { continue }
      let relevant = advertisements.filter { $0.isAbout(pool) }
      let candidates = cluster.candidates(for: service, among: speakers, relevant)
      guard let winner = candidates.first(for: first), machine(winner.id)?.isUp == true else { continue }
      let own = relevant.filter { $0.selects(node: winner.labels) }
      let names = own.contains { $0.interfaces.isEmpty } ? nil : Set(own.flatMap(\.interfaces))
      for interface in speakingInterfaces(of: winner.id) where names?.contains(interface) ?? true {
        for address in addresses {
          rows[winner.id, default: [:]][address, default: [:]][interface, default: []].append(service.id)
        }
      }
    }
    return rows.mapValues { addresses in
      addresses.flatMap { address, interfaces in
        interfaces.map { L2Announcement(address: address, interface: $0, services: $1) }
      }.sorted()
    }
  }

  /// The nodes whose speakers the others hold for alive.
  ///
  /// Source: `internal/speakerlist/speakerlist.go`; a node of the label
  /// `node.kubernetes.io/exclude-from-external-load-balancers` never announces.
  private func members(of cluster: Cluster) -> [ClusterNode] {
    let hosts: Set<NodeID>? =
      cluster.workload(MetalLB.speaker) == nil
      ? nil : Set(cluster.pods(of: MetalLB.speaker).filter { cluster.isReady($0) }.compactMap(\.node))
    let missed = Set(outages.filter { $0.isClean || $0.isMissed }.map(\.node))
    return cluster.nodes.filter { node in
      hosts?.contains(node.id) ?? true && !missed.contains(node.id)
        && node.labels["node.kubernetes.io/exclude-from-external-load-balancers"] == nil
    }
  }

  /// Every interface that takes broadcasts and answers ARP; those of agents and pods do not.
  ///
  /// Source: MetalLB `internal/layer2/announcer.go`, `updateInterfaces`, and its list of interfaces to exclude.
  private func speakingInterfaces(of node: NodeID) -> [String] {
    (machine(node)?.stack.applying(changes(of: .host(node))).interfaces ?? []).filter { interface in
      if case .wire = interface.attachment { interface.isUp } else { false }
    }.map(\.name)
  }
}

extension Cluster {
  /// The nodes that may announce a Service; none without a backend that serves.
  fileprivate func candidates(
    for service: Service, among speakers: [ClusterNode], _ advertisements: [L2Advertisement]
  ) -> [ClusterNode] {
    let serving = members(of: service).filter(\.isReady)
    guard !serving.isEmpty, !advertisements.isEmpty else { return [] }
    let homes = service.externalTrafficPolicy == .local ? Set(serving.compactMap(\.node)) : nil
    return speakers.filter { node in
      (homes?.contains(node.id) ?? true) && advertisements.contains { $0.selects(node: node.labels) }
    }
  }
}

extension [ClusterNode] {
  /// Who wins the election for an address: the lowest SHA-256 of node, `#` and address.
  ///
  /// Source: `speaker/layer2_controller.go`.
  fileprivate func first(for address: IPAddress) -> ClusterNode? {
    let ranked = map { (node: $0, digest: SHA256.digest(of: [UInt8]("\($0.id.name)#\(address)".utf8))) }
    return ranked.min { $0.digest.lexicographicallyPrecedes($1.digest) }?.node
  }
}

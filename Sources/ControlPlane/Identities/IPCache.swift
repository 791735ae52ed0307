import NetModel

extension Network {
  /// `cilium_ipcache_v2` of a node, in ascending order of prefix.
  ///
  /// Source: Cilium `pkg/node/manager/manager.go`, `daemon/cmd/hostips-sync.go`, `pkg/ipcache/ipcache.go`.
  func ipcache(on node: ClusterNode, agent: ClusterNode.Agent, cluster: Cluster) -> [IPCacheEntry] {
    var entries = [IPCacheEntry(prefix: .all, identity: .world)]
    entries += hostAddresses(on: node.id, agent: agent).map {
      IPCacheEntry(prefix: .host($0), identity: .host)
    }
    for (remote, remoteAgent) in remoteAgents(of: node.id) {
      entries += remoteEntries(of: remote, agent: remoteAgent, cluster: cluster)
    }
    for pod in cluster.pods {
      guard let endpoint = pod.endpoint, let home = pod.node.flatMap({ cluster.node($0) }) else { continue }
      entries.append(
        IPCacheEntry(
          prefix: .host(endpoint.address), identity: endpoint.identity,
          tunnelEndpoint: home.id == node.id ? nil : home.address))
    }
    return cluster.cidrIdentities.merged(into: entries).sorted { $0.prefix < $1.prefix }
  }

  /// A remote node has a tunnel endpoint for its pods and its `cilium_host`, not for its own address.
  private func remoteEntries(
    of remote: ClusterNode, agent: ClusterNode.Agent, cluster: Cluster
  ) -> [IPCacheEntry] {
    let isAPIServer = cluster.apiServerAddresses.contains(remote.address)
    return [
      IPCacheEntry(prefix: .host(remote.address), identity: isAPIServer ? .kubeAPIServer : .remoteNode),
      IPCacheEntry(
        prefix: .host(agent.routerAddress), identity: .remoteNode, tunnelEndpoint: remote.address),
      IPCacheEntry(prefix: agent.podCIDR, identity: .world, tunnelEndpoint: remote.address),
    ]
  }

  /// `cilium_lxc` of a node, in ascending order of address.
  func localEndpoints(on node: ClusterNode, agent: ClusterNode.Agent) -> [LocalEndpoint] {
    let hosts = hostAddresses(on: node.id, agent: agent).map { LocalEndpoint(address: $0, kind: .host) }
    let pods = cluster?.pods(on: node.id) ?? []
    return (hosts + pods.compactMap(\.localEndpoint)).sorted { $0.address < $1.address }
  }

  /// The addresses that are the node's own: of its devices and of `cilium_host`.
  private func hostAddresses(on node: NodeID, agent: ClusterNode.Agent) -> [IPv4Address] {
    let own = machine(node)?.stack.interfaces.filter { $0.attachment != .loopback } ?? []
    return [agent.routerAddress] + own.flatMap(\.addresses).map(\.local.address)
  }
}

extension Cluster {
  /// The addresses behind the Service `default/kubernetes`.
  package var apiServerAddresses: [IPv4Address] {
    service(ServiceID(namespace: "default", name: "kubernetes"))?.endpoints ?? []
  }
}

extension Pod {
  fileprivate var localEndpoint: LocalEndpoint? {
    guard let endpoint else { return nil }
    return LocalEndpoint(
      address: endpoint.address,
      kind: .pod(
        .init(
          pod: id, id: endpoint.id, identity: endpoint.identity, interface: endpoint.interface,
          mac: endpoint.mac, nodeMAC: endpoint.hostMAC)))
  }
}

import ControlPlane
import NetModel
import Testing

@Suite struct RecordedIPCacheTests {
  /// What every node's ipcache holds besides its local pods; recorded rows are marked.
  @Test(arguments: [
    (
      "k8s-ctr",
      [
        "0.0.0.0/0 2 -",
        "10.0.2.15/32 1 -",
        "172.20.0.43/32 1 -",
        "172.20.0.88/32 45966 -",
        "172.20.0.121/32 62886 -",  // recorded
        "172.20.1.0/24 2 192.168.10.101",
        "172.20.1.12/32 6 192.168.10.101",  // recorded
        "172.20.1.108/32 62886 192.168.10.101",  // recorded
        "172.20.2.0/24 2 192.168.20.100",  // recorded
        "172.20.2.33/32 62886 192.168.20.100",  // recorded
        "172.20.2.241/32 6 192.168.20.100",
        "192.168.10.100/32 1 -",
        "192.168.10.101/32 6 -",
        "192.168.20.100/32 6 -",
      ]
    ),
    (
      "k8s-w0",
      [
        "0.0.0.0/0 2 -",
        "10.0.2.15/32 1 -",
        "172.20.0.0/24 2 192.168.10.100",
        "172.20.0.43/32 6 192.168.10.100",
        "172.20.0.88/32 45966 192.168.10.100",
        "172.20.0.121/32 62886 192.168.10.100",
        "172.20.1.0/24 2 192.168.10.101",
        "172.20.1.12/32 6 192.168.10.101",
        "172.20.1.108/32 62886 192.168.10.101",
        "172.20.2.33/32 62886 -",
        "172.20.2.241/32 1 -",
        "192.168.10.100/32 7 -",
        "192.168.10.101/32 6 -",
        "192.168.20.100/32 1 -",
      ]
    ),
  ])
  func rows(node: String, expected: [String]) throws {
    let sampleApplication = try [week4("webpod"), week4("tunnel")]
    for network in sampleApplication {
      let datapath = try #require(network.snapshot().datapath(on: NodeID(node)))
      let systemPods = Set(network.systemPodAddresses)
      let rows = datapath.ipcache.filter { !systemPods.contains($0.prefix.address) }.map(\.text)
      #expect(rows == expected)
    }
  }

  @Test func localAddressesAreInTheEndpointMap() throws {
    let datapath = try #require(week4("webpod").snapshot().datapath(on: NodeID("k8s-w1")))
    let rows = datapath.endpoints.map { endpoint in
      if case .pod(let pod) = endpoint.kind {
        "\(endpoint.address) \(pod.pod)"
      } else {
        "\(endpoint.address) host"
      }
    }
    #expect(
      rows == [
        "10.0.2.15 host", "172.20.1.12 host", "172.20.1.108 default/webpod-697b545f57-sgb7k",
        "192.168.10.101 host",
      ])
  }
}

extension Network {
  fileprivate var systemPodAddresses: [IPv4Address] {
    cluster?.pods.filter { $0.id.namespace != "default" }.compactMap(\.endpoint?.address) ?? []
  }
}

extension IPCacheEntry {
  fileprivate var text: String {
    "\(prefix) \(identity.number) \(tunnelEndpoint.map(\.description) ?? "-")"
  }
}

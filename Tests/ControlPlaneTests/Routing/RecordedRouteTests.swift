import Importing
import NetModel
import Testing

@testable import ControlPlane

/// The tables of the recorded lab, row by row as `ip route` printed them.
@Suite struct RecordedRouteTests {
  static let recorded: [(chapter: String, machine: String, rows: [String])] = [
    ("fresh", "router", router),
    (
      "fresh", "k8s-ctr",
      uplink + [
        "10.10.0.0/16 via 192.168.10.200 dev eth1 proto static",
        "172.20.0.0/24 via 172.20.0.43 dev cilium_host proto kernel src 172.20.0.43",
        "172.20.0.0/16 via 192.168.10.200 dev eth1 proto static",
        "172.20.0.43 dev cilium_host proto kernel scope link",
        "172.20.1.0/24 via 192.168.10.101 dev eth1 proto kernel",
        "192.168.10.0/24 dev eth1 proto kernel scope link src 192.168.10.100",
        "192.168.20.0/24 via 192.168.10.200 dev eth1 proto static",
      ]
    ),
    (
      "fresh", "k8s-w1",
      uplink + [
        "10.10.0.0/16 via 192.168.10.200 dev eth1 proto static",
        "172.20.0.0/24 via 192.168.10.100 dev eth1 proto kernel",
        "172.20.0.0/16 via 192.168.10.200 dev eth1 proto static",
        "172.20.1.0/24 via 172.20.1.12 dev cilium_host proto kernel src 172.20.1.12",
        "172.20.1.12 dev cilium_host proto kernel scope link",
        "192.168.10.0/24 dev eth1 proto kernel scope link src 192.168.10.101",
        "192.168.20.0/24 via 192.168.10.200 dev eth1 proto static",
      ]
    ),
    (
      "fresh", "k8s-w0",
      uplink + [
        "10.10.0.0/16 via 192.168.20.200 dev eth1 proto static",
        "172.20.0.0/16 via 192.168.20.200 dev eth1 proto static",
        "172.20.2.0/24 via 172.20.2.241 dev cilium_host proto kernel src 172.20.2.241",
        "172.20.2.241 dev cilium_host proto kernel scope link",
        "192.168.10.0/24 via 192.168.20.200 dev eth1 proto static",
        "192.168.20.0/24 dev eth1 proto kernel scope link src 192.168.20.100",
      ]
    ),
    ("tunnel", "router", router),
    (
      "tunnel", "k8s-ctr",
      uplink + [
        "10.10.0.0/16 via 192.168.10.200 dev eth1 proto static",
        "172.20.0.0/24 via 172.20.0.43 dev cilium_host proto kernel src 172.20.0.43",
        "172.20.0.0/16 via 192.168.10.200 dev eth1 proto static",
        "172.20.0.43 dev cilium_host proto kernel scope link",
        "172.20.1.0/24 via 172.20.0.43 dev cilium_host proto kernel src 172.20.0.43 mtu 1450",
        "172.20.2.0/24 via 172.20.0.43 dev cilium_host proto kernel src 172.20.0.43 mtu 1450",
        "192.168.10.0/24 dev eth1 proto kernel scope link src 192.168.10.100",
        "192.168.20.0/24 via 192.168.10.200 dev eth1 proto static",
      ]
    ),
    (
      "tunnel", "k8s-w1",
      uplink + [
        "10.10.0.0/16 via 192.168.10.200 dev eth1 proto static",
        "172.20.0.0/24 via 172.20.1.12 dev cilium_host proto kernel src 172.20.1.12 mtu 1450",
        "172.20.0.0/16 via 192.168.10.200 dev eth1 proto static",
        "172.20.1.0/24 via 172.20.1.12 dev cilium_host proto kernel src 172.20.1.12",
        "172.20.1.12 dev cilium_host proto kernel scope link",
        "172.20.2.0/24 via 172.20.1.12 dev cilium_host proto kernel src 172.20.1.12 mtu 1450",
        "192.168.10.0/24 dev eth1 proto kernel scope link src 192.168.10.101",
        "192.168.20.0/24 via 192.168.10.200 dev eth1 proto static",
      ]
    ),
    (
      "tunnel", "k8s-w0",
      uplink + [
        "10.10.0.0/16 via 192.168.20.200 dev eth1 proto static",
        "172.20.0.0/24 via 172.20.2.241 dev cilium_host proto kernel src 172.20.2.241 mtu 1450",
        "172.20.0.0/16 via 192.168.20.200 dev eth1 proto static",
        "172.20.1.0/24 via 172.20.2.241 dev cilium_host proto kernel src 172.20.2.241 mtu 1450",
        "172.20.2.0/24 via 172.20.2.241 dev cilium_host proto kernel src 172.20.2.241",
        "172.20.2.241 dev cilium_host proto kernel scope link",
        "192.168.10.0/24 via 192.168.20.200 dev eth1 proto static",
        "192.168.20.0/24 dev eth1 proto kernel scope link src 192.168.20.100",
      ]
    ),
  ]

  static let uplink = [
    "default via 10.0.2.2 dev eth0 proto dhcp src 10.0.2.15 metric 100",
    "10.0.2.0/24 dev eth0 proto kernel scope link src 10.0.2.15 metric 100",
    "10.0.2.2 dev eth0 proto dhcp scope link src 10.0.2.15 metric 100",
    "10.0.2.3 dev eth0 proto dhcp scope link src 10.0.2.15 metric 100",
  ]

  static let router =
    uplink + [
      "10.10.1.0/24 dev loop1 proto kernel scope link src 10.10.1.200",
      "10.10.2.0/24 dev loop2 proto kernel scope link src 10.10.2.200",
      "192.168.10.0/24 dev eth1 proto kernel scope link src 192.168.10.200",
      "192.168.20.0/24 dev eth2 proto kernel scope link src 192.168.20.200",
    ]

  @Test(arguments: recorded)
  func mainTable(chapter: String, machine: String, rows: [String]) throws {
    #expect(try week4(chapter).snapshot().mainRoutes(of: machine) == rows)
  }

  /// The modes can be switched back and forth, from every chapter.
  @Test(arguments: ["fresh", "webpod", "tunnel"])
  func modes(chapter: String) throws {
    let tunnel = CiliumSettings.RoutingMode.tunnel(.vxlan).edits
    let native = CiliumSettings.RoutingMode.native.edits
    for (recorded, edits) in [("fresh", native), ("tunnel", tunnel), ("fresh", tunnel + native)] {
      let snapshot = try week4(chapter, edits).snapshot()
      for row in RecordedRouteTests.recorded where row.chapter == recorded {
        #expect(snapshot.mainRoutes(of: row.machine) == row.rows, "\(row.machine), \(recorded)")
      }
    }
  }
}

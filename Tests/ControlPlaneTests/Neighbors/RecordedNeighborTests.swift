import ControlPlane
import NetModel
import Testing

@Suite struct RecordedNeighborTests {
  /// `arp -a` on k8s-ctr, all rows.
  @Test(arguments: ["webpod", "tunnel"])
  func controlPlane(chapter: String) throws {
    let stack = try #require(week4(chapter).snapshot().stack(.host(NodeID("k8s-ctr"))))
    let rows = stack.neighbors.map { "\($0.address) \($0.mac.map(\.description) ?? "-") \($0.interface)" }
    #expect(
      rows == [
        "10.0.2.2 52:55:0a:00:02:02 eth0",
        "10.0.2.3 52:55:0a:00:02:03 eth0",
        "172.20.0.88 d6:1a:f3:74:49:6f lxcaeddd5f79898",
        "172.20.0.121 c6:55:1a:e5:f8:dc lxccab88d2aa1c1",
        "172.20.0.223 4e:64:a3:b2:0c:57 lxc5e99ff677740",
        "192.168.10.1 62:3e:5f:d3:80:66 eth1",
        "192.168.10.101 08:00:27:ed:ef:cd eth1",
        "192.168.10.200 08:00:27:95:f9:8a eth1",
      ])
  }

  /// The agent has the kernel keep the next hops to other nodes, and no others.
  @Test func managedNextHops() throws {
    let stack = try #require(week4("fresh").snapshot().stack(.host(NodeID("k8s-w0"))))
    let managed = stack.neighbors.filter(\.isManaged)
    #expect(managed.map(\.address) == [IPv4Address(192, 168, 20, 200)])
    #expect(managed.allSatisfy { $0.isExternallyLearned && $0.state == .reachable })
  }

  @Test func aNeighborThatIsSwitchedOffFails() throws {
    let network = try week4("fresh", [.setPower(NodeID("router"), isOn: false)])
    let stack = try #require(network.snapshot().stack(.host(NodeID("k8s-w0"))))
    let router = stack.neighbor(IPv4Address(192, 168, 20, 200), on: "eth1")
    #expect(router?.isUsable == false)
  }
}

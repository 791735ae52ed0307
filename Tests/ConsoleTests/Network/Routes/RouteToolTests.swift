import Testing

@testable import Console

struct RouteToolTests {
  @Test(arguments: [
    ("route -n", "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface"),
    ("route -n", "0.0.0.0         10.0.2.2        0.0.0.0         UG    100    0        0 eth0"),
    ("route -n", "172.20.0.43     0.0.0.0         255.255.255.255 UH    0      0        0 cilium_host"),
    ("netstat -rn", "192.168.20.0    192.168.10.200  255.255.255.0   UG        0 0          0 eth1"),
  ])
  func theMainTableIsShown(_ line: String, row: String) throws {
    var lab = try RunningLab.week4()
    let output = try lab.run(line, on: "k8s-ctr").standardOutput
    #expect(output.hasPrefix("Kernel IP routing table\n"))
    #expect(output.contains("\n\(row)\n"))
  }
}

import Testing

@testable import Console

struct RouteToolTests {
  @Test func theMainTableIsShown() throws {
    var lab = try RunningLab.week4()
    let route = try lab.run("route -n", on: "k8s-ctr").standardOutput
    #expect(route.hasPrefix("Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric"))
    #expect(route.contains("\n0.0.0.0         10.0.2.2        0.0.0.0         UG    100    0        0 eth0\n"))
    #expect(route.contains("\n172.20.0.43     0.0.0.0         255.255.255.255 UH    0      0        0 cilium_host\n"))
    let netstat = try lab.run("netstat -rn", on: "k8s-ctr").standardOutput
    #expect(netstat.contains("\n192.168.20.0    192.168.10.200  255.255.255.0   UG        0 0          0 eth1\n"))
  }
}

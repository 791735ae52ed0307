import NetModel
import Testing

@testable import Console

struct IfconfigTests {
  @Test func interfacesAreShownAsInTheGuide() throws {
    var lab = try RunningLab.week4()
    let output = try lab.run("ifconfig", on: "k8s-ctr").standardOutput
    let recorded = """
      eth1: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
              inet 192.168.10.100  netmask 255.255.255.0  broadcast 192.168.10.255
              inet6 fe80::a00:27ff:fe64:bf57  prefixlen 64  scopeid 0x20<link>
              ether 08:00:27:64:bf:57  txqueuelen 1000  (Ethernet)
              RX packets 0  bytes 0 (0.0 B)
              RX errors 0  dropped 0  overruns 0  frame 0
              TX packets 0  bytes 0 (0.0 B)
              TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0

      lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536
              inet 127.0.0.1  netmask 255.0.0.0
              inet6 ::1  prefixlen 128  scopeid 0x10<host>
              loop  txqueuelen 1000  (Local Loopback)

      """
    for line in recorded.split(separator: "\n") { #expect(output.contains(line + "\n")) }
    let names = output.split(separator: "\n").filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
    #expect(names.filter { $0.hasPrefix("eth") || $0 == "lo" } == ["eth0", "eth1", "lo"])
  }

  @Test func countersFollowTheTraffic() throws {
    var lab = try RunningLab.week4()
    _ = try lab.run("ping -c 3 -s 972 192.168.10.200", on: "k8s-ctr")
    let output = try lab.run("ifconfig eth1", on: "k8s-ctr").standardOutput
    #expect(output.contains("RX packets 3  bytes 3042 (3.0 KB)"))
    #expect(output.contains("TX packets 3  bytes 3042 (3.0 KB)"))
  }

  @Test func aLinkThatIsDownIsLeftOut() throws {
    var lab = try RunningLab.week4()
    _ = try lab.run("ip link set eth1 down", on: "router")
    #expect(try !lab.run("ifconfig", on: "router").standardOutput.contains("eth1:"))
    let all = try lab.run("ifconfig -a", on: "router").standardOutput
    #expect(all.contains("eth1: flags=4098<BROADCAST,MULTICAST>  mtu 1500\n"))
    let short = try lab.run("ifconfig -s eth2", on: "router").standardOutput
    #expect(
      short.hasSuffix("\neth2      1500        0      0      0 0             0      0      0      0 BMRU\n"))
  }

  @Test func anUnknownInterfaceIsAnError() throws {
    var lab = try RunningLab.week4()
    let error = "eth9: error fetching interface information: Device not found\n"
    #expect(try lab.run("ifconfig eth9", on: "router") == CommandResult(standardError: error, status: 1))
  }

  @Test func linksGoUpAndDown() throws {
    var lab = try RunningLab.week4()
    #expect(try lab.run("ifconfig eth1 down", on: "router") == CommandResult())
    #expect(
      try lab.run("ip -br link show eth1", on: "router").standardOutput.hasPrefix("eth1             DOWN"))
    #expect(try lab.run("ifconfig eth1 up", on: "router") == CommandResult())
    #expect(
      try lab.run("ip -br link show eth1", on: "router").standardOutput.hasPrefix("eth1             UP"))
    let error = "eth9: ERROR while getting interface flags: No such device\n"
    #expect(try lab.run("ifconfig eth9 up", on: "router") == CommandResult(standardError: error, status: 255))
  }
}

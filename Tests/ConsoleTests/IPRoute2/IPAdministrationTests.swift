import ControlPlane
import NetModel
import Testing

@testable import Console

@Suite("ip: rules, flushes, counters and families")
struct IPAdministrationTests {
  @Test func rulesDecideAndGo() throws {
    var lab = try RunningLab.week4("tunnel")
    let get = "ip route get 192.168.20.100"
    #expect(
      try lab.run("ip route add 192.168.20.0/24 via 192.168.10.101 table 100", on: "k8s-ctr")
        == CommandResult())
    #expect(try lab.run("ip rule add to 192.168.20.0/24 lookup 100", on: "k8s-ctr") == CommandResult())
    #expect(
      try lab.run("ip rule", on: "k8s-ctr").standardOutput.contains(
        "99:\tfrom all to 192.168.20.0/24 lookup 100\n"))
    #expect(try lab.run(get, on: "k8s-ctr").standardOutput.contains("via 192.168.10.101 dev eth1 table 100"))
    let again = try lab.run("ip rule add pref 99 to 192.168.20.0/24 lookup 100", on: "k8s-ctr")
    #expect(again == CommandResult(standardError: "RTNETLINK answers: File exists\n", status: 2))
    #expect(try lab.run("ip rule del to 192.168.20.0/24", on: "k8s-ctr") == CommandResult())
    #expect(try lab.run(get, on: "k8s-ctr").standardOutput.contains("via 192.168.10.200 dev eth1"))
    let gone = try lab.run("ip rule del pref 99", on: "k8s-ctr")
    #expect(gone == CommandResult(standardError: "RTNETLINK answers: No such file or directory\n", status: 2))
    _ = try lab.run("ip rule del pref 9", on: "k8s-ctr")
    #expect(try !lab.run("ip rule", on: "k8s-ctr").standardOutput.contains("2004"))
  }

  @Test func flushesTakeWhatTheFilterNames() throws {
    var lab = try RunningLab.week4()
    _ = try lab.run("ip route append 1.2.3.0/24 via 192.168.10.200", on: "k8s-ctr")
    _ = try lab.run("ip route append 1.2.3.0/24 via 192.168.10.101", on: "k8s-ctr")
    #expect(try lab.run("ip route flush 1.2.3.0/24", on: "k8s-ctr") == CommandResult())
    #expect(try lab.run("ip route show 1.2.3.0/24", on: "k8s-ctr").standardOutput.isEmpty)
    let bare = try lab.run("ip route flush", on: "k8s-ctr")
    #expect(bare == CommandResult(standardError: "\"ip route flush\" requires arguments.\n", status: 1))
    _ = try lab.run(
      "ip neigh add 192.168.10.9 lladdr 02:00:00:00:00:09 dev eth1 nud permanent", on: "k8s-ctr")
    #expect(try lab.run("ip neigh flush dev eth1", on: "k8s-ctr") == CommandResult())
    let left = try lab.run("ip neigh show dev eth1", on: "k8s-ctr").standardOutput
    #expect(left == "192.168.10.9 lladdr 02:00:00:00:00:09 PERMANENT \n")
    let one = try lab.run("ip neigh get 192.168.10.9 dev eth1", on: "k8s-ctr").standardOutput
    #expect(one == "192.168.10.9 dev eth1 lladdr 02:00:00:00:00:09 PERMANENT \n")
  }

  @Test func countersAreWhatWasSent() throws {
    var lab = try RunningLab.week4("tunnel")
    _ = try lab.run("ping -c 3 192.168.20.100", on: "k8s-w1")
    let text = try lab.run("ip -s link show eth1", on: "k8s-w1").standardOutput
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[2] == "    RX:  bytes packets errors dropped  missed   mcast           ")
    #expect(lines[4] == "    TX:  bytes packets errors dropped carrier collsns           ")
    let sent = lines[5].split(separator: " ").compactMap { Int($0) }
    #expect(sent.count == 6 && sent[1] >= 3 && sent[0] >= 3 * 98)
    let json = try lab.run("ip -s -j link show eth1", on: "k8s-w1").standardOutput
    #expect(json.contains("\"tx\":{\"bytes\":\(sent[0]),\"packets\":\(sent[1]),"))
  }

  @Test func theSixthVersionIsShownAlone() throws {
    var lab = try RunningLab.week4()
    #expect(
      try lab.run("ip -6 addr show eth1", on: "k8s-ctr").standardOutput == """
        3: eth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP qlen 1000
            inet6 fe80::a00:27ff:fe64:bf57/64 scope link 
               valid_lft forever preferred_lft forever

        """)
    #expect(try lab.run("ip -6 route", on: "k8s-ctr").status == 127)
  }
}

import ControlPlane
import NetModel
import Testing

@testable import Console

/// Outputs as the recorded lab and the kernel vectors have them.
struct PathTests {
  @Test(arguments: [
    (
      "webpod", "k8s-ctr", "tracepath -n 192.168.20.100", 0,
      """
       1?: [LOCALHOST]                      pmtu 1500
       1:  192.168.10.200                                        Tms\u{20}
       1:  192.168.10.200                                        Tms\u{20}
       2:  192.168.20.100                                        Tms reached
           Resume: pmtu 1500 hops 2 back 2\u{20}

      """
    ),
    (
      "webpod", "k8s-ctr", "tracepath -b k8s-w1", 0,
      """
       1?: [LOCALHOST]                      pmtu 1500
       1:  k8s-w1 (192.168.10.101)                               Tms reached
       1:  k8s-w1 (192.168.10.101)                               Tms reached
           Resume: pmtu 1500 hops 1 back 1\u{20}

      """
    ),
    (
      "webpod", "k8s-ctr", "traceroute -n 192.168.20.100", 0,
      """
      traceroute to 192.168.20.100 (192.168.20.100), 30 hops max, 60 byte packets
       1  192.168.10.200  T ms  T ms  T ms
       2  192.168.20.100  T ms  T ms  T ms

      """
    ),
    (
      "webpod", "k8s-ctr", "traceroute -I -q 1 k8s-w0", 0,
      """
      traceroute to k8s-w0 (192.168.20.100), 30 hops max, 60 byte packets
       1  router (192.168.10.200)  T ms
       2  k8s-w0 (192.168.20.100)  T ms

      """
    ),
    (
      "webpod", "curl-pod", "traceroute -n -w 1 -q 1 -m 3 172.20.2.33", 0,
      """
      traceroute to 172.20.2.33 (172.20.2.33), 3 hops max, 60 byte packets
       1  *
       2  *
       3  *

      """
    ),
  ])
  func waysAreFound(_ chapter: String, host: String, line: String, status: Int32, output: String) throws {
    var network = try #require(try RunningLab.week4(chapter).network)
    network.cluster?.facts.tracepathShowsSummary = true
    var lab = RunningLab(network: network)
    let result = try lab.run(line, on: host)
    #expect(withoutTimes(result.standardOutput) == output)
    #expect(result.standardError == "")
    #expect(result.status == status)
  }

  @Test func aSmallerLinkIsFound() throws {
    var lab = try RunningLab.week4()
    for (line, host) in [("ip link set eth2 mtu 1400", "router"), ("ip link set eth1 mtu 1400", "k8s-w0")] {
      _ = try lab.run(line, on: host)
    }
    let first = try lab.run("tracepath -n 192.168.20.100", on: "k8s-ctr").standardOutput
    #expect(first.contains("ms pmtu 1400\n"))
    #expect(first.contains(" 2:  192.168.20.100 "))
    let again = try lab.run("tracepath -n 192.168.20.100", on: "k8s-ctr").standardOutput
    #expect(again.hasPrefix(" 1?: [LOCALHOST]                      pmtu 1400\n"))
    let ping = try lab.run("ping -c 1 -W 1 -M do -s 1472 192.168.20.100", on: "k8s-ctr")
    #expect(ping.standardError == "ping: local error: message too long, mtu=1400\n")
  }

  /// Found by `Tests/LiveKernel/networks`.
  @Test(arguments: ["unreachable", "prohibit", "blackhole"])
  func aRefusingRouteSendsNothing(type: String) throws {
    var lab = try RunningLab.week4()
    _ = try lab.run("ip route add \(type) 203.0.113.7", on: "router")
    let tracepath = try lab.run("tracepath -n 203.0.113.7", on: "router")
    #expect(tracepath.standardOutput.hasPrefix(" 1:  send failed\n"))
  }

  @Test func withoutARouteNothingIsSent() throws {
    var lab = try RunningLab.week4()
    _ = try lab.run("ip route del default", on: "router")
    let tracepath = try lab.run("tracepath -n 9.9.9.9", on: "router")
    #expect(tracepath.standardOutput.hasPrefix(" 1:  send failed\n"))
    let traceroute = try lab.run("traceroute -n 9.9.9.9", on: "router")
    #expect(traceroute.standardError == "connect: Network is unreachable\n")
    #expect(traceroute.status == 1)
  }
}

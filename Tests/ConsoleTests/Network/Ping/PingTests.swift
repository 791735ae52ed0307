import ControlPlane
import NetModel
import PacketTrace
import Testing

@testable import Console

/// Outputs as the recorded lab and the kernel vectors have them.
struct PingTests {
  /// Found by `Tests/LiveKernel/networks`: a rule that looks at sources is asked again with the chosen one.
  @Test func connectingAsksAgainWithTheSource() throws {
    var lab = try RunningLab.week4()
    _ = try lab.run("ip route add unreachable 192.168.10.101 table 100", on: "router")
    #expect(try lab.run("ping -c 1 192.168.10.101", on: "router").status == 0)
    _ = try lab.run("ip rule add priority 1000 from 192.168.10.0/24 lookup 100", on: "router")
    let ping = try lab.run("ping -c 1 192.168.10.101", on: "router")
    #expect(ping.standardError == "ping: connect: No route to host\n")
    #expect(ping.status == 2)
    let connection = try lab.snapshot.flow(FlowRequest(source: "router", destination: "192.168.10.101:22"))
    let walk = lab.snapshot.walk(connection.flow)
    #expect(walk.paths.map(\.outcome.reason) == [.unreachableRoute])
  }

  /// Recorded with the kernel vectors, seedlab icmp.
  @Test func redirectsAreToldAndNotCounted() throws {
    var lab = try RunningLab.week4()
    _ = try lab.run("ip route add 192.168.10.101 via 192.168.10.200", on: "k8s-ctr")
    let ping = try lab.run("ping -c 2 -i 0.5 192.168.10.101", on: "k8s-ctr")
    let lines = ping.standardOutput.split(separator: "\n").map { $0.prefix { $0 != "=" } }
    #expect(ping.status == 0)
    #expect(
      lines == [
        "PING 192.168.10.101 (192.168.10.101) 56(84) bytes of data.", "From 192.168.10.200: icmp_seq",
        "64 bytes from 192.168.10.101: icmp_seq", "From 192.168.10.200: icmp_seq",
        "64 bytes from 192.168.10.101: icmp_seq", "--- 192.168.10.101 ping statistics ---",
        "2 packets transmitted, 2 received, 0% packet loss, time 500ms", "rtt min/avg/max/mdev ",
      ])
    #expect(ping.standardOutput.contains("icmp_seq=2 Redirect Host(New nexthop: 192.168.10.101)\n"))
    #expect(!(try lab.run("ping -q -c 1 192.168.10.101", on: "k8s-ctr")).standardOutput.contains("Redirect"))
  }

  @Test(arguments: [
    (
      "webpod", "k8s-ctr", "ping -c 1 10.10.1.200", 0,
      """
      PING 10.10.1.200 (10.10.1.200) 56(84) bytes of data.
      64 bytes from 10.10.1.200: icmp_seq=1 ttl=64 time=T ms

      --- 10.10.1.200 ping statistics ---
      1 packets transmitted, 1 received, 0% packet loss, time 0ms
      rtt min/avg/max/mdev = T/T/T/T ms

      """
    ),
    (
      "webpod", "k8s-ctr", "ping -c 2 k8s-w0", 0,
      """
      PING k8s-w0 (192.168.20.100) 56(84) bytes of data.
      64 bytes from k8s-w0 (192.168.20.100): icmp_seq=1 ttl=63 time=T ms
      64 bytes from k8s-w0 (192.168.20.100): icmp_seq=2 ttl=63 time=T ms

      --- k8s-w0 ping statistics ---
      2 packets transmitted, 2 received, 0% packet loss, time 1000ms
      rtt min/avg/max/mdev = T/T/T/T ms

      """
    ),
    (
      "webpod", "curl-pod", "ping -c 2 -w 1 -W 1 172.20.2.33", 1,
      """
      PING 172.20.2.33 (172.20.2.33) 56(84) bytes of data.

      --- 172.20.2.33 ping statistics ---
      1 packets transmitted, 0 received, 100% packet loss, time 0ms


      """
    ),
    (
      "webpod", "k8s-ctr", "ping -c 1 -t 1 192.168.20.100", 1,
      """
      PING 192.168.20.100 (192.168.20.100) 56(84) bytes of data.
      From 192.168.10.200 icmp_seq=1 Time to live exceeded

      --- 192.168.20.100 ping statistics ---
      1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms


      """
    ),
    (
      "webpod", "k8s-ctr", "ping -c 3 192.168.10.250", 1,
      """
      PING 192.168.10.250 (192.168.10.250) 56(84) bytes of data.
      From 192.168.10.100 icmp_seq=1 Destination Host Unreachable
      From 192.168.10.100 icmp_seq=2 Destination Host Unreachable
      From 192.168.10.100 icmp_seq=3 Destination Host Unreachable

      --- 192.168.10.250 ping statistics ---
      3 packets transmitted, 0 received, +3 errors, 100% packet loss, time 3070ms
      pipe 3

      """
    ),
    (
      "tunnel", "curl-pod", "ping -c 1 -M do -s 1423 172.20.2.33", 1,
      """
      PING 172.20.2.33 (172.20.2.33) 1423(1451) bytes of data.

      --- 172.20.2.33 ping statistics ---
      1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms


      """
    ),
    (
      "tunnel", "curl-pod", "ping -c 1 -s 1472 172.20.2.33", 0,
      """
      PING 172.20.2.33 (172.20.2.33) 1472(1500) bytes of data.
      1480 bytes from 172.20.2.33: icmp_seq=1 ttl=63 time=T ms

      --- 172.20.2.33 ping statistics ---
      1 packets transmitted, 1 received, 0% packet loss, time 0ms
      rtt min/avg/max/mdev = T/T/T/T ms

      """
    ),
    (
      "webpod", "k8s-ctr", "ping -q -c 1 -I eth1 192.168.10.200", 0,
      """
      PING 192.168.10.200 (192.168.10.200) from 192.168.10.100 eth1: 56(84) bytes of data.

      --- 192.168.10.200 ping statistics ---
      1 packets transmitted, 1 received, 0% packet loss, time 0ms
      rtt min/avg/max/mdev = T/T/T/T ms

      """
    ),
  ])
  func outputIsTheToolsOwn(
    _ chapter: String, host: String, line: String, status: Int32, output: String
  ) throws {
    var lab = try RunningLab.week4(chapter)
    let result = try lab.run(line, on: host)
    #expect(withoutTimes(result.standardOutput) == output)
    #expect(result.status == status)
  }

  @Test(arguments: [
    ("ping", "ping: usage error: Destination address required\n", 1),
    ("ping -c 0 k8s-w0", "ping: invalid argument: '0': out of range: 1 <= value <= 9223372036854775807\n", 1),
    ("ping -f k8s-w0", "ping: -f: not modelled here\n", 127),
    ("ping -I eth9 10.0.2.2", "ping: unknown iface eth9\n", 2),
    ("ping -I 9.9.9.9 10.0.2.2", "ping: bind: Cannot assign requested address\n", 2),
    ("ping nosuch.example", "ping: nosuch.example: not modelled here\n", 127),
  ])
  func whatCannotBeginSaysWhy(_ line: String, error: String, status: Int32) throws {
    var lab = try RunningLab.week4()
    #expect(try lab.run(line, on: "k8s-ctr") == CommandResult(standardError: error, status: status))
  }

  @Test func whatTheOwnKernelRefusesIsAnError() throws {
    var lab = try RunningLab.week4("tunnel")
    let result = try lab.run("ping -c 1 -M do -s 1423 172.20.2.33", on: "curl-pod")
    #expect(result.standardError == "ping: local error: message too long, mtu=1450\n")
  }

  @Test func withoutARouteNothingIsSent() throws {
    var lab = try RunningLab.week4()
    _ = try lab.run("ip route del default", on: "router")
    let result = try lab.run("ping -c 1 9.9.9.9", on: "router")
    #expect(result.standardError == "ping: connect: Network is unreachable\n")
    #expect(result.status == 2)
    #expect(lab.traffic.packets.end == 0)
  }

  @Test func anInterruptGivesTheSummary() throws {
    var lab = try RunningLab.week4()
    let stack = try #require(lab.stack(named: "k8s-ctr"))
    var job = lab.start(["ping", "192.168.10.200"], on: stack)
    var output = JobOutput()
    var state = job.resume(.started, in: &lab, output: &output)
    for _ in 0..<3 {
      guard case .waiting(let wait) = state, let until = wait.until else { break }
      lab.now = until
      state = job.resume(.timePassed, in: &lab, output: &output)
    }
    state = job.resume(.interrupted, in: &lab, output: &output)
    #expect(state == .ended(status: 0))
    #expect(
      output.text(of: .standardOutput).contains(
        "4 packets transmitted, 4 received, 0% packet loss, time 3000ms"))
  }

  @Test func aContinuousPingSeesTheWayMended() throws {
    var lab = try RunningLab.week4()
    let pod = try #require(lab.stack(named: "curl-pod"))
    var job = lab.start(["ping", "172.20.2.33"], on: pod)
    var output = JobOutput()
    _ = job.resume(.started, in: &lab, output: &output)
    #expect(!output.text(of: .standardOutput).contains("64 bytes"))
    for line in ["172.20.0.0/24 via 192.168.10.100", "172.20.2.0/24 via 192.168.20.100"] {
      _ = try lab.run("ip route add \(line)", on: "router")
    }
    lab.now = Instant(seconds: 1)
    _ = job.resume(.timePassed, in: &lab, output: &output)
    #expect(output.text(of: .standardOutput).contains("64 bytes from 172.20.2.33: icmp_seq=2 ttl=61"))
  }

  @Test(arguments: [
    ("0x10", 0, ""), ("16", 0, ""), ("0xzz", 2, "ping: bad TOS value: 0xzz\n"),
    ("256", 2, "ping: the decimal value of TOS bits must be in range 0-255: 256\n"),
  ])
  func serviceBitsAreDecimalOrHexadecimal(word: String, status: Int32, error: String) throws {
    var lab = try RunningLab.week4()
    let result = try lab.run("ping -c 1 -Q \(word) 192.168.10.200", on: "k8s-ctr")
    #expect(result.standardError == error)
    #expect(result.status == status)
  }
}

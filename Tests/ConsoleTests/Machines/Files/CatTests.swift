import NetModel
import Testing

@testable import Console

struct CatTests {
  @Test(arguments: [
    (
      "cat /etc/resolv.conf", "curl-pod",
      "search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n"
    ),
    ("cat /etc/hostname", "k8s-w0", "k8s-w0\n"), ("cat /proc/sys/net/ipv4/ip_forward", "router", "1\n"),
    ("cat /sys/class/net/eth1/address /sys/class/net/eth1/operstate", "k8s-ctr", "08:00:27:64:bf:57\nup\n"),
  ])
  func filesFollowFromTheLab(line: String, host: String, output: String) throws {
    var lab = try RunningLab.week4()
    #expect(try lab.run(line, on: host) == CommandResult(standardOutput: output))
  }

  @Test func thePodsEndAndTheNodesNameEachOther() throws {
    var lab = try RunningLab.week4()
    let link = try lab.run("cat /sys/class/net/eth0/iflink", on: "curl-pod").standardOutput
    let index = try lab.run("cat /sys/class/net/lxcaeddd5f79898/ifindex", on: "k8s-ctr").standardOutput
    #expect(link == index)
  }

  @Test func otherFilesAreNotInventedAndInputGoesThrough() throws {
    var lab = try RunningLab.week4()
    let other = try lab.run("cat /etc/shadow", on: "router")
    #expect(other == CommandResult(standardError: "cat: /etc/shadow: not modelled here\n", status: 127))
    let router = try #require(lab.stack(named: "router"))
    let copied = lab.run(["cat"], on: router, input: CommandInput(standardInput: "a\nb\n"))
    #expect(copied == CommandResult(standardOutput: "a\nb\n"))
  }

  @Test func linesAreNumberedWhereThatIsAskedFor() throws {
    var lab = try RunningLab.week4()
    let numbered = try lab.run("cat -n /etc/hostname /proc/sys/net/ipv4/ip_forward", on: "router")
    #expect(numbered == CommandResult(standardOutput: "     1\trouter\n     2\t1\n"))
    let router = try #require(lab.stack(named: "router"))
    let copied = lab.run(["cat", "-n"], on: router, input: CommandInput(standardInput: "a\n\nb"))
    #expect(copied.standardOutput == "     1\ta\n     2\t\n     3\tb")
    let refused = try lab.run("cat -A /etc/hostname", on: "router")
    #expect(refused == CommandResult(standardError: "cat: -A: not modelled here\n", status: 127))
  }

  @Test func settingsHaveTheKernelsOwnValues() throws {
    var lab = try RunningLab.week4()
    let file = "/proc/sys/net/ipv4/conf/eth1/forwarding"
    let shown = try lab.run("sysctl -n net.ipv4.conf.eth1.forwarding", on: "router")
    #expect(try lab.run("cat \(file)", on: "router") == shown)
    #expect(try lab.run("cat /proc/sys/net/ipv4/conf/eth9/forwarding", on: "router").status == 127)
  }

  @Test(arguments: [
    ("/etc/hosts", true), ("/proc/sys/net/ipv4/ip_forward", true), ("/sys/class/net/eth0/mtu", true),
    ("/etc/netplan/50-vagrant.yaml", true), ("/etc/hostsfile", false), ("/etc/passwd", false),
    ("hosts", false),
    ("/proc/sys", false), ("/home/me/etc/hosts", false), ("-", false), ("", false),
  ])
  func theLabHasItsOwnFilesAt(path: String, isLabs: Bool) {
    #expect(LabFiles.hold(path) == isLabs)
  }
}

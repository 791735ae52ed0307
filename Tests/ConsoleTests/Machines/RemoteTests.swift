import ControlPlane
import Importing
import NetModel
import Testing

@testable import Console

/// Commands that run others, on a lab whose names are the lab file's own.
struct RemoteTests {
  private static func lab(_ chapter: String = "fresh") throws -> RunningLab {
    RunningLab(network: try Lab.builtIn("cilium-week4").network(chapter: chapter))
  }

  private static let node = StackID.host(NodeID("k8s-ctr"))

  struct Case: Sendable {
    var words: [String]
    var result: CommandResult
  }

  @Test(arguments: [
    Case(
      words: [
        "sshpass", "-p", "x", "ssh", "-o", "StrictHostKeyChecking=no", "vagrant@k8s-w0", "hostname",
      ],
      result: CommandResult(standardOutput: "k8s-w0\n")),
    Case(
      words: ["ssh", "192.168.10.200", "hostname; hostname -I && ip link show nosuch || hostname"],
      result: CommandResult(
        standardOutput:
          "router\n10.0.2.15 192.168.10.200 192.168.20.200 10.10.1.200 10.10.2.200 \nrouter\n",
        standardError: "Device \"nosuch\" does not exist.\n")),
    Case(
      words: ["ssh", "k8s-w1", "sudo", "-n", "hostname"],
      result: CommandResult(standardOutput: "k8s-w1\n")),
    Case(words: ["ssh", "k8s-w1", "hostname", "-i"], result: CommandResult(standardOutput: "127.0.2.1\n")),
    Case(
      words: ["hostname", "-i"],
      result: CommandResult(standardError: "hostname: -i: not modelled here\n", status: 127)),
    Case(
      words: ["ssh", "nosuch", "hostname"],
      result: CommandResult(
        standardError: "ssh: Could not resolve hostname nosuch: Temporary failure in name resolution\n",
        status: 255)),
    Case(
      words: ["ssh", "-p", "2222", "router", "hostname"],
      result: CommandResult(
        standardError: "ssh: connect to host router port 2222: Connection refused\n", status: 255)),
    Case(
      words: ["ssh", "router", "rm", "-rf", "x"],
      result: CommandResult(standardError: "rm -rf x: not modelled here\n", status: 127)),
    Case(
      words: ["sudo", "nosuch"],
      result: CommandResult(standardError: "sudo: nosuch: command not found\n", status: 1)),
    Case(
      words: ["sudo", "-u", "nobody", "hostname"],
      result: CommandResult(standardError: "sudo: -u: not modelled here\n", status: 127)),
    Case(words: ["sudo", "-i", "hostname"], result: CommandResult(standardOutput: "k8s-ctr\n")),
    Case(
      words: ["su", "-"],
      result: CommandResult(standardError: "su: not modelled here\n", status: 127)),
    Case(
      words: ["getent", "hosts", "router"],
      result: CommandResult(standardOutput: "192.168.10.200  router\n")),
    Case(words: ["getent", "hosts", "nosuch"], result: CommandResult(status: 2)),
    Case(
      words: ["sysctl", "-n", "net.ipv4.ip_forward"], result: CommandResult(standardOutput: "1\n")),
    Case(
      words: ["sysctl", "kernel.pid_max"],
      result: CommandResult(
        standardError: "sysctl: kernel.pid_max: not modelled here\n", status: 127)),
  ])
  func commandsAnswer(_ example: Case) throws {
    var lab = try Self.lab()
    #expect(lab.run(example.words, on: Self.node) == example.result)
  }

  @Test func aMachineWithoutAWayIsNotReached() throws {
    var lab = try Self.lab()
    #expect(
      lab.run(["ip", "link", "set", "eth1", "down"], on: .host(NodeID("k8s-w0"))).status == 0)
    let result = lab.run(["ssh", "-o", "ConnectTimeout=2", "k8s-w0", "hostname"], on: Self.node)
    #expect(result.status == 255)
    #expect(result.standardError.hasPrefix("ssh: connect to host k8s-w0 port 22: "))
  }

  @Test func aLineThatTakesAShellIsHandedOver() throws {
    var lab = try Self.lab()
    var job = lab.start(["ssh", "router", "ip route | head -1"], on: Self.node)
    var output = JobOutput()
    let state = job.resume(.started, in: &lab, output: &output)
    let request = ShellRequest(stack: .host(NodeID("router")), line: "ip route | head -1")
    #expect(state == .handedOver(request))
  }

  @Test func modulesAreLoadedWithThoseTheyNeed() throws {
    var lab = try Self.lab()
    let empty = "Module                  Size  Used by\n"
    #expect(lab.run(["lsmod"], on: Self.node).standardOutput == empty)
    for _ in 0..<2 { #expect(lab.run(["modprobe", "vxlan"], on: Self.node) == CommandResult()) }
    let loaded = lab.run(["lsmod"], on: Self.node).standardOutput
    #expect(
      loaded == empty + """
        vxlan                 147456  0
        ip6_udp_tunnel         16384  1 vxlan
        udp_tunnel             36864  1 vxlan

        """)
    #expect(
      lab.run(["rmmod", "udp_tunnel"], on: Self.node).standardError
        == "rmmod: ERROR: Module udp_tunnel is in use\n")
    #expect(lab.run(["rmmod", "vxlan"], on: Self.node) == CommandResult())
    #expect(lab.run(["rmmod", "vxlan"], on: Self.node).status == 1)
    #expect(lab.run(["modprobe", "nosuch"], on: Self.node).status == 127)
  }

  @Test func anAgentLoadsItsTunnelsModule() throws {
    var lab = try Self.lab("tunnel")
    #expect(lab.run(["lsmod"], on: Self.node).standardOutput.contains("\nvxlan "))
  }

  @Test func aSettingThatIsChangedDecides() throws {
    var lab = try Self.lab()
    let router = StackID.host(NodeID("router"))
    let write = lab.run(["sysctl", "-w", "net.ipv4.ip_forward=0"], on: router)
    #expect(write == CommandResult(standardOutput: "net.ipv4.ip_forward = 0\n"))
    #expect(lab.snapshot.stack(router)?.sysctls["net.ipv4.ip_forward"] == 0)
  }

  @Test func aWatchRunsAgainUntilItIsInterrupted() throws {
    var lab = try Self.lab()
    var job = lab.start(["watch", "-n", "0.5", "hostname"], on: Self.node)
    var output = JobOutput()
    let first = job.resume(.started, in: &lab, output: &output)
    #expect(first == .waiting(JobWait(until: Instant(nanoseconds: 500_000_000))))
    lab.now = Instant(nanoseconds: 500_000_000)
    _ = job.resume(.timePassed, in: &lab, output: &output)
    #expect(job.resume(.interrupted, in: &lab, output: &output) == .ended(status: 0))
    let text = output.text(of: .standardOutput)
    #expect(text.hasPrefix("Every 0.5s: hostname"))
    #expect(text.split(separator: "\n").filter { $0 == "k8s-ctr" }.count == 2)
  }

  @Test(arguments: [
    ["sudo", "-i"], ["sudo", "-s"], ["sudo", "-n", "su", "-"], ["sudo", "su"], ["sudo", "bash"],
    ["sudo", "/bin/sh"],
  ])
  func aShellOfRootIsTheUsersOwn(words: [String]) throws {
    var lab = try RunningLab.week4()
    let stack = try #require(lab.stack(named: "k8s-w1"))
    var job = lab.start(words, on: stack)
    var output = JobOutput()
    let request = ShellRequest(stack: stack, line: nil)
    #expect(job.resume(.started, in: &lab, output: &output) == .handedOver(request))
  }
}

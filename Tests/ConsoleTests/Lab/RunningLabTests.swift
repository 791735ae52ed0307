import ControlPlane
import Importing
import NetModel
import Testing

@testable import Console

struct RunningLabTests {
  private static func week4() throws -> RunningLab {
    RunningLab(network: try Lab.builtIn("cilium-week4").network(chapter: "webpod"))
  }

  private static let node = StackID.host(NodeID("k8s-ctr"))

  @Test(arguments: [
    (["hostname"], "k8s-ctr\n", "", 0),
    (["/usr/sbin/ip", "rule", "show", "pref", "32766"], "32766:\tfrom all lookup main\n", "", 0),
    (["foo"], "", "bash: foo: command not found\n", 127),
    (["iptables", "-L"], "", "iptables: not modelled here\n", 127),
    (["ip", "-6", "route"], "", "ip: -6: not modelled here\n", 127),
    (["ip", "netns"], "", "ip: netns: not modelled here\n", 127),
    (["ip", "route", "get", "2001:db8::1"], "", "ip: 2001:db8::1: not modelled here\n", 127),
    (["ip", "addr", "add", "10.0.0.1/24", "dev", "nosuch"], "", "Cannot find device \"nosuch\"\n", 1),
    (["ip", "-V"], "ip utility, iproute2-6.1.0, libbpf 1.3.0\n", "", 0),
  ])
  func commandsAnswer(_ arguments: [String], output: String, error: String, status: Int32) throws {
    var lab = try Self.week4()
    let result = lab.run(arguments, on: Self.node)
    #expect(result == CommandResult(standardOutput: output, standardError: error, status: status))
  }

  @Test(arguments: [
    ("router", "router"), ("curl-pod", "default/curl-pod"), ("default/curl-pod", "default/curl-pod"),
    ("nosuch", nil),
  ])
  func hostsAreFoundByName(_ name: String, found: String?) throws {
    #expect(try Self.week4().stack(named: name)?.description == found)
  }

  @Test func theEndsOfAPodsPairNameEachOther() throws {
    var lab = try Self.week4()
    let pod = try #require(lab.stack(named: "curl-pod"))
    let node = try #require(lab.snapshot.stack(Self.node)?.interface(named: "lxcaeddd5f79898"))
    let eth0 = try #require(lab.snapshot.stack(pod)?.interface(named: "eth0"))
    let inPod = lab.run(["ip", "-br", "link", "show", "eth0"], on: pod).standardOutput
    let onNode = lab.run(["ip", "-br", "link", "show", node.name], on: Self.node).standardOutput
    #expect(inPod.hasPrefix("eth0@if\(node.index) "))
    #expect(onNode.hasPrefix("\(node.name)@if\(eth0.index) "))
  }

  @Test func aRouteThatIsAddedDecides() throws {
    var lab = try Self.week4()
    let get = ["ip", "route", "get", "172.20.2.33"]
    #expect(lab.run(get, on: Self.node).standardOutput.contains("via 192.168.10.200 dev eth1"))
    let add = ["ip", "route", "add", "172.20.2.0/24", "via", "192.168.10.101"]
    #expect(lab.run(add, on: Self.node) == CommandResult())
    #expect(lab.run(get, on: Self.node).standardOutput.contains("via 192.168.10.101 dev eth1"))
  }

  @Test func aRecordingCannotBeChanged() throws {
    var lab = RunningLab(snapshot: try Self.week4().snapshot)
    let before = lab.snapshot
    let result = lab.run(["ip", "link", "set", "eth1", "down"], on: Self.node)
    #expect(result.status == 127)
    #expect(lab.snapshot == before)
  }
}

import ControlPlane
import NetModel
import Testing

@testable import Console

/// `ip rule add` and `del`.
@Suite struct RuleChangeTests {
  private static let interfaces = ["eth0", "eth1"].enumerated().map { index, name in
    Interface(name: name, index: index + 2, mac: .zero, attachment: .wire(WireID("lan")))
  }

  private func lab() -> RunningLab {
    let stack = NetworkStack(id: .host(NodeID("host")), interfaces: [.loopback] + Self.interfaces)
    return RunningLab(
      network: Network(name: "rules", wires: [Wire(id: WireID("lan"))], machines: [Machine(stack: stack)]))
  }

  /// The rules of the recorded session, made by the commands that made them there.
  @Test func theyAreAsTheRealToolMadeThem() throws {
    var lab = lab()
    let session = try RecordedSession.recorded
    let setup = session.setup.filter { $0.hasPrefix("ip rule ") }
    #expect(!setup.isEmpty)
    for command in setup { #expect(lab.run(command).standardError == "", "\(command)") }
    let shown = session.commands.first { $0.cmd == "ip rule show" }
    #expect(lab.run("ip rule show").standardOutput == shown?.out)
  }

  @Test(
    arguments: [
      ("ip rule add", "\"ip rule add\" requires arguments.\n", 255),
      ("ip rule del", "\"ip rule del\" requires arguments.\n", 255),
      ("ip rule del from 10.9.0.0/16", "RTNETLINK answers: No such file or directory\n", 2),
      ("ip rule add from all lookup main priority 32766", "RTNETLINK answers: File exists\n", 2),
      (
        "ip rule add from 10.1.0.0/16 nonsense",
        "Error: argument \"nonsense\" is wrong: Failed to parse rule type\n\n", 255
      ),
    ] as [(String, String, Int32)])
  func refusals(command: String, error: String, status: Int32) {
    var lab = lab()
    let result = lab.run(command)
    #expect(result.standardError == error)
    #expect(result.status == status)
    #expect(lab.edits.isEmpty)
  }

  /// Source: Linux `net/core/fib_rules.c`, `fib_nl_delrule`: the first that fits goes.
  @Test func whatWasAddedIsDeletedAgain() {
    var lab = lab()
    let before = lab.snapshot.stacks
    _ = lab.run("ip rule add from 10.1.0.0/16 lookup 100")
    _ = lab.run("ip rule add from 10.1.0.0/16 lookup 100 pref 7")
    #expect(lab.run("ip rule show pref 7").standardOutput == "7:\tfrom 10.1.0.0/16 lookup 100\n")
    _ = lab.run("ip rule del table 100")
    #expect(lab.run("ip rule show pref 7").standardOutput == "")
    _ = lab.run("ip rule del from 10.1.0.0/16")
    #expect(lab.snapshot.stacks == before)
  }

  /// Policy routing decides: packets from that source take the other table.
  @Test func lookupsFollowTheRules() {
    var lab = lab()
    for command in [
      "ip link set eth0 up", "ip addr add 192.0.2.1/24 dev eth0", "ip addr add 198.51.100.1/24 dev eth1",
      "ip link set eth1 up", "ip route add default via 192.0.2.9",
      "ip route add default via 198.51.100.9 table 100", "ip rule add from 198.51.100.1 lookup 100",
    ] {
      #expect(lab.run(command).standardError == "", "\(command)")
    }
    #expect(lab.run("ip route get 203.0.113.5").standardOutput.contains("via 192.0.2.9"))
    #expect(
      lab.run("ip route get 203.0.113.5 from 198.51.100.1").standardOutput.contains("via 198.51.100.9"))
  }
}

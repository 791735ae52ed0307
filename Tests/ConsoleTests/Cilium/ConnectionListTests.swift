import ControlPlane
import Importing
import NetModel
import PacketTrace
import Testing

@testable import Console

@Suite("what a learner looks up after a request")
struct ConnectionListTests {
  private func lab(_ chapter: String) throws -> RunningLab {
    RunningLab(network: try Lab.builtIn("cilium-week4").network(chapter: chapter))
  }

  private func run(_ line: String, on host: String, in lab: inout RunningLab) throws -> String {
    lab.run(line.split(separator: " ").map(String.init), on: try #require(lab.stack(named: host)))
      .standardOutput
  }

  private static let curl = "kubectl exec curl-pod -- curl -s --resolve webpod:80:172.20.2.33 webpod"

  @Test("both nodes track a request by VXLAN, each on its side")
  func conntrack() throws {
    var lab = try lab("tunnel")
    #expect(try run(Self.curl, on: "k8s-ctr", in: &lab).contains("Hostname: webpod-697b545f57-2dg5m\n"))
    let client = try run("cilium-dbg bpf ct list global", on: "k8s-ctr", in: &lab)
    let entry = try #require(client.split(separator: "\n").first)
    #expect(entry.hasPrefix("TCP OUT 172.20.0.88:"))
    #expect(entry.contains(" -> 172.20.2.33:80 expires="))
    #expect(
      entry.hasSuffix(
        "Flags=0x0013 [ RxClosing TxClosing SeenNonSyn ] RevNAT=0 SourceSecurityID=45966 BackendID=0 "))
    let server = try run("cilium-dbg bpf ct list global", on: "k8s-w0", in: &lab)
    #expect(server.hasPrefix("TCP IN 172.20.0.88:"))
    #expect(server.contains("Flags=0x0413 [ RxClosing TxClosing SeenNonSyn FromTunnel ]"))
    #expect(server.contains("ICMP IN 172.20.0.88:0 -> 172.20.2.33:0 related expires="))
    #expect(try run("cilium-dbg bpf ct list global", on: "k8s-w1", in: &lab) == "\n\n")
    lab.now = Instant(nanoseconds: lab.now.nanoseconds + 100_000_000_000)
    #expect(try run("cilium-dbg bpf ct list global", on: "k8s-w0", in: &lab) == "\n\n")
  }

  @Test("a pod's packets to the world bear the node's address, in both directions")
  func nat() throws {
    var lab = try lab("webpod")
    _ = try run("kubectl exec curl-pod -- ping -c 1 10.10.1.200", on: "k8s-ctr", in: &lab)
    let lines = try run("cilium-dbg bpf nat list", on: "k8s-ctr", in: &lab).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("ICMP OUT 172.20.0.88:"))
    #expect(lines[0].contains(" -> 10.10.1.200:0 XLATE_SRC 192.168.10.100:"))
    #expect(lines[1].hasPrefix("ICMP IN 10.10.1.200:0 -> 192.168.10.100:"))
    #expect(lines[1].contains(" XLATE_DST 172.20.0.88:"))
  }

  @Test(
    "a port of the node's own address is reserved",
    arguments: [
      (
        "webpod", "ping -c 1 10.10.1.200", "ICMP OUT 192.168.10.100:",
        " -> 10.10.1.200:0 XLATE_SRC 192.168.10.100:"
      ),
      (
        "tunnel", "curl -s 172.20.1.108", "TCP OUT 172.20.0.43:", " -> 172.20.1.108:80 XLATE_SRC 172.20.0.43:"
      ),
    ])
  func reservedPorts(chapter: String, command: String, start: String, middle: String) throws {
    var lab = try lab(chapter)
    _ = try run(command, on: "k8s-ctr", in: &lab)
    let lines = try run("cilium-dbg bpf nat list", on: "k8s-ctr", in: &lab).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix(start))
    #expect(lines[0].contains(middle))
    #expect(lines[0].hasSuffix("NeedsCT=1"))
  }

  @Test("a policy's drops are seen by hubble and by the monitor of the node that dropped")
  func drops() throws {
    var lab = try lab("webpod")
    let policy = """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: closed}
      spec: {podSelector: {matchLabels: {app: webpod}}, policyTypes: [Ingress]}
      """
    let stack = try #require(lab.stack(named: "k8s-ctr"))
    let applied = lab.run(
      ["kubectl", "apply", "-f", "-"], on: stack, input: CommandInput(standardInput: policy))
    #expect(applied.status == 0)
    var monitor = lab.start(["cilium-dbg", "monitor", "-t", "drop"], on: stack)
    var output = JobOutput()
    #expect(monitor.resume(.started, in: &lab, output: &output) == .waiting(JobWait(forLabChange: true)))
    _ = output.take()
    _ = try run(
      "kubectl exec curl-pod -- curl -s --connect-timeout 1 172.20.0.121", on: "k8s-ctr", in: &lab)
    let observed = try run("hubble observe --verdict DROPPED --type drop", on: "k8s-ctr", in: &lab)
    #expect(
      observed.contains(
        "<> default/webpod-697b545f57-t87x7:80 (ID:62886) Policy denied DROPPED (TCP Flags: SYN)\n"))
    _ = monitor.resume(.labChanged, in: &lab, output: &output)
    let line = output.text(of: .standardOutput)
    #expect(line.hasPrefix("xx drop (Policy denied) flow 0x"))
    #expect(line.contains(" to endpoint 56, , identity 45966->62886: 172.20.0.88:"))
    #expect(line.hasSuffix(" -> 172.20.0.121:80 tcp SYN\n"))
    #expect(
      try run("cilium-dbg endpoint list --no-headers", on: "k8s-ctr", in: &lab).contains("56     Enabled"))
  }
}

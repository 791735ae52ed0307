import ControlPlane
import Importing
import NetModel
import PacketTrace
import Testing

@testable import Console

@Suite("hubble shows the flows that were sent")
struct HubbleTests {
  private func lab(_ chapter: String) throws -> RunningLab {
    RunningLab(network: try Lab.builtIn("cilium-week4").network(chapter: chapter))
  }

  private func run(_ line: String, in lab: inout RunningLab) throws -> CommandResult {
    lab.run(line.split(separator: " ").map(String.init), on: try #require(lab.stack(named: "k8s-ctr")))
  }

  /// One question of curl-pod to webpod's cluster address, answered by the pod on k8s-w0.
  private func ask(_ lab: inout RunningLab, backend: IPv4Address = IPv4Address(172, 20, 2, 33)) {
    let curl = PodID(namespace: "default", name: "curl-pod")
    _ = lab.send(
      Flow(
        origin: .pod(curl), destination: IPv4Address(10, 96, 189, 34),
        content: .transport(.tcp, port: 80), backend: Flow.Backend(address: backend, port: 80)))
  }

  @Test("a question by VXLAN, as the guide recorded it")
  func compact() throws {
    var lab = try lab("tunnel")
    ask(&lab)
    let result = try run("hubble observe --protocol tcp --pod curl-pod", in: &lab)
    #expect(result.standardError == "")
    let lines = result.standardOutput.split(separator: "\n").map { line in
      line.drop { $0 != " " }.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? ""
    }
    #expect(lines.count >= 3)
    #expect(lines[0] == "default/curl-pod (ID:45966) <> 10.96.189.34:80 (world) pre-xlate-fwd TRACED (TCP)")
    #expect(
      lines[1]
        == "default/curl-pod (ID:45966) <> default/webpod-697b545f57-2dg5m:80 (ID:62886) post-xlate-fwd TRANSLATED (TCP)"
    )
    #expect(
      lines[2].hasSuffix(
        " (ID:45966) -> default/webpod-697b545f57-2dg5m:80 (ID:62886) to-overlay FORWARDED (TCP Flags: SYN)"))
  }

  @Test("in an agent's pod it asks that agent alone, who knows its own node's flows")
  func ofOneAgent() throws {
    var lab = try lab("tunnel")
    ask(&lab)
    let line = "kubectl -n kube-system exec ds/cilium -c cilium-agent -- hubble"
    let flows = try run("\(line) observe --print-node-name", in: &lab).standardOutput
    #expect(flows.contains("[k8s-ctr]") && !flows.contains("[k8s-w0]"))
    #expect(try run("hubble observe --print-node-name", in: &lab).standardOutput.contains("[k8s-w0]"))
    let status = try run("\(line) status", in: &lab).standardOutput
    #expect(status.hasPrefix("Healthcheck (via unix:///var/run/cilium/hubble.sock): Ok\n"))
    #expect(!status.contains("Connected Nodes"))
  }

  @Test("natively the relay gets nothing from k8s-w0: its answers are lost, as the walks say")
  func unavailable() throws {
    var native = try lab("webpod")
    let observed = try run("hubble observe", in: &native)
    #expect(
      observed.standardError.hasSuffix(" [hubble-relay-5b48c999f9-d9vwl]: 1 nodes are unavailable: k8s-w0\n"))
    let status = try run("hubble status", in: &native).standardOutput
    #expect(status.contains("Connected Nodes: 2/3\nUnavailable Nodes: 1\n  - k8s-w0\n"))
    var tunnel = try lab("tunnel")
    #expect(try run("hubble observe", in: &tunnel).standardError == "")
    #expect(try run("hubble status", in: &tunnel).standardOutput.contains("Connected Nodes: 3/3\n"))
    let route = Route(
      destination: IPv4Prefix(IPv4Address(172, 20, 0, 0), length: 24),
      nextHops: [NextHop(gateway: IPv4Address(192, 168, 10, 100), interface: "eth1")])
    try native.apply(.addRoute(route, on: .host(NodeID("router"))))
    #expect(try run("hubble observe", in: &native).standardError == "")
  }

  @Test(
    "filters",
    arguments: [
      ("--from-pod curl-pod", true), ("--to-pod curl-pod --type trace:to-network", true),
      ("--pod default/webpod", true), ("--pod kube-system/webpod", false), ("--ip 172.20.1.0/24", true),
      ("--from-ip 10.0.0.0/8", false), ("--to-ip 172.20.1.108", true), ("--port 80", true),
      ("--to-port 81", false),
      ("--protocol udp", false), ("--verdict TRANSLATED", true), ("--verdict DROPPED", false),
      ("--type trace-sock", true), ("--type trace:to-network", true), ("--type drop", false),
      ("--node-name k8s-c*", true), ("--node-name k8s-w0", false), ("-n default", true),
      ("--namespace other", false),
      ("-l app=webpod", true), ("--from-label app=webpod --to-label app=curl", true),
      ("--label app=none", false),
      ("--identity 45966", true), ("--identity world", true), ("--to-identity 1", false),
      ("--not --pod curl-pod", false), ("--not --verdict TRACED", true), ("--since 1h", true),
      ("--until 2000-01-01T00:00:00Z", false), ("--first 1", true), ("--last 0", false),
      ("--tcp-flags syn", true),
    ])
  func filters(options: String, isShown: Bool) throws {
    var lab = try lab("webpod")
    ask(&lab, backend: IPv4Address(172, 20, 1, 108))
    let result = try run("hubble observe \(options)", in: &lab)
    #expect(result.status == 0)
    #expect(result.standardOutput.isEmpty != isShown)
  }

  @Test("follows what is sent from then on, until it is interrupted")
  func following() throws {
    var lab = try lab("tunnel")
    ask(&lab)
    let stack = try #require(lab.stack(named: "k8s-ctr"))
    var job = lab.start(["hubble", "observe", "-f", "--to-pod", "webpod"], on: stack)
    var output = JobOutput()
    #expect(job.resume(.started, in: &lab, output: &output) == .waiting(JobWait(forLabChange: true)))
    #expect(output.take().isEmpty)
    ask(&lab)
    _ = job.resume(.labChanged, in: &lab, output: &output)
    let news = output.text(of: .standardOutput)
    #expect(news.contains("to-overlay FORWARDED"))
    _ = output.take()
    _ = job.resume(.labChanged, in: &lab, output: &output)
    #expect(output.chunks.isEmpty)
    #expect(job.resume(.interrupted, in: &lab, output: &output) == .ended(status: 0))
  }

  @Test("the other outputs hold the same flows")
  func outputs() throws {
    var lab = try lab("webpod")
    ask(&lab, backend: IPv4Address(172, 20, 0, 121))
    let count = try run("hubble observe --all", in: &lab).standardOutput.split(separator: "\n").count
    let dict = try run("hubble observe --all -o dict", in: &lab).standardOutput
    #expect(dict.split(separator: "------------\n").count == count)
    #expect(dict.contains("DESTINATION: default/webpod-697b545f57-t87x7:80\n       TYPE: post-xlate-fwd\n"))
    let table = try run("hubble observe --all -o table", in: &lab).standardOutput.split(separator: "\n")
    #expect(table.count == count + 1)
    #expect(table[0].hasPrefix("TIMESTAMP"))
    let json = try run("hubble observe --all -o json", in: &lab).standardOutput.split(separator: "\n")
    #expect(json.count == count)
    #expect(json.allSatisfy { $0.hasPrefix("{\"flow\":{\"time\":\"2025-") })
  }

  @Test("without a relay, gRPC's own error")
  func noRelay() throws {
    var lab = try lab("webpod")
    try lab.apply(
      .scale(WorkloadID(.deployment, namespace: "kube-system", name: "hubble-relay"), replicas: 0))
    let result = try run("hubble status", in: &lab)
    #expect(result.status == 1)
    #expect(result.standardError.contains("dial tcp 127.0.0.1:4245: connect: connection refused"))
  }

  @Test("namespaces are those of flows within an hour")
  func namespaces() throws {
    var lab = try lab("tunnel")
    #expect(try run("hubble list namespaces", in: &lab).standardOutput == "NAMESPACE\n")
    ask(&lab)
    #expect(try run("hubble list namespaces", in: &lab).standardOutput == "NAMESPACE\ndefault\n")
    lab.now = lab.now + .seconds(3601)
    #expect(try run("hubble list namespaces", in: &lab).standardOutput == "NAMESPACE\n")
  }
}

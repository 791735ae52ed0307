import ControlPlane
import Importing
import NetModel
import Testing

@testable import Console

@Suite("cilium-dbg asks the agent of the node where it runs")
struct AgentToolTests {
  private func lab(_ chapter: String = "webpod") throws -> RunningLab {
    RunningLab(network: try Lab.builtIn("cilium-week4").network(chapter: chapter))
  }

  private func run(_ line: String, on host: String = "k8s-ctr", _ lab: inout RunningLab) throws
    -> CommandResult
  {
    lab.run(line.split(separator: " ").map(String.init), on: try #require(lab.stack(named: host)))
  }

  @Test("each node's maps are its own")
  func ownMaps() throws {
    var lab = try lab()
    for (host, address, other) in [
      ("k8s-ctr", "172.20.0.121", "172.20.1.108"), ("k8s-w1", "172.20.1.108", "172.20.0.121"),
    ] {
      let list = try run("cilium-dbg bpf endpoint list", on: host, &lab).standardOutput
      #expect(list.contains("\n\(address):0 "))
      #expect(!list.contains("\n\(other):0 "))
    }
  }

  @Test("a new Service appears, and goes again")
  func servicesFollowEdits() throws {
    var lab = try lab()
    let before = try run("cilium-dbg service list", &lab).standardOutput
    let id = ServiceID(namespace: "default", name: "other")
    let service = Service(
      id: id, selector: Labels([("app", "webpod")]), ports: [.init(number: 8080, target: .number(80))],
      clusterIP: .address(IPv4Address(10, 96, 7, 7)))
    try lab.apply(.create([.service(service)]))
    let with = try run("cilium-dbg service list", &lab).standardOutput
    #expect(with.contains("10.96.7.7:8080/TCP"))
    #expect(
      try run("cilium-dbg map get cilium_lb4_services_v2", &lab).standardOutput.contains(
        "10.96.7.7:8080/TCP (3)"))
    try lab.apply(.delete(.service(id)))
    #expect(try run("cilium-dbg service list", &lab).standardOutput == before)
  }

  @Test("status tells the programs that run, not the release's newest values")
  func statusIsOfRunningAgent() throws {
    var lab = try lab()
    #expect(
      try run("cilium-dbg status", &lab).standardOutput.contains(
        "Routing:                 Network: Native   Host: BPF\n"))
    try lab.apply(
      .setHelmValues(
        CiliumSettings.RoutingMode.tunnel(.geneve).helmSettings, restart: .node(NodeID("k8s-w1"))))
    #expect(try run("cilium-dbg status", &lab).standardOutput.contains("Network: Native"))
    #expect(
      try run("cilium-dbg status", on: "k8s-w1", &lab).standardOutput.contains(
        "Network: Tunnel [geneve]   Host: BPF\n"))
    let config = try run("cilium config view", &lab).standardOutput
    #expect(config.contains("tunnel-protocol                                   geneve\n"))
  }

  @Test(
    "the values of a release decide about the ConfigMap's keys",
    arguments: [
      ("l2announcements.enabled", HelmValue.bool(true), "enable-l2-announcements", "true"),
      ("bgpControlPlane.enabled", .bool(true), "enable-bgp-control-plane", "true"),
      ("kubeProxyReplacement", .bool(false), "kube-proxy-replacement", "false"),
      ("defaultLBServiceIPAM", .string("none"), "default-lb-service-ipam", "none"),
      ("hubble.metrics.enabled", .list([.string("dns"), .string("drop")]), "hubble-metrics", "dns drop"),
      ("tunnelPort", .integer(8473), "tunnel-port", "8473"),
      ("extraConfig.some-key", .string("text"), "some-key", "text"),
    ])
  func configuration(path: String, value: HelmValue, key: String, text: String) throws {
    var lab = try lab()
    try lab.apply(.setHelmValues([HelmSetting(path: path, value: value)], restart: .none))
    let lines = try run("cilium config view", &lab).standardOutput.split(separator: "\n")
    let words = lines.map { $0.split(separator: " ", omittingEmptySubsequences: true).map(String.init) }
    #expect(words.contains([key] + text.split(separator: " ").map(String.init)))
  }

  @Test(
    "what is not there is told in the tool's own words",
    arguments: [
      ("cilium-dbg config get nothing", 1, "Error: Configuration does not exist\n"),
      ("cilium-dbg map get", 1, "Error: map name must be specified\n"),
      ("cilium-dbg map get cilium_signals", 127, "cilium-dbg map get cilium_signals: not modelled here\n"),
      (
        "cilium-dbg status --all-controllers", 127, "cilium-dbg status --all-controllers: not modelled here\n"
      ),
      ("cilium-dbg fqdn cache list", 127, "cilium-dbg fqdn cache list: not modelled here\n"),
      ("cilium-dbg ip list --none", 1, "Error: unknown flag: --none\n"),
      ("cilium sysdump", 127, "cilium sysdump: not modelled here\n"),
      ("cilium nothing", 1, "Error: unknown command \"nothing\" for \"cilium\"\n"),
    ])
  func refusals(line: String, status: Int32, message: String) throws {
    var lab = try lab()
    let result = try run(line, &lab)
    #expect(result.status == status)
    #expect(result.standardError == message)
    #expect(result.standardOutput == "")
  }

  @Test("the router runs no agent")
  func noAgent() throws {
    var lab = try lab()
    #expect(try run("cilium-dbg status", on: "router", &lab).status == 127)
  }

  @Test("documents hold what tables hold")
  func documents() throws {
    var lab = try lab()
    let json = try run("cilium-dbg bpf ipcache list -o json", &lab).standardOutput
    #expect(
      json.contains(
        """
          "172.20.2.0/24": [
            "identity=2 encryptkey=0 tunnelendpoint=192.168.20.100 flags=hastunnel"
          ]
        """.split(separator: "\n").joined(separator: "\n")))
  }
}

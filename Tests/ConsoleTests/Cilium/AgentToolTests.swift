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

  @Test("documents tell what the tables tell")
  func documentsTellTheSame() throws {
    var lab = try lab("lb-ipam")
    for (list, path) in [
      ("endpoint list --no-headers", "{[*].id}"), ("identity list", "{[*].id}"),
      ("service list", "{[*].spec.id}"), ("ip list", "{[*].cidr}"), ("node list", "{[*].name}"),
    ] {
      let rows = try run("cilium-dbg \(list)", &lab).standardOutput.split(separator: "\n")
      let first = rows.map { $0.prefix { $0 != " " } }.filter { word in
        word.first?.isNumber == true || word.hasPrefix("k8s-")
      }
      let ids = try run("cilium-dbg \(list) -o jsonpath=\(path)", &lab).standardOutput
      #expect(ids == first.joined(separator: " ") + "\n")
    }
  }

  @Test("one endpoint is found by its number, its pod and its address")
  func oneEndpoint() throws {
    var lab = try lab()
    let wanted = "{[0].status.networking.addressing[0].ipv4} {[0].status.external-identifiers.pod-name}"
    let words = ["cilium-dbg", "endpoint", "get", "pod-name:default:curl-pod", "-o", "jsonpath=\(wanted)"]
    let node = try #require(lab.stack(named: "k8s-ctr"))
    #expect(lab.run(words, on: node).standardOutput == "172.20.0.88 default/curl-pod\n")
    let id = try run("cilium-dbg endpoint get ipv4:172.20.0.88 -o jsonpath={[0].id}", &lab).standardOutput
    let again = try run("cilium-dbg endpoint get \(id.dropLast())", &lab)
    #expect(again == (try run("cilium-dbg endpoint get cep-name:default/curl-pod", &lab)))
    #expect(again.standardOutput.hasPrefix("[\n  {\n    \"id\": \(id.dropLast()),\n"))
    #expect(try run("cilium-dbg endpoint get 1", on: "k8s-w0", &lab).status == 1)
  }

  @Test("a Service and the addresses of a prefix are told alone")
  func oneServiceAndOnePrefix() throws {
    var lab = try lab()
    let list = try run("cilium-dbg service list", &lab).standardOutput.split(separator: "\n")
    let one = try run("cilium-dbg service get 1", &lab).standardOutput.split(separator: "\n")
    #expect(one[1].split(separator: " ") == list[1].split(separator: " "))
    let inside = try run("cilium-dbg ip get 172.20.0.88/32 -n", &lab)
    #expect(inside.standardError == "Error: unknown shorthand flag: 'n' in -n\n")
    let found = try run("cilium-dbg ip get 172.20.0.88/32 -o jsonpath={[*].cidr}", &lab)
    #expect(found.standardOutput == "172.20.0.88/32\n")
    #expect(try run("cilium-dbg ip get 9.9.9.0/24", &lab).status == 1)
  }

  @Test("a command that the tool does not have is told from one that the lab does not have")
  func unknownCommands() throws {
    var lab = try lab()
    let unknown = try run("cilium-dbg nosuch", &lab)
    #expect(unknown.status == 1)
    #expect(unknown.standardOutput == "unknown command \"nosuch\" for \"cilium-dbg\"\n")
    #expect(unknown.standardError.hasSuffix("\nRun 'cilium-dbg --help' for usage.\n"))
    #expect(try run("cilium-dbg fqdn cache list", &lab).status == 127)
  }
}

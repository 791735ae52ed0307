import ControlPlane
import NetModel

/// One command of `cilium-dbg`.
struct AgentCommand: Sendable {
  /// Its words, such as `bpf lb list`.
  let path: [String]
  let summary: String
  let flags: FlagSet
  let answer: @Sendable (AgentView, ParsedFlags) throws(ToolFailure) -> AgentAnswer

  init(
    _ path: String, _ summary: String, _ flags: [Flag] = [],
    _ answer: @escaping @Sendable (AgentView, ParsedFlags) throws(ToolFailure) -> AgentAnswer
  ) {
    self.path = path.split(separator: " ").map(String.init)
    self.summary = summary
    self.flags = FlagSet(flags + AgentCommand.commonFlags)
    self.answer = answer
  }

  /// Source: Cilium `cilium-dbg/cmd/root.go`, `pkg/command/output.go`.
  private static let commonFlags: [Flag] = [
    Flag("output", "o", .text), Flag("help", "h", .bool), .unmodelled("config", nil, .text),
    .unmodelled("debug", "D", .bool), .unmodelled("host", "H", .text),
  ]
}

/// What a command of `cilium-dbg` answers.
enum AgentAnswer: Sendable {
  case text(String)
  /// With the document that `-o json` prints.
  case document(text: String, JSONValue)

  static func table(_ table: KeyedTable) -> AgentAnswer { .document(text: table.text, table.json) }

  /// A document that is printed as JSON where nothing else is asked for.
  static func json(_ document: JSONValue) -> AgentAnswer {
    .document(text: JSONPrinter.indented(document, by: 2) + "\n", document)
  }
}

extension AgentCommand {
  private static let noFlags: [Flag] = []

  /// All that is modelled, in the order of `cilium-dbg --help`.
  static let all: [AgentCommand] = [
    AgentCommand("bgp peers", "List current state of all peers") { agent, _ in
      .text(AgentBGP.peers(agent))
    },
    AgentCommand("bgp routes", "List routes in the BGP Control Plane's RIBs") {
      agent, flags throws(ToolFailure) in
      try .text(AgentBGP.routes(agent, flags.arguments))
    },
    AgentCommand(
      "bpf ct list", "List connection tracking entries", [Flag("time-diff", "d", .bool)]
    ) { agent, flags throws(ToolFailure) in .text(try BPFConnections.conntrack(agent, flags)) },
    AgentCommand("bpf nat list", "List all NAT mapping entries") { agent, _ in
      .text(BPFConnections.nat(agent))
    },
    AgentCommand("bpf socknat list", "List socket-LB reverse NAT entries") { agent, _ in
      .table(BPFConnections.sockets(agent))
    },
    AgentCommand("bpf endpoint list", "List local endpoint entries") { agent, _ in
      .table(BPFMapLists.endpoints(agent))
    },
    AgentCommand("bpf ipcache list", "List IPv4/IPv6 <-> identity mapping") { agent, _ in
      .table(BPFMapLists.ipcache(agent))
    },
    AgentCommand("bpf ipcache get", "Retrieve identity for an ip") { agent, flags throws(ToolFailure) in
      try .text(BPFMapLists.ipcacheEntry(agent, flags.arguments))
    },
    AgentCommand(
      "bpf lb list", "List load-balancing configuration",
      ["revnat", "frontends", "backends", "source-ranges"].map { Flag($0, nil, .bool) }
    ) { agent, flags in .table(BPFMapLists.loadBalancer(agent, flags)) },
    AgentCommand(
      "bpf policy get", "Get contents of a policy BPF map",
      [Flag("numeric", "n", .bool), Flag("all", nil, .bool)]
    ) { agent, flags throws(ToolFailure) in try .text(BPFPolicyMaps.text(agent, flags)) },
    AgentCommand("bpf policy list", "List contents of all policy maps", [Flag("numeric", "n", .bool)]) {
      agent, flags in
      .text(BPFPolicyMaps.all(agent, isNumeric: flags.isOn("numeric")))
    },
    AgentCommand(
      "config", "Cilium configuration options",
      [
        Flag("all", "a", .bool), Flag("read-only", "r", .bool), .unmodelled("list-options", nil, .bool),
        .unmodelled("num-pages", "n", .number),
      ]
    ) { agent, flags throws(ToolFailure) in
      if let change = flags.arguments.first { throw .notModelled("cilium-dbg config \(change)") }
      return .text(AgentConfiguration.text(agent, flags))
    },
    AgentCommand("config get", "Retrieve cilium configuration") { agent, flags throws(ToolFailure) in
      guard let name = flags.arguments.first else { throw .error("Missing config name argument") }
      return try .text(AgentConfiguration.value(of: name, agent))
    },
    AgentCommand(
      "endpoint get", "Display endpoint information", [.unmodelled("labels", "l", .texts)]
    ) { agent, flags throws(ToolFailure) in
      guard let word = flags.arguments.first else { throw .error("Missing endpoint id argument\n") }
      guard let rows = agent.endpointRows(named: word) else {
        throw .notModelled("cilium-dbg endpoint get \(word)")
      }
      guard !rows.isEmpty else {
        throw .error("Cannot get endpoint \(word): [GET /endpoint/{id}][404] getEndpointIdNotFound\n")
      }
      return .json(.array(rows.map(agent.document)))
    },
    AgentCommand("endpoint list", "List all endpoints", [Flag("no-headers", nil, .bool)]) { agent, flags in
      .document(text: AgentLists.endpoints(agent, flags), .array(agent.endpointDocuments))
    },
    AgentCommand("identity get", "Retrieve information about an identity") {
      agent, flags throws(ToolFailure) in
      guard let id = flags.arguments.first else { throw .error("Invalid identity ID\n") }
      let found = agent.identities.filter { "\($0.identity.number)" == id }
      guard !found.isEmpty else {
        throw .error(
          "Cannot get identity for given ID \(id): [GET /identity/{id}][404] getIdentityIdNotFound\n")
      }
      return .text(AgentLists.identities(found))
    },
    AgentCommand("identity list", "List identities") { agent, flags throws(ToolFailure) in
      let found = agent.identities.filter { identity in
        flags.arguments.allSatisfy(identity.printableLabels.contains)
      }
      return .document(text: AgentLists.identities(found), .array(found.map(\.document)))
    },
    AgentCommand(
      "ip get", "Display IP Cache information",
      [.unmodelled("labels", "l", .texts), Flag("verbose", "v", .bool)]
    ) { agent, flags throws(ToolFailure) in
      guard let word = flags.arguments.first else { throw .error("Missing cidr argument\n") }
      guard let prefix = IPv4Prefix(parsing: word), word.contains("/") else {
        let word = JSONValue.quoted(word)
        throw .error("Unable to parse CIDR \(word): invalid CIDR address: \(flags.arguments[0])")
      }
      return try agent.answer(telling: agent.listedAddresses.filter { prefix.contains($0.prefix) }, flags)
    },
    AgentCommand(
      "ip list", "List IP addresses in the userspace IPcache",
      [Flag("numeric", "n", .bool), Flag("verbose", "v", .bool)]
    ) { agent, flags throws(ToolFailure) in try agent.answer(telling: agent.listedAddresses, flags) },
    AgentCommand("map get", "Display cached content of given BPF map") { agent, flags throws(ToolFailure) in
      guard let name = flags.arguments.first, !name.isEmpty else {
        throw .error("map name must be specified")
      }
      return try .text(AgentMap.get(name, agent))
    },
    AgentCommand("map list", "List all open BPF maps", [.unmodelled("verbose", nil, .bool)]) { agent, _ in
      .text(AgentMap.list(agent))
    },
    AgentCommand("node list", "List nodes") { agent, _ in
      .document(text: AgentLists.nodes(agent), .array(agent.nodeDocuments))
    },
    AgentCommand("service get", "Display service information") { agent, flags throws(ToolFailure) in
      guard let word = flags.arguments.first else { throw .error("Missing service id argument\n") }
      guard let id = Int(word) else { throw .error("Unable to parse service ID: \(word)") }
      guard let entry = agent.listedServices.first(where: { $0.id == id }) else {
        throw .error("Cannot get service '\(id)': [GET /service/{id}][404] getServiceIdNotFound\n")
      }
      return .document(text: AgentLists.services([entry]), agent.document(of: entry))
    },
    AgentCommand(
      "service list", "List services", [.unmodelled("clustermesh-affinity", nil, .bool)]
    ) { agent, _ in
      .document(
        text: AgentLists.services(agent.listedServices),
        .array(agent.listedServices.map(agent.document)))
    },
    AgentCommand("shell", "Connect to the Cilium shell") { agent, flags throws(ToolFailure) in
      try .text(AgentShell.run(flags.arguments, on: agent))
    },
    AgentCommand(
      "status", "Display status of daemon",
      [Flag("all-addresses", nil, .bool), Flag("verbose", nil, .bool), Flag("brief", nil, .bool)]
        + ["all-controllers", "all-nodes", "all-redirects", "all-clusters", "all-health"]
        .map { Flag.unmodelled($0, nil, .bool) }
    ) { agent, flags in
      if flags.isOn("brief") { return .text("OK\n") }
      return .text(
        AgentStatus(
          agent: agent, showsAddresses: flags.isOn("all-addresses"), isVerbose: flags.isOn("verbose")
        ).text)
    },
    AgentCommand("version", "Print version information") { agent, _ throws(ToolFailure) in
      guard let version = agent.cluster.ciliumVersion else { throw .notModelled("cilium-dbg version") }
      return .text("Client: \(version.built)\nDaemon: \(version.built)\n")
    },
  ]

  /// Words that stand for others.
  ///
  /// Source: the `Aliases` in Cilium `cilium-dbg/cmd`.
  static func word(_ word: String) -> String {
    switch word {
    case "ls": "list"
    case "neighbors": "peers"
    default: word
    }
  }
}

extension AgentView {
  /// Source: Cilium `cilium-dbg/cmd/ip_get.go`, `ip_list.go`.
  fileprivate func answer(
    telling entries: [IPCacheEntry], _ flags: ParsedFlags
  ) throws(ToolFailure) -> AgentAnswer {
    guard !entries.isEmpty else {
      throw .error("Cannot get ipcache entries. err: [GET /ip][404] getIpNotFound")
    }
    return .document(text: AgentLists.addresses(entries, self, flags), .array(entries.map(document)))
  }
}

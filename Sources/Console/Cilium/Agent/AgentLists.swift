import ControlPlane
import NetModel

/// The lists that `cilium-dbg` asks of the agent's API.
enum AgentLists {
  private static let columns = TabWriter(minimumWidth: 5, padding: 3)

  /// Source: Cilium `cilium-dbg/cmd/service_list.go`.
  static func services(_ shown: [ServiceEntry]) -> String {
    let lines = shown.flatMap { entry -> [String] in
      let backends = entry.allBackends.enumerated().map { index, backend in
        let key = Frontend(address: backend.address, port: backend.port, transport: entry.frontend.transport)
        return "\(index + 1) => \(key) (\(backend.stateName))"
      }
      let first = "\(entry.id)\t\(entry.frontend)\t\(entry.type.rawValue)\t\(backends.first ?? "")\t\n"
      return [first] + backends.dropFirst().map { "\t\t\t\($0)\t\n" }
    }
    var writer = columns
    return writer.format("ID\tFrontend\tService Type\tBackend\t\n" + lines.joined())
  }

  /// Source: Cilium `cilium-dbg/cmd/ip_list.go`.
  static func addresses(_ entries: [IPCacheEntry], _ agent: AgentView, _ flags: ParsedFlags) -> String {
    let names = agent.identityNames
    let isVerbose = flags.isOn("verbose")
    let lines = entries.flatMap { entry -> [String] in
      let labels =
        flags.isOn("numeric")
        ? ["\(entry.identity.number)"] : names[entry.identity]
      let host = entry.tunnelEndpoint.map { "\($0)" } ?? ""
      let source = agent.source(of: entry).rawValue
      let first = "\(entry.prefix)\t\(labels.first ?? "")\t\(source)" + (isVerbose ? "\t\(host)\t0\n" : "\n")
      return [first] + labels.dropFirst().map { "\t\($0)\t\n" }
    }
    var writer = columns
    let head = isVerbose ? "IP\tIDENTITY\tSOURCE\tHOST\tENCRYPT_KEY\n" : "IP\tIDENTITY\tSOURCE\n"
    return writer.format(head + lines.joined())
  }

  /// Source: Cilium `cilium-dbg/cmd/endpoint_list.go`.
  static func endpoints(_ agent: AgentView, _ flags: ParsedFlags) -> String {
    let head = """
      ENDPOINT\tPOLICY (ingress)\tPOLICY (egress)\tIDENTITY\tLABELS (source:key[=value])\tIPv6\tIPv4\tSTATUS\t
      \tENFORCEMENT\tENFORCEMENT\t\t\t\t\t

      """
    let lines = agent.endpointRows.flatMap { row -> [String] in
      let enforced = agent.datapath.settings.policyAuditMode ? "Disabled (Audit)" : "Enabled"
      let ingress = row.enforcesIngress ? enforced : "Disabled"
      let egress = row.enforcesEgress ? enforced : "Disabled"
      let first =
        "\(row.id)\t\(ingress)\t\(egress)\t\(row.identity.number)\t\(row.labels.first ?? "no labels")\t\t"
        + "\(row.address.map { "\($0)" } ?? "")\tready\t\n"
      return [first] + row.labels.dropFirst().map { "\t\t\t\t\($0)\t\t\t\t\n" }
    }
    var writer = columns
    return writer.format((flags.isOn("no-headers") ? "" : head) + lines.joined())
  }

  /// Source: Cilium `cilium-dbg/cmd/identity_get.go`, `printIdentities`.
  static func identities(_ identities: [LabelledIdentity]) -> String {
    let lines = identities.flatMap { identity -> [String] in
      let labels = identity.printableLabels
      guard let first = labels.first else { return [] }
      return ["\(identity.identity.number)\t\(first)\n"] + labels.dropFirst().map { "\t\($0)\n" }
    }
    var writer = TabWriter(minimumWidth: 2, padding: 3)
    return writer.format("ID\tLABELS\n" + lines.joined())
  }

  /// Source: Cilium `cilium-dbg/cmd/node_list.go`.
  static func nodes(_ agent: AgentView) -> String {
    let rows = agent.cluster.nodes.compactMap { node -> String? in
      guard let peer = node.agent else { return nil }
      let source = node.id == agent.node.id ? "local" : "custom-resource"
      return "\(node.id)\t\(node.address)\t\(peer.podCIDR)\t\t\t\(source)\n"
    }
    var writer = TabWriter(minimumWidth: 0, padding: 3)
    let head = "Name\tIPv4 Address\tEndpoint CIDR\tIPv6 Address\tEndpoint CIDR\tSource\n"
    return writer.format(head + rows.sorted().joined())
  }
}

/// An endpoint as the agent lists it.
struct EndpointRow: Sendable {
  var id: Int
  var enforcesIngress: Bool
  var enforcesEgress: Bool
  var identity: SecurityIdentity
  /// In ascending order.
  var labels: [String]
  /// `nil` for the host's own endpoint.
  var address: IPv4Address?
}

extension AgentView {
  /// What the API tells of Services, in ascending order of number; a node port's copies on the node's own addresses
  /// are in the BPF maps alone.
  ///
  /// Source: Cilium `pkg/loadbalancer/frontend.go`, `ToModel`.
  var listedServices: [ServiceEntry] {
    datapath.services.filter { $0.type != .nodePort || $0.frontend.address == .any }
      .sorted { $0.id < $1.id }
  }

  /// Source: Cilium `pkg/ipcache/types/types.go`, `IPListEntrySlice.Less`.
  var listedAddresses: [IPCacheEntry] {
    datapath.ipcache.sorted {
      ($0.prefix.length, $0.prefix.address) < ($1.prefix.length, $1.prefix.address)
    }
  }

  /// The node's endpoints, its host's own among them, in ascending order of number.
  var endpointRows: [EndpointRow] {
    let names = identityNames
    let pods = endpoints.compactMap { endpoint -> EndpointRow? in
      guard let pod = endpoint.podEndpoint else { return nil }
      let map = datapath.policyMap(ofEndpoint: pod.id)
      return EndpointRow(
        id: pod.id, enforcesIngress: map?.enforcesIngress ?? false,
        enforcesEgress: map?.enforcesEgress ?? false, identity: pod.identity,
        labels: names[pod.identity], address: endpoint.address)
    }
    let host = EndpointRow(
      id: network.hostEndpointID(on: node.id), enforcesIngress: false, enforcesEgress: false,
      identity: .host, labels: hostLabels)
    return (pods + [host]).sorted { $0.id < $1.id }
  }

  /// The labels of the host's endpoint: the node's, without those that the agent leaves out.
  ///
  /// Source: Cilium `pkg/labelsfilter/filter.go`, `defaultLabelPrefixCfg`; `pkg/endpoint/endpoint.go`,
  /// `InitWithNodeLabels`.
  private var hostLabels: [String] {
    let shown = node.labels.entries.filter { entry in
      !Self.hiddenLabelPrefixes.contains { entry.key.hasPrefix($0) }
        && !entry.key.contains("beta.kubernetes.io")
    }
    let own = shown.map { IdentityLabel(source: "k8s", key: $0.key, value: $0.value).description }
    return (own + ["reserved:host"]).sorted()
  }

  private static let hiddenLabelPrefixes = ["io.kubernetes", "kubernetes.io", "k8s.io"]
}

/// Who told an agent of an address.
///
/// Source: Cilium `pkg/source/source.go`.
enum IPCacheSource: String, Sendable {
  case kubeAPIServer = "kube-apiserver"
  case local
  case customResource = "custom-resource"
  case kubernetes = "k8s"
}

extension AgentView {
  /// Who told the agent of an entry, the strongest where several did.
  ///
  /// Source: Cilium `daemon/cmd/hostips-sync.go`, `pkg/node/manager/manager.go`, `pkg/k8s/watchers/endpoints.go`.
  func source(of entry: IPCacheEntry) -> IPCacheSource {
    let address = entry.prefix.address
    if entry.prefix.length == 32, cluster.apiServerAddresses.contains(address) { return .kubeAPIServer }
    if entry.identity == .host || entry.prefix == .all { return .local }
    return namedByKubernetesAlone(entry.prefix) ? .kubernetes : .customResource
  }

  /// A prefix that a NetworkPolicy names and no CiliumNetworkPolicy does.
  private func namedByKubernetesAlone(_ prefix: IPv4Prefix) -> Bool {
    let naming = cluster.policies.filter { $0.prefixes.contains(prefix) }
    return !naming.isEmpty && naming.allSatisfy { $0.id.kind == .networkPolicy }
  }
}

/// The labels of identities as tools list them.
struct IdentityNames: Sendable {
  private let labels: [SecurityIdentity: [String]]

  init(_ identities: [LabelledIdentity]) {
    labels = Dictionary(
      identities.map { ($0.identity, $0.printableLabels) }, uniquingKeysWith: { first, _ in first })
  }

  /// The identity's number alone where it is not known.
  subscript(identity: SecurityIdentity) -> [String] { labels[identity] ?? ["\(identity.number)"] }
}

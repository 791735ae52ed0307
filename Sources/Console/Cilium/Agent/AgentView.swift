import ControlPlane
import NetModel

/// One node's agent as `cilium-dbg` in its pod sees it: its own maps and what it knows of the cluster.
struct AgentView: Sendable {
  let network: Network
  let cluster: Cluster
  let node: ClusterNode
  let agent: ClusterNode.Agent
  let datapath: Datapath
  /// The node's own stack.
  let stack: NetworkStack
  let now: Instant
  /// What was sent in the lab.
  let traffic: Traffic

  /// The agent of a node; `nil` where none runs.
  init?(of id: NodeID, in lab: RunningLab) {
    guard let network = lab.network, let cluster = network.cluster, let node = cluster.node(id),
      let agent = node.agent, let datapath = lab.snapshot.datapath(on: id),
      let stack = lab.snapshot.stack(.host(id))
    else { return nil }
    self.network = network
    self.cluster = cluster
    self.node = node
    self.agent = agent
    self.datapath = datapath
    self.stack = stack
    now = lab.now
    traffic = lab.traffic
  }

  /// How many flow events the agent's Hubble holds.
  var flowCount: Int {
    min(traffic.events.items(from: 0).filter { $0.event.node == node.id }.count, HubbleRing.capacity)
  }

  /// All identities that the agent knows, in ascending order of number.
  var identities: [LabelledIdentity] {
    cluster.policyRepository(on: node, agent: agent).identities.sorted { $0.identity < $1.identity }
  }

  var identityNames: IdentityNames { IdentityNames(identities) }

  /// The node's pods with an address of their own, in ascending order of endpoint.
  var endpoints: [LocalEndpoint] {
    datapath.endpoints.filter { $0.podEndpoint != nil }
      .sorted { ($0.podEndpoint?.id ?? 0) < ($1.podEndpoint?.id ?? 0) }
  }

  /// The tag of the image that the agents run, such as `v1.18.0`; `nil` where it bears none.
  var imageTag: String? { cluster.imageTag(of: "cilium-agent") }
}

extension LabelledIdentity {
  /// The labels as Cilium's tools list them.
  ///
  /// Source: Cilium `pkg/labels/labels.go`, `GetPrintableModel`.
  var printableLabels: [String] { labels.map(\.description).sorted() }
}

extension LocalEndpoint {
  /// The pod at the address; `nil` for the node's own addresses.
  var podEndpoint: PodEndpoint? {
    if case .pod(let endpoint) = kind { endpoint } else { nil }
  }
}

extension Cluster {
  /// The tag of the image of the container of that name, as the first workload with one has it.
  func imageTag(of container: String) -> String? {
    let templates = workloads.map(\.template) + pods.map(\.template)
    let image = templates.lazy.flatMap(\.containers).first { $0.name == container }?.image
    guard let image, let colon = image.lastIndex(of: ":"), !image[colon...].contains("/") else { return nil }
    return String(image[image.index(after: colon)...].prefix { $0 != "@" })
  }
}

import NetModel

/// The Kubernetes cluster and its Cilium.
package struct Cluster: Hashable, Sendable {
  /// The addresses that Services get theirs from (`--service-cluster-ip-range`).
  package var serviceCIDR: IPv4Prefix
  /// In ascending order of their names.
  package var nodes: ObjectTable<ClusterNode>
  /// The values of the Cilium release.
  package var helmValues: HelmValues
  /// The release's revisions, oldest first; the last bears the present values.
  package var helmRevisions: [HelmRevision]
  /// What the programs in images do, in ascending order of the image's name.
  package var programs: [ImageProgram]
  package var facts: RecordedFacts
  /// In ascending order of their ids.
  package var workloads: ObjectTable<Workload> = []
  /// In ascending order of their ids.
  package var pods: ObjectTable<Pod> = []
  /// In ascending order of their ids.
  package var services: ObjectTable<Service> = []
  /// In ascending order of their names; pods may live in namespaces that are not listed.
  package var namespaces: [Namespace] = []
  /// In ascending order of their ids.
  package var policies: [Policy] = []
  /// What agents gave to the prefixes that policies name.
  package var cidrIdentities = CIDRIdentities()
  package var identities = PodIdentities()
  /// How many pods each workload has made so far.
  package var podCounts: [PodCount: Int] = [:]
  /// Objects of all other kinds, in ascending order of their ids.
  package var documents: ObjectTable<StoredObject> = []
  /// How many objects were made, and how often one was changed, so far.
  package var objectCount = 0
  /// When the last object was made.
  package var lastCreation = Instant(nanoseconds: Int64.min)
  /// What runs on the nodes.
  package var software = NodeSoftware()
  /// What the administrator's kubeconfig calls the cluster; kubeadm's own choice unless somebody renamed it.
  package var contextName = "kubernetes-admin@kubernetes"
  /// The calendar at the model's start.
  package var startTime = WallTime.start
  /// The operator, where one runs.
  package var operatorRun: OperatorRun?
  /// The nodes that answer no more, as the cluster has noticed, in ascending order.
  package var lostNodes: [NodeID] = []
  /// The leases of L2 announcements.
  package var leaseElections = LeaseElections()
  /// What runs of MetalLB; `nil` where there is none.
  package var metalLB: MetalLB?
  /// The rollout of the agents' DaemonSet that is under way.
  var agentRollout: AgentRollout?
  /// The numbers that agents gave; agents name theirs by its key.
  var serviceNumbers: [Int: ServiceNumbers] = [:]
  /// What the control loops look up in the objects, as they came to rest last.
  var index = Derived(ClusterIndex())

  package init(
    serviceCIDR: IPv4Prefix, nodes: [ClusterNode], helmValues: HelmValues, programs: [ImageProgram] = [],
    facts: RecordedFacts = RecordedFacts()
  ) {
    self.serviceCIDR = serviceCIDR
    self.nodes = ObjectTable(nodes)
    self.helmValues = helmValues
    helmRevisions = [HelmRevision(number: 1, values: helmValues, updated: .start, origin: .install)]
    self.programs = programs.sorted { $0.image < $1.image }
    self.facts = facts
  }

  /// The node of that name; `nil` where the cluster has none.
  package func node(_ id: NodeID) -> ClusterNode? {
    nodes[id: id]
  }

  /// The workload of that id; `nil` where the cluster has none.
  package func workload(_ id: WorkloadID) -> Workload? {
    workloads[id: id]
  }

  /// The pod of that name; `nil` where the cluster has none.
  package func pod(_ id: PodID) -> Pod? {
    pods[id: id]
  }

  /// The Service of that name; `nil` where the cluster has none.
  package func service(_ id: ServiceID) -> Service? {
    services[id: id]
  }

  /// The object of that id, of a kind without a structure of its own; `nil` where the cluster has none.
  package func document(_ id: DocumentID) -> StoredObject? {
    documents[id: id]
  }

  package func policy(_ id: PolicyID) -> Policy? {
    policies.element(at: id, by: \.id)
  }

  /// Whose pods are counted; a DaemonSet's are on each node.
  package struct PodCount: Hashable, Sendable {
    package var workload: WorkloadID
    package var node: NodeID?
  }
}

/// A machine as a node of the cluster, and the agent that runs there.
package struct ClusterNode: Hashable, Identifiable, Sendable {
  package var id: NodeID
  /// The address that the cluster knows it by (InternalIP).
  package var address: IPv4Address
  package var labels: Labels
  /// How many nodes had joined before.
  package var joinOrder: Int
  /// `spec.podCIDR` of the Node, where Kubernetes gives one; Cilium's cluster-pool does not use it.
  package var kubernetesPodCIDR: IPv4Prefix?
  /// The agent; `nil` before the first start.
  package var agent: Agent?
  /// It takes no further pods (`kubectl cordon`).
  package var isCordoned = false
  package var taints: [Placement.Taint] = []
  package var created = Creation.unset
  package var record = ObjectRecord()

  package init(
    id: NodeID, address: IPv4Address, labels: Labels = Labels(), joinOrder: Int,
    kubernetesPodCIDR: IPv4Prefix? = nil
  ) {
    self.id = id
    self.address = address
    self.labels = labels
    self.joinOrder = joinOrder
    self.kubernetesPodCIDR = kubernetesPodCIDR
  }

  /// What a node's agent was started with and what it has made.
  package struct Agent: Hashable, Sendable {
    /// What it took from the release when it started.
    package var settings: CiliumSettings
    /// What the programs were compiled with, where a restart has not come to them yet.
    package var programSettings: CiliumSettings?
    package var podCIDR: IPv4Prefix
    /// The address of `cilium_host`.
    package var routerAddress: IPv4Address
    /// In ascending order of their index.
    package var devices: [Device]
    /// The number that the node's kernel gives to the next interface.
    package var nextInterfaceIndex: Int
    /// Which of the cluster's `serviceNumbers` are its; `nil` while it has none.
    var numbers: Int?
    /// The addresses of its devices that node ports are served at, as it knew them last.
    var nodePortAddresses: [IPv4Address] = []
  }

  /// A device of the agent's own.
  package struct Device: Hashable, Sendable {
    package var name: String
    package var index: Int
    package var mac: MACAddress
  }
}

/// What a node says of itself in `status.nodeInfo`; empty where nobody told.
package struct NodeSoftware: Hashable, Sendable {
  package var kubernetes = ""
  package var operatingSystem = ""
  package var kernel = ""
  package var containerRuntime = ""
  package var architecture = "amd64"

  package init() {}
}

extension Cluster {
  /// What the chart's values say the operator hands out to nodes, and how large each node's share is.
  ///
  /// Source: Cilium `values.yaml`, `ipam.operator`: 10.0.0.0/8 in /24s unless set.
  package var podPool: PodPool {
    let list = helmValues["ipam.operator.clusterPoolIPv4PodCIDRList"]
    let texts: [String] =
      switch list {
      case .list(let values): values.map(\.description)
      case .some(let value): [value.description]
      case nil: ["10.0.0.0/8"]
      }
    let size =
      if case .integer(let bits) = helmValues["ipam.operator.clusterPoolIPv4MaskSize"] { bits } else { 24 }
    return PodPool(prefixes: texts.compactMap { IPv4Prefix(parsing: $0) }, nodeLength: size)
  }

  /// Prefixes that are cut into equal shares, one for each node.
  package struct PodPool: Hashable, Sendable {
    package var prefixes: [IPv4Prefix]
    /// The prefix length of each node's share.
    package var nodeLength: Int

    /// The shares, lowest address first within each prefix.
    var shares: Shares { Shares(prefixes: prefixes[...], length: nodeLength) }

    struct Shares: IteratorProtocol {
      fileprivate var prefixes: ArraySlice<IPv4Prefix>
      fileprivate let length: Int
      /// How many of the first prefix were given.
      private var given = 0

      fileprivate init(prefixes: ArraySlice<IPv4Prefix>, length: Int) {
        self.prefixes = prefixes
        self.length = length
      }

      mutating func next() -> IPv4Prefix? {
        while let prefix = prefixes.first {
          let address = Int(prefix.address.rawValue) + given << (32 - length)
          if prefix.length <= length, address <= Int(prefix.last.rawValue) {
            given += 1
            return IPv4Prefix(IPv4Address(rawValue: UInt32(address)), length: length)
          }
          (prefixes, given) = (prefixes.dropFirst(), 0)
        }
        return nil
      }
    }
  }
}

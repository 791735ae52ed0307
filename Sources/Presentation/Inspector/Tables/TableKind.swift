import Console
import ControlPlane
import NetModel
import PacketTrace

/// The tables that a host can show, under the names that their own tools give them.
package enum TableKind: String, Hashable, Sendable, CaseIterable {
  case routes = "ip route"
  case rules = "ip rule"
  case neighbors = "ip neigh"
  case interfaces = "ip addr"
  case sockets = "ss -l"
  case endpoints = "cilium_lxc"
  case ipcache = "cilium_ipcache_v2"
  case services = "cilium_lb4_services"
  case reverseNAT = "cilium_lb4_reverse_nat"
  case policies = "cilium_policy_v2"
  case conntrack = "cilium_ct4_global"
  case nat = "cilium_snat_v4_external"
  case socketPairs = "cilium_lb4_reverse_sk"
  case sysctls = "sysctl"
  case settings = "helm values"
  case nodes = "kubectl get nodes"
  case pods = "kubectl get pods"
  case deployments = "kubectl get deploy"
  case kubernetesServices = "kubectl get svc"
  case pools = "kubectl get ippools"
  case leases = "kubectl get leases"
  case announcementPolicies = "get l2announcement"
  case networkPolicies = "kubectl get netpol"
  case ciliumPolicies = "kubectl get cnp"
  case clusterwidePolicies = "kubectl get ccnp"

  /// The objects that the table lists; `nil` for a table of a kernel or an agent.
  var resource: APIResource? {
    let kind: String? =
      switch self {
      case .nodes: "Node"
      case .pods: "Pod"
      case .deployments: "Deployment"
      case .kubernetesServices: "Service"
      case .pools: "CiliumLoadBalancerIPPool"
      case .leases: "Lease"
      case .announcementPolicies: "CiliumL2AnnouncementPolicy"
      case .networkPolicies: "NetworkPolicy"
      case .ciliumPolicies: "CiliumNetworkPolicy"
      case .clusterwidePolicies: "CiliumClusterwideNetworkPolicy"
      default: nil
      }
    return kind.flatMap { APIResource.of(kind: $0) }
  }

  /// The tables that a stack has: a machine with an agent has Cilium's maps too.
  static func kinds(of stack: StackID, in snapshot: Snapshot) -> [TableKind] {
    let own: [TableKind] = [.routes, .rules, .neighbors, .interfaces, .sockets, .sysctls]
    guard case .host(let node) = stack, snapshot.datapath(on: node) != nil else { return own }
    return own + [
      .endpoints, .ipcache, .services, .reverseNAT, .policies, .conntrack, .nat, .socketPairs, .settings,
    ] + allCases.filter { $0.resource != nil }
  }

  /// The table that a step's decision rests on.
  init(_ step: Step) {
    self =
      switch step.evidence {
      case .tunnel where step.kind == .encapsulation: .interfaces
      case .neighbor: .neighbors
      case .identity, .tunnel: .ipcache
      case .service: .services
      case .endpoint: .endpoints
      case .policy: .policies
      case .acceptance: .sockets
      case .transmission, .delivery, .source: .interfaces
      default: .routes
      }
  }
}

/// Which tables were chosen by hand; what was not chosen follows the step.
package struct TableChoice: Hashable, Sendable {
  package var stack: StackID?
  package var kind: TableKind?

  package init(stack: StackID? = nil, kind: TableKind? = nil) {
    self.stack = stack
    self.kind = kind
  }
}

/// One line of a table.
struct TableRow: Hashable {
  var text: String
  var subject: Subject
  /// What the current step made of the entry.
  var mark: Mark?
  /// What was done to it since the lab was opened.
  var change: Change?

  enum Mark: Hashable {
    case won, lost
  }

  enum Change: Hashable {
    /// It was not there, or another stood in its place.
    case new
    /// It is no longer there.
    case gone
  }

  /// What the line stands for.
  enum Subject: Hashable {
    case entry(TableEntry)
    case interface(Interface)
    case rule(RoutingRule)
    case sysctl(key: String, value: Int)
    case setting(HelmSetting)
    case object(ObjectLine)
    /// No row of the table is there.
    case none(of: TableKind)
    /// Something that is shown alone.
    case other
  }
}

/// In which order a table's rows are shown.
package enum TableOrder: Hashable, Sendable {
  /// As the table holds them.
  case asStored
  /// By their texts, numbers by their values.
  case ascending, descending

  var next: TableOrder {
    switch self {
    case .asStored: .ascending
    case .ascending: .descending
    case .descending: .asStored
    }
  }
}

extension InspectorState {
  /// The stacks whose tables can be opened: machines, then pods.
  var tableHosts: [StackID] { scene.snapshot.stacks.map(\.id) }

  /// The stack whose table is shown.
  var tableHost: StackID? { tableChoice.stack ?? stepTable?.stack ?? tableHosts.first }

  /// The table that the current step rests on; Cilium's maps are on the pod's node.
  var stepTable: (stack: StackID, kind: TableKind)? {
    guard let step = stop?.step else { return nil }
    let kind = TableKind(step)
    if TableKind.kinds(of: step.stack, in: scene.snapshot).contains(kind) { return (step.stack, kind) }
    guard case .pod = step.stack, let node = scene.snapshot.machine(of: step.stack),
      TableKind.kinds(of: .host(node), in: scene.snapshot).contains(kind)
    else { return (step.stack, .routes) }
    return (.host(node), kind)
  }

  /// The tables of that stack.
  var tableKinds: [TableKind] {
    tableHost.map { TableKind.kinds(of: $0, in: scene.snapshot) } ?? []
  }

  /// The table that is shown.
  var tableKind: TableKind {
    let wanted = tableChoice.kind ?? stepTable?.kind ?? .routes
    return tableKinds.contains(wanted) ? wanted : .routes
  }

  mutating func chooseTableHost(by offset: Int) {
    guard let host = tableHost, let index = tableHosts.firstIndex(of: host) else { return }
    tableChoice = TableChoice(
      stack: tableHosts[min(max(0, index + offset), tableHosts.count - 1)], kind: tableKind)
    forgetTableRows()
  }

  mutating func chooseTableKind(by offset: Int) {
    guard let index = tableKinds.firstIndex(of: tableKind) else { return }
    tableChoice = TableChoice(
      stack: tableHost, kind: tableKinds[min(max(0, index + offset), tableKinds.count - 1)])
    forgetTableRows()
  }

  /// Another table is shown: its rows are looked at from the beginning, and none is left out.
  private mutating func forgetTableRows() {
    cursors[.tableRows] = nil
    finder = Finder()
  }
}

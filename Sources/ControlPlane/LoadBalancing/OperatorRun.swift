import NetModel

/// One run of Cilium's operator: from the start of its pod to its end.
package struct OperatorRun: Hashable, Sendable {
  /// The pod that leads; `nil` in a cluster whose operator nobody listed.
  let leader: PodID?
  var ipam: LoadBalancerIPAM
  /// The pools, in ascending order of their names, and the Services, as the operator has seen them.
  var seenPools: [IPPool] = []
  var seenServices = ObjectTable<Service>()
}

extension Cluster {
  /// Lets LB-IPAM react to what has changed since it looked last.
  mutating func settleLoadBalancerIPAM(in network: Network, at instant: Instant) {
    guard hasOperator else { return run(nil) }
    let leader = operatorPod(in: network)
    guard leader != nil || !listsOperator else { return run(nil) }
    var run = operatorRun ?? OperatorRun(leader: leader, ipam: LoadBalancerIPAM(settings: ipamSettings))
    if run.leader != leader {
      run = OperatorRun(leader: leader, ipam: LoadBalancerIPAM(settings: ipamSettings))
    }
    let pools = ipPools
    let changed = services.changes(since: run.seenServices).filter(\.isNewsToOperator)
    run.seenServices = services
    guard pools != run.seenPools || !changed.isEmpty else { return self.run(run) }
    watch(pools, changed, &run, at: instant)
    write(run.ipam.takeChanges())
    run.seenPools = ipPools
    run.seenServices = services
    self.run(run)
  }

  private mutating func run(_ run: OperatorRun?) { operatorRun = run }

  /// Events in the order: what is gone, then pools, then Services, the oldest first.
  private func watch(
    _ pools: [IPPool], _ changed: [ObjectTable<Service>.Change], _ run: inout OperatorRun, at instant: Instant
  ) {
    for old in changed.compactMap(\.lost) { run.ipam.deleteService(old.id, at: instant) }
    let kept = Set(pools.map { [$0.name, String($0.created.order)] })
    for pool in run.seenPools where !kept.contains([pool.name, String(pool.created.order)]) {
      run.ipam.deletePool(pool.name, at: instant)
    }
    guard !pools.isEmpty else { return }
    guard run.ipam.isAwake else {
      let views = services.map { ServiceView($0, startTime: startTime) }
      return run.ipam.start(pools: pools, services: views, at: instant)
    }
    for pool in pools.sorted(by: { $0.created.order < $1.created.order }) where !run.seenPools.contains(pool)
    {
      run.ipam.upsert(pool, at: instant)
    }
    for service in changed.compactMap(\.new).sorted(by: { $0.created < $1.created }) {
      run.ipam.upsert(ServiceView(service, startTime: startTime), at: instant)
    }
  }

  private mutating func write(_ changes: LoadBalancerIPAM.Changes) {
    for pool in changes.pools {
      let id = DocumentID(kind: Self.poolKind, name: pool.name)
      guard let index = documents.position(of: id) else { continue }
      var status = documents[index].record.status ?? .object([])
      status["conditions"] = pool.conditions.document(startTime: startTime)
      documents[index].record.status = status
      documents[index].record.revision = nextRevision()
    }
    for (id, status) in changes.services {
      guard let index = services.position(of: id) else { continue }
      services[index].take(status, startTime: startTime)
      services[index].record.revision = nextRevision()
    }
  }

  /// In ascending order of name.
  package var ipPools: [IPPool] {
    documents.filter { $0.id.kind == Self.poolKind }.map { IPPool($0, startTime: startTime) }
  }

  private static let poolKind = "CiliumLoadBalancerIPPool"

  /// What an operator takes from the release's values when it starts.
  ///
  /// Source: Cilium `operator/pkg/lbipam/cell.go`.
  private var ipamSettings: LoadBalancerIPAM.Settings {
    let classes = [
      helmValues["l2announcements.enabled"] == .bool(true) ? L2AnnouncementPolicy.loadBalancerClass : nil,
      helmValues["bgpControlPlane.enabled"] == .bool(true) ? "io.cilium/bgp-control-plane" : nil,
    ]
    let families = [
      helmValues["ipv4.enabled"] == .bool(false) ? nil : IPFamily.ipv4,
      helmValues["ipv6.enabled"] == .bool(true) ? IPFamily.ipv6 : nil,
    ]
    let handler = helmValues["defaultLBServiceIPAM"]?.description ?? "lbipam"
    return LoadBalancerIPAM.Settings(
      families: Set(families.compactMap(\.self)), handlesClassless: handler == "lbipam",
      classes: Set(classes.compactMap(\.self)))
  }
}

extension WorkloadID {
  /// The Deployment whose pods are the operator.
  package static let ciliumOperator = WorkloadID(
    .deployment, namespace: "kube-system", name: "cilium-operator")
}

extension Cluster {
  /// Some agent was started: there is a Cilium.
  private var hasOperator: Bool { nodes.contains { $0.agent != nil } }

  /// The operator's Deployment is among the objects.
  private var listsOperator: Bool { workload(.ciliumOperator) != nil }

  /// The oldest pod of the operator on a machine that runs; `nil` where none runs.
  private func operatorPod(in network: Network) -> PodID? {
    let running = pods(of: .ciliumOperator).filter { pod in
      pod.node.map { network.machine($0)?.isUp == true } ?? false
    }
    return running.min { $0.created < $1.created }?.id
  }
}

extension ObjectTable<Service>.Change {
  /// The client or the API server wrote it anew; what was allotted to it alone is no news.
  fileprivate var isNewsToOperator: Bool {
    old?.created.order != new?.created.order || old?.record.revision != new?.record.revision
  }

  /// The Service that is no more, though another may bear its name.
  fileprivate var lost: Service? { old?.created.order == new?.created.order ? nil : old }
}

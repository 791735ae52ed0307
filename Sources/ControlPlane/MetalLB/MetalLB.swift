import NetModel

/// What runs of MetalLB: the controller that hands out addresses, the speakers that answer for them.
///
/// It runs as soon as there is a pool of its kind; where its workloads are listed, only their pods do its work. Without
/// a list it has a speaker on every node. Assumed.
package struct MetalLB: Hashable, Sendable {
  /// The pools and the Services as the controller has seen them.
  var seenPools: [IPAddressPool] = []
  var seenServices = ObjectTable<Service>()
  /// What it tells of Services, in order; older events are forgotten.
  private(set) package var events: [Event] = []

  /// Events of Services that are remembered.
  private static let mostEvents = 1000

  /// Where it is installed; objects of other namespaces are refused.
  package static let namespace = "metallb-system"

  /// The Deployment of the controller and the DaemonSet of the speakers.
  static let controller = WorkloadID(.deployment, namespace: namespace, name: "controller")
  static let speaker = WorkloadID(.daemonSet, namespace: namespace, name: "speaker")

  /// An event of a Service.
  package struct Event: Hashable, Sendable {
    package var service: ServiceID
    package var instant: Instant
    package var kind: Kind

    package enum Kind: Hashable, Sendable {
      case assigned([IPAddress])
      /// Why there was no address, in MetalLB's words.
      case failed(String)
      case announced(NodeID)
    }
  }

  mutating func note(_ kind: Event.Kind, of service: ServiceID, at instant: Instant) {
    let event = Event(service: service, instant: instant, kind: kind)
    if let last = events.last(where: { $0.service == service && $0.kind.isSameSort(as: kind) }),
      last.kind == kind
    {
      return
    }
    if events.count == Self.mostEvents { events.removeFirst() }
    events.append(event)
  }
}

extension MetalLB.Event.Kind {
  /// Both are about the same matter: the address, or who announces it.
  fileprivate func isSameSort(as other: MetalLB.Event.Kind) -> Bool {
    func isAnnouncement(_ kind: MetalLB.Event.Kind) -> Bool {
      if case .announced = kind { true } else { false }
    }
    return isAnnouncement(self) == isAnnouncement(other)
  }
}

extension Cluster {
  /// The pools of MetalLB, in ascending order of their names; none where MetalLB refuses one of them.
  package var ipAddressPools: [IPAddressPool] {
    let objects = documents.filter {
      $0.id.kind == "IPAddressPool" && $0.id.namespace == MetalLB.namespace
    }
    guard !objects.isEmpty else { return [] }
    return (try? readPools(objects)) ?? []
  }

  /// - Throws: what MetalLB finds wrong with these pools.
  func readPools(_ objects: [StoredObject]) throws(MetalLBFault) -> [IPAddressPool] {
    var pools: [IPAddressPool] = []
    let namespaces = allNamespaces
    for object in objects { pools.append(try IPAddressPool(object, namespaces: namespaces)) }
    if let overlap = pools.overlap { throw overlap }
    return pools
  }

  package var l2Advertisements: [L2Advertisement] {
    documents.filter { $0.id.kind == "L2Advertisement" && $0.id.namespace == MetalLB.namespace }
      .map { L2Advertisement($0) }
  }

  /// True where the workload is not listed, or one of its pods runs.
  func isAtWork(_ workload: WorkloadID, in network: Network) -> Bool {
    guard self.workload(workload) != nil else { return true }
    return pods(of: workload).contains { pod in
      isReady(pod) && pod.node.map { network.machine($0)?.isUp == true } ?? false
    }
  }
}

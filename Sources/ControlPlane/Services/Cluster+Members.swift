import NetModel

/// One pod or address that a Service's selector, or its author, put behind it.
struct ServiceMember: Hashable {
  var address: IPv4Address
  var pod: PodID?
  var node: NodeID?
  /// It answers clients, deleted or not.
  var isReady: Bool
  var isTerminating = false
  var created: Creation
}

extension Cluster {
  /// What stands behind a Service, ready or not.
  func members(of service: Service) -> [ServiceMember] {
    guard service.selector != nil else {
      return service.endpoints.map { address in
        ServiceMember(
          address: address, node: index.value.nodesByAddress[address], isReady: true,
          created: service.created)
      }
    }
    return pods(selectedBy: service).compactMap { pod in
      guard let address = address(of: pod) else { return nil }
      return ServiceMember(
        address: address, pod: pod.id, node: pod.node, isReady: isServing(pod),
        isTerminating: pod.termination != nil, created: pod.created)
    }
  }

  /// The members in the order of a slice: as it was recorded, then as they came.
  func orderedMembers(of service: Service) -> [ServiceMember] {
    let recorded = facts.service(service.id)?.sliceOrder ?? []
    func rank(_ member: ServiceMember) -> (Int, Creation) {
      (recorded.firstIndex(of: member.address) ?? recorded.count, member.created)
    }
    return members(of: service).sorted { rank($0) < rank($1) }
  }

  /// The pod's programs run.
  package func isRunning(_ pod: Pod) -> Bool {
    pod.node != nil && (pod.endpoint != nil || pod.template.usesHostNetwork)
  }

  /// New clients are sent to the pod: it is ready, and nobody has deleted it.
  package func isReady(_ pod: Pod) -> Bool { pod.termination == nil && isServing(pod) }

  /// The pod's condition `Ready`: it runs, and nobody wrote otherwise into its status.
  func isServing(_ pod: Pod) -> Bool {
    guard isRunning(pod), !pod.isStarting, pod.node.map({ !lostNodes.contains($0) }) ?? false else {
      return false
    }
    let written = pod.record.status?["conditions"]?.elements.first { $0["type"] == "Ready" }
    return written.map { $0["status"] == "True" } ?? true
  }
}

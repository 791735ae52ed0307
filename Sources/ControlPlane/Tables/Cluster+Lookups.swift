import NetModel

extension Cluster {
  /// The pods of a node, in ascending order of their ids.
  func pods(on node: NodeID) -> [Pod] {
    guard index.value.pods.isSame(as: pods) else { return pods.filter { $0.node == node } }
    return (index.value.podsOnNode[node] ?? []).sorted().compactMap { pods[id: $0] }
  }

  /// The pods of a workload, in ascending order of their ids.
  func pods(of workload: WorkloadID) -> [Pod] {
    guard index.value.pods.isSame(as: pods) else { return pods.filter { $0.workload == workload } }
    return (index.value.podsOfWorkload[workload] ?? []).sorted().compactMap { pods[id: $0] }
  }

  /// The pods that a Service's selector finds, in ascending order of their ids; none without a selector.
  func pods(selectedBy service: Service) -> [Pod] {
    guard let selector = service.selector, !selector.isEmpty else { return [] }
    guard index.value.pods.isSame(as: pods) else {
      return pods.filter {
        $0.id.namespace == service.id.namespace && $0.template.labels.satisfy(selector)
      }
    }
    let ids = index.value.podGroups[service.id.namespace]?.selected(by: selector) ?? []
    return ids.sorted().compactMap { pods[id: $0] }
  }
}

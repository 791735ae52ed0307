import NetModel

/// Which nodes want the leases of which Services; Services that the same nodes want share one list.
struct LeaseCandidates: Hashable, Sendable {
  /// Each in ascending order.
  private(set) var groups: [[NodeID]] = []
  private var groupOfService: [ServiceID: Int] = [:]

  /// The nodes that want a Service's lease, in ascending order.
  subscript(service: ServiceID) -> [NodeID] { groupOfService[service].map { groups[$0] } ?? [] }

  var isEmpty: Bool { groupOfService.isEmpty }

  /// In ascending order.
  var services: [ServiceID] { groupOfService.keys.sorted() }

  func contains(_ node: NodeID, for service: ServiceID) -> Bool {
    groupOfService[service].map { groups[$0].position(of: node, by: \.self) != nil } ?? false
  }

  /// Adds a list of nodes in ascending order that Services may share; its number.
  mutating func addGroup(_ nodes: [NodeID]) -> Int {
    groups.append(nodes)
    return groups.count - 1
  }

  mutating func put(_ service: ServiceID, inGroup group: Int) { groupOfService[service] = group }

  /// A node wants no lease any more.
  mutating func remove(_ node: NodeID) {
    for index in groups.indices {
      if let position = groups[index].position(of: node, by: \.self) { groups[index].remove(at: position) }
    }
  }

  /// The last of the pairs of Service and node that are new since `former`, at most `most`, in ascending order.
  func added(since former: LeaseCandidates, atMost most: Int) -> [(service: ServiceID, node: NodeID)] {
    var news: [[Int?]: [NodeID]] = [:]
    var added: [(service: ServiceID, node: NodeID)] = []
    for service in services.reversed() {
      let key = [groupOfService[service], former.groupOfService[service]]
      let nodes = news[key] ?? self[service].filter { !former.contains($0, for: service) }
      news[key] = nodes
      added += nodes.reversed().map { (service, $0) }
      if added.count >= most { break }
    }
    return added.prefix(most).reversed()
  }
}

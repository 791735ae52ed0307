import NetModel

/// Which policies announce which Services, kept in step with them change by change.
struct AnnouncedServices: Hashable, Sendable {
  private var policies: [L2AnnouncementPolicy] = []
  private var services = ObjectTable<Service>()
  /// The places of the policies that announce some address of a Service; none is empty.
  private(set) var takers: [ServiceID: [Int]] = [:]

  mutating func update(
    _ policies: [L2AnnouncementPolicy], _ services: ObjectTable<Service>, startTime: WallTime
  ) {
    if policies != self.policies {
      self = AnnouncedServices()
      self.policies = policies
    }
    guard !policies.isEmpty else { return }
    let changes = services.changes(since: self.services)
    self.services = services
    for change in changes {
      if let old = change.old { takers[old.id] = nil }
      guard let new = change.new, new.type == .loadBalancer || !new.externalIPs.isEmpty else { continue }
      let view = ServiceView(new, startTime: startTime)
      let places = policies.indices.filter { !policies[$0].addresses(of: view).isEmpty }
      if !places.isEmpty { takers[new.id] = places }
    }
  }
}

import NetModel

/// One row of the table `l2-announce`: an address that the node answers ARP for, and the device.
///
/// Source: Cilium `pkg/datapath/tables/l2_announce.go`; `bpf/bpf_host.c`, map `cilium_l2_responder_v4`.
package struct L2Announcement: Hashable, Comparable, Sendable {
  package var address: IPAddress
  package var interface: String
  /// Whose address it is; several Services may share one.
  package var services: [ServiceID]

  package init(address: IPAddress, interface: String, services: [ServiceID]) {
    self.address = address
    self.interface = interface
    self.services = services
  }

  /// By address, then device.
  package static func < (left: L2Announcement, right: L2Announcement) -> Bool {
    (left.address, left.interface) < (right.address, right.interface)
  }
}

extension [L2AnnouncementPolicy] {
  /// What a node announces that holds the leases of `services`, in ascending order.
  func announcements(
    of services: [ServiceView], onNodeWith labels: Labels, devices: [String]
  ) -> [L2Announcement] {
    var rows: [L2Announcement] = []
    for policy in self where policy.selects(node: labels) {
      guard let patterns = policy.patterns else { continue }
      let names = devices.filter { name in patterns.isEmpty || patterns.contains { $0.isFound(in: name) } }
      for service in services {
        for address in policy.addresses(of: service) {
          for name in names { rows.add(address, on: name, of: service.id) }
        }
      }
    }
    return rows.sorted()
  }
}

extension [L2Announcement] {
  fileprivate mutating func add(_ address: IPAddress, on interface: String, of service: ServiceID) {
    guard let index = firstIndex(where: { $0.address == address && $0.interface == interface }) else {
      append(L2Announcement(address: address, interface: interface, services: [service]))
      return
    }
    if !self[index].services.contains(service) { self[index].services.append(service) }
  }
}

import NetModel

/// Why two Services cannot share an address; the raw value is Cilium's text.
///
/// Source: Cilium `operator/pkg/lbipam/service_store.go`, `isCompatible`.
enum SharingObstacle: String, Hashable, Sendable, CaseIterable {
  case key = "different sharing key"
  case namespace = "different and not permitted namespace"
  case port = "same port"
  case policy = "different ExternalTrafficPolicy"
  case pods = "compatible ExternalTrafficPolicy local but selecting different set of pods"
}

extension LoadBalancerIPAM {
  /// The first reason against a Service's joining the holders of an address; `nil` where it may.
  func obstacle(to view: ServiceView, sharingWith group: [ServiceID]) -> SharingObstacle? {
    for id in group {
      guard let other = services[id: id]?.view else { continue }
      if let obstacle = obstacle(between: other, and: view) { return obstacle }
    }
    return nil
  }

  private func obstacle(between holder: ServiceView, and view: ServiceView) -> SharingObstacle? {
    if holder.request.sharingKey != view.request.sharingKey { return .key }
    if !mayShareNamespaces(holder, view) { return .namespace }
    if holder.ports.contains(where: { port in view.ports.contains { clash(port, $0) } }) { return .port }
    if holder.externalTrafficPolicy != view.externalTrafficPolicy { return .policy }
    guard view.externalTrafficPolicy == .local else { return nil }
    let selectTheSame = !holder.selector.isEmpty && holder.selector == view.selector
    return selectTheSame ? nil : .pods
  }

  private func mayShareNamespaces(_ holder: ServiceView, _ view: ServiceView) -> Bool {
    let (left, right) = (holder.id.namespace, view.id.namespace)
    return left == right || (holder.request.permits(right) && view.request.permits(left))
  }

  private func clash(_ left: ServiceView.Port, _ right: ServiceView.Port) -> Bool {
    left.number == right.number && (left.transport == right.transport || !settings.distinguishesProtocols)
  }

  /// True where a Service may go on sharing all that it shares.
  func isCompatibleWithSharers(_ entry: Entry) -> Bool {
    entry.allocations.allSatisfy { allocation in
      guard let block = blockIndex(allocation.block).map({ blocks[$0] }) else { return true }
      let others = (block.holders[allocation.address] ?? []).filter { $0 != entry.view.id }
      return obstacle(to: entry.view, sharingWith: others) == nil
    }
  }

  /// Joins the first address known for the Service's key whose holders it can share with; false where there is none.
  mutating func joinSharers(_ family: IPFamily, _ entry: inout Entry) -> Bool {
    guard !entry.view.request.sharingKey.isEmpty else { return false }
    for allocation in sharedAddresses[entry.view.request.sharingKey] ?? [] {
      guard allocation.address.family == family, let index = blockIndex(allocation.block),
        let group = blocks[index].holders[allocation.address], !group.isEmpty,
        obstacle(to: entry.view, sharingWith: group) == nil
      else { continue }
      blocks[index].join(allocation.address, entry.view.id)
      entry.allocations.append(allocation)
      return true
    }
    return false
  }

  /// The address becomes known to others with the Service's key.
  mutating func share(_ allocation: Allocation, underKeyOf view: ServiceView) {
    let key = view.request.sharingKey
    guard !key.isEmpty, sharedAddresses[key]?.contains(allocation) != true else { return }
    sharedAddresses[key, default: []].append(allocation)
  }
}

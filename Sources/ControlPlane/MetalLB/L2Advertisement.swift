import NetModel

/// MetalLB's L2Advertisement: which pools are announced by ARP, by which nodes and on which interfaces.
///
/// Source: MetalLB `api/v1beta1/l2advertisement_types.go`.
package struct L2Advertisement: Hashable, Sendable {
  package var name: String
  /// Names of pools.
  var pools: [String]
  /// One of them must hold for a pool that is not named; without names and selectors, all pools are meant.
  var poolSelectors: [LabelSelector]
  /// One of them must hold; none for all nodes.
  var nodeSelectors: [LabelSelector]
  /// Names of interfaces; none for all.
  var interfaces: [String]

  init(_ object: StoredObject) {
    func selectors(_ key: String) -> [LabelSelector] {
      (object.spec[key]?.elements ?? []).map { LabelSelector(document: $0) }
    }
    func texts(_ key: String) -> [String] { (object.spec[key]?.elements ?? []).compactMap(\.text) }
    name = object.id.name
    pools = texts("ipAddressPools")
    poolSelectors = selectors("ipAddressPoolSelectors")
    nodeSelectors = selectors("nodeSelectors")
    interfaces = texts("interfaces")
  }

  /// Source: `internal/config/config.go`, `setL2AdvertisementsToPools`.
  func isAbout(_ pool: IPAddressPool) -> Bool {
    (pools.isEmpty && poolSelectors.isEmpty) || pools.contains(pool.name)
      || poolSelectors.contains { $0.selects(pool.labels) }
  }

  func selects(node labels: Labels) -> Bool {
    nodeSelectors.isEmpty || nodeSelectors.contains { $0.selects(labels) }
  }
}

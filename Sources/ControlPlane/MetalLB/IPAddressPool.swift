import NetModel

/// MetalLB's IPAddressPool: addresses that its controller hands out.
///
/// Source: MetalLB `api/v1beta1/ipaddresspool_types.go`; `internal/config/config.go`, `addressPoolFromCR`.
package struct IPAddressPool: Hashable, Sendable {
  package var name: String
  package var labels: Labels
  /// In the order in which they are written.
  package var ranges: [IPAddressRange]
  /// Services that do not ask for the pool may have its addresses, too.
  package var assignsByItself: Bool
  /// Keeps addresses that end in 0 or 255 back.
  package var avoidsBuggyAddresses: Bool
  /// Whom the pool is for; `nil` for everybody.
  var allocation: Allocation?

  /// The Services that a pool is kept for (`spec.serviceAllocation`).
  struct Allocation: Hashable, Sendable {
    /// Lower ones come first; 0 comes last.
    var priority: Int
    /// Empty for all.
    var namespaces: Set<String>
    /// One of them must hold; empty for all.
    var serviceSelectors: [LabelSelector]

    func includes(_ service: Service) -> Bool {
      (namespaces.isEmpty || namespaces.contains(service.id.namespace))
        && (serviceSelectors.isEmpty || serviceSelectors.contains { $0.selects(service.labels) })
    }
  }

  /// - Parameter namespaces: all of the cluster, for selectors of namespaces.
  /// - Throws: what MetalLB finds wrong with the pool.
  init(_ object: StoredObject, namespaces: [Namespace]) throws(MetalLBFault) {
    let spec = object.spec
    name = object.id.name
    labels = object.labels
    assignsByItself = spec["autoAssign"]?.boolean ?? true
    avoidsBuggyAddresses = spec["avoidBuggyIPs"]?.boolean ?? false
    ranges = []
    let entries = (spec["addresses"]?.elements ?? []).compactMap(\.text)
    guard !entries.isEmpty else { throw .noAddresses(pool: name) }
    for entry in entries { ranges.append(try IPAddressRange(entry: entry, pool: name)) }
    allocation = spec["serviceAllocation"].map { Allocation($0, namespaces: namespaces) }
  }

  func contains(_ address: IPAddress) -> Bool {
    !isKeptBack(address) && ranges.contains { $0.contains(address) }
  }

  func isFor(_ service: Service) -> Bool { allocation?.includes(service) ?? true }

  /// Source: `internal/allocator/allocator.go`, `ipConfusesBuggyFirmwares`.
  func isKeptBack(_ address: IPAddress) -> Bool {
    guard avoidsBuggyAddresses, case .v4(let address) = address else { return false }
    return [0, 255].contains(address.rawValue & 0xff)
  }

  /// How many addresses of a family can be handed out.
  func count(of family: IPFamily) -> Int {
    ranges.filter { $0.family == family }.reduce(0) { sum, range in
      let size = range.last.number - range.first.number
      guard size < UInt128(1) << 62 else { return Int.max }
      let keptBack = avoidsBuggyAddresses && family == .ipv4 ? range.endsOfBlocks : 0
      return sum > Int.max - Int(size) - 1 ? Int.max : sum + Int(size) + 1 - keptBack
    }
  }
}

extension IPAddressPool.Allocation {
  fileprivate init(_ document: JSONValue, namespaces: [Namespace]) {
    let selectors = (document["namespaceSelectors"]?.elements ?? []).map { LabelSelector(document: $0) }
    let selected = namespaces.filter { namespace in selectors.contains { $0.selects(namespace.labels) } }
    priority = document["priority"]?.integer ?? 0
    self.namespaces = Set((document["namespaces"]?.elements ?? []).compactMap(\.text) + selected.map(\.name))
    serviceSelectors = (document["serviceSelectors"]?.elements ?? []).map { LabelSelector(document: $0) }
  }
}

extension [IPAddressPool] {
  /// The first two prefixes that have an address in common, between pools or within one; `nil` where none have.
  var overlap: MetalLBFault? {
    var known: [(range: IPAddressRange, text: String)] = []
    for pool in self {
      for text in pool.ranges.flatMap(\.prefixes) {
        guard let range = IPAddressRange(prefix: text) else { continue }
        if let other = known.first(where: { $0.range.overlaps(range) }) {
          return .overlap(text, pool: pool.name, with: other.text)
        }
        known.append((range, text))
      }
    }
    return nil
  }
}

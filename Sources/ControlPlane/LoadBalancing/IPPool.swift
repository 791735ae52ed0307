import NetModel

/// A CiliumLoadBalancerIPPool.
///
/// Source: Cilium `pkg/k8s/apis/cilium.io/v2/lbipam_types.go`.
package struct IPPool: Hashable, Sendable {
  package var name: String
  /// In the order in which they are written.
  package var blocks: [Block]
  /// The first and last address of CIDR blocks are handed out too.
  package var allowsFirstAndLast: Bool
  package var isDisabled: Bool
  /// The Services that it serves; `nil` for all.
  package var serviceSelector: LabelSelector?
  package var created: Creation
  /// Rises with every change of what is wanted.
  package var generation: Int
  package var conditions: [Condition]

  package init(
    name: String, blocks: [Block], allowsFirstAndLast: Bool = true, isDisabled: Bool = false,
    serviceSelector: LabelSelector? = nil, created: Creation = .unset, generation: Int = 1,
    conditions: [Condition] = []
  ) {
    self.name = name
    self.blocks = blocks
    self.allowsFirstAndLast = allowsFirstAndLast
    self.isDisabled = isDisabled
    self.serviceSelector = serviceSelector
    self.created = created
    self.generation = generation
    self.conditions = conditions
  }

  /// One entry of `spec.blocks`, as written.
  package struct Block: Hashable, Sendable {
    package var cidr: String?
    package var start: String?
    package var stop: String?

    package init(cidr: String? = nil, start: String? = nil, stop: String? = nil) {
      self.cidr = cidr
      self.start = start
      self.stop = stop
    }

    var isCIDR: Bool { cidr.map { !$0.isEmpty } ?? false }

    /// The addresses of the block; `nil` where it cannot be read.
    package var range: IPAddressRange? {
      if let cidr, !cidr.isEmpty { return IPAddressRange(prefix: cidr) }
      guard let first = start.flatMap({ IPAddress(parsing: $0) }) else { return nil }
      guard let stop, !stop.isEmpty else { return IPAddressRange(first: first, last: first) }
      return IPAddress(parsing: stop).flatMap { IPAddressRange(first: first, last: $0) }
    }
  }

  /// True where only status and age differ.
  func wantsTheSame(as other: IPPool) -> Bool {
    blocks == other.blocks && allowsFirstAndLast == other.allowsFirstAndLast
      && isDisabled == other.isDisabled && serviceSelector == other.serviceSelector
  }

  /// A conflict was found and has not gone.
  package var isConflicting: Bool { conditions[ConditionType.conflict]?.status == .true }

  /// The types of a pool's conditions.
  package enum ConditionType {
    package static let conflict = "cilium.io/PoolConflict"
    package static let total = "cilium.io/IPsTotal"
    package static let available = "cilium.io/IPsAvailable"
    package static let used = "cilium.io/IPsUsed"
  }

  /// Sets a condition; false where it stood so already.
  mutating func set(
    _ type: String, _ status: Condition.Status, reason: String, message: String = "", at instant: Instant
  ) -> Bool {
    conditions.set(
      Condition(
        type: type, status: status, observedGeneration: generation, lastTransition: instant, reason: reason,
        message: message))
  }
}

import NetModel

/// A policy object of either API.
package enum Policy: Hashable, Sendable {
  case kubernetes(NetworkPolicy)
  case cilium(CiliumNetworkPolicy)

  package var id: PolicyID {
    switch self {
    case .kubernetes(let policy): policy.id
    case .cilium(let policy): policy.id
    }
  }

  /// When it was made.
  package var created: Creation {
    get {
      switch self {
      case .kubernetes(let policy): policy.created
      case .cilium(let policy): policy.created
      }
    }
    set {
      switch self {
      case .kubernetes(var policy):
        policy.created = newValue
        self = .kubernetes(policy)
      case .cilium(var policy):
        policy.created = newValue
        self = .cilium(policy)
      }
    }
  }

  package var record: ObjectRecord {
    get {
      switch self {
      case .kubernetes(let policy): policy.record
      case .cilium(let policy): policy.record
      }
    }
    set {
      switch self {
      case .kubernetes(var policy):
        policy.record = newValue
        self = .kubernetes(policy)
      case .cilium(var policy):
        policy.record = newValue
        self = .cilium(policy)
      }
    }
  }

  package var ruleSets: [PolicyRuleSet] {
    switch self {
    case .kubernetes(let policy): policy.ruleSets
    case .cilium(let policy): policy.ruleSets
    }
  }

  /// The prefixes that its rules name, exceptions among them, in ascending order; not 0.0.0.0/0, which is the
  /// world.
  ///
  /// Source: Cilium `pkg/policy/cidr.go`, `GetCIDRPrefixes`.
  package var prefixes: [IPv4Prefix] {
    let named = ruleSets.flatMap(\.rules).flatMap(\.peers).flatMap { peer -> [IPv4Prefix] in
      if case .cidr(let prefix, let except) = peer { [prefix] + except } else { [] }
    }
    return Set(named.filter { $0.length > 0 }).sorted()
  }
}

extension LabelSelector {
  /// True where all parts of the selector hold for these labels.
  ///
  /// Source: Kubernetes `apimachinery/pkg/labels/selector.go`, `Requirement.Matches`.
  package func selects(_ labels: Labels) -> Bool {
    labels.satisfy(matchLabels) && matchExpressions.allSatisfy { $0.holds(for: labels[$0.key]) }
  }

  /// The first of its parts that no selector can be made from; `nil` for a sound selector.
  ///
  /// Source: Kubernetes `apimachinery/pkg/labels/selector.go`, `NewRequirement`.
  package var fault: Fault? {
    for requirement in matchExpressions {
      let isSet = requirement.operator == .in || requirement.operator == .notIn
      if isSet, requirement.values.isEmpty { return .missingValues }
      if !isSet, !requirement.values.isEmpty { return .surplusValues(requirement.values) }
    }
    return nil
  }

  /// Why a selector cannot be used.
  package enum Fault: Hashable, Sendable {
    /// `In` and `NotIn` need values.
    case missingValues
    /// `Exists` and `DoesNotExist` take none.
    case surplusValues([String])
  }
}

extension LabelSelector.Requirement {
  /// `value` is that of the requirement's key; `nil` where the key is not there.
  fileprivate func holds(for value: String?) -> Bool {
    switch `operator` {
    case .in: value.map(values.contains) ?? false
    case .notIn: value.map { !values.contains($0) } ?? true
    case .exists: value != nil
    case .doesNotExist: value == nil
    }
  }
}

/// A selector as Kubernetes objects write it: all its parts must hold; without parts it selects everything.
///
/// Source: Kubernetes `apimachinery/pkg/apis/meta/v1/types.go`, `LabelSelector`.
package struct LabelSelector: Hashable, Sendable {
  package var matchLabels: Labels
  package var matchExpressions: [Requirement]

  package init(matchLabels: Labels = Labels(), matchExpressions: [Requirement] = []) {
    self.matchLabels = matchLabels
    self.matchExpressions = matchExpressions
  }

  /// One entry of `matchExpressions`.
  package struct Requirement: Hashable, Sendable {
    package var key: String
    package var `operator`: Operator
    /// Empty for `Exists` and `DoesNotExist`.
    package var values: [String]

    package init(key: String, operator: Operator, values: [String] = []) {
      self.key = key
      self.operator = `operator`
      self.values = values
    }
  }

  package enum Operator: String, Hashable, Sendable, CaseIterable {
    case `in` = "In"
    case notIn = "NotIn"
    case exists = "Exists"
    case doesNotExist = "DoesNotExist"
  }

  /// Both parts as requirements.
  var requirements: [Requirement] {
    matchLabels.entries.map { Requirement(key: $0.key, operator: .in, values: [$0.value]) } + matchExpressions
  }
}

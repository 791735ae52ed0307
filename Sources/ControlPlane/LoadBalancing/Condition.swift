import NetModel

/// One condition in an object's status.
///
/// Source: Kubernetes `apimachinery/pkg/apis/meta/v1/types.go`, `Condition`.
package struct Condition: Hashable, Sendable {
  package var type: String
  package var status: Status
  /// The generation of the object that it was made from; `nil` for objects without generations.
  package var observedGeneration: Int?
  /// When its status changed last.
  package var lastTransition: Instant
  package var reason: String
  package var message: String

  package init(
    type: String, status: Status, observedGeneration: Int? = nil, lastTransition: Instant = .start,
    reason: String, message: String = ""
  ) {
    self.type = type
    self.status = status
    self.observedGeneration = observedGeneration
    self.lastTransition = lastTransition
    self.reason = reason
    self.message = message
  }

  package enum Status: String, Hashable, Sendable, CaseIterable {
    case `true` = "True"
    case `false` = "False"
    case unknown = "Unknown"
  }
}

extension [Condition] {
  /// The condition of that type; `nil` where there is none.
  package subscript(type: String) -> Condition? { first { $0.type == type } }

  /// Puts a condition in the place of the one of its type, or at the end; false where nothing changed.
  ///
  /// The moment of the last transition stays unless the status changes.
  /// Source: Kubernetes `apimachinery/pkg/api/meta/conditions.go`, `SetStatusCondition`.
  mutating func set(_ condition: Condition) -> Bool {
    guard let index = firstIndex(where: { $0.type == condition.type }) else {
      append(condition)
      return true
    }
    var changed = condition
    if self[index].status == condition.status { changed.lastTransition = self[index].lastTransition }
    guard self[index] != changed else { return false }
    self[index] = changed
    return true
  }
}

import NetModel

/// One moment of an election, as an agent's log tells it.
package struct LeaseEvent: Hashable, Sendable {
  package var instant: Instant
  package var node: NodeID
  package var service: ServiceID
  package var kind: Kind

  package enum Kind: Hashable, Sendable {
    /// The agent begins to try for the lease.
    case sought
    case acquired
  }
}

import ControlPlane
import NetModel

/// Whether policy lets the packet pass.
///
/// Source: Cilium `bpf/bpf_lxc.c`, `bpf/lib/policy.h`.
package struct PolicyVerdict: Hashable, Sendable {
  package typealias Direction = TrafficDirection

  package var direction: Direction
  package var peer: SecurityIdentity
  package var decision: Decision
  /// What the endpoint's policy map said; `nil` where it was not asked.
  package var lookup: PolicyLookup?

  package init(
    direction: Direction, peer: SecurityIdentity, decision: Decision, lookup: PolicyLookup? = nil
  ) {
    self.direction = direction
    self.peer = peer
    self.decision = decision
    self.lookup = lookup
  }

  package enum Decision: Hashable, Sendable {
    /// No policy selects the pod in that direction.
    case notEnforced
    /// The packet belongs to a connection that was let in before.
    case replyPasses
    /// An entry lets it pass.
    case allowed
    /// No entry matches: "Policy denied".
    case denied
    /// A deny entry matches: "Policy denied by denylist".
    case deniedByDenylist
    /// It would be denied, but for `policyAuditMode`.
    case audited
    /// A policy that applies says something that the model does not know.
    case undecided
  }
}

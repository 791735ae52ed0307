import ControlPlane
import NetModel

/// Edits after which a packet and its answer arrive, proved by walking again.
package struct Fix: Hashable, Sendable {
  /// In the order in which they are to be made.
  package var edits: [Edit]
  /// The walk after the edits, there and back.
  package var paths: [Path]

  package init(edits: [Edit], paths: [Path]) {
    self.edits = edits
    self.paths = paths
  }

  /// How much is changed: one for what a person types on one machine, more for what every node takes over.
  package var weight: Int { edits.reduce(0) { $0 + $1.weight } }
}

extension Edit {
  fileprivate var weight: Int {
    switch self {
    case .setHelmValues, .restartAgents: 3
    default: 1
    }
  }
}

extension Path {
  /// The packet arrived, and its answer too.
  package var deliversRoundTrip: Bool {
    outcome.disposition == .delivered && reply?.outcome.disposition == .delivered
  }

  /// The hops and the outcome of the way that failed: there, or back.
  var failure: Leg {
    guard outcome.disposition == .delivered, let reply else {
      return Leg(isReply: false, hops: hops, outcome: outcome)
    }
    return Leg(isReply: true, hops: reply.hops, outcome: reply.outcome)
  }

  struct Leg {
    let isReply: Bool
    let hops: [Hop]
    let outcome: Outcome

    /// How far the packet came; more is further.
    var progress: Progress { Progress(isReply: isReply, hops: hops.count) }
  }

  struct Progress: Comparable {
    let isReply: Bool
    let hops: Int

    static func < (left: Progress, right: Progress) -> Bool {
      left.isReply == right.isReply ? left.hops < right.hops : right.isReply
    }
  }
}

import ControlPlane
import NetModel

/// A way in which a walk contradicts itself or its snapshot.
package enum WalkViolation: Hashable, Sendable {
  case pathWithoutHops
  /// A hop without steps.
  case emptyHop(Int)
  /// A packet goes on that has not left the hop before.
  case noDeparture(Int)
  /// A hop's arrival is not what the former hop's transmission reached.
  case arrivalIsNotTransmission(Int)
  case ttlRose(Int)
  /// A step begins with another packet than the step before it left.
  case packetJumped(hop: Int, step: Int)
  case endsBeforeLastStep(hop: Int, step: Int)
  /// More than one candidate of a lookup won.
  case severalWinners(hop: Int, step: Int)
  /// A delivered packet's destination is not owned by the stack it reached.
  case deliveredToStranger
}

extension Walk {
  /// Everything in which the walk contradicts itself or `snapshot`; empty for a sound walk.
  package func violations(in snapshot: Snapshot) -> [WalkViolation] {
    paths.flatMap { path in
      path.hops.violations + path.deliveryViolations(in: snapshot) + (path.reply?.hops.violations ?? [])
    }
  }
}

extension Path {
  fileprivate func deliveryViolations(in snapshot: Snapshot) -> [WalkViolation] {
    guard outcome.disposition == .delivered, let step = hops.last?.steps.last,
      let destination = step.after.innerIP?.destination
    else { return [] }
    let owned = snapshot.stack(step.stack)?.interface(bearing: destination) != nil
    return owned || destination.isLoopback ? [] : [.deliveredToStranger]
  }
}

extension [Hop] {
  fileprivate var violations: [WalkViolation] {
    guard !isEmpty else { return [.pathWithoutHops] }
    return indices.flatMap { index in
      self[index].stepViolations(hop: index)
        + (index > 0 ? self[index].violations(after: self[index - 1], hop: index) : [])
    }
  }
}

extension Hop {
  fileprivate func violations(after former: Hop, hop: Int) -> [WalkViolation] {
    var found: [WalkViolation] = []
    if former.departure == nil { found.append(.noDeparture(hop - 1)) }
    if case .transmission(let transmission) = former.steps.last?.evidence {
      let reached = transmission.receivers.first
      if reached?.name != arrival || reached?.stack != .host(node) {
        found.append(.arrivalIsNotTransmission(hop))
      }
    } else {
      found.append(.arrivalIsNotTransmission(hop))
    }
    if former.ttlOnDeparture != ttlOnArrival { found.append(.ttlRose(hop)) }
    return found
  }

  fileprivate func stepViolations(hop: Int) -> [WalkViolation] {
    guard !steps.isEmpty else { return [.emptyHop(hop)] }
    var found: [WalkViolation] = []
    for (index, step) in steps.enumerated() {
      if index > 0, steps[index - 1].after != step.before {
        found.append(.packetJumped(hop: hop, step: index))
      }
      if case .ending = step.evidence, index != steps.count - 1 {
        found.append(.endsBeforeLastStep(hop: hop, step: index))
      }
      if step.evidence.winners > 1 { found.append(.severalWinners(hop: hop, step: index)) }
      if let before = step.before.innerIP?.ttl, let after = step.after.innerIP?.ttl, after > before {
        found.append(.ttlRose(hop))
      }
    }
    return found
  }
}

extension Evidence {
  fileprivate var winners: Int {
    switch self {
    case .route(let lookup): lookup.candidates.count { $0.won }
    case .identity(let lookup): lookup.candidates.count { $0.why == .onlyMatch || $0.why == .longestPrefix }
    case .service(let lookup): lookup.candidates.count { $0.why == .exactMatch }
    case .policy(let verdict): verdict.lookup?.candidates.count { $0.why.isWinner } ?? 0
    default: 0
    }
  }
}

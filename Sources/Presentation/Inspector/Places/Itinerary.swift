import NetModel
import PacketTrace

/// One way of a packet as a plain list of steps: the request of a path, or its reply.
package struct Itinerary: Hashable, Sendable {
  package let hops: [Hop]
  package let outcome: Outcome?
  /// All steps in order.
  package let stops: [Stop]

  /// A step and the hop it belongs to.
  package struct Stop: Hashable, Sendable {
    /// Index into `hops`.
    package let hop: Int
    package let step: Step
    package let mark: StepMark
  }

  package init(hops: [Hop], outcome: Outcome?) {
    self.hops = hops
    self.outcome = outcome
    var seen: [StepMark: Int] = [:]
    var stops: [Stop] = []
    for (index, hop) in hops.enumerated() {
      for step in hop.steps {
        var mark = StepMark(node: hop.node, stack: step.stack, kind: step.kind, occurrence: 0)
        let occurrence = seen[mark, default: 0]
        seen[mark] = occurrence + 1
        mark.occurrence = occurrence
        stops.append(Stop(hop: index, step: step, mark: mark))
      }
    }
    self.stops = stops
  }

  package static let empty = Itinerary(hops: [], outcome: nil)

  /// Where the question of `other`'s stop is asked here; where it is not, the nearest earlier one that is.
  func position(of wanted: Int, in other: Itinerary) -> Int {
    guard !other.stops.isEmpty, !stops.isEmpty else { return 0 }
    var index = min(wanted, other.stops.count - 1)
    while index >= 0 {
      let mark = other.stops[index].mark
      if let found = stops.firstIndex(where: { $0.mark == mark }) { return found }
      index -= 1
    }
    return 0
  }

  /// The first stop at which the two ways ask or answer differently; `nil` where they are the same.
  func firstDifference(from other: Itinerary) -> Int? {
    for index in 0..<min(stops.count, other.stops.count) {
      let (mine, theirs) = (stops[index], other.stops[index])
      guard mine.mark == theirs.mark, mine.step.evidence == theirs.step.evidence else { return index }
    }
    return stops.count == other.stops.count ? nil : min(stops.count, other.stops.count)
  }
}

/// Which question a step asks, whatever its answer: the same in the walks of different modes.
package struct StepMark: Hashable, Sendable {
  package var node: NodeID
  package var stack: StackID
  package var kind: Step.Kind
  /// How many times it was asked there before, from 0.
  package var occurrence: Int
}

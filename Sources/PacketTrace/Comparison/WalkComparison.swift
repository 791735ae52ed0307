import NetModel

/// Two walks of one flow beside each other, usually by native routing and through a tunnel.
package struct WalkComparison: Hashable, Sendable {
  package let left: Walk
  package let right: Walk
  /// Where the walks part; `nil` where they are the same to the end.
  package let firstDifference: Difference?

  package init(_ left: Walk, _ right: Walk) {
    self.left = left
    self.right = right
    firstDifference = Difference(left.paths, right.paths)
  }

  /// The first step at which two walks are not the same: the decision, what it saw, or the packet.
  package struct Difference: Hashable, Sendable {
    /// Position of the pair of paths, from 0.
    package var path: Int
    /// The difference is on the way back.
    package var isReply: Bool
    /// Position of the hop in the path or its reply, from 0.
    package var hop: Int
    /// The machine of that hop; the left walk's where both have one.
    package var node: NodeID
    /// Position of the step in the hop, from 0.
    package var step: Int
    package var side: Side
  }

  /// Which walks have a step at the place where they part.
  package enum Side: String, Hashable, Sendable, CaseIterable {
    /// Both go on there, each in its own way.
    case both
    /// Only the left walk goes on.
    case left
    /// Only the right walk goes on.
    case right

    fileprivate init(hasLeft: Bool, hasRight: Bool) {
      self = hasLeft && hasRight ? .both : hasLeft ? .left : .right
    }
  }
}

extension WalkComparison.Difference {
  fileprivate init?(_ left: [Path], _ right: [Path]) {
    for index in 0..<max(left.count, right.count) {
      let (one, other) = (left.element(at: index), right.element(at: index))
      let found =
        Self(path: index, isReply: false, one?.hops ?? [], other?.hops ?? [])
        ?? Self(path: index, isReply: true, one?.reply?.hops ?? [], other?.reply?.hops ?? [])
      if let found {
        self = found
        return
      }
    }
    return nil
  }

  private init?(path: Int, isReply: Bool, _ left: [Hop], _ right: [Hop]) {
    for index in 0..<max(left.count, right.count) {
      let (one, other) = (left.element(at: index), right.element(at: index))
      guard let node = (one ?? other)?.node, let (step, side) = firstDifference(one, other) else { continue }
      self.init(path: path, isReply: isReply, hop: index, node: node, step: step, side: side)
      return
    }
    return nil
  }
}

/// The first step that two hops do not share, and who has one there.
private func firstDifference(_ left: Hop?, _ right: Hop?) -> (step: Int, side: WalkComparison.Side)? {
  guard let left, let right else {
    return (0, WalkComparison.Side(hasLeft: left != nil, hasRight: right != nil))
  }
  if left.node != right.node || left.arrival != right.arrival { return (0, .both) }
  for index in 0..<max(left.steps.count, right.steps.count) {
    let (one, other) = (left.steps.element(at: index), right.steps.element(at: index))
    if one != other { return (index, WalkComparison.Side(hasLeft: one != nil, hasRight: other != nil)) }
  }
  return nil
}

extension Array {
  fileprivate func element(at index: Int) -> Element? {
    indices.contains(index) ? self[index] : nil
  }
}

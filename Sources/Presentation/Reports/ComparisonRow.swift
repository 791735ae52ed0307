import PacketTrace

/// What two walks do at one place, beside each other.
package struct ComparisonRow: Hashable, Sendable {
  /// `nil` where only the right walk has something here.
  package var left: Cell?
  /// `nil` where only the left walk has something here.
  package var right: Cell?
  /// Where the row's cells are in their walks; `nil` for an outcome.
  package var place: Place?

  package enum Cell: Hashable, Sendable {
    /// A hop without its steps, which have rows of their own.
    case hop(Hop)
    /// A step and its number in the hop, from 1.
    case step(Step, number: Int)
    case outcome(Outcome)
  }

  package struct Place: Hashable, Sendable {
    package var path: Int
    package var isReply: Bool
    package var hop: Int
  }

  /// Both walks decide the same here, on the same evidence; their packets may differ.
  package var isAlike: Bool {
    guard case .step(let one, _) = left, case .step(let two, _) = right else { return left == right }
    return one.evidence == two.evidence && one.device == two.device && one.stack == two.stack
  }

  /// What the row is about.
  package var content: Cell? { left ?? right }

  package func isFirstDifference(_ difference: WalkComparison.Difference?) -> Bool {
    guard let difference, let place,
      place == Place(path: difference.path, isReply: difference.isReply, hop: difference.hop)
    else { return false }
    return [left, right].contains { cell in
      if case .step(_, let number) = cell { number == difference.step + 1 } else { false }
    }
  }

  var role: Style.Role {
    switch content {
    case .hop: .title
    case .outcome(let outcome): outcome.disposition.role
    case .step, nil: .plain
    }
  }
}

extension CompareReport {
  /// Both walks from beginning to end: hops of one machine and steps of one kind stand beside each other.
  package var rows: [ComparisonRow] {
    let (one, other) = (left.walk.paths, right.walk.paths)
    return (0..<max(one.count, other.count)).flatMap { index in
      let (left, right) = (one.element(at: index), other.element(at: index))
      let answers = (left: left?.reply, right: right?.reply)
      return rows(left?.hops, right?.hops, left?.outcome, right?.outcome, path: index, isReply: false)
        + rows(
          answers.left?.hops, answers.right?.hops, answers.left?.outcome, answers.right?.outcome, path: index,
          isReply: true)
    }
  }

  private func rows(
    _ left: [Hop]?, _ right: [Hop]?, _ leftEnd: Outcome?, _ rightEnd: Outcome?, path: Int, isReply: Bool
  ) -> [ComparisonRow] {
    let hops = aligned(left ?? [], right ?? []) { $0.node == $1.node }
    let rows = hops.enumerated().flatMap { index, pair in
      self.rows(pair.left, pair.right, at: .init(path: path, isReply: isReply, hop: index))
    }
    guard leftEnd != nil || rightEnd != nil else { return rows }
    let end = ComparisonRow(left: leftEnd.map { .outcome($0) }, right: rightEnd.map { .outcome($0) })
    return rows + [end]
  }

  private func rows(_ left: Hop?, _ right: Hop?, at place: ComparisonRow.Place) -> [ComparisonRow] {
    let title = ComparisonRow(
      left: left.map { .hop($0.withoutSteps) }, right: right.map { .hop($0.withoutSteps) }, place: place)
    let steps = aligned(cells(left), cells(right)) { $0.isLike($1) }
    return [title] + steps.map { ComparisonRow(left: $0.left, right: $0.right, place: place) }
  }

  private func cells(_ hop: Hop?) -> [ComparisonRow.Cell] {
    (hop?.steps ?? []).enumerated().map { .step($0.element, number: $0.offset + 1) }
  }
}

extension Hop {
  fileprivate var withoutSteps: Hop {
    var hop = self
    hop.steps = []
    return hop
  }
}

extension TraceReport {
  /// The hop at which a comparison found a difference; `nil` where this walk has none there.
  func hop(at difference: WalkComparison.Difference) -> Hop? {
    let path = walk.paths.element(at: difference.path)
    let hops = difference.isReply ? path?.reply?.hops : path?.hops
    return hops?.element(at: difference.hop)
  }

  /// The step at which a comparison found a difference; `nil` where this walk has none there.
  func step(at difference: WalkComparison.Difference) -> Step? {
    hop(at: difference)?.steps.element(at: difference.step)
  }
}

extension ComparisonRow.Cell {
  /// Steps of the same kind by the same hook for the same thing.
  fileprivate func isLike(_ other: ComparisonRow.Cell) -> Bool {
    guard case .step(let one, _) = self, case .step(let two, _) = other else { return false }
    return one.kind == two.kind && one.hook == two.hook && one.stack == two.stack
  }
}

extension Array {
  func element(at index: Int) -> Element? {
    indices.contains(index) ? self[index] : nil
  }
}

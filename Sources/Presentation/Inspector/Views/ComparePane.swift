import NetModel
import PacketTrace

/// A pair of steps that ask the same question in two walks; one side is missing where only one walk asks it.
struct ComparedSteps: Hashable {
  /// Positions in the two itineraries.
  var left: Int?
  var right: Int?
}

extension Itinerary {
  /// Both walks' steps beside each other, in order, with as many pairs as possible.
  ///
  /// - Complexity: O(*n* · *m*).
  static func aligned(_ left: Itinerary, _ right: Itinerary) -> [ComparedSteps] {
    let (one, other) = (left.stops, right.stops)
    var common = Array(repeating: Array(repeating: 0, count: other.count + 1), count: one.count + 1)
    for i in one.indices.reversed() {
      for j in other.indices.reversed() {
        common[i][j] =
          one[i].mark == other[j].mark ? common[i + 1][j + 1] + 1 : max(common[i + 1][j], common[i][j + 1])
      }
    }
    var rows: [ComparedSteps] = []
    var (i, j) = (0, 0)
    while i < one.count || j < other.count {
      if i < one.count, j < other.count, one[i].mark == other[j].mark {
        rows.append(ComparedSteps(left: i, right: j))
        (i, j) = (i + 1, j + 1)
      } else if j >= other.count || (i < one.count && common[i + 1][j] >= common[i][j + 1]) {
        rows.append(ComparedSteps(left: i, right: nil))
        i += 1
      } else {
        rows.append(ComparedSteps(left: nil, right: j))
        j += 1
      }
    }
    return rows
  }
}

extension InspectorState {
  private var compared: (left: Itinerary, right: Itinerary)? {
    comparison.map {
      (
        $0.left.itinerary(path: pathIndex, isReply: isReply),
        $0.right.itinerary(path: pathIndex, isReply: isReply)
      )
    }
  }

  var comparedSteps: [ComparedSteps] { compared.map { Itinerary.aligned($0.left, $0.right) } ?? [] }

  /// Both modes' walks beside each other; the first difference is marked by a bar.
  func comparisonContent(columns: Int) -> PaneContent {
    guard let comparison, let (left, right) = compared else {
      return PaneContent(title: words.title(.compare), items: [])
    }
    let rows = comparedSteps
    let first = rows.firstIndex { !isSame($0, left, right) }
    let width = max(4, (columns - 5) / 2)
    let items = rows.enumerated().map { index, row in
      let hostLine = hostLine(index, rows, left, right)
      let sign = index == first ? "<|>" : isSame(row, left, right) ? " = " : " | "
      let line = side(row.left, left, width).adding(" \(sign) ", index == first ? .current : .dim)
      return PaneContent.Item(
        hostLine + [StyledLine(line.spans + side(row.right, right, width).spans)],
        headingLines: hostLine.count)
    }
    let header = PaneContent.Item(outcomes(comparison, left, right, width))
    return PaneContent(
      title: words.compared(comparison.kind), items: [header] + items,
      selected: cursors[.comparison] ?? first.map { $0 + 1 } ?? 0, marking: .always)
  }

  private func isSame(_ row: ComparedSteps, _ left: Itinerary, _ right: Itinerary) -> Bool {
    guard let one = row.left, let other = row.right else { return false }
    return left.stops[one].step.evidence == right.stops[other].step.evidence
  }

  private func hostLine(
    _ index: Int, _ rows: [ComparedSteps], _ left: Itinerary, _ right: Itinerary
  ) -> [StyledLine] {
    func stack(_ row: ComparedSteps) -> StackID? {
      row.left.map { left.stops[$0].step.stack } ?? row.right.map { right.stops[$0].step.stack }
    }
    guard let mine = stack(rows[index]), index == 0 || stack(rows[index - 1]) != mine else { return [] }
    return [StyledLine(scene.snapshot.shortName(of: mine), .title)]
  }

  private func side(_ index: Int?, _ itinerary: Itinerary, _ width: Int) -> StyledLine {
    guard let index else { return StyledLine(String(repeating: " ", count: width)) }
    let step = itinerary.stops[index].step
    let name = words.short(step.kind).padded(columns: words.shortWidth)
    let text = "\(String(index + 1).leftPadded(3)) \(name) \(visible(words.digest(step)))"
    let role: Style.Role = step.isEnding ? .failure : step.before.isEncapsulated ? .tunnel : .plain
    return StyledLine(text.shortened(columns: width).padded(columns: width), role)
  }

  /// The modes and how the walks end, above their steps.
  private func outcomes(
    _ comparison: Comparison, _ left: Itinerary, _ right: Itinerary, _ width: Int
  ) -> StyledLine {
    let spans = [(comparison.left, left), (comparison.right, right)].enumerated().map { index, side in
      let (scene, itinerary) = side
      let outcome = itinerary.outcome.map { "\($0.disposition.rawValue), \($0.node)" } ?? ""
      let name =
        comparison.kind == .edit
        ? words.time(isAfter: index == 1) : scene.mode.map(words.name) ?? words.mixed
      let text = "[\(name)] \(outcome)"
      let isGood = itinerary.outcome?.disposition == .delivered
      return StyledLine.Span(
        text.shortened(columns: width).padded(columns: width), isGood ? .success : .failure)
    }
    return StyledLine([spans[0], StyledLine.Span("     "), spans[1]])
  }

  /// Goes to the selected step in the walk, in the mode that is on.
  mutating func goToComparedStep() {
    let rows = comparedSteps
    let selected = content(of: .comparison, columns: 80).selected - 1
    guard let comparison, rows.indices.contains(selected) else { return }
    let row = rows[selected]
    let isLeft = comparison.kind == .modes && comparison.left.mode == scene.mode
    let wanted = isLeft ? row.left ?? row.right : row.right ?? row.left
    open(.walk)
    if let wanted { go(to: wanted) }
  }
}

extension String {
  fileprivate func leftPadded(_ columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - count)) + self
  }
}

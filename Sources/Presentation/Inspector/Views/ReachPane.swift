import ControlPlane
import PacketTrace

extension InspectorState {
  /// The cells that one column of the matrix takes: a blank or bracket, both modes' signs, a blank or bracket.
  private static let cellColumns = 4

  /// A row for each source, a column for each destination; each cell has a sign for both modes.
  func reachContent(columns: Int) -> PaneContent {
    guard let reach else {
      return PaneContent(
        title: words.title(.reach), items: [PaneContent.Item(words.looking, .dim, columns: columns)])
    }
    let numbers = reach.here.sources.map { reach.here.number(of: $0) }
    let names = zip(reach.here.sources, numbers).map { source, number in
      numbered(number, visible(source.shortName)).shortened(columns: min(33, columns / 3))
    }
    let margin = 1 + (names.map(\.cellWidth).max() ?? 0)
    let shown = shownDestinations(of: reach, columns: columns - margin)
    let heading = shown.reduce(StyledLine(String(repeating: " ", count: margin))) { line, index in
      let number = String(index + 1)
      let text =
        String(repeating: " ", count: max(0, InspectorState.cellColumns - 1 - number.count)) + number + " "
      return line.adding(text, index == reachCell.destination ? .current : .dim)
    }
    let rows = names.indices.map { index in
      PaneContent.Item(
        shown.reduce(StyledLine(names[index].padded(columns: margin))) { line, column in
          line + cell(ReachCell(source: index, destination: column), of: reach)
        })
    }
    let others = reach.here.destinations.indices.filter { !numbers.contains($0 + 1) }.map { index in
      PaneContent.Item(
        StyledLine(numbered(index + 1, visible(reach.here.destinations[index].labelled)), .dim))
    }
    let titles = ([reach.mode] + [reach.other?.mode]).compactMap { $0.map(words.name) }
    return PaneContent(
      title: "\(words.title(.reach)): \(titles.joined(separator: ", "))",
      detail: words.reached(reach), items: [PaneContent.Item(heading)] + rows + others,
      selected: reachCell.source + 1, marking: .always)
  }

  /// A name behind the number of its column; `nil` for one that is no destination.
  private func numbered(_ number: Int?, _ name: String) -> String {
    let text = number.map(String.init) ?? ""
    return "\(String(repeating: " ", count: max(0, 2 - text.count)))\(text) \(name)"
  }

  /// The columns that fit, with the selected one among them.
  private func shownDestinations(of reach: ReachPair, columns: Int) -> Range<Int> {
    let count = reach.here.destinations.count
    let room = max(1, columns / InspectorState.cellColumns)
    let first = min(max(0, reachCell.destination - room + 1), max(0, count - room))
    return first..<min(count, first + room)
  }

  private func cell(_ place: ReachCell, of reach: ReachPair) -> StyledLine {
    let here = reach.here.cell(place)
    let other = reach.other?.reach.cell(place)
    let isSelected = place == reachCell
    let left = StyledLine(isSelected ? "[" : " ", isSelected ? .current : .plain)
    let signs = [here, other].map { cell in
      StyledLine.Span(
        cell.map { String($0.outcome.disposition.mark) } ?? " ", cell?.outcome.disposition.role ?? .plain)
    }
    return StyledLine(left.spans + signs).adding(isSelected ? "]" : " ", isSelected ? .current : .plain)
  }

  /// The selected pair, how it ends in each mode, and what the signs mean.
  func reachDetailContent(columns: Int) -> PaneContent {
    guard let reach, let here = reach.here.cell(reachCell) else {
      return PaneContent(title: words.pair, items: [])
    }
    let book = language.phrasebook
    let source = visible(reach.here.sources[reachCell.source].labelled)
    let destination = visible(reach.here.destinations[reachCell.destination].labelled)
    var items = [
      PaneContent.Item("\(source) > \(reachCell.destination + 1) \(destination)", .title, columns: columns)
    ]
    items.append(ending(here.outcome, reach.mode, book, columns: columns))
    if let other = reach.other, let cell = other.reach.cell(reachCell) {
      items.append(ending(cell.outcome, other.mode, book, columns: columns))
    }
    items.append(PaneContent.Item(words.reachHint, .dim, columns: columns))
    let used = Disposition.allCases.filter { disposition in
      [reach.here, reach.other?.reach].compactMap(\.self).contains { reach in
        reach.cells.contains { $0.outcome.disposition == disposition }
      }
    }
    items.append(
      PaneContent.Item(
        used.map { "\($0.mark) \($0.rawValue)" }.joined(separator: "   "), .dim, columns: columns))
    return PaneContent(title: words.pair, items: items, marking: .never)
  }

  private func ending(
    _ outcome: Outcome, _ mode: CiliumSettings.RoutingMode?, _ book: any Phrasebook, columns: Int
  ) -> PaneContent.Item {
    let name = mode.map(words.name) ?? words.mixed
    return PaneContent.Item(
      "[\(name)] \(book.outcome(outcome))", outcome.disposition.role, columns: columns)
  }
}

extension StyledLine {
  static func + (left: StyledLine, right: StyledLine) -> StyledLine {
    StyledLine(left.spans + right.spans)
  }
}

import Testing

@testable import Presentation

/// The figures of Fixtures/screens/layouts/README.md: what each layout of the walk shows without a key.
@Suite struct LayoutComparison {
  /// Sums over all steps of the native and the tunnelled walk.
  struct Reading: Equatable, Sendable {
    /// Steps whose question, answer and winner with its reason are in sight.
    var answers = 0
    /// Steps whose decision stands in full, all losers, fixes and grounds included.
    var decisions = 0
    /// Steps whose packet stands in full.
    var packets = 0
    /// Lines of other steps and hosts in sight.
    var neighbors = 0
  }

  @Test(arguments: [
    (Size(columns: 112, rows: 36), Reading(answers: 49, decisions: 23, packets: 49, neighbors: 882)),
    (Size(columns: 111, rows: 36), Reading(answers: 49, decisions: 35, packets: 49, neighbors: 0)),
    (Size(columns: 84, rows: 36), Reading(answers: 49, decisions: 21, packets: 39, neighbors: 0)),
  ])
  func whatIsReadWithoutAKey(size: Size, expected: Reading) throws {
    let layout = try #require(Layout(size: size, view: .walk, focus: .decision))
    let native = try WeekFour.state()
    var reading = Reading()
    for state in [native, native.pressing([.function(2)])] {
      for number in state.itinerary.stops.indices {
        let shown = state.pressing([.home] + Array(repeating: .right, count: number))
        for pane in layout.panes { reading.count(shown, pane) }
      }
    }
    #expect(reading == expected)
  }
}

extension LayoutComparison.Reading {
  fileprivate mutating func count(_ state: InspectorState, _ pane: Layout.Pane) {
    let content = state.content(of: pane.id, columns: pane.area.columns - PaneContent.margin - 1)
    let all = content.items.flatMap(\.lines)
    let (lines, rows) = (all.count, pane.area.rows - 1)
    let winner = all.lastIndex { $0.spans.contains { $0.role == .winner } } ?? 0
    if pane.id == .decision, winner + 2 <= rows { answers += 1 }
    switch pane.id {
    case .decision where lines <= rows: decisions += 1
    case .packet where lines <= rows: packets += 1
    case .steps: neighbors += min(lines, rows) - 1
    default: break
    }
  }
}

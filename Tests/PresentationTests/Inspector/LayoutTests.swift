import Testing

@testable import Presentation

@Suite struct LayoutTests {
  @Test(arguments: ViewID.allCases) func nothingOverlapsAndAllIsInside(view: ViewID) throws {
    for columns in stride(from: 30, through: 220, by: 7) {
      for rows in stride(from: 8, through: 70, by: 3) {
        let size = Size(columns: columns, rows: rows)
        for focus in view.panes {
          let layout = try #require(Layout(size: size, view: view, focus: focus))
          let areas = [layout.title, layout.path, layout.status, layout.keyBar] + layout.panes.map(\.area)
          #expect(areas.allSatisfy { $0.isInside(size) }, "\(size) \(focus)")
          #expect(!areas.overlap, "\(size) \(focus)")
          #expect(layout.panes.contains { $0.id == focus }, "\(size) \(focus)")
        }
      }
    }
  }

  @Test(
    arguments: [
      (120, 36, [.steps, .decision, .packet, .table]),
      (100, 30, [.decision, .packet, .table]),
      (84, 40, [.decision, .packet, .table]),
      (80, 24, [.decision, .packet]),
      (60, 15, [.decision]),
    ] as [(Int, Int, [PaneID])])
  func panesByRoom(columns: Int, rows: Int, panes: [PaneID]) {
    let layout = Layout(size: Size(columns: columns, rows: rows), view: .walk, focus: .decision)
    #expect(layout?.panes.map(\.id) == panes)
  }

  @Test func panesStackUpToEightyFourColumns() throws {
    let layout = try #require(Layout(size: Size(columns: 84, rows: 30), view: .walk, focus: .packet))
    #expect(layout.panes.allSatisfy { $0.area.column == 0 && $0.area.columns == 84 })
  }

  @Test(arguments: [(1, 1), (29, 40), (200, 7)]) func tooSmall(columns: Int, rows: Int) {
    #expect(Layout(size: Size(columns: columns, rows: rows), view: .walk, focus: .decision) == nil)
  }
}

extension Rectangle {
  fileprivate func isInside(_ size: Size) -> Bool {
    column >= 0 && row >= 0 && endColumn <= size.columns && endRow <= size.rows
  }

  fileprivate func overlaps(_ other: Rectangle) -> Bool {
    !isEmpty && !other.isEmpty && column < other.endColumn && other.column < endColumn && row < other.endRow
      && other.row < endRow
  }
}

extension [Rectangle] {
  fileprivate var overlap: Bool {
    indices.contains { one in indices.contains { one < $0 && self[one].overlaps(self[$0]) } }
  }
}

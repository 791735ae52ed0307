import NetModel

extension InspectorState {
  /// The table that the current step rests on, under the walk.
  func tableContent(columns: Int) -> PaneContent {
    guard let table = stepTable else { return PaneContent(title: words.tables, items: []) }
    return rowsContent(.table, stack: table.stack, kind: table.kind, columns: columns)
  }

  /// The table that was chosen in the view of all tables.
  func tableRowsContent(columns: Int) -> PaneContent {
    guard let stack = tableHost else { return PaneContent(title: words.tables, items: []) }
    return rowsContent(.tableRows, stack: stack, kind: tableKind, columns: columns)
  }

  private func rowsContent(_ pane: PaneID, stack: StackID, kind: TableKind, columns: Int) -> PaneContent {
    let step = stepTable?.stack == stack ? stop?.step : nil
    let table = TablePane(stack: stack, kind: kind, snapshot: scene.snapshot, step: step)
    let rows = table.rows
    let selected = cursors[pane] ?? rows.marked ?? 0
    var items = rows.enumerated().map { index, row in
      item(row, isOpen: index == selected && focus == pane, columns: columns)
    }
    if items.isEmpty { items = [PaneContent.Item(StyledLine(words.empty, .dim))] }
    return PaneContent(
      title: "\(scene.snapshot.shortName(of: stack)): \(kind.rawValue)", items: items,
      selected: selected, marking: .withFocus)
  }

  /// One row; the selected one in full, the others as far as they fit.
  private func item(_ row: TableRow, isOpen: Bool, columns: Int) -> PaneContent.Item {
    let width = max(words.won.cellWidth, words.lost.cellWidth) + 1
    let (mark, role): (String, Style.Role) =
      switch row.mark {
      case .won: (words.won, .winner)
      case .lost: (words.lost, .loser)
      case nil: ("", .plain)
      }
    let text = visible(row.text)
    let lines = isOpen ? text.wrapped(columns: columns - width) : [text.shortened(columns: columns - width)]
    return PaneContent.Item(
      lines.enumerated().map { index, line in
        StyledLine((index == 0 ? mark : "").padded(columns: width), role).adding(line, role)
      })
  }

  func tableHostsContent(columns: Int) -> PaneContent {
    let hosts = tableHosts
    let names = hosts.map { visible(scene.snapshot.listName(of: $0)).shortened(columns: columns) }
    return PaneContent(
      title: words.hosts, items: names.map { PaneContent.Item(StyledLine($0)) },
      selected: tableHost.flatMap { hosts.firstIndex(of: $0) } ?? 0, marking: .always)
  }

  func tableKindsContent() -> PaneContent {
    PaneContent(
      title: words.tables, items: tableKinds.map { PaneContent.Item(StyledLine($0.rawValue)) },
      selected: tableKinds.firstIndex(of: tableKind) ?? 0, marking: .always)
  }
}

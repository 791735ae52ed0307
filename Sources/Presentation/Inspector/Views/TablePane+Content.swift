import NetModel

extension InspectorState {
  /// The table that the current step rests on, under the walk.
  func tableContent(columns: Int) -> PaneContent {
    guard let stack = tableHost else { return PaneContent(title: words.tables, items: []) }
    let kind = stop.map { TableKind($0.step) } ?? .routes
    let kinds = TableKind.kinds(of: stack, in: scene.snapshot)
    return rowsContent(.table, stack: stack, kind: kinds.contains(kind) ? kind : .routes, columns: columns)
  }

  /// The table that was chosen in the view of all tables.
  func tableRowsContent(columns: Int) -> PaneContent {
    guard let stack = tableHost else { return PaneContent(title: words.tables, items: []) }
    return rowsContent(.tableRows, stack: stack, kind: tableKind, columns: columns)
  }

  private func rowsContent(_ pane: PaneID, stack: StackID, kind: TableKind, columns: Int) -> PaneContent {
    let table = TablePane(stack: stack, kind: kind, snapshot: scene.snapshot, step: stop?.step)
    let width = max(words.won.cellWidth, words.lost.cellWidth) + 1
    var items = table.rows.map { row in
      let (mark, role): (String, Style.Role) =
        switch row.mark {
        case .won: (words.won, .winner)
        case .lost: (words.lost, .loser)
        case nil: ("", .plain)
        }
      return PaneContent.Item(StyledLine(mark.padded(columns: width), role).adding(row.text, role))
    }
    if items.isEmpty { items = [PaneContent.Item(StyledLine(words.empty, .dim))] }
    return PaneContent(
      title: "\(scene.snapshot.shortName(of: stack)): \(kind.rawValue)", items: items,
      selected: cursors[pane] ?? table.marked ?? 0, marking: .withFocus)
  }

  func tableHostsContent() -> PaneContent {
    let hosts = tableHosts
    return PaneContent(
      title: words.hosts, items: hosts.map { PaneContent.Item(StyledLine(scene.snapshot.listName(of: $0))) },
      selected: tableHost.flatMap { hosts.firstIndex(of: $0) } ?? 0, marking: .always)
  }

  func tableKindsContent() -> PaneContent {
    PaneContent(
      title: words.tables, items: tableKinds.map { PaneContent.Item(StyledLine($0.rawValue)) },
      selected: tableKinds.firstIndex(of: tableKind) ?? 0, marking: .always)
  }
}

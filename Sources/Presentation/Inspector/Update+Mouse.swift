extension InspectorState {
  /// A click focuses the pane under it and selects what it hits; on what is selected already it opens that.
  mutating func clicked(_ position: Frame.Position) -> [Effect] {
    guard overlay == nil, let pane = pane(at: position) else { return [] }
    let hasFocus = focus == pane.id
    focus = pane.id
    let content = content(of: pane.id, columns: pane.area.columns - PaneContent.margin)
    guard let item = content.item(inRow: position.row - pane.area.row - 1, of: pane.area.rows - 1) else {
      return []
    }
    if hasFocus, item == content.selected, content.marking != .never { return perform(.open) }
    moveCursor(by: item - (cursors[pane.id] ?? content.selected))
    return []
  }

  /// The wheel moves the selection of the pane under it.
  mutating func turned(_ offset: Int, at position: Frame.Position) -> [Effect] {
    if commandLine.isOpen {
      commandLine.scroll = max(0, commandLine.scroll - offset)
    } else if overlay == nil, let pane = pane(at: position) {
      focus = pane.id
      moveCursor(by: offset)
    }
    return []
  }

  private func pane(at position: Frame.Position) -> Layout.Pane? {
    Layout(size: screen, view: view, focus: focus, hasCommandLine: commandLine.isOpen)?.panes.first { pane in
      (pane.area.column..<pane.area.endColumn).contains(position.column)
        && (pane.area.row..<pane.area.endRow).contains(position.row)
    }
  }
}

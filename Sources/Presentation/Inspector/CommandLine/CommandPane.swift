import Console

extension InspectorState {
  /// What commands wrote, and under it the line that is typed.
  func drawCommandLine(on canvas: inout Canvas, in area: Rectangle) {
    guard !area.isEmpty, commandLine.isOpen else { return }
    let title = Rectangle(column: area.column, row: area.row, columns: area.columns, rows: 1)
    canvas.fill(title, with: glyphs.doubleHorizontal, style: Style(.border))
    canvas.put(
      " \(words.name(.commandLine)) ".shortened(columns: max(0, area.columns - 2)), column: 1, row: area.row,
      style: Style(.current))
    let hint = " \(words.commandHint) "
    if hint.cellWidth + 20 < area.columns {
      canvas.put(hint, column: area.endColumn - hint.cellWidth - 1, row: area.row, style: Style(.dim))
    }
    drawPrompt(on: &canvas, row: area.endRow - 1, columns: area.columns)
    let rows = area.rows - 2
    guard rows > 0 else { return }
    for (offset, line) in outputLines(rows: rows, columns: area.columns - 2).enumerated() {
      canvas.put(line, column: 1, row: area.row + 1 + offset, columns: area.columns - 2)
    }
  }

  /// The last lines of the log, or those further up that were scrolled to; possible completions come last.
  private func outputLines(rows: Int, columns: Int) -> [StyledLine] {
    let completions =
      commandLine.completions.isEmpty
      ? [] : commandLine.completions.joined(separator: "  ").wrapped(columns: columns)
    let choices = completions.prefix(max(1, rows / 2)).map { StyledLine(visible($0, limit: 2000), .key) }
    let room = rows - choices.count
    var lines: [StyledLine] = []
    for entry in log.entries.reversed() {
      lines = self.lines(of: entry, columns: columns) + lines
      if lines.count >= room + commandLine.scroll { break }
    }
    let scroll = min(commandLine.scroll, max(0, lines.count - room))
    return lines.dropLast(scroll).suffix(room) + choices
  }

  private func drawPrompt(on canvas: inout Canvas, row: Int, columns: Int) {
    let host = commandLine.host.map(scene.snapshot.shortName) ?? ""
    let sign = commandLine.running == nil ? "# " : "... "
    var column = canvas.put(
      visible(host).shortened(columns: max(0, columns / 3)) + sign, column: 1, row: row, style: Style(.key))
    var head = visible(commandLine.text.head, limit: 8000)
    while head.cellWidth >= max(1, columns - column - 1) { head.unicodeScalars.removeFirst() }
    column = canvas.put(head, column: column, row: row)
    let rest = String(commandLine.text.string.dropFirst(commandLine.text.head.count))
    canvas.put(visible(rest, limit: 8000), column: column, row: row, columns: max(0, columns - column))
    if overlay == nil { canvas.cursor = Frame.Position(column: column, row: row) }
  }
}

/// A list in a frame over the view: the choosers and the list of all actions.
struct ListBox {
  var title: String
  /// The line under the title: what was typed, or what the keys do.
  var prompt: StyledLine
  /// Sentences above the list; they make room first where there is little.
  var notes = ""
  var hint: String
  var rows: [StyledLine]
  var selected: Int
  /// Where typed text goes on in the prompt, in cells; `nil` where nothing is typed.
  var cursorColumn: Int?

  func draw(on canvas: inout Canvas, in screen: Rectangle, glyphs: Glyphs) {
    let widest = rows.map(\.cellWidth).max() ?? 0
    let wanted = max(widest + 6, title.cellWidth + 8, hint.cellWidth + 6, prompt.cellWidth + 6, 44)
    let width = min(wanted, screen.columns)
    let noteLines = Array(notes.wrapped(columns: width - 4).prefix(max(0, min(6, screen.rows - 14))))
    let box = screen.centered(columns: width, rows: min(rows.count + 5 + noteLines.count, screen.rows))
    guard box.columns >= 8, box.rows >= 5 else { return }
    canvas.fill(box)
    canvas.frame(box, glyphs: glyphs, isDouble: true, style: Style(.current))
    let inner = box.columns - 4
    put(StyledLine(" \(title) ", .title), row: box.row, in: box, on: &canvas)
    put(prompt, row: box.row + 1, in: box, on: &canvas)
    put(StyledLine(" \(hint) ".shortened(columns: inner), .dim), row: box.endRow - 1, in: box, on: &canvas)
    for (offset, line) in noteLines.enumerated() {
      put(StyledLine(line), row: box.row + 1 + offset, in: box, on: &canvas)
    }
    let room = box.rows - 4 - noteLines.count
    let chosen = min(max(0, selected), max(0, rows.count - 1))
    let first = min(max(0, chosen - room + 1), max(0, rows.count - room))
    for (offset, line) in rows.dropFirst(first).prefix(room).enumerated() {
      let isSelected = first + offset == chosen
      let row = box.row + 3 + noteLines.count + offset
      if isSelected { canvas.put(">", column: box.column + 2, row: row, columns: 1, style: Style(.current)) }
      canvas.put(line, column: box.column + 4, row: row, columns: inner - 2, isSelected: isSelected)
    }
    if let cursorColumn {
      canvas.cursor = Frame.Position(
        column: min(box.column + 2 + cursorColumn, box.endColumn - 2), row: box.row + 1)
    }
  }

  private func put(_ line: StyledLine, row: Int, in box: Rectangle, on canvas: inout Canvas) {
    canvas.put(line, column: box.column + 2, row: row, columns: box.columns - 4)
  }
}

extension InspectorState {
  func box(for overlay: Overlay) -> ListBox {
    switch overlay {
    case .help(let selected): helpBox(selected: selected)
    case .chooser(let chooser): chooserBox(chooser)
    }
  }

  private func chooserBox(_ chooser: Chooser) -> ListBox {
    let items = items(of: chooser)
    let kindWidth = items.map { words.kind($0.kind).cellWidth }.max() ?? 0
    let addressWidth = items.map { visible($0.address).cellWidth + 2 }.max() ?? 0
    let nameWidth = items.map { visible($0.name).cellWidth }.max() ?? 0
    let rows = items.map { item in
      StyledLine(words.kind(item.kind).padded(columns: kindWidth + 2), .dim)
        .adding(visible(item.address).padded(columns: addressWidth))
        .adding(visible(item.name).padded(columns: nameWidth + 2))
        .adding(item.detail, .dim)
    }
    let typed = visible(chooser.filter)
    return ListBox(
      title: words.choose(chooser.subject), prompt: StyledLine("/ ", .key).adding(typed),
      hint: words.filterHint, rows: rows.isEmpty ? [StyledLine(words.nothingFound, .dim)] : rows,
      selected: chooser.selected, cursorColumn: 2 + typed.cellWidth)
  }

  private func helpBox(selected: Int) -> ListBox {
    let actions = InspectorState.listedActions
    let keys = actions.map { keyMap.keys(of: $0).map(KeyTokens.name).joined(separator: " ") }
    let keyWidth = keys.map(\.cellWidth).max() ?? 0
    let rows = zip(actions, keys).map { action, keys in
      let line = StyledLine(keys.padded(columns: keyWidth + 2), .key)
      guard let reason = unavailability(of: action) else { return line.adding(words.help(action)) }
      return line.adding("\(words.help(action)): ", .dim).adding(words.reason(reason), .dim)
    }
    return ListBox(
      title: "\(words.title(view)) - \(words.actions)", prompt: StyledLine(),
      notes: words.explanation(of: view),
      hint: words.helpHint, rows: rows, selected: selected)
  }
}

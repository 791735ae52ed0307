/// What a pane shows, before it has a size: a title and items, each of one or more lines.
struct PaneContent {
  var title: String
  /// What stands at the right of the title.
  var detail = ""
  var items: [Item]
  /// The item that is kept in sight, and shown as selected where the pane has the focus.
  var selected = 0
  /// The selection is a choice of its own even without the focus (the current step).
  var alwaysShowsSelection = false

  struct Item {
    var lines: [StyledLine]

    init(_ lines: [StyledLine]) {
      self.lines = lines
    }

    init(_ line: StyledLine) {
      lines = [line]
    }

    /// A paragraph, broken at blanks.
    init(_ text: String, _ role: Style.Role = .plain, columns: Int, indent: Int = 0) {
      let blank = String(repeating: " ", count: indent)
      lines = text.wrapped(columns: columns - indent).map { StyledLine(blank + $0, role) }
    }
  }
}

extension PaneContent {
  /// The cells left of every line: the sign of the selection and a blank.
  static let margin = 2

  /// Draws title and items; what does not fit is left out so that the selected item stays in sight.
  func draw(on canvas: inout Canvas, in area: Rectangle, hasFocus: Bool, glyphs: Glyphs) {
    guard !area.isEmpty else { return }
    let rows = area.rows - 1
    let lines = items.enumerated().flatMap { index, item in item.lines.map { (index, $0) } }
    let chosen = min(max(0, selected), max(0, items.count - 1))
    let first = firstLine(of: lines.map(\.0), chosen: chosen, rows: rows)
    drawTitle(
      lines.count > rows && rows > 0 ? range(first, rows, lines.count) : "", on: &canvas, in: area, hasFocus,
      glyphs)
    for (offset, (index, line)) in lines.dropFirst(first).prefix(max(0, rows)).enumerated() {
      let row = area.row + 1 + offset
      let isSelected = index == chosen && (hasFocus || alwaysShowsSelection)
      if isSelected {
        canvas.put(">", column: area.column, row: row, columns: area.columns, style: Style(.current))
      }
      canvas.put(
        line, column: area.column + PaneContent.margin, row: row, columns: area.columns - PaneContent.margin,
        isSelected: isSelected && hasFocus)
    }
  }

  private func range(_ first: Int, _ rows: Int, _ count: Int) -> String {
    "\(first + 1)-\(min(first + rows, count))/\(count)"
  }

  /// The first line to show: as early as possible with all of the chosen item in sight.
  private func firstLine(of indices: [Int], chosen: Int, rows: Int) -> Int {
    guard indices.count > rows, rows > 0, let start = indices.firstIndex(of: chosen),
      let end = indices.lastIndex(of: chosen)
    else { return 0 }
    // A line more than needed shows that the list goes on.
    let wanted = min(indices.count - 1, end + 1)
    return min(start, max(0, wanted - rows + 1))
  }

  private func drawTitle(
    _ range: String, on canvas: inout Canvas, in area: Rectangle, _ hasFocus: Bool, _ glyphs: Glyphs
  ) {
    let line = Rectangle(column: area.column, row: area.row, columns: area.columns, rows: 1)
    canvas.fill(line, with: hasFocus ? glyphs.doubleHorizontal : glyphs.horizontal, style: Style(.border))
    let name = " \(title) ".shortened(columns: max(0, area.columns - 4))
    let style = Style(hasFocus ? .current : .title)
    let behind = canvas.put(
      name, column: area.column + 1, row: area.row, columns: area.columns - 1, style: style)
    let right = [detail, range].filter { !$0.isEmpty }.joined(separator: "  ")
    guard !right.isEmpty, area.endColumn - behind >= right.cellWidth + 4 else { return }
    canvas.put(
      " \(right) ", column: area.endColumn - right.cellWidth - 3, row: area.row, columns: right.cellWidth + 2,
      style: Style(.dim))
  }
}

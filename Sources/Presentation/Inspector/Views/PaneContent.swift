/// What a pane shows, before it has a size: a title and items, each of one or more lines.
struct PaneContent {
  var title: String
  /// What stands at the right of the title.
  var detail = ""
  var items: [Item]
  /// The item that is kept in sight; it is shown as selected where the pane has the focus.
  var selected = 0
  /// Whether the selected item bears a sign.
  var marking = Marking.never

  enum Marking {
    /// Nothing was selected by hand yet.
    case never
    /// Selected for as long as the pane has the focus.
    case withFocus
    /// A choice of its own, such as the current step.
    case always
  }

  struct Item {
    var lines: [StyledLine]
    /// How many of the first lines are a heading, which the selection leaves out.
    var headingLines = 0

    init(_ lines: [StyledLine], headingLines: Int = 0) {
      self.lines = lines
      self.headingLines = headingLines
    }

    init(_ line: StyledLine) {
      lines = [line]
    }

    /// A paragraph, broken at blanks.
    init(_ text: String, _ role: Style.Role = .plain, columns: Int) {
      lines = text.wrapped(columns: columns).map { StyledLine($0, role) }
    }
  }
}

extension PaneContent {
  /// The cells left of every line: the sign of the selection and a blank.
  static let margin = 2

  /// A line of an item, as it is drawn.
  private struct Line {
    var item: Int
    var isHeading: Bool
    var line: StyledLine
  }

  /// Draws title and items; what does not fit is left out so that the selected item stays in sight.
  func draw(on canvas: inout Canvas, in area: Rectangle, hasFocus: Bool, glyphs: Glyphs) {
    guard !area.isEmpty else { return }
    let rows = area.rows - 1
    let lines = lines(rows: rows)
    let chosen = min(max(0, selected), max(0, items.count - 1))
    let first = firstLine(of: lines.map(\.item), chosen: chosen, rows: rows)
    let isCut = lines.count > rows && rows > 0
    let range = isCut ? "\(first + 1)-\(first + rows)/\(lines.count)" : ""
    drawTitle(range, on: &canvas, in: area, hasFocus, glyphs)
    let isMarked = marking == .always || (marking == .withFocus && hasFocus)
    for (offset, line) in lines.dropFirst(first).prefix(max(0, rows)).enumerated() {
      let isSelected = isMarked && line.item == chosen && !line.isHeading
      draw(line.line, isSelected, on: &canvas, in: area, row: area.row + 1 + offset, hasFocus)
    }
  }

  /// The item that stands in a row of the pane, from 0 below its title; `nil` where none does.
  func item(inRow row: Int, of rows: Int) -> Int? {
    let lines = lines(rows: rows)
    let chosen = min(max(0, selected), max(0, items.count - 1))
    let index = firstLine(of: lines.map(\.item), chosen: chosen, rows: rows) + row
    return row >= 0 && row < rows && lines.indices.contains(index) ? lines[index].item : nil
  }

  private func draw(
    _ line: StyledLine, _ isSelected: Bool, on canvas: inout Canvas, in area: Rectangle, row: Int,
    _ hasFocus: Bool
  ) {
    if isSelected {
      canvas.put(">", column: area.column, row: row, columns: area.columns, style: Style(.current))
    }
    canvas.put(
      line, column: area.column + PaneContent.margin, row: row, columns: area.columns - PaneContent.margin,
      isSelected: isSelected && hasFocus)
  }

  /// All lines in order; the empty ones only where there is room for them.
  private func lines(rows: Int) -> [Line] {
    let all = items.enumerated().flatMap { index, item in
      item.lines.enumerated().map { Line(item: index, isHeading: $0 < item.headingLines, line: $1) }
    }
    return all.count <= rows ? all : all.filter { !$0.line.spans.isEmpty }
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
    let name = " \(title) ".shortened(columns: max(0, area.columns - 2))
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

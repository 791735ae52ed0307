/// A frame in the making: text goes where it is put, and nothing goes outside.
package struct Canvas: Sendable {
  package let size: Size
  private var cells: [Cell]
  package var cursor: Frame.Position?

  package init(size: Size) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    cells = Array(repeating: .blank, count: self.size.columns * self.size.rows)
  }

  /// The frame as drawn so far; a cursor outside is hidden.
  package var frame: Frame {
    let shown = cursor.flatMap { position in
      (0..<size.columns).contains(position.column) && (0..<size.rows).contains(position.row) ? position : nil
    }
    return Frame(size: size, cells: cells, cursor: shown)
  }

  /// Writes `text` from (`column`, `row`) on into at most `columns` cells; the column behind it.
  ///
  /// What does not fit is left out; a wide character is written whole or not at all. Characters that a
  /// terminal cannot show are made visible.
  @discardableResult
  package mutating func put(
    _ text: String, column: Int, row: Int, columns: Int = .max, style: Style = .plain
  ) -> Int {
    let limit = min(size.columns, columns == .max ? .max : column + columns)
    var position = column
    guard row >= 0, row < size.rows else { return position }
    if let ascii = text.printableASCII {
      for byte in ascii {
        guard position < limit else { return position }
        if position >= 0 { set(Cell(Unicode.Scalar(byte), style: style), column: position, row: row) }
        position += 1
      }
      return position
    }
    var previous: Int?
    for scalar in visible(text, limit: 1000).unicodeScalars {
      let width = scalar.cellWidth
      if width == 0 {
        if let previous { mark(scalar, column: previous, row: row) }
        continue
      }
      guard position + width <= limit else { return position }
      if position >= 0 {
        setCharacter(scalar, width: width, column: position, row: row, style: style)
        previous = position
      }
      position += width
    }
    return position
  }

  /// Writes a line of several styles; the column behind it.
  @discardableResult
  package mutating func put(
    _ line: StyledLine, column: Int, row: Int, columns: Int = .max, isSelected: Bool = false
  ) -> Int {
    let end = columns == .max ? Int.max : column + columns
    var position = column
    for span in line.spans {
      guard position < end else { break }
      let style = Style(span.role, isSelected: isSelected)
      let wanted = position + span.text.cellWidth
      let room = end == .max ? Int.max : end - position
      position = put(span.text, column: position, row: row, columns: room, style: style)
      if position < wanted { break }
    }
    return position
  }

  /// Fills a part of the screen with one narrow character.
  package mutating func fill(_ area: Rectangle, with character: Character = " ", style: Style = .plain) {
    guard let scalar = character.unicodeScalars.first else { return }
    for row in max(0, area.row)..<max(max(0, area.row), min(size.rows, area.endRow)) {
      for column in max(0, area.column)..<max(max(0, area.column), min(size.columns, area.endColumn)) {
        set(Cell(scalar, style: style), column: column, row: row)
      }
    }
  }

  /// Draws a frame on the outermost cells of `area`.
  package mutating func frame(
    _ area: Rectangle, glyphs: Glyphs, isDouble: Bool = false, style: Style = Style(.border)
  ) {
    guard area.columns >= 2, area.rows >= 2 else { return }
    let horizontal = isDouble ? glyphs.doubleHorizontal : glyphs.horizontal
    let vertical = isDouble ? glyphs.doubleVertical : glyphs.vertical
    let right = area.endColumn - 1
    let bottom = area.endRow - 1
    for row in [area.row, bottom] {
      fill(
        Rectangle(column: area.column, row: row, columns: area.columns, rows: 1), with: horizontal,
        style: style)
    }
    for column in [area.column, right] {
      fill(
        Rectangle(column: column, row: area.row, columns: 1, rows: area.rows), with: vertical, style: style)
    }
    let corners: [(Character, Character, Int, Int)] = [
      (glyphs.topLeft, glyphs.doubleTopLeft, area.column, area.row),
      (glyphs.topRight, glyphs.doubleTopRight, right, area.row),
      (glyphs.bottomLeft, glyphs.doubleBottomLeft, area.column, bottom),
      (glyphs.bottomRight, glyphs.doubleBottomRight, right, bottom),
    ]
    for (single, double, column, row) in corners {
      put(String(isDouble ? double : single), column: column, row: row, style: style)
    }
  }

  private mutating func setCharacter(
    _ scalar: Unicode.Scalar, width: Int, column: Int, row: Int, style: Style
  ) {
    set(Cell(scalar, style: style), column: column, row: row)
    if width == 2 { set(Cell(Cell.continuation, style: style), column: column + 1, row: row, joins: true) }
  }

  /// Replaces a cell; the other half of a wide character that it belonged to becomes blank.
  private mutating func set(_ cell: Cell, column: Int, row: Int, joins: Bool = false) {
    let index = row * size.columns + column
    if cells[index].scalar == Cell.continuation, !joins, column > 0 {
      cells[index - 1] = Cell(" ", style: cells[index - 1].style)
    }
    if column + 1 < size.columns, cells[index + 1].scalar == Cell.continuation {
      cells[index + 1] = Cell(" ", style: cells[index + 1].style)
    }
    cells[index] = cell
  }

  private mutating func mark(_ scalar: Unicode.Scalar, column: Int, row: Int) {
    let index = row * size.columns + column
    if cells[index].marks.count < 4 { cells[index].marks.append(scalar) }
  }
}

extension String {
  /// The bytes of a text of printable ASCII characters; `nil` for any other.
  fileprivate var printableASCII: UTF8View? {
    utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } ? utf8 : nil
  }
}

extension Frame {
  /// The characters of the frame without styles, a line for each row, trailing blanks included.
  package var text: String {
    var result = String.UnicodeScalarView()
    for row in 0..<size.rows {
      for cell in cells[(row * size.columns)..<((row + 1) * size.columns)]
      where cell.scalar != Cell.continuation {
        result.append(cell.scalar)
        result.append(contentsOf: cell.marks)
      }
      result.append("\n")
    }
    return String(result)
  }
}

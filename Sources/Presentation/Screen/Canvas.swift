/// A frame in the making: text goes where it is put, and nothing goes outside.
package struct Canvas: Sendable {
  package let size: Size
  private var cells: [Cell]
  private var marks: [Int: [Unicode.Scalar]] = [:]
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
    return Frame(size: size, cells: cells, marks: marks, cursor: shown)
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
    let end = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.isPrintableASCII ? putASCII(bytes, from: column, to: limit, row: row, style: style) : nil
    }
    if let end = end ?? nil { return end }
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
      replace(from: area.column, to: area.endColumn, row: row) { _ in Cell(scalar, style: style) }
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

  /// Writes printable ASCII into the cells from `column` up to `limit`; the column behind it.
  private mutating func putASCII(
    _ bytes: UnsafeBufferPointer<UInt8>, from column: Int, to limit: Int, row: Int, style: Style
  ) -> Int {
    let end = max(column, min(limit, column + bytes.count))
    replace(from: column, to: end, row: row) { Cell(Unicode.Scalar(bytes[$0 - column]), style: style) }
    return end
  }

  private mutating func setCharacter(
    _ scalar: Unicode.Scalar, width: Int, column: Int, row: Int, style: Style
  ) {
    replace(from: column, to: column + width, row: row) {
      Cell($0 == column ? scalar : Cell.continuation, style: style)
    }
  }

  /// Replaces the cells of a row from `start` up to `end`, as far as they are on the screen.
  ///
  /// Half of a wide character that would be left on either side becomes blank.
  private mutating func replace(from start: Int, to end: Int, row: Int, by cell: (_ column: Int) -> Cell) {
    let columns = max(0, start)..<max(max(0, start), min(size.columns, end))
    guard !columns.isEmpty else { return }
    let base = row * size.columns
    if columns.lowerBound > 0, cells[base + columns.lowerBound].scalar == Cell.continuation {
      cells[base + columns.lowerBound - 1].scalar = " "
    }
    if columns.upperBound < size.columns, cells[base + columns.upperBound].scalar == Cell.continuation {
      cells[base + columns.upperBound].scalar = " "
    }
    for column in columns {
      cells[base + column] = cell(column)
      if !marks.isEmpty { marks[base + column] = nil }
    }
  }

  private mutating func mark(_ scalar: Unicode.Scalar, column: Int, row: Int) {
    let index = row * size.columns + column
    if marks[index, default: []].count < 4 { marks[index, default: []].append(scalar) }
  }
}

extension Frame {
  /// The characters of the frame without styles, a line for each row, trailing blanks included.
  package var text: String {
    var result = String.UnicodeScalarView()
    for row in 0..<size.rows {
      for index in row * size.columns..<(row + 1) * size.columns
      where cells[index].scalar != Cell.continuation {
        result.append(cells[index].scalar)
        result.append(contentsOf: marks[index] ?? [])
      }
      result.append("\n")
    }
    return String(result)
  }
}

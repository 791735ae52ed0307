/// A part of the screen, in cells from the top left.
package struct Rectangle: Hashable, Sendable {
  package var column: Int
  package var row: Int
  package var columns: Int
  package var rows: Int

  package init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  package init(_ size: Size) {
    self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
  }

  package var isEmpty: Bool { columns == 0 || rows == 0 }

  /// The column behind the last one.
  package var endColumn: Int { column + columns }

  /// The row below the last one.
  package var endRow: Int { row + rows }

  /// The first `count` rows and what is left below them.
  package func splitTop(_ count: Int) -> (top: Rectangle, rest: Rectangle) {
    let height = min(max(0, count), rows)
    return (
      Rectangle(column: column, row: row, columns: columns, rows: height),
      Rectangle(column: column, row: row + height, columns: columns, rows: rows - height)
    )
  }

  /// What is above the last `count` rows, and these.
  package func splitBottom(_ count: Int) -> (rest: Rectangle, bottom: Rectangle) {
    let split = splitTop(rows - min(max(0, count), rows))
    return (split.top, split.rest)
  }

  /// The first `count` columns and what is right of them behind `gap` free ones.
  package func splitLeft(_ count: Int, gap: Int = 0) -> (left: Rectangle, rest: Rectangle) {
    let width = min(max(0, count), columns)
    let skipped = min(gap, columns - width)
    return (
      Rectangle(column: column, row: row, columns: width, rows: rows),
      Rectangle(column: column + width + skipped, row: row, columns: columns - width - skipped, rows: rows)
    )
  }

  /// The rectangle of at most that size in the middle of this one.
  package func centered(columns wantedColumns: Int, rows wantedRows: Int) -> Rectangle {
    let width = min(wantedColumns, columns)
    let height = min(wantedRows, rows)
    return Rectangle(
      column: column + (columns - width) / 2, row: row + (rows - height) / 2, columns: width, rows: height)
  }
}

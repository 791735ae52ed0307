/// The size of a screen or a part of it, in cells.
package struct Size: Hashable, Sendable {
  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// One character cell of a frame.
package struct Cell: Hashable, Sendable {
  /// The character; for the right half of a wide character, `Cell.continuation`.
  package var scalar: Unicode.Scalar
  package var style: Style

  package init(_ scalar: Unicode.Scalar, style: Style = .plain) {
    self.scalar = scalar
    self.style = style
  }

  /// What stands in the right half of a wide character.
  package static var continuation: Unicode.Scalar { "\0" }

  package static let blank = Cell(" ")
}

/// What a cell means; the backend turns meanings into the terminal's attributes.
package struct Style: Hashable, Sendable {
  package var role: Role
  /// The cell belongs to the selection of the focused pane.
  package var isSelected: Bool

  package init(_ role: Role, isSelected: Bool = false) {
    self.role = role
    self.isSelected = isSelected
  }

  package static let plain = Style(.plain)

  /// Meanings, never hues: without colours each still differs by a word, a sign, bold or reverse.
  package enum Role: UInt8, Hashable, Sendable, CaseIterable {
    case plain
    /// Frames and separators.
    case border
    case title
    /// Labels, grounds, what is said aside.
    case dim
    /// What this step changed.
    case changed
    /// The entry that decided.
    case winner
    case loser
    /// A drop, a dead end, an error.
    case failure
    /// Delivered, done.
    case success
    /// Inside a tunnel.
    case tunnel
    /// The current step or place.
    case current
    /// A key in the key bar.
    case key
    case statusBar
  }
}

/// A whole screen, ready to be shown.
package struct Frame: Hashable, Sendable {
  package var size: Size
  /// Row by row from the top left; `size.columns * size.rows` cells.
  package var cells: [Cell]
  /// Zero-width marks on characters, at most four each, by the index of the cell.
  package var marks: [Int: [Unicode.Scalar]]
  /// Where the cursor stands; `nil` hides it.
  package var cursor: Position?

  package init(
    size: Size, cells: [Cell], marks: [Int: [Unicode.Scalar]] = [:], cursor: Position? = nil
  ) {
    precondition(cells.count == size.columns * size.rows, "\(cells.count) cells for \(size)")
    self.size = size
    self.cells = cells
    self.marks = marks
    self.cursor = cursor
  }

  /// A column and a row, from 0.
  package struct Position: Hashable, Sendable {
    package var column: Int
    package var row: Int

    package init(column: Int, row: Int) {
      self.column = column
      self.row = row
    }
  }
}

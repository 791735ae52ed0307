import CCurses
import Presentation

/// Turns a row of a frame into cells for the terminal that keep their columns, whatever they hold.
struct RowEncoder {
  let depth: ColorDepth
  let charset: Charset
  /// The columns that the terminal's library gives a character: 0, 1, 2, or -1 for what it cannot show.
  let width: (Unicode.Scalar) -> Int

  /// One cell for each character: a wide one stands for its continuation, too.
  ///
  /// `marks` lie on characters by the indices of `row`.
  func encode(_ row: ArraySlice<Cell>, marks: [Int: [Unicode.Scalar]] = [:]) -> [cc_cell] {
    var encoded: [cc_cell] = []
    encoded.reserveCapacity(row.count)
    var column = row.startIndex
    var look = row.first.map { Look($0.style, depth: depth) }
    while column < row.endIndex {
      let isWide = column + 1 < row.endIndex && row[column + 1].scalar == Cell.continuation
      if look?.style != row[column].style { look = Look(row[column].style, depth: depth) }
      if let look {
        append(row[column].scalar, marks[column] ?? [], columns: isWide ? 2 : 1, look, to: &encoded)
      }
      column += isWide ? 2 : 1
    }
    return encoded
  }

  /// A style and an empty cell that has it; neighbors mostly share theirs.
  private struct Look {
    let style: Style
    var cell = cc_cell()

    init(_ style: Style, depth: ColorDepth) {
      self.style = style
      let rendition = Palette.rendition(of: style, depth: depth)
      cell.attributes = rendition.attributes.rawValue
      cell.color = rendition.foreground == nil ? 0 : Int32(style.role.rawValue) + 1
    }
  }

  private func append(
    _ scalar: Unicode.Scalar, _ marks: [Unicode.Scalar], columns: Int, _ look: Look,
    to encoded: inout [cc_cell]
  ) {
    if canShow(scalar, columns: columns) {
      encoded.append(terminalCell(scalar, marks: marks, look))
      return
    }
    // A lone continuation is half of a character that was cut.
    let substitute: Unicode.Scalar = scalar == Cell.continuation ? " " : "?"
    encoded.append(terminalCell(substitute, marks: [], look))
    if columns == 2 { encoded.append(terminalCell(" ", marks: [], look)) }
  }

  /// Whether the terminal will fill as many columns as the frame left for the character.
  private func canShow(_ scalar: Unicode.Scalar, columns: Int) -> Bool {
    if scalar.isASCII { return columns == 1 && (0x20..<0x7F).contains(scalar.value) }
    return charset == .unicode && width(scalar) == columns
  }

  private func terminalCell(_ scalar: Unicode.Scalar, marks: [Unicode.Scalar], _ look: Look) -> cc_cell {
    var cell = look.cell
    cell.text.0 = scalar.value
    guard !marks.isEmpty, charset == .unicode else { return cell }
    let values = marks.lazy.filter { width($0) == 0 }.map(\.value) + [0, 0, 0, 0]
    (cell.text.1, cell.text.2, cell.text.3, cell.text.4) = (values[0], values[1], values[2], values[3])
    return cell
  }
}

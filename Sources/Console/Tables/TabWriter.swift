/// Lays out text whose cells end in tabs in columns, as Go's `text/tabwriter` does for left-aligned cells that
/// are padded with blanks.
///
/// A column is as wide as its widest cell of neighboring lines; it ends with the first line that lacks a cell
/// there. What follows the last tab of a line is no cell and takes no part.
///
/// Source: Go `src/text/tabwriter/tabwriter.go`; `github.com/liggitt/tabwriter` for remembered widths.
package struct TabWriter: Sendable {
  private let minimumWidth: Int
  private let padding: Int
  private let remembersWidths: Bool
  /// The widths that former texts took, from the first column on.
  private var remembered: [Int] = []

  /// - Parameters:
  ///   - minimumWidth: of a cell with its padding, in characters.
  ///   - padding: how many characters are added to the widest cell.
  ///   - remembersWidths: columns are never narrower than in the texts before.
  package init(minimumWidth: Int, padding: Int, remembersWidths: Bool = false) {
    self.minimumWidth = minimumWidth
    self.padding = padding
    self.remembersWidths = remembersWidths
  }

  /// The text with its cells in columns; its last line need not end in a newline.
  package mutating func format(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false)
    }
    let endsInNewline = lines.last?.count == 1 && lines.last?[0].isEmpty == true
    if endsInNewline { lines.removeLast() }
    var output = ""
    layOut(lines[...], widths: [], into: &output)
    if !endsInNewline, !output.isEmpty { output.removeLast() }
    return output
  }

  /// The rows in columns, each row with a tab behind every cell but the last.
  package mutating func format(rows: [[String]]) -> String {
    format(rows.map { $0.joined(separator: "\t") + "\n" }.joined())
  }

  /// Writes lines whose first columns have the given widths.
  private mutating func layOut(_ lines: ArraySlice<[Substring]>, widths: [Int], into output: inout String) {
    let column = widths.count
    var unwritten = lines.startIndex
    while let start = lines[unwritten...].firstIndex(where: { $0.hasCell(column) }) {
      write(lines[unwritten..<start], widths: widths, into: &output)
      let end = lines[start...].firstIndex { !$0.hasCell(column) } ?? lines.endIndex
      let width = width(of: lines[start..<end], column: column)
      layOut(lines[start..<end], widths: widths + [width], into: &output)
      unwritten = end
    }
    write(lines[unwritten...], widths: widths, into: &output)
  }

  private mutating func width(of lines: ArraySlice<[Substring]>, column: Int) -> Int {
    let widest = lines.map { $0[column].unicodeScalars.count + padding }.max() ?? 0
    let width = max(minimumWidth, widest)
    guard remembersWidths else { return width }
    if remembered.count == column { remembered.append(width) }
    remembered[column] = max(remembered[column], width)
    return remembered[column]
  }

  private func write(_ lines: ArraySlice<[Substring]>, widths: [Int], into output: inout String) {
    for line in lines {
      for (column, cell) in line.enumerated() {
        output += cell
        guard column < widths.count else { continue }
        output += String(repeating: " ", count: max(0, widths[column] - cell.unicodeScalars.count))
      }
      output += "\n"
    }
  }
}

extension [Substring] {
  /// True where a tab ends the line's cell of that column.
  fileprivate func hasCell(_ column: Int) -> Bool { column < count - 1 }
}

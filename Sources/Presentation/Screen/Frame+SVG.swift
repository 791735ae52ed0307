extension Frame {
  /// The frame as an SVG image in a monospaced font, on a dark ground.
  ///
  /// Source: W3C, Scalable Vector Graphics 2.
  package var svg: String {
    let (width, height) = (size.columns * cellWidth + 2 * margin, size.rows * cellHeight + 2 * margin)
    let head = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" font-family="monospace" font-size="14" xml:space="preserve">
      <rect width="100%" height="100%" fill="#16181d"/>

      """
    return head + (0..<size.rows).map(svgRow).joined() + "</svg>\n"
  }

  private func svgRow(_ row: Int) -> String {
    runs(ofRow: row).map { run in
      let (x, y) = (margin + run.column * cellWidth, margin + row * cellHeight)
      let look = run.style.svgLook
      let ground =
        look.ground.map {
          "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(run.columns * cellWidth)\" height=\"\(cellHeight)\""
            + " fill=\"\($0)\"/>"
        } ?? ""
      guard run.text.contains(where: { $0 != " " }) else { return ground.isEmpty ? "" : ground + "\n" }
      let weight = look.isBold ? " font-weight=\"bold\"" : ""
      return ground
        + "<text x=\"\(x)\" y=\"\(y + baseline)\" textLength=\"\(run.columns * cellWidth)\""
        + " fill=\"\(look.color)\"\(weight)>\(xmlEscaped(run.text))</text>\n"
    }.joined()
  }

  private struct Run {
    var column: Int
    var columns = 0
    var text = ""
    var style: Style
  }

  /// The row in pieces of one style each.
  private func runs(ofRow row: Int) -> [Run] {
    var runs: [Run] = []
    for column in 0..<size.columns {
      let index = row * size.columns + column
      let cell = cells[index]
      if runs.last?.style != cell.style { runs.append(Run(column: column, style: cell.style)) }
      runs[runs.count - 1].columns += 1
      guard cell.scalar != Cell.continuation else { continue }
      runs[runs.count - 1].text.unicodeScalars.append(cell.scalar)
      runs[runs.count - 1].text.unicodeScalars.append(contentsOf: marks[index] ?? [])
    }
    return runs
  }
}

/// Pixels of a cell and around the screen.
private let cellWidth = 9
private let cellHeight = 19
private let baseline = 14
private let margin = 8

private func xmlEscaped(_ text: String) -> String {
  text.map { character in
    switch character {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    default: String(character)
    }
  }.joined()
}

extension Style {
  fileprivate struct Look {
    var color: String
    var ground: String?
    var isBold = false
  }

  fileprivate var svgLook: Look {
    var look = role.svgLook
    if isSelected { look.ground = "#3a4256" }
    return look
  }
}

extension Style.Role {
  fileprivate var svgLook: Style.Look {
    switch self {
    case .plain: Style.Look(color: "#d8dee9")
    case .border: Style.Look(color: "#5c6579")
    case .title: Style.Look(color: "#eceff4", isBold: true)
    case .dim, .loser: Style.Look(color: "#8a93a6")
    case .changed: Style.Look(color: "#ebcb8b", isBold: true)
    case .winner, .success: Style.Look(color: "#a3be8c", isBold: true)
    case .failure: Style.Look(color: "#ff7a85", isBold: true)
    case .tunnel: Style.Look(color: "#88c0d0")
    case .current: Style.Look(color: "#16181d", ground: "#d8dee9", isBold: true)
    case .key: Style.Look(color: "#ebcb8b")
    case .statusBar: Style.Look(color: "#d8dee9", ground: "#2b303b")
    }
  }
}

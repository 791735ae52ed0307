import NetModel
import PacketTrace

/// The path of hosts and wires with the packet on it.
struct PathPane {
  let stage: Stage
  /// The current step, from 0.
  let step: Int
  /// The answer's way: drawn from right to left, so that every place stays where it was.
  let isReply: Bool
  let glyphs: Glyphs
  let outcome: String

  /// Rows of the drawing with boxes; with fewer the path is one line.
  static let rows = 4

  private var location: Stage.Location { stage.location(of: step) }

  private var currentPlace: Int {
    switch location {
    case .place(let index), .link(let index): index
    }
  }

  func draw(on canvas: inout Canvas, in area: Rectangle) {
    guard !stage.places.isEmpty, !area.isEmpty else { return }
    if area.rows < PathPane.rows { drawLine(on: &canvas, in: area) } else { drawBoxes(on: &canvas, in: area) }
  }
}

// MARK: Boxes

extension PathPane {
  /// The order in which the places are drawn, from left to right.
  private var order: [Int] {
    isReply ? Array(stage.places.indices.reversed()) : Array(stage.places.indices)
  }

  /// The link between the drawn place at `position` and the next.
  private func link(behind position: Int) -> Int {
    isReply ? order[position] - 1 : order[position]
  }

  private func drawBoxes(on canvas: inout Canvas, in area: Rectangle) {
    let order = order
    let links = order.indices.dropLast().map { stage.links[link(behind: $0)] }
    let layout = StripLayout(
      texts: order.map { textWidth(of: $0) }, wishes: links.map(\.wish), shortest: links.map(\.shortest),
      current: order.firstIndex(of: currentPlace) ?? 0, columns: area.columns)
    for (index, position) in layout.shown.enumerated() {
      let span = layout.boxes[index]
      let box = Rectangle(column: area.column + span.column, row: area.row, columns: span.columns, rows: 3)
      drawPlace(order[position], in: box, padding: layout.padding, on: &canvas)
      if layout.links.indices.contains(index) {
        let span = layout.links[index]
        let gap = Rectangle(column: area.column + span.column, row: area.row, columns: span.columns, rows: 3)
        drawLink(link(behind: position), in: gap, on: &canvas)
      }
      if order[position] == stage.end { drawOutcome(under: box, in: area, on: &canvas) }
    }
    drawOmissions(layout, count: order.count, in: area, on: &canvas)
  }

  /// Signs at both ends where places were left out.
  private func drawOmissions(_ layout: StripLayout, count: Int, in area: Rectangle, on canvas: inout Canvas) {
    let row = area.row + PathPane.rows - 1
    if layout.shown.lowerBound > 0 {
      canvas.put("<\(layout.shown.lowerBound)", column: area.column, row: row, columns: 3, style: Style(.dim))
    }
    let right = count - layout.shown.upperBound
    if right > 0 {
      canvas.put("\(right)>", column: area.endColumn - 2, row: row, columns: 2, style: Style(.dim))
    }
  }

  private func textWidth(of index: Int) -> Int {
    max(stage.places[index].name.cellWidth + 1, content(of: index).cellWidth, stepsWidth(of: index))
  }

  /// A pod's address, or a machine's interfaces from left to right.
  private func content(of index: Int) -> String {
    let place = stage.places[index]
    if let address = place.address { return address.description }
    let ends = isReply ? [place.departure, place.arrival] : [place.arrival, place.departure]
    return ends.compactMap { $0?.shortInterface }.joined(separator: "  ")
  }

  private func stepsWidth(of index: Int) -> Int {
    let steps = stage.places[index].steps
    return steps.isEmpty ? 0 : max(steps.label.cellWidth, String(steps.upperBound).count + 2)
  }

  private func drawPlace(_ index: Int, in box: Rectangle, padding: Int, on canvas: inout Canvas) {
    let place = stage.places[index]
    let isCurrent = index == currentPlace
    let style = Style(isCurrent ? .current : place.isReached ? .border : .dim)
    if place.isReached {
      canvas.frame(box, glyphs: glyphs, isDouble: isCurrent, style: style)
    } else {
      drawDots(around: box, on: &canvas)
    }
    let inner = box.columns - 2
    let nameColumn = box.column + 1 + padding
    let name = padding > 0 ? "\(place.name) " : place.name
    if padding > 0 { canvas.put(" ", column: box.column + 1, row: box.row) }
    let nameStyle = Style(isCurrent ? .current : place.isReached ? .title : .dim)
    canvas.put(name, column: nameColumn, row: box.row, columns: inner - padding, style: nameStyle)
    drawContent(of: index, in: box, padding: padding, on: &canvas)
    let steps = location == .place(index) ? "[\(step + 1)]" : place.steps.label
    let stepStyle = Style(location == .place(index) ? .current : .dim)
    canvas.put(steps, column: nameColumn, row: box.row + 2, columns: inner - padding, style: stepStyle)
  }

  private func drawContent(of index: Int, in box: Rectangle, padding: Int, on canvas: inout Canvas) {
    let place = stage.places[index]
    let style = place.isReached ? Style.plain : Style(.dim)
    let width = box.columns - 2 - 2 * padding
    let column = box.column + 1 + padding
    guard place.address == nil else {
      canvas.put(content(of: index), column: column, row: box.row + 1, columns: width, style: style)
      return
    }
    let left = (isReply ? place.departure : place.arrival)?.shortInterface ?? ""
    let right = (isReply ? place.arrival : place.departure)?.shortInterface ?? ""
    canvas.put(left, column: column, row: box.row + 1, columns: width, style: style)
    canvas.put(
      right, column: column + width - right.cellWidth, row: box.row + 1, columns: right.cellWidth,
      style: style)
  }

  /// The frame of a place that the packet never came to.
  private func drawDots(around box: Rectangle, on canvas: inout Canvas) {
    for row in [box.row, box.endRow - 1] {
      for column in stride(from: box.column, to: box.endColumn, by: 2) {
        canvas.put(".", column: column, row: row, style: Style(.dim))
      }
    }
    canvas.put(":", column: box.column, row: box.row + 1, style: Style(.dim))
    canvas.put(":", column: box.endColumn - 1, row: box.row + 1, style: Style(.dim))
  }
}

// MARK: Links and the end

extension PathPane {
  private func drawLink(_ index: Int, in gap: Rectangle, on canvas: inout Canvas) {
    let link = stage.links[index]
    let style = Style(!link.isReached ? .dim : link.tunnel == nil ? .border : .tunnel)
    let line = lineCharacters(of: index, count: gap.columns)
    canvas.put(line, column: gap.column, row: gap.row + 1, columns: gap.columns, style: style)
    if location == .link(index) {
      let number = "[\(step + 1)]"
      let column = gap.column + (gap.columns - number.count) / 2
      canvas.put(number, column: column, row: gap.row + 1, columns: gap.columns, style: Style(.current))
    }
    if case .wire(let wire, let subnet) = link.kind {
      let name = subnet?.description ?? wire.name
      center(name, in: gap, row: gap.row, role: .dim, on: &canvas)
    }
    if let tunnel = link.tunnel {
      center(tunnel.rawValue.uppercased(), in: gap, row: gap.row + 2, role: .tunnel, on: &canvas)
    }
  }

  private func center(
    _ text: String, in gap: Rectangle, row: Int, role: Style.Role, on canvas: inout Canvas
  ) {
    guard text.cellWidth <= gap.columns else { return }
    let column = gap.column + (gap.columns - text.cellWidth) / 2
    canvas.put(text, column: column, row: row, columns: gap.columns, style: Style(role))
  }

  /// Solid where the packet has been, broken where it will go, dotted where it never comes.
  private func lineCharacters(of index: Int, count: Int) -> String {
    let link = stage.links[index]
    guard link.isReached else { return pattern(" .", count: count) }
    let solid = link.tunnel == nil ? glyphs.horizontal : glyphs.doubleHorizontal
    let isPassed = stage.places[index + 1].steps.lowerBound <= step || location == .link(index)
    let body = pattern(isPassed ? String(solid) : " \(link.tunnel == nil ? "-" : "=")", count: count - 1)
    return isReply ? "<" + body : body + ">"
  }

  private func pattern(_ unit: String, count: Int) -> String {
    String(String(repeating: unit, count: count / unit.count + 1).prefix(count))
  }

  private func drawOutcome(under box: Rectangle, in area: Rectangle, on canvas: inout Canvas) {
    guard let outcome = stage.outcome else { return }
    let isGood = outcome.disposition == .delivered
    var lead = String(glyphs.bottomLeft) + String(glyphs.horizontal)
    if let exit = stage.exit {
      let line = String(repeating: glyphs.horizontal, count: 2)
      lead += " \(exit.interface) \(line)> "
    } else {
      lead += " "
    }
    let target = stage.exit?.nextHop.map { " \($0)" } ?? ""
    let text = "\(outcome.disposition.rawValue)\(target)  \(self.outcome)"
    let room = max(lead.cellWidth + outcome.disposition.rawValue.count, area.endColumn - box.column - 2)
    let wanted = lead.cellWidth + text.cellWidth
    let column =
      wanted <= room ? box.column + 2 : max(area.column, min(box.column + 2, area.endColumn - wanted))
    let behind = canvas.put(
      lead, column: column, row: area.row + 3, columns: area.endColumn - column, style: Style(.border))
    canvas.put(
      text.shortened(columns: area.endColumn - behind), column: behind, row: area.row + 3,
      columns: area.endColumn - behind, style: Style(isGood ? .success : .failure))
  }
}

// MARK: One line

extension PathPane {
  private func drawLine(on canvas: inout Canvas, in area: Rectangle) {
    var line = StyledLine()
    let reached = order.filter { stage.places[$0].isReached }
    let isShort = stage.places.reduce(0) { $0 + $1.name.cellWidth + 4 } + 16 <= area.columns
    let order = isShort ? order : reached
    for (position, index) in order.enumerated() {
      let place = stage.places[index]
      let isCurrent = index == currentPlace
      let role: Style.Role = isCurrent ? .current : place.isReached ? .plain : .dim
      line = line.adding(isCurrent ? "[\(place.name)]" : place.name, role)
      guard position + 1 < order.count else { continue }
      let link = stage.links[isReply ? index - 1 : index]
      line = line.adding(link.sign(isReply: isReply), link.tunnel == nil ? .dim : .tunnel)
    }
    if let outcome = stage.outcome {
      let role: Style.Role = outcome.disposition == .delivered ? .success : .failure
      line = line.adding("  \(outcome.disposition.rawValue)", role)
    }
    canvas.put(line, column: area.column, row: area.row, columns: area.columns)
  }
}

extension Stage.Link {
  /// The cells that show the link with its name.
  fileprivate var wish: Int {
    if case .wire(let wire, let subnet) = kind {
      (subnet?.description ?? wire.name).cellWidth + 2
    } else {
      shortest + 2
    }
  }

  fileprivate var shortest: Int {
    if case .wire = kind { StripLayout.shortestLink } else { StripLayout.shortestVeth }
  }

  fileprivate func sign(isReply: Bool) -> String {
    guard isReached else { return " . " }
    let body = tunnel == nil ? "-" : "="
    return isReply ? " <\(body) " : " \(body)> "
  }
}

extension Range<Int> {
  /// The steps as a reader counts them, from 1.
  fileprivate var label: String {
    isEmpty ? "" : count == 1 ? "\(upperBound)" : "\(lowerBound + 1)-\(upperBound)"
  }
}

extension String {
  /// The name of an interface in few cells: `lxc` for the host side of any pod's veth.
  fileprivate var shortInterface: String {
    hasPrefix("lxc") ? "lxc" : shortened(columns: 9)
  }
}

import Console
import NetModel
import PacketTrace

/// Draws `state` for a terminal of `size` cells; reads nothing else.
package func view(_ state: InspectorState, size: Size) -> Frame {
  var canvas = Canvas(size: size)
  guard
    let layout = Layout(
      size: size, view: state.view, focus: state.focus, hasCommandLine: state.commandLine.isOpen)
  else {
    let words = state.words.tooSmall(size, needed: Layout.smallest)
    for (row, line) in words.wrapped(columns: size.columns).enumerated() {
      canvas.put(line, column: 0, row: row)
    }
    return canvas.frame
  }
  state.drawTitle(on: &canvas, in: layout.title)
  state.drawPath(on: &canvas, in: layout.path)
  state.drawPanes(layout.panes, on: &canvas)
  state.drawCommandLine(on: &canvas, in: layout.command)
  state.drawStatus(on: &canvas, in: layout.status)
  canvas.fill(layout.keyBar, style: Style(.statusBar))
  canvas.put(
    state.keyBarLine(columns: size.columns), column: 0, row: layout.keyBar.row, columns: size.columns)
  if let overlay = state.overlay {
    state.box(for: overlay).draw(on: &canvas, in: Rectangle(size), glyphs: state.glyphs)
  }
  return canvas.frame
}

extension InspectorState {
  /// The words of the frame around the views.
  var words: InspectorWords { InspectorWords(language) }

  fileprivate func drawTitle(on canvas: inout Canvas, in area: Rectangle) {
    canvas.fill(area, style: Style(.statusBar))
    let mode = scene.mode.map(words.name) ?? (scene.snapshot.agents.isEmpty ? words.none : words.mixed)
    // As wide in every mode: what is right of it stays where it is when the mode changes.
    let gap = String(repeating: " ", count: max(0, words.widestMode - mode.cellWidth))
    let lead = StyledLine(" ", .statusBar).adding("[\(mode)]", .current).adding(gap, .statusBar)
    let full = titleLine(lead, name: scene.snapshot.listName)
    let line = full.cellWidth <= area.columns ? full : titleLine(lead, name: scene.snapshot.shortName)
    canvas.put(
      line.trailing("packetwalk  \(visible(title)) ", .statusBar, columns: area.columns, gap: .statusBar),
      column: area.column, row: area.row, columns: area.columns)
  }

  private func titleLine(_ lead: StyledLine, name: (StackID) -> String) -> StyledLine {
    var line = lead.adding("  \(text(of: flow, name: name))", .statusBar)
    if scene.walk.paths.count > 1 {
      line = line.adding("  \(words.path(pathIndex + 1, of: scene.walk.paths.count))", .statusBar)
    }
    return isReply ? line.adding("  ", .statusBar).adding(words.reply, .current) : line
  }

  /// Who asks whom for what, in one line.
  func text(of flow: Flow, name: (StackID) -> String) -> String {
    let origin = visible(name(flow.origin))
    let target = targetName(of: flow, name).map { "\(visible($0)) " } ?? ""
    return switch flow.content {
    case .transport(let transport, let port):
      "\(origin) > \(target)\(flow.destination):\(port) \(transport == .tcp ? "tcp" : "udp")"
    case .echo: "\(origin) > \(target)\(flow.destination) icmp echo"
    }
  }

  /// The Service or the stack that the destination belongs to; `nil` for an address of neither.
  private func targetName(of flow: Flow, _ name: (StackID) -> String) -> String? {
    let services = scene.snapshot.agents.lazy.flatMap(\.datapath.services)
    if let entry = services.first(where: { $0.frontend.address == flow.destination }) {
      return entry.service.name
    }
    return scene.snapshot.owner(of: flow.destination).map(name)
  }

  fileprivate func drawPath(on canvas: inout Canvas, in area: Rectangle) {
    guard !area.isEmpty else { return }
    let reason = itinerary.outcome.map { language.phrasebook.reason($0.reason) } ?? ""
    let pane = PathPane(stage: stage, step: position, isReply: isReply, glyphs: glyphs, outcome: reason)
    pane.draw(
      on: &canvas, in: Rectangle(column: 1, row: area.row, columns: area.columns - 2, rows: area.rows))
  }

  /// The way of the packet, as far as it came and on to whom it was meant for.
  var stage: Stage {
    let target = path?.backend?.address ?? flow.destination
    let back = path?.hops.first?.steps.last?.after.innerIP?.source ?? flow.destination
    return Stage(itinerary, in: scene.snapshot, destination: isReply ? back : target)
  }

  fileprivate func drawPanes(_ panes: [Layout.Pane], on canvas: inout Canvas) {
    for pane in panes {
      let isLast = pane.area.endColumn == canvas.size.columns
      content(of: pane.id, columns: pane.area.columns - PaneContent.margin - (isLast ? 0 : 1))
        .draw(
          on: &canvas, in: pane.area,
          hasFocus: pane.id == focus && panes.count > 1 && !commandLine.isOpen, glyphs: glyphs)
      if pane.area.column > 0 { drawSeparator(leftOf: pane.area, on: &canvas) }
    }
  }

  /// The line between two panes that stand side by side.
  private func drawSeparator(leftOf area: Rectangle, on canvas: inout Canvas) {
    let line = Rectangle(column: area.column - 1, row: area.row, columns: 1, rows: area.rows)
    canvas.fill(line, with: glyphs.vertical, style: Style(.border))
    canvas.fill(line.splitTop(1).top, with: glyphs.horizontal, style: Style(.border))
  }

  /// What is typed or has just happened, or else what runs or what the current step does to the packet.
  fileprivate func drawStatus(on canvas: inout Canvas, in area: Rectangle) {
    if finder.isOpen { return drawFinder(on: &canvas, in: area) }
    let line = statusLine
    canvas.put(
      line.0.shortened(columns: area.columns - 2), column: 1, row: area.row, columns: area.columns - 2,
      style: Style(line.1))
  }

  private var statusLine: (String, Style.Role) {
    if let notice { return (words.sentence(notice), .title) }
    if let running = commandLine.running, !commandLine.isOpen {
      return (words.runs(CommandWords.line(running.words)), .title)
    }
    if !finder.text.characters.isEmpty { return ("/\(visible(finder.text.string))", .title) }
    let changes = stop.map { language.phrasebook.changes($0.step).joined(separator: "; ") } ?? ""
    return (changes.isEmpty ? "" : "\(words.changed): \(changes)", .changed)
  }

  private func drawFinder(on canvas: inout Canvas, in area: Rectangle) {
    canvas.put("/", column: 1, row: area.row, style: Style(.key))
    let end = canvas.put(
      visible(finder.text.head), column: 2, row: area.row, columns: max(0, area.columns - 4))
    canvas.put(
      visible(String(finder.text.string.dropFirst(finder.text.head.count))), column: end, row: area.row,
      columns: max(0, area.endColumn - end))
    canvas.cursor = Frame.Position(column: end, row: area.row)
  }

  /// What a pane shows in `columns` cells.
  func content(of pane: PaneID, columns: Int) -> PaneContent {
    switch pane {
    case .decision: decisionContent(columns: columns)
    case .packet: packetContent(columns: columns)
    case .table: tableContent(columns: columns)
    case .steps: stepsContent(columns: columns)
    case .tableHosts: tableHostsContent(columns: columns)
    case .tableKinds: tableKindsContent(columns: columns)
    case .tableRows: tableRowsContent(columns: columns)
    case .topology: topologyContent(columns: columns)
    case .comparison: comparisonContent(columns: columns)
    case .tableChanges: tableChangesContent(columns: columns)
    case .reach: reachContent(columns: columns)
    case .reachDetail: reachDetailContent(columns: columns)
    case .frames: framesContent(columns: columns)
    case .flows: flowsContent(columns: columns)
    case .log: logContent(columns: columns)
    case .fieldNote: fieldNoteContent(columns: columns)
    }
  }

  /// The packet after the current step: its fields or, in the walk, its bytes; in a view of its own every field.
  private func packetContent(columns: Int) -> PaneContent {
    guard let step = stop?.step else { return PaneContent(title: words.packet, items: []) }
    if view == .packet { return fieldsContent(step, columns: columns) }
    let fields = PacketPane(before: step.before, after: step.after, words: words, columns: columns)
    let bytes = BytesPane(before: step.before, after: step.after, words: words, columns: columns)
    return PaneContent(
      title: words.packet, detail: "\(step.after.length) \(words.bytes)",
      items: showsBytes ? bytes.items : fields.items, selected: cursors[.packet] ?? 0,
      marking: marking(of: .packet))
  }

  /// A pane to read shows its selection once it was moved.
  func marking(of pane: PaneID) -> PaneContent.Marking {
    cursors[pane] == nil ? .never : .withFocus
  }
}

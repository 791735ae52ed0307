import Console
import ControlPlane
import NetModel
import PacketTrace

extension InspectorState {
  /// The table that the current step rests on, under the walk.
  func tableContent(columns: Int) -> PaneContent {
    guard let table = stepTable else { return PaneContent(title: words.tables, items: []) }
    return rowsContent(.table, stack: table.stack, kind: table.kind, columns: columns)
  }

  /// The table that was chosen in the view of all tables.
  func tableRowsContent(columns: Int) -> PaneContent {
    guard let stack = tableHost else { return PaneContent(title: words.tables, items: []) }
    return rowsContent(.tableRows, stack: stack, kind: tableKind, columns: columns)
  }

  /// What the pane's rows are of; `nil` where it shows none.
  func table(of pane: PaneID) -> (stack: StackID, kind: TableKind)? {
    switch pane {
    case .table: stepTable
    case .tableRows: tableHost.map { ($0, tableKind) }
    default: nil
    }
  }

  /// The rows of a pane as they are shown: sorted, and those alone that hold what is searched.
  func shownRows(of pane: PaneID) -> [TableRow] {
    guard let table = table(of: pane) else { return [] }
    return rows(of: table).filtered(by: focus == pane ? finder.text.string : "").ordered(tableOrder)
  }

  private func rows(of table: (stack: StackID, kind: TableKind)) -> [TableRow] {
    let step = stepTable?.stack == table.stack ? stop?.step : nil
    let now = TablePane(
      stack: table.stack, kind: table.kind, snapshot: scene.snapshot, network: lab.network,
      connections: lab.traffic.connections)
    let then = TablePane(
      stack: table.stack, kind: table.kind, snapshot: base,
      network: opened?.network, connections: nil)
    return now.rows(step: step, before: then)
  }

  private func rowsContent(_ pane: PaneID, stack: StackID, kind: TableKind, columns: Int) -> PaneContent {
    let rows = shownRows(of: pane)
    let selected = cursors[pane] ?? rows.marked ?? 0
    var items = rows.enumerated().map { index, row in
      item(row, isOpen: index == selected && focus == pane, columns: columns)
    }
    if items.isEmpty { items = [PaneContent.Item(StyledLine(words.empty, .dim))] }
    return PaneContent(
      title: "\(scene.snapshot.shortName(of: stack)): \(kind.rawValue)",
      detail: words.order(tableOrder), items: items, selected: selected, marking: .withFocus)
  }

  /// One row; the selected one in full, the others as far as they fit.
  private func item(_ row: TableRow, isOpen: Bool, columns: Int) -> PaneContent.Item {
    let width = words.markWidth
    let (mark, role) = sign(of: row)
    let text = visible(row.text)
    let lines = isOpen ? text.wrapped(columns: columns - width) : [text.shortened(columns: columns - width)]
    return PaneContent.Item(
      lines.enumerated().map { index, line in
        StyledLine((index == 0 ? mark : "").padded(columns: width), role).adding(line, role)
      })
  }

  /// The word for what the step made of a row, else for what was done to it; a plus stands for both.
  private func sign(of row: TableRow) -> (String, Style.Role) {
    switch (row.mark, row.change) {
    case (.won, let change): ((change == nil ? "" : "+") + words.won, .winner)
    case (.lost, let change): ((change == nil ? "" : "+") + words.lost, .loser)
    case (nil, .new): (words.new, .changed)
    case (nil, .gone): (words.removed, .dim)
    case (nil, nil): ("", .plain)
    }
  }

  func tableHostsContent(columns: Int) -> PaneContent {
    let hosts = tableHosts
    let names = hosts.map { visible(scene.snapshot.listName(of: $0)).shortened(columns: columns) }
    return PaneContent(
      title: words.hosts, items: names.map { PaneContent.Item(StyledLine($0)) },
      selected: tableHost.flatMap { hosts.firstIndex(of: $0) } ?? 0, marking: .always)
  }

  func tableKindsContent(columns: Int) -> PaneContent {
    PaneContent(
      title: words.tables,
      items: tableKinds.map { PaneContent.Item(StyledLine($0.rawValue.shortened(columns: columns))) },
      selected: tableKinds.firstIndex(of: tableKind) ?? 0, marking: .always)
  }
}

extension [TableRow] {
  /// The rows that hold `text`, in upper case or lower.
  fileprivate func filtered(by text: String) -> [TableRow] {
    guard !text.isEmpty else { return self }
    let wanted = [text.lowercased(), KeyMap.latin(text).lowercased()]
    return filter { row in wanted.contains { row.text.lowercased().contains($0) } }
  }

  fileprivate func ordered(_ order: TableOrder) -> [TableRow] {
    switch order {
    case .asStored: self
    case .ascending: sorted { $0.text.sortsNaturally(before: $1.text) }
    case .descending: sorted { $1.text.sortsNaturally(before: $0.text) }
    }
  }
}

extension String {
  /// Digits count as the numbers that they make.
  func sortsNaturally(before other: String) -> Bool {
    let (mine, theirs) = (naturalParts, other.naturalParts)
    for (left, right) in zip(mine, theirs) where left != right {
      if let one = Int(left), let two = Int(right), one != two { return one < two }
      return left < right
    }
    return mine.count < theirs.count
  }

  private var naturalParts: [String] {
    var parts: [String] = []
    var isNumber = false
    for character in self {
      let isDigit = character.isASCII && character.isNumber
      if isDigit == isNumber, !parts.isEmpty {
        parts[parts.count - 1].append(character)
      } else {
        parts.append(String(character))
      }
      isNumber = isDigit
    }
    return parts
  }
}

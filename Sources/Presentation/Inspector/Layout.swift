/// Where everything stands on a screen: a pure function of size, view and focus.
package struct Layout: Hashable, Sendable {
  package var title: Rectangle
  package var path: Rectangle
  /// The panes that are shown, each with its title in the first row.
  package var panes: [Pane]
  /// The line for commands with what they wrote; empty while it is closed.
  package var command: Rectangle
  package var status: Rectangle
  package var keyBar: Rectangle

  package struct Pane: Hashable, Sendable {
    package var id: PaneID
    package var area: Rectangle
  }

  /// The smallest screen that shows more than its own size.
  package static let smallest = Size(columns: 30, rows: 8)
  /// Up to so many columns panes stand one below the other.
  static let widestStack = 84
  /// From so many columns on the list of steps has a column of its own.
  static let narrowestThreeColumns = 112
  /// Below so many rows or columns there is one pane at a time and the path is one line.
  static let fewestRowsForTwo = 20
  static let fewestColumnsForTwo = 64

  /// The layout of `view` with the focus on `focus`; `nil` where the screen is too small.
  package init?(size: Size, view: ViewID, focus: PaneID, hasCommandLine: Bool = false) {
    guard size.columns >= Layout.smallest.columns, size.rows >= Layout.smallest.rows else { return nil }
    let (title, belowTitle) = Rectangle(size).splitTop(1)
    let (aboveBar, keyBar) = belowTitle.splitBottom(1)
    let (middle, status) = aboveBar.splitBottom(1)
    let isSmall = size.rows < Layout.fewestRowsForTwo || size.columns < Layout.fewestColumnsForTwo
    let pathRows = view.showsPath ? (isSmall ? 1 : PathPane.rows) : 0
    let (path, rest) = middle.splitTop(pathRows)
    let commandRows = hasCommandLine ? (isSmall ? rest.rows : max(6, rest.rows * 2 / 5)) : 0
    let (body, command) = rest.splitBottom(commandRows)
    self.command = command
    self.title = title
    self.path = path
    self.status = status
    self.keyBar = keyBar
    panes = []
    if body.isEmpty { return }
    if isSmall {
      panes = [Pane(id: view.panes.contains(focus) ? focus : view.panes.first ?? focus, area: body)]
    } else {
      panes = Layout.panes(of: view, focus: focus, in: body)
    }
  }

  private static func panes(of view: ViewID, focus: PaneID, in body: Rectangle) -> [Pane] {
    switch view {
    case .walk where body.columns <= widestStack: stack(focus: focus, in: body)
    case .walk: columns(focus: focus, in: body)
    case .tables: tables(in: body)
    case .packet: packet(in: body)
    case .compare: compare(in: body)
    case .reach: above(.reach, .reachDetail, rows: max(5, min(10, body.rows / 3)), in: body)
    case .capture: above(.frames, .flows, rows: body.rows * 2 / 5, in: body)
    default: view.panes.map { Pane(id: $0, area: body) }
    }
  }

  /// The decision above one other pane, or two where there are rows for them.
  private static func stack(focus: PaneID, in body: Rectangle) -> [Pane] {
    let companion: PaneID = focus == .decision ? .packet : focus
    if body.rows < 28 {
      let (top, bottom) = body.splitTop((body.rows + 1) / 2)
      return [Pane(id: .decision, area: top), Pane(id: companion, area: bottom)]
    }
    let (top, rest) = body.splitTop(body.rows * 2 / 5)
    let (middle, bottom) = rest.splitTop(rest.rows * 3 / 5)
    let last: PaneID = focus == .steps ? .steps : .table
    return [
      Pane(id: .decision, area: top), Pane(id: .packet, area: middle), Pane(id: last, area: bottom),
    ]
  }

  /// Steps, decision and packet side by side above the table; without room for three, the steps take the
  /// packet's place while they have the focus.
  private static func columns(focus: PaneID, in body: Rectangle) -> [Pane] {
    let tableRows = max(5, min(body.rows / 3, 14))
    let (upper, table) = body.splitBottom(tableRows)
    let packetColumns = min(48, max(40, body.columns / 3))
    var panes: [Pane] = []
    var rest = upper
    if body.columns >= narrowestThreeColumns {
      let split = rest.splitLeft(min(44, max(36, body.columns / 4)), gap: 1)
      panes.append(Pane(id: .steps, area: split.left))
      rest = split.rest
    }
    let (decision, right) = rest.splitLeft(rest.columns - packetColumns - 1, gap: 1)
    let isReplaced = focus == .steps && panes.isEmpty
    panes.append(Pane(id: .decision, area: decision))
    panes.append(Pane(id: isReplaced ? .steps : .packet, area: right))
    panes.append(Pane(id: .table, area: table))
    return panes
  }

  /// One pane above another of so many rows.
  private static func above(_ first: PaneID, _ second: PaneID, rows: Int, in body: Rectangle) -> [Pane] {
    let (top, bottom) = body.splitBottom(rows)
    return [Pane(id: first, area: top), Pane(id: second, area: bottom)]
  }

  /// The fields beside what the selected one means; one above the other where that is too narrow.
  private static func packet(in body: Rectangle) -> [Pane] {
    guard body.columns > widestStack else {
      return above(.packet, .fieldNote, rows: body.rows * 2 / 5, in: body)
    }
    let (left, right) = body.splitLeft(body.columns / 2, gap: 1)
    return [Pane(id: .packet, area: left), Pane(id: .fieldNote, area: right)]
  }

  /// Both walks beside what differs in the tables; below them where there is no room.
  private static func compare(in body: Rectangle) -> [Pane] {
    guard body.columns >= 150 else {
      return above(.comparison, .tableChanges, rows: max(4, body.rows / 4), in: body)
    }
    let (left, right) = body.splitLeft(body.columns * 3 / 5, gap: 1)
    return [Pane(id: .comparison, area: left), Pane(id: .tableChanges, area: right)]
  }

  private static func tables(in body: Rectangle) -> [Pane] {
    let isNarrow = body.columns <= widestStack
    let (hosts, rest) = body.splitLeft(isNarrow ? 18 : 28, gap: 1)
    let (kinds, rows) = rest.splitLeft(isNarrow ? 20 : 24, gap: 1)
    return [
      Pane(id: .tableHosts, area: hosts), Pane(id: .tableKinds, area: kinds),
      Pane(id: .tableRows, area: rows),
    ]
  }
}

extension ViewID {
  /// The path stands above the view's panes.
  fileprivate var showsPath: Bool {
    switch self {
    case .walk, .packet, .tables: true
    case .topology, .compare, .reach, .capture, .log: false
    }
  }
}

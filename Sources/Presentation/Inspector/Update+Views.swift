extension InspectorState {
  /// Opens a view with its first pane.
  mutating func open(_ wanted: ViewID) {
    view = wanted
    focus = wanted.panes.first ?? .decision
    comparison = nil
    finder = Finder()
    tableTrail = []
    if wanted == .compare { deriveComparison() }
  }

  mutating func moveFocus(by offset: Int) {
    let panes = view.panes
    guard let index = panes.firstIndex(of: focus) else { return }
    focus = panes[(index + offset + panes.count) % panes.count]
  }

  /// Moves the selection within the focused pane; in the list of steps, the step itself.
  mutating func moveCursor(by offset: Int) {
    switch focus {
    case .steps: go(to: position + offset)
    case .tableHosts: chooseTableHost(by: offset)
    case .tableKinds: chooseTableKind(by: offset)
    case .reach: moveReach(offset, 0)
    default:
      let content = content(of: focus, columns: 80)
      let start = cursors[focus] ?? (content.marking == .never ? -max(0, offset) : content.selected)
      cursors[focus] = min(max(0, start + offset), max(0, content.items.count - 1))
    }
  }

  /// Opens what is selected: from the walk, the view that shows it in full.
  mutating func openSelected() {
    switch focus {
    case .packet where view == .walk: open(.packet)
    case .table where view == .walk: open(.tables)
    case .tableHosts, .tableKinds: moveFocus(by: 1)
    case .tableRows: followRow()
    case .comparison: goToComparedStep()
    case .reach, .reachDetail: openReached()
    case .frames: goToCapturedStep()
    case .topology: openPlace()
    default: break
    }
  }

  /// One level back: to the walk from another view, to the first pane of the walk from another pane.
  mutating func goBack() {
    if !finder.text.characters.isEmpty {
      finder = Finder()
    } else if goBackInTables() {
      return
    } else if view != .walk {
      open(.walk)
    } else {
      focus = .decision
    }
  }
}

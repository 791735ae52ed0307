extension InspectorState {
  /// The keys for what is wanted most, as many as there is room for; what is not possible now is left out.
  func keyBarLine(columns: Int) -> StyledLine {
    var shown: [(Action, String, String)] = []
    var used = 1
    for action in keyBarActions where unavailability(of: action) == nil {
      let key = keyMap.keys(of: action).first.map(KeyTokens.name) ?? ""
      let name = barName(of: action)
      let width = key.cellWidth + 1 + name.cellWidth + 2
      guard used + width <= columns else { continue }
      used += width
      shown.append((action, key, name))
    }
    let order = Action.allCases
    shown.sort { (order.firstIndex(of: $0.0) ?? 0) < (order.firstIndex(of: $1.0) ?? 0) }
    return shown.reduce(StyledLine(" ")) { line, entry in
      line.adding(entry.1, .key).adding(" \(entry.2)  ", .statusBar)
    }
  }

  private var keyBarActions: [Action] {
    switch overlay {
    case .help, .chooser: []
    case nil: Action.keyBar
    }
  }

  /// The mode's key says where it leads; a language is named in its own letters where they can be shown.
  private func barName(of action: Action) -> String {
    switch action {
    case .switchMode: words.name(nextMode)
    case .language where glyphs == .ascii && language == .english: "Korean"
    default: words.name(action)
    }
  }
}

extension InspectorState {
  /// The actions that the list under F1 offers, in the order of the one table.
  package static let listedActions = Action.allCases.filter(\.isListed)

  mutating func pressed(_ key: Key, inHelpAt selected: Int) -> [Effect] {
    let last = InspectorState.listedActions.count - 1
    switch KeyMap.latin(key).first {
    case .up: overlay = .help(selected: max(0, selected - 1))
    case .down: overlay = .help(selected: min(last, selected + 1))
    case .pageUp: overlay = .help(selected: max(0, selected - 8))
    case .pageDown: overlay = .help(selected: min(last, selected + 8))
    case .home: overlay = .help(selected: 0)
    case .end: overlay = .help(selected: last)
    case .enter, .character(" "):
      overlay = nil
      return perform(InspectorState.listedActions[min(max(0, selected), last)])
    case .escape, .function(1), .character("?"): overlay = nil
    case let other?:
      guard let action = keyMap.action(for: other), action.isListed else { return [] }
      overlay = nil
      return perform(action)
    case nil: break
    }
    return []
  }
}

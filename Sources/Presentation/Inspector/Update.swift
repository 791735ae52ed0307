/// What `message` makes of the state, and what is left to do outside.
package func update(_ state: inout InspectorState, _ message: Message) -> [Effect] {
  switch message {
  case .keyPressed(let key):
    state.notice = nil
    return state.pressed(key)
  }
}

extension InspectorState {
  fileprivate mutating func pressed(_ key: Key) -> [Effect] {
    switch overlay {
    case .chooser(let chooser): return typed(key, into: chooser)
    case .help(let selected): return pressed(key, inHelpAt: selected)
    case nil:
      return KeyMap.latin(key).compactMap(KeyMap.action).flatMap { perform($0) }
    }
  }

  /// Does what `action` stands for, or says why it cannot be done now.
  mutating func perform(_ action: Action) -> [Effect] {
    if let reason = unavailability(of: action) {
      notice = .unavailable(action, reason)
      return []
    }
    switch action {
    case .quit: return [.quit]
    case .suspend: return [.suspend]
    case .nextStep, .previousStep, .nextHop, .previousHop, .firstStep, .lastStep, .reply: walk(action)
    case .switchMode, .switchProtocol: switchOver(action)
    case .chooseSource: openChooser(.source)
    case .chooseDestination: openChooser(.destination)
    case .chooseBackend: openChooser(.backend)
    case .compare: open(view == .compare ? .walk : .compare)
    case .viewWalk, .viewTopology, .viewPacket, .viewTables, .viewCompare, .viewReach, .viewCapture, .viewLog:
      open(action.view ?? .walk)
    case .nextPane: moveFocus(by: 1)
    case .previousPane: moveFocus(by: -1)
    case .up: moveCursor(by: -1)
    case .down: moveCursor(by: 1)
    case .open: openSelected()
    case .undo, .redo: travel(action)
    case .grounds: showsGrounds.toggle()
    case .bytes: showsBytes.toggle()
    case .language: language = language == .english ? .korean : .english
    case .help: overlay = .help(selected: 0)
    case .back: goBack()
    }
    return []
  }
}

/// What `message` makes of the state, and what is left to do outside.
package func update(_ state: inout InspectorState, _ message: Message) -> [Effect] {
  var effects: [Effect] = []
  switch message {
  case .keyPressed(let key):
    state.notice = nil
    effects = state.pressed(key)
  case .idle: state.catchUp()
  case .labChanged(let lab): state.follow(lab)
  case .labChangedByOthers(let lab):
    state.logEdits(of: lab)
    state.follow(lab)
  case .commandWrote(let text, let isError): state.log.write(text, isError: isError)
  case .commandEnded(let status): state.commandEnded(status)
  case .fileWritten(let path, let failure):
    state.notice = failure.map { .notSaved(path: path, reason: $0) } ?? .saved(path: path)
    if failure == nil {
      state.savePath = path
      state.log.add(.saved(path))
    }
  case .fileExists(let path): state.notice = .fileExists(path: path)
  }
  if state.isLabEdited {
    state.isLabEdited = false
    effects.insert(.labEdited, at: 0)
  }
  return effects
}

extension InspectorState {
  fileprivate mutating func pressed(_ key: Key) -> [Effect] {
    switch key {
    case .control("z"): return [.suspend]
    case .click(let column, let row): return clicked(Frame.Position(column: column, row: row))
    case .wheel(let isDown, let column, let row):
      return turned(isDown ? 3 : -3, at: Frame.Position(column: column, row: row))
    default: break
    }
    switch overlay {
    case .chooser(let chooser): return typed(key, into: chooser)
    case .help(let selected): return pressed(key, inHelpAt: selected)
    case nil: break
    }
    if commandLine.isOpen { return typedCommand(key) }
    if finder.isOpen { return typedSearch(key) }
    return KeyMap.latin(key).compactMap(keyMap.action).flatMap { perform($0) }
  }

  /// Something shown now was put off until nobody types.
  package var isBehind: Bool {
    (fixes == nil && view == .walk) || (reach == nil && view == .reach)
  }

  /// Does what was put off.
  fileprivate mutating func catchUp() {
    if view == .walk { findFixes() }
    if view == .reach { findReach() }
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
    case .copyWalk: return copy(walkCommand)
    case .copyView: return copy(plainText)
    case .labShell: return [.shell(currentHost)]
    case .mouse: return toggleMouse()
    case .save: return save()
    case .nextStep, .previousStep: moveAside(action)
    case .nextHop, .previousHop, .firstStep, .lastStep, .reply: walk(action)
    case .switchMode, .switchProtocol, .swapEnds: switchOver(action)
    case .chooseSource: openChooser(.source)
    case .chooseDestination: openChooser(.destination)
    case .chooseBackend: openChooser(.backend)
    case .chooseWalk: openChooser(.walk)
    case .bookmark: toggleBookmark()
    case .compare: compareNext()
    case .viewWalk, .viewTopology, .viewPacket, .viewTables, .viewCompare, .viewReach, .viewCapture, .viewLog:
      open(action.view ?? .walk)
    case .nextPane: moveFocus(by: 1)
    case .previousPane: moveFocus(by: -1)
    case .up: moveCursor(by: -1)
    case .down: moveCursor(by: 1)
    case .open: openSelected()
    case .applyFix: applyFix()
    case .edit, .add, .remove: editSelected(action)
    case .undo, .redo: travel(action)
    case .reset: reset()
    case .commandLine: openCommandLine()
    case .search: finder.isOpen = true
    case .sort: tableOrder = tableOrder.next
    case .grounds: showsGrounds.toggle()
    case .bytes: showsBytes.toggle()
    case .language: language = language == .english ? .korean : .english
    case .help: overlay = .help(selected: 0)
    case .back: goBack()
    }
    return []
  }

  private mutating func toggleMouse() -> [Effect] {
    takesMouse.toggle()
    notice = .mouse(isOn: takesMouse)
    return [.mouse(isOn: takesMouse)]
  }

  private mutating func copy(_ text: String) -> [Effect] {
    notice = .copied(lines: text.split(separator: "\n", omittingEmptySubsequences: false).count)
    return [.copy(text)]
  }
}

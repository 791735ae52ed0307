import NetModel
import PacketTrace

extension InspectorState {
  mutating func openChooser(_ subject: Chooser.Subject) {
    var chooser = Chooser(subject: subject)
    chooser.selected = items(of: chooser).firstIndex { isCurrent($0.choice) } ?? 0
    overlay = .chooser(chooser)
  }

  private func isCurrent(_ choice: Chooser.Choice) -> Bool {
    switch choice {
    case .origin(let stack): stack == flow.origin
    case .destination(let address, let content):
      address == flow.destination && (content == nil || content == flow.content)
    case .path(let index): index == pathIndex
    case .walk: false
    }
  }

  mutating func typed(_ key: Key, into chooser: Chooser) -> [Effect] {
    var chooser = chooser
    let count = items(of: chooser).count
    switch key {
    case .escape:
      overlay = nil
      return []
    case .enter: return choose(from: chooser)
    case .up: chooser.selected = max(0, chooser.selected - 1)
    case .down: chooser.selected = min(max(0, count - 1), chooser.selected + 1)
    case .pageUp: chooser.selected = max(0, chooser.selected - 8)
    case .pageDown: chooser.selected = min(max(0, count - 1), chooser.selected + 8)
    case .home: chooser.selected = 0
    case .end: chooser.selected = max(0, count - 1)
    case .backspace: chooser.edit { $0 = String($0.dropLast()) }
    case .control("u"): chooser.edit { $0 = "" }
    case .character(let character): chooser.edit { $0.append(character) }
    case .paste(let text): chooser.edit { $0 += text }
    default: break
    }
    overlay = .chooser(chooser)
    return []
  }

  private mutating func choose(from chooser: Chooser) -> [Effect] {
    let items = items(of: chooser)
    guard items.indices.contains(chooser.selected) else {
      notice = .nothingMatches(chooser.filter)
      return []
    }
    overlay = nil
    take(items[chooser.selected].choice)
    return []
  }

  private mutating func take(_ choice: Chooser.Choice) {
    var wanted = flow
    switch choice {
    case .origin(let stack): wanted.origin = stack
    case .destination(let address, let content):
      wanted.destination = address
      if let content { wanted.content = content }
      wanted.backend = nil
    case .walk(let flow): wanted = flow
    case .path(let index):
      pathIndex = index
      fixes = nil
      followPath()
      return
    }
    ask(wanted)
  }
}

extension Chooser {
  /// The longest filter, in characters.
  private static let longestFilter = 64

  /// Changes the filter; the selection begins anew.
  fileprivate mutating func edit(_ change: (inout String) -> Void) {
    change(&filter)
    filter = String(filter.prefix(Chooser.longestFilter))
    selected = 0
  }
}

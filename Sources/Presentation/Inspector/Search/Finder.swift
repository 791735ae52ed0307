/// What is searched in the focused pane.
package struct Finder: Hashable, Sendable {
  /// Text is being typed.
  package internal(set) var isOpen = false
  package internal(set) var text = EditableText()
}

extension InspectorState {
  /// A table shows what holds the text; any other pane goes to the next place that does.
  mutating func typedSearch(_ key: Key) -> [Effect] {
    switch key {
    case .enter: finder.isOpen = false
    case .escape: finder = Finder()
    case .down, .tab: find(from: (cursors[focus] ?? -1) + 1, forward: true)
    case .up, .backTab: find(from: (cursors[focus] ?? 0) - 1, forward: false)
    case .function(10): return [.quit]
    default:
      guard finder.text.typed(key) else { return [] }
      if table(of: focus) != nil { cursors[focus] = 0 } else { find(from: 0, forward: true) }
    }
    return []
  }

  /// Goes to the nearest item of the focused pane that holds the text, around its ends.
  private mutating func find(from start: Int, forward: Bool) {
    if table(of: focus) != nil {
      moveCursor(by: forward ? 1 : -1)
      return
    }
    let items = content(of: focus, columns: 400).items
    let wanted = [finder.text.string.lowercased(), KeyMap.latin(finder.text.string).lowercased()]
    guard !items.isEmpty, !finder.text.characters.isEmpty else { return }
    for offset in items.indices {
      let index = (start + (forward ? offset : -offset) + 2 * items.count) % items.count
      let text = items[index].lines.flatMap(\.spans).map(\.text).joined().lowercased()
      guard wanted.contains(where: { text.contains($0) }) else { continue }
      if focus == .steps { go(to: index) } else { cursors[focus] = index }
      return
    }
    notice = .nothingMatches(finder.text.string)
  }
}

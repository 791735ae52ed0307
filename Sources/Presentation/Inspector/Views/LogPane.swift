import Console
import NetModel

extension InspectorState {
  /// Commands, what they wrote, and the commands that keys equal.
  func logContent(columns: Int) -> PaneContent {
    var items = log.entries.map { PaneContent.Item(lines(of: $0, columns: columns)) }
    if items.isEmpty { items = [PaneContent.Item(words.emptyLog, .dim, columns: columns)] }
    return PaneContent(
      title: words.title(.log), items: items, selected: cursors[.log] ?? items.count - 1, marking: .withFocus)
  }

  /// An entry of the log as it is shown.
  func lines(of entry: Log.Entry, columns: Int) -> [StyledLine] {
    switch entry {
    case .command(let line):
      wrapped("\(prompt(line.host))\(CommandWords.line(line.words))", .key, columns: columns)
    case .output(let text, let isError):
      wrapped(text, isError ? .failure : .plain, columns: columns)
    case .status(let status): [StyledLine(words.ended(status), .failure)]
    case .edit(let commands):
      commands.flatMap { command in
        wrapped("\(command.host.map(prompt) ?? "$ ")\(command.line)", .changed, columns: columns)
      }
    case .travelled(let action): [StyledLine("(\(words.name(action)))", .dim)]
    case .saved(let path): wrapped(words.sentence(.saved(path: path)), .dim, columns: columns)
    }
  }

  private func prompt(_ host: StackID) -> String { "\(scene.snapshot.shortName(of: host))# " }

  /// Long lines go on below; blanks are kept, as tables are made of them.
  private func wrapped(_ text: String, _ role: Style.Role, columns: Int) -> [StyledLine] {
    var rest = visible(text.expandingTabs, limit: 4000)
    var lines: [StyledLine] = []
    while rest.cellWidth > columns, columns > 1 {
      let head = rest.prefix(columns: columns)
      guard !head.isEmpty else { break }
      lines.append(StyledLine(head, role))
      rest.unicodeScalars.removeFirst(head.unicodeScalars.count)
    }
    return lines + [StyledLine(rest, role)]
  }

  /// The log's entry as it would be typed or was written, without signs of ours.
  func plainText(of entry: Log.Entry) -> String {
    switch entry {
    case .command(let line): CommandWords.line(line.words)
    case .output(let text, _): text
    case .status(let status): words.ended(status)
    case .edit(let commands): commands.map(\.line).joined(separator: "\n")
    case .travelled(let action): words.name(action)
    case .saved(let path): path
    }
  }
}

extension String {
  /// Tabs as blanks up to the next multiple of eight columns.
  fileprivate var expandingTabs: String {
    guard contains("\t") else { return self }
    var result = ""
    for character in self {
      result += character == "\t" ? String(repeating: " ", count: 8 - result.count % 8) : String(character)
    }
    return result
  }
}

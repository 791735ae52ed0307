import Console
import NetModel

extension InspectorState {
  /// The host that a command is for: the one whose tables are looked at, or where the step is taken.
  var currentHost: StackID {
    if let host = view == .tables ? tableHost : stop?.step.stack { return host }
    return scene.snapshot.stacks.first?.id ?? flow.origin
  }

  /// Opens the line for commands, with a command to finish where one is given.
  mutating func openCommandLine(_ text: String = "", on host: StackID? = nil) {
    commandLine.isOpen = true
    commandLine.host = host ?? currentHost
    commandLine.scroll = 0
    commandLine.completions = []
    commandLine.recalled = nil
    if !text.isEmpty { commandLine.text = EditableText(text) }
  }

  mutating func typedCommand(_ key: Key) -> [Effect] {
    let completions = commandLine.completions
    commandLine.completions = []
    switch key {
    case .enter: return runCommandLine()
    case .escape, .function(9):
      commandLine.isOpen = false
    case .function(10): return [.quit]
    case .tab: completeCommand()
    case .up, .control("p"): commandLine.recall(-1)
    case .down, .control("n"): commandLine.recall(1)
    case .pageUp: commandLine.scroll += 5
    case .pageDown: commandLine.scroll = max(0, commandLine.scroll - 5)
    case .control("c"):
      guard commandLine.running == nil else { return [.interrupt] }
      commandLine.text = EditableText()
    case .control("d") where commandLine.text.characters.isEmpty:
      commandLine.isOpen = false
    default:
      if !commandLine.text.typed(key) { commandLine.completions = completions }
    }
    return []
  }

  private mutating func runCommandLine() -> [Effect] {
    let line = commandLine.text.string
    let words: [String]
    do throws(CommandWords.Failure) {
      words = try CommandWords(line).words
    } catch {
      notice = .commandLine(CommandLineFault(error))
      return []
    }
    guard let name = words.first else { return [] }
    if let own = OwnCommand(name) { return run(own, words, line) }
    guard commandLine.running == nil else {
      notice = .commandLine(.stillRunning)
      return []
    }
    take(line)
    let command = LabLine(host: commandLine.host ?? currentHost, words: words)
    commandLine.running = command
    log.closeLine()
    log.add(.command(command))
    return [.run(command)]
  }

  private mutating func take(_ line: String) {
    commandLine.keep(line)
    commandLine.text = EditableText()
    commandLine.scroll = 0
  }

  /// The inspector's own commands, which no host has.
  enum OwnCommand: String, CaseIterable {
    case host, save, reset, undo, redo, quit, trace
    case saveOver = "save!"

    /// By its name, with or without a colon in front.
    init?(_ word: String) {
      self.init(rawValue: String(word.drop { $0 == ":" }))
    }
  }

  private mutating func run(_ command: OwnCommand, _ words: [String], _ line: String) -> [Effect] {
    let argument = words.count > 1 ? words[1] : nil
    switch command {
    case .host: return moveCommandLine(to: argument, line)
    case .save, .saveOver:
      take(line)
      return save(to: argument, replaces: command == .saveOver)
    case .trace: return trace(Array(words.dropFirst()), line)
    case .reset: return performTyped(.reset, line)
    case .undo: return performTyped(.undo, line)
    case .redo: return performTyped(.redo, line)
    case .quit: return [.quit]
    }
  }

  private mutating func performTyped(_ action: Action, _ line: String) -> [Effect] {
    take(line)
    return perform(action)
  }

  private mutating func moveCommandLine(to name: String?, _ line: String) -> [Effect] {
    guard let name, let host = lab.stack(named: name) else {
      notice = .commandLine(.unknownHost(name ?? ""))
      return []
    }
    take(line)
    commandLine.host = host
    return []
  }

  mutating func commandEnded(_ status: Int32) {
    commandLine.running = nil
    log.closeLine()
    if status != 0 { log.add(.status(status)) }
  }
}

extension CommandLineFault {
  fileprivate init(_ failure: CommandWords.Failure) {
    switch failure {
    case .missingQuote: self = .missingQuote
    case .needsShell(let character): self = .needsShell(character)
    }
  }
}

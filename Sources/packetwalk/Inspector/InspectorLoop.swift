import CursesBackend
import LabSocket
import Presentation

/// Shows the inspector's state, turns what happens into messages, and does what they ask for.
///
/// One frame for all keys that came together, and none while nothing happens.
struct InspectorLoop {
  let terminal: Terminal
  var state: InspectorState
  /// The lab for shells; `nil` before the first frame, and where none can be served.
  var server: InspectorServer?
  private var runner: LabRunner

  init(terminal: Terminal, state: InspectorState, clock: LabOptions.Clock?) {
    self.terminal = terminal
    self.state = state
    runner = LabRunner(lab: SharedLab(state.lab, clock: (clock ?? .paused).mode))
  }

  /// Runs until the reader quits, a signal asks for the end, or the terminal is gone.
  mutating func run() {
    defer { server?.close() }
    while true {
      state.screen = terminal.size
      terminal.show(view(state, size: terminal.size))
      if server == nil { serve() }
      switch terminal.waitForEvent(timeout: timeout, watching: server.map { [$0.watch.descriptor] } ?? []) {
      case .keys(let keys):
        if press(keys) {
          terminal.close()
          return state.memory.map(InspectorFiles.keep) ?? ()
        }
      case .signal(let signal):
        terminal.close()
        server?.close()
        return Terminal.die(of: signal)
      case .gone: return terminal.close()
      case .timedOut: catchUp()
      case .readable: follow()
      case .resized: break
      }
    }
  }

  /// Lets shells in; without a socket the inspector does without them.
  private mutating func serve() {
    server = InspectorServer(runner.lab)
    runner.observer = server?.watch.observer
  }

  private mutating func follow() {
    server?.watch.clear()
    take(runner.follow())
  }

  /// What was put off is done when nobody has typed for a moment, a command goes on when its time comes.
  private var timeout: Duration? {
    state.isBehind ? InspectorLoop.pause : runner.timeLeft
  }

  /// How long a reader who steps through the walk stays on a step at least.
  private static let pause = Duration.milliseconds(300)

  private mutating func catchUp() {
    if state.isBehind { take([.idle]) } else { take(runner.timeCame()) }
  }

  /// Whether one of the keys ends the inspector; those after it are not looked at.
  private mutating func press(_ keys: [Key]) -> Bool {
    for key in keys where take([.keyPressed(key)]) { return true }
    return false
  }

  /// Takes messages, and those that come of their effects; whether one of them ends the inspector.
  @discardableResult
  private mutating func take(_ messages: [Message]) -> Bool {
    for message in messages {
      for effect in update(&state, message) {
        if effect == .quit { return true }
        take(perform(effect))
      }
    }
    return false
  }

  private mutating func perform(_ effect: Effect) -> [Message] {
    switch effect {
    case .quit: return []
    case .suspend:
      terminal.stop()
      return []
    case .labEdited: return runner.adopt(state.lab)
    case .run(let line): return runner.start(line)
    case .interrupt: return runner.interrupt()
    case .write(let text, let path, let replaces):
      return [fileExists(path) && !replaces ? .fileExists(path: path) : write(text, to: path)]
    case .copy(let text):
      terminal.copy(text)
      return []
    case .shell(let host):
      openShell(on: host)
      return []
    case .mouse(let isOn):
      terminal.takesMouse = isOn
      return []
    }
  }

  private func write(_ text: String, to path: String) -> Message {
    do throws(FileWriteError) {
      try WholeFile.write(Array(text.utf8), to: path)
      return .fileWritten(path: path, failure: nil)
    } catch {
      return .fileWritten(path: path, failure: error.reason)
    }
  }
}

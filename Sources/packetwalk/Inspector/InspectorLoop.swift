import CursesBackend
import Presentation

/// Shows the inspector's state, turns what happens into messages, and does what they ask for.
///
/// One frame for all keys that came together, and none while nothing happens.
struct InspectorLoop {
  let terminal: Terminal
  var state: InspectorState

  /// Runs until the reader quits, a signal asks for the end, or the terminal is gone.
  mutating func run() {
    while true {
      terminal.show(view(state, size: terminal.size))
      switch terminal.waitForEvent() {
      case .keys(let keys):
        if press(keys) { return terminal.close() }
      case .signal(let signal):
        terminal.close()
        return Terminal.die(of: signal)
      case .gone: return terminal.close()
      case .resized, .readable, .timedOut: break
      }
    }
  }

  /// Whether one of the keys ends the inspector; those after it are not looked at.
  private mutating func press(_ keys: [Key]) -> Bool {
    for key in keys {
      for effect in update(&state, .keyPressed(key)) {
        switch effect {
        case .quit: return true
        case .suspend: terminal.stop()
        }
      }
    }
    return false
  }
}

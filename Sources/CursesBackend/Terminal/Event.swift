import Presentation

/// Why `Terminal.waitForEvent` returned.
package enum Event: Hashable, Sendable {
  /// Everything that was typed since the last event; never empty.
  case keys([Key])
  /// The terminal has this size now, or must be drawn anew at the old one.
  case resized(Size)
  /// A signal asks the program to end: TERM, HUP, INT or QUIT. Close the terminal, then `Terminal.die(of:)`.
  case signal(Int32)
  /// The terminal is no longer there; nothing will ever be read from it.
  case gone
  /// A watched descriptor can be read, or was closed at its other end.
  case readable(Int32)
  /// Nothing happened for as long as was asked.
  case timedOut
}

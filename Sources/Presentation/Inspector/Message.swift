/// What can happen to the inspector.
package enum Message: Hashable, Sendable {
  case keyPressed(Key)
}

/// Work for the edge of the program; `update` never does it itself.
package enum Effect: Hashable, Sendable {
  case quit
  /// Stop like any job until the shell brings the program back (Ctrl-Z).
  case suspend
}

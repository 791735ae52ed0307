import NetModel

extension InspectorLoop {
  /// Gives the terminal to a lab shell until it ends.
  mutating func openShell(on host: StackID) {
    _ = host
  }
}

import ControlPlane

extension InspectorState {
  /// How many networks undo remembers.
  private static let longestPast = 100

  /// Does `edits`, all or none; undo goes back to before them.
  ///
  /// - Returns: false where one of them makes no sense; the notice says which.
  @discardableResult
  mutating func apply(_ edits: [Edit]) -> Bool {
    do throws(EditError) {
      let edited = try network.applying(edits, at: now)
      past = (past + [network]).suffix(InspectorState.longestPast)
      future = []
      network = edited
      derive()
      return true
    } catch {
      notice = .refused(error)
      return false
    }
  }

  /// Goes back to before the last edit, or forward again.
  mutating func travel(_ action: Action) {
    let wanted = action == .undo ? past.popLast() : future.popLast()
    guard let wanted else { return }
    if action == .undo { future.append(network) } else { past.append(network) }
    network = wanted
    let before = itinerary
    derive()
    notice = .travelled(action, firstDifference: itinerary.firstDifference(from: before))
  }
}

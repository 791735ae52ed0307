import Console

extension InspectorState {
  /// The state after `keys` were pressed one after the other, with all that was put off done.
  ///
  /// Commands run to their end at once; effects that need a terminal or files are left out.
  ///
  /// - Parameter catchesUp: false where what is put off shall stay so.
  package func pressing(_ keys: [Key], catchesUp: Bool = true) -> InspectorState {
    var state = self
    for key in keys {
      for effect in update(&state, .keyPressed(key)) { state.perform(effect) }
    }
    if catchesUp { _ = update(&state, .idle) }
    return state
  }

  private mutating func perform(_ effect: Effect) {
    guard case .run(let line) = effect else { return }
    var lab = lab
    let result = lab.run(line.words, on: line.host)
    _ = update(&self, .commandWrote(result.standardOutput, isError: false))
    _ = update(&self, .commandWrote(result.standardError, isError: true))
    _ = update(&self, .labChanged(lab))
    _ = update(&self, .commandEnded(status: result.status))
  }
}

/// A screen without a terminal: what `state` shows in that view and size after those keys.
package func render(_ state: InspectorState, view wanted: ViewID, size: Size, keys: [Key]) -> Frame {
  var state = state
  state.open(wanted)
  return view(state.pressing(keys), size: size)
}

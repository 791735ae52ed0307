extension InspectorState {
  /// The state after `keys` were pressed one after the other; effects are for a terminal and left out.
  package func pressing(_ keys: [Key]) -> InspectorState {
    var state = self
    for key in keys { _ = update(&state, .keyPressed(key)) }
    return state
  }
}

/// A screen without a terminal: what `state` shows in that view and size after those keys.
package func render(_ state: InspectorState, view wanted: ViewID, size: Size, keys: [Key]) -> Frame {
  var state = state
  state.open(wanted)
  return view(state.pressing(keys), size: size)
}

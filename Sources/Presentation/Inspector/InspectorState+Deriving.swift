import ControlPlane
import NetModel
import PacketTrace

/// Makes the scene of a mode and a flow.
package struct LabScenes: Sendable {
  let make: @Sendable (CiliumSettings.RoutingMode, Flow) -> Scene

  package init(_ make: @escaping @Sendable (CiliumSettings.RoutingMode, Flow) -> Scene) {
    self.make = make
  }
}

extension InspectorState {
  /// The inspector at the first step of `flow`'s walk.
  package init(
    title: String, lab: LabScenes, mode: CiliumSettings.RoutingMode, flow: Flow,
    language: Language = .english, glyphs: Glyphs = .box
  ) {
    let scene = lab.make(mode, flow)
    let itinerary = scene.itinerary(path: 0, isReply: false)
    self.init(
      title: title, language: language, glyphs: glyphs, flow: flow, scene: scene, itinerary: itinerary,
      anchor: Anchor(itinerary: itinerary, position: 0), lab: lab)
  }

  /// Makes scene and steps anew for another mode or flow, and goes back to where the reader was as far as
  /// both ways agree.
  mutating func derive(mode: CiliumSettings.RoutingMode) {
    scene = lab.make(mode, flow)
    followPath()
    if view == .compare { deriveComparison() }
  }

  /// Takes up the steps of the chosen path and direction.
  mutating func followPath() {
    pathIndex = min(pathIndex, max(0, scene.walk.paths.count - 1))
    if path?.reply == nil { isReply = false }
    itinerary = scene.itinerary(path: pathIndex, isReply: isReply)
    position = itinerary.position(of: anchor.position, in: anchor.itinerary)
    forgetCursors()
  }

  /// Goes to a step by hand.
  mutating func go(to wanted: Int) {
    position = min(max(0, wanted), max(0, itinerary.stops.count - 1))
    anchor = Anchor(itinerary: itinerary, position: position)
    forgetCursors()
  }

  /// Makes the two scenes that the comparison shows: native beside a tunnel.
  mutating func deriveComparison() {
    let current = scene.mode ?? .native
    switch current {
    case .native:
      comparison = Comparison(left: scene, right: lab.make(.tunnel(.vxlan), flow))
    case .tunnel:
      comparison = Comparison(left: lab.make(.native, flow), right: scene)
    }
  }

  /// A new step is read from its beginning, and its tables follow it.
  private mutating func forgetCursors() {
    for pane in [PaneID.decision, .packet, .table, .tableRows] { cursors[pane] = nil }
    tableChoice = TableChoice()
  }
}

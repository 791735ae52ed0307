import Console
import ControlPlane
import NetModel
import PacketTrace

extension InspectorState {
  /// The inspector at the first step of `flow`'s walk through `network`; `snapshot` is the network's, where it
  /// was derived already.
  package init(
    title: String, network: Network, snapshot: Snapshot? = nil, flow: Flow, now: Instant = .start,
    language: Language = .english, glyphs: Glyphs = .box
  ) {
    var lab = RunningLab(network: network, snapshot: snapshot)
    lab.now = now
    self.init(title: title, lab: lab, flow: flow, language: language, glyphs: glyphs)
  }

  /// The inspector at the first step of `flow`'s walk through `lab`.
  package init(
    title: String, lab: RunningLab, flow: Flow, language: Language = .english, glyphs: Glyphs = .box
  ) {
    let scene = Scene(lab.snapshot, flow)
    let itinerary = scene.itinerary(path: 0, isReply: false)
    self.init(
      title: title, language: language, glyphs: glyphs, lab: lab, opened: lab.moment, base: lab.snapshot,
      flow: flow, scene: scene, itinerary: itinerary, anchor: Anchor(itinerary: itinerary, position: 0))
  }

  /// Makes scene and steps anew after the network or the flow has changed, and goes back to where the reader
  /// was as far as both ways agree.
  mutating func derive() {
    scene = Scene(lab.snapshot, flow)
    fixes = nil
    followPath()
    if view == .compare { deriveComparison() }
  }

  /// Takes up the steps of the chosen path and direction.
  mutating func followPath() {
    pathIndex = min(pathIndex, max(0, scene.walk.paths.count - 1))
    if path?.reply == nil { isReply = false }
    itinerary = scene.itinerary(path: pathIndex, isReply: isReply)
    position = itinerary.position(of: anchor.position, in: anchor.itinerary)
    // Who edits tables stays at the table.
    if view != .tables { forgetCursors() }
  }

  /// Goes to a step by hand.
  mutating func go(to wanted: Int) {
    position = min(max(0, wanted), max(0, itinerary.stops.count - 1))
    anchor = Anchor(itinerary: itinerary, position: position)
    forgetCursors()
  }

  /// Makes the two scenes that the comparison shows: native beside a tunnel, or before the last edit and after.
  mutating func deriveComparison() {
    if comparison?.kind == .edit, let before = past.last {
      let scene = Scene(before.network, flow)
      comparison = Comparison(kind: .edit, left: scene, right: self.scene)
      return
    }
    switch scene.mode {
    case .native, nil:
      comparison = other(.tunnel(.vxlan)).map { Comparison(kind: .modes, left: scene, right: $0) }
    case .tunnel:
      comparison = other(.native).map { Comparison(kind: .modes, left: $0, right: scene) }
    }
  }

  /// The comparison with the other mode, then that with the network before the last edit, then the walk again.
  mutating func compareNext() {
    guard view == .compare else { return open(.compare) }
    guard comparison?.kind == .modes, !past.isEmpty else { return open(.walk) }
    comparison?.kind = .edit
    deriveComparison()
  }

  /// The scene of the same network in another mode; `nil` where the network cannot be switched.
  private func other(_ mode: CiliumSettings.RoutingMode) -> Scene? {
    guard let network = try? network?.applying(mode.edits, at: lab.now) else { return nil }
    return Scene(network, flow)
  }

  /// A new step is read from its beginning, and its tables follow it.
  private mutating func forgetCursors() {
    for pane in [PaneID.decision, .packet, .table, .tableRows] { cursors[pane] = nil }
    tableChoice = TableChoice()
  }
}

extension Scene {
  /// The walk of `flow` and its answers through `network`.
  init(_ network: Network, _ flow: Flow) {
    self.init(network.snapshot(), flow)
  }

  /// The walk of `flow` and its answers through `snapshot`.
  init(_ snapshot: Snapshot, _ flow: Flow) {
    self.init(snapshot: snapshot, walk: snapshot.walk(flow, roundTrip: true))
  }
}

extension Network {
  /// The network after all of `edits`; where one makes no sense, none is done.
  func applying(_ edits: [Edit], at instant: Instant) throws(EditError) -> Network {
    var network = self
    for edit in edits { try network.apply(edit, at: instant) }
    return network
  }
}

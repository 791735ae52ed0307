import PacketTrace

extension InspectorState {
  /// Moves along the walk.
  mutating func walk(_ action: Action) {
    switch action {
    case .nextStep: go(to: position + 1)
    case .previousStep: go(to: position - 1)
    case .firstStep: go(to: 0)
    case .lastStep: go(to: itinerary.stops.count - 1)
    case .nextHop: go(to: startOfNextHop ?? position)
    case .previousHop: go(to: startOfPreviousHop ?? position)
    case .reply:
      isReply.toggle()
      followPath()
      go(to: 0)
    default: break
    }
  }

  /// The first step of the next hop; `nil` on the last one.
  var startOfNextHop: Int? {
    guard let hop = stop?.hop else { return nil }
    return itinerary.stops.firstIndex { $0.hop > hop }
  }

  /// The first step of this hop or, from there, of the one before; `nil` at the beginning.
  var startOfPreviousHop: Int? {
    guard let hop = stop?.hop, let start = itinerary.stops.firstIndex(where: { $0.hop == hop }) else {
      return nil
    }
    if start < position { return start }
    guard start > 0 else { return nil }
    let before = itinerary.stops[start - 1].hop
    return itinerary.stops.firstIndex { $0.hop == before }
  }

  /// Why `action` cannot be done now; `nil` where it can.
  package func unavailability(of action: Action) -> Unavailability? {
    switch action {
    case .nextStep, .previousStep: view == .reach ? nil : whyNotMoving(action)
    case .lastStep, .firstStep, .nextHop, .previousHop: whyNotMoving(action)
    case .reply:
      isReply || path?.reply != nil
        ? nil : path.map { .noReply($0.outcome.disposition) } ?? .noSteps
    case .chooseBackend: scene.walk.paths.count > 1 ? nil : .onlyOnePath
    case .switchMode, .compare, .viewCompare: scene.snapshot.agents.isEmpty ? .noAgents : nil
    case .applyFix: whyNoFix
    case .edit, .add, .remove:
      selectedSubject == nil ? .nothingSelected : lab.network == nil ? .recording : nil
    case .save, .reset: lab.network == nil ? .recording : nil
    case .swapEnds: swappedFlow == nil ? .nothingSelected : nil
    case .undo: past.isEmpty ? .nothingToUndo : nil
    case .redo: future.isEmpty ? .nothingToRedo : nil
    case .nextPane, .previousPane: view.panes.count > 1 ? nil : .onePane
    case .sort: table(of: focus) == nil ? .nothingSelected : nil
    default: nil
    }
  }

  private var whyNoFix: Unavailability? {
    if isDelivered { return .nothingToFix }
    return fixes?.isEmpty == true ? .noFixFound : nil
  }

  /// A step aside: along the walk, or in the matrix.
  mutating func moveAside(_ action: Action) {
    guard view == .reach else { return walk(action) }
    moveReach(0, action == .nextStep ? 1 : -1)
  }

  private func whyNotMoving(_ action: Action) -> Unavailability? {
    guard !itinerary.stops.isEmpty else { return .noSteps }
    let isLast = position == itinerary.stops.count - 1
    switch action {
    case .nextStep, .lastStep: return isLast ? .lastStep : nil
    case .previousStep, .firstStep: return position == 0 ? .firstStep : nil
    case .nextHop: return startOfNextHop == nil ? .lastHop : nil
    case .previousHop: return startOfPreviousHop == nil ? .firstHop : nil
    default: return nil
    }
  }
}

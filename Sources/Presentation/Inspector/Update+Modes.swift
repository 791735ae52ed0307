import ControlPlane
import NetModel
import PacketTrace

extension InspectorState {
  /// Switches the routing mode or the protocol of the flow.
  mutating func switchOver(_ action: Action) {
    switch action {
    case .switchMode: switchMode()
    case .switchProtocol:
      var changed = flow
      changed.content = flow.content.next
      ask(changed)
    case .swapEnds:
      if let swapped = swappedFlow { ask(swapped) }
    default: break
    }
  }

  /// The flow from the one who is asked to the one who asks; `nil` where that is nobody in the network.
  var swappedFlow: Flow? {
    guard let origin = scene.snapshot.owner(of: path?.backend?.address ?? flow.destination),
      let address = scene.snapshot.address(of: flow.origin)
    else { return nil }
    return Flow(origin: origin, destination: address, content: flow.content)
  }

  /// Follows another flow from its first step on.
  mutating func ask(_ wanted: Flow) {
    guard wanted != flow else { return }
    recent.removeAll { $0 == flow }
    recent = Array(([flow] + recent).prefix(InspectorState.mostRecent))
    flow = wanted
    pathIndex = 0
    isReply = false
    derive()
    go(to: 0)
  }

  /// Walks that are offered again.
  private static let mostRecent = 20

  /// Remembers the walk, or forgets it.
  mutating func toggleBookmark() {
    if let index = bookmarks.firstIndex(of: flow) {
      bookmarks.remove(at: index)
      notice = .bookmarkRemoved
    } else {
      bookmarks.append(flow)
      notice = .bookmarked
    }
  }

  private mutating func switchMode() {
    let before = itinerary
    let mode = nextMode
    guard apply(mode.edits) else { return }
    notice = .modeSwitched(mode, firstDifference: itinerary.firstDifference(from: before))
  }

  /// The mode that the switch leads to: native, vxlan, geneve, and native again.
  package var nextMode: CiliumSettings.RoutingMode {
    switch scene.mode {
    case .native: .tunnel(.vxlan)
    case .tunnel(.vxlan): .tunnel(.geneve)
    case .tunnel(.geneve), nil: .native
    }
  }
}

extension Flow.Content {
  /// What comes behind it when protocols are tried in turn: TCP, UDP, an echo request.
  fileprivate var next: Flow.Content {
    switch self {
    case .transport(.tcp, let port): .transport(.udp, port: port)
    case .transport(.udp, _), .transport(.sctp, _): .echo
    case .echo: .transport(.tcp, port: 80)
    }
  }
}

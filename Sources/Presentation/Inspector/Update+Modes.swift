import ControlPlane
import NetModel
import PacketTrace

extension InspectorState {
  /// Switches the routing mode or the protocol of the flow.
  mutating func switchOver(_ action: Action) {
    switch action {
    case .switchMode: switchMode()
    case .switchProtocol:
      flow.content = flow.content.next
      derive()
    default: break
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
    case .transport(.udp, _): .echo
    case .echo: .transport(.tcp, port: 80)
    }
  }
}

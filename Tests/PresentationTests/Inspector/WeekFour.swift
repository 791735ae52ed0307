import ControlPlane
import Importing
import NetModel
import PacketTrace

@testable import Presentation

/// The built-in lab with curl-pod's packet for the webpod on k8s-w0.
enum WeekFour {
  private static let network = Result { try Lab.builtIn("cilium-week4").network() }

  static func state(
    source: String = "curl-pod", destination: String = "webpod@k8s-w0", language: Language = .english,
    glyphs: Glyphs = .box
  ) throws -> InspectorState {
    let network = try network.get()
    let named = try network.snapshot().flow(FlowRequest(source: source, destination: destination))
    var state = InspectorState(
      title: "cilium-week4/webpod", network: network, flow: named.flow, language: language, glyphs: glyphs)
    state.beginning = LabBeginning(lab: "cilium-week4", chapter: "webpod")
    return state
  }
}

import ControlPlane
import Importing
import NetModel
import PacketTrace

/// The recorded lab in one of its chapters, with settings of its own where a test wants them.
struct TestLab {
  var network: Network

  private static let lab = Result { try Lab.builtIn("cilium-week4") }

  init(chapter: String = "webpod", mode: CiliumSettings.RoutingMode? = nil, helm: [HelmSetting] = []) throws {
    network = try TestLab.lab.get().network(chapter: chapter)
    for edit in mode?.edits ?? [] { try apply(edit) }
    if !helm.isEmpty { try apply(.setHelmValues(helm, restart: .all)) }
  }

  mutating func apply(_ edit: Edit) throws {
    try network.apply(edit, at: .start)
  }

  func walk(_ request: FlowRequest, roundTrip: Bool = true) throws -> Walk {
    let snapshot = network.snapshot()
    return snapshot.walk(try snapshot.flow(request).flow, roundTrip: roundTrip)
  }

  /// The one path of an echo request and its answer.
  func ping(_ source: String, _ destination: String) throws -> Path {
    let walk = try walk(FlowRequest(source: source, destination: destination, content: .icmp))
    guard let path = walk.paths.first else { throw NoPath() }
    return path
  }

  struct NoPath: Error {}
}

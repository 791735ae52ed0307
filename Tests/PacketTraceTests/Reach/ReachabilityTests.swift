import ControlPlane
import Importing
import NetModel
import Testing

@testable import PacketTrace

@Suite struct ReachabilityTests {
  static func reach(_ mode: CiliumSettings.RoutingMode) throws -> Reachability {
    var network = try Lab.builtIn("cilium-week4").network(chapter: "webpod")
    for edit in mode.edits { try network.apply(edit, at: .start) }
    return network.snapshot().reachability()
  }

  static func outcome(_ reach: Reachability, _ source: String, _ destination: String) throws -> Outcome {
    let cell = reach.cells.first {
      reach.sources[$0.source].name == source && reach.destinations[$0.destination].name == destination
    }
    return try #require(cell).outcome
  }

  @Test func everyPairHasACellInOrder() throws {
    let reach = try Self.reach(.native)
    #expect(reach.sources.map(\.kind).contains(.pod) && reach.sources.map(\.kind).contains(.host))
    #expect(reach.destinations.map(\.kind).contains(.service))
    let pairs = reach.sources.indices.flatMap { row in
      reach.destinations.indices.map { [row, $0] }
    }
    #expect(reach.cells.map { [$0.source, $0.destination] } == pairs)
  }

  @Test(arguments: [
    ("curl-pod", "webpod-697b545f57-2dg5m", Disposition.exitsNetwork, Disposition.delivered),
    ("curl-pod", "webpod-697b545f57-t87x7", .delivered, .delivered),
    // A backend out of three is not reached; the answer of k8s-w0 to the pod gets lost.
    ("curl-pod", "webpod", .exitsNetwork, .delivered),
    ("curl-pod", "k8s-w0", .exitsNetwork, .delivered),
    ("k8s-ctr", "k8s-w0", .delivered, .delivered),
    ("router", "webpod", .exitsNetwork, .exitsNetwork),
  ])
  func theModesDiffer(source: String, target: String, native: Disposition, tunnel: Disposition) throws {
    #expect(try Self.outcome(Self.reach(.native), source, target).disposition == native)
    #expect(try Self.outcome(Self.reach(.tunnel(.vxlan)), source, target).disposition == tunnel)
  }
}

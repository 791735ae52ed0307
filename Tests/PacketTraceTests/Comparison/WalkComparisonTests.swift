import ControlPlane
import Importing
import NetModel
import Testing

@testable import PacketTrace

@Suite struct WalkComparisonTests {
  static func walk(_ destination: String, _ mode: CiliumSettings.RoutingMode) throws -> Walk {
    var network = try Lab.builtIn("cilium-week4").network(chapter: "webpod")
    for edit in mode.edits { try network.apply(edit, at: .start) }
    let snapshot = network.snapshot()
    let named = try snapshot.flow(FlowRequest(source: "curl-pod", destination: destination))
    return snapshot.walk(named.flow, roundTrip: true)
  }

  @Test func aWalkDoesNotDifferFromItself() throws {
    let walk = try Self.walk("webpod", .native)
    #expect(WalkComparison(walk, walk).firstDifference == nil)
  }

  @Test func modesPartOnTheSendersNodeBeforeAnythingIsOnTheWire() throws {
    let (native, tunnel) = (
      try Self.walk("webpod@k8s-w0", .native), try Self.walk("webpod@k8s-w0", .tunnel(.vxlan))
    )
    let difference = try #require(WalkComparison(native, tunnel).firstDifference)
    #expect(difference.node == NodeID("k8s-ctr"))
    #expect(difference.side == .both)
    #expect(difference.hop == 0 && difference.path == 0 && !difference.isReply)
    for walk in [native, tunnel] {
      let steps = walk.paths[0].hops[0].steps
      #expect(!steps[...difference.step].contains { $0.kind == .transmit })
    }
    #expect(
      native.paths[0].hops[0].steps[..<difference.step] == tunnel.paths[0].hops[0].steps[..<difference.step])
  }

  @Test(arguments: [WalkComparison.Side.left, .right])
  func theSideThatGoesOnIsNamed(side: WalkComparison.Side) throws {
    let whole = try Self.walk("webpod@k8s-ctr", .native)
    var cut = whole
    let step = cut.paths[0].hops[0].steps.count - 3
    cut.paths[0].hops[0].steps.removeLast(3)
    let comparison = side == .left ? WalkComparison(whole, cut) : WalkComparison(cut, whole)
    #expect(
      comparison.firstDifference
        == .init(path: 0, isReply: false, hop: 0, node: NodeID("k8s-ctr"), step: step, side: side))
  }

  @Test func theAnswerIsComparedAfterTheQuestion() throws {
    let walk = try Self.walk("webpod@k8s-ctr", .native)
    var silent = walk
    silent.paths[0].reply = nil
    let difference = try #require(WalkComparison(walk, silent).firstDifference)
    #expect(difference.isReply && difference.side == .left && difference.step == 0)
  }
}

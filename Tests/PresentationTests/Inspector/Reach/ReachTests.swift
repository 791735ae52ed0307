import NetModel
import PacketTrace
import Testing

@testable import Presentation

@Suite struct ReachTests {
  @Test func bothModesStandInOneCell() throws {
    let state = try WeekFour.state().pressing([.character("6")])
    let pair = try #require(state.reach)
    #expect(pair.mode == .native)
    #expect(pair.other?.mode == .tunnel(.vxlan))
    #expect(pair.here == state.scene.snapshot.reachability())
  }

  @Test func nothingIsWalkedBeforeSomebodyLooks() throws {
    #expect(try WeekFour.state().reach == nil)
    let opened = try WeekFour.state().pressing([.character("6")], catchesUp: false)
    #expect(opened.reach == nil && opened.isBehind)
  }

  @Test func enterOpensTheWalkOfThePair() throws {
    let state = try WeekFour.state().pressing([.character("6"), .down, .down, .right])
    let here = try #require(state.reach?.here)
    let opened = state.pressing([.enter])
    #expect(opened.view == .walk)
    #expect(opened.flow.destination == here.destinations[1].address)
    #expect(
      opened.path?.outcome.disposition == here.cell(ReachCell(source: 2, destination: 1))?.outcome.disposition
    )
  }

  @Test func anEditMakesItAnew() throws {
    let state = try WeekFour.state().pressing([.character("6"), .function(2)])
    #expect(state.reach?.mode == .tunnel(.vxlan))
  }
}

@Suite struct CapturePaneTests {
  @Test func framesGrowWithTheStepsAndAreThoseOfTheWalk() throws {
    var counts: [Int] = []
    let start = try WeekFour.state().pressing([.character("7")], catchesUp: false)
    for position in start.itinerary.stops.indices {
      counts.append(
        start.pressing(Array(repeating: .right, count: position), catchesUp: false).seenFrames.count)
    }
    #expect(counts == counts.sorted())
    #expect(
      counts.last == start.scene.walk.captures(in: start.scene.snapshot).filter { !$0.origin.isReply }.count)
  }

  @Test func aFrameLeadsToItsStep() throws {
    let state = try WeekFour.state().pressing([.end, .character("7"), .up, .up, .up])
    let frame = state.seenFrames[state.seenFrames.count - 4]
    let opened = state.pressing([.enter])
    #expect(opened.view == .walk)
    #expect(opened.stop?.step.kind == frame.origin.kind)
    #expect(opened.stop?.hop == frame.origin.hop)
  }
}

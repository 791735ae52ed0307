import NetModel
import PacketTrace
import Testing

@testable import Presentation

@Suite struct WalksTests {
  @Test func swappingGoesTheOtherWayAndBack() throws {
    let start = try WeekFour.state()
    let swapped = start.pressing([.character("S")], catchesUp: false)
    #expect(swapped.flow.origin == start.scene.snapshot.owner(of: start.flow.destination))
    #expect(swapped.pressing([.character("S")], catchesUp: false).flow == start.flow)
  }

  @Test func bookmarksAndRecentWalksAreOffered() throws {
    let start = try WeekFour.state()
    let state = start.pressing([.character("B"), .character("t"), .character("h")], catchesUp: false)
    #expect(state.bookmarks == [start.flow])
    #expect(state.pressing([.enter], catchesUp: false).flow == start.flow)
    #expect(start.pressing([.character("B"), .character("B")], catchesUp: false).bookmarks.isEmpty)
  }

  @Test func theCopiedCommandMakesTheSameWalk() throws {
    var state = try WeekFour.state(source: "router", destination: "webpod").pressing([.character("t")])
    state.origin = LabOrigin(lab: "cilium-week4", chapter: "webpod")
    let effects = update(&state, .keyPressed(.character("y")))
    guard case .copy(let line)? = effects.first else {
      Issue.record("nothing is copied")
      return
    }
    let words = line.split(separator: " ").map(String.init)
    let request = FlowRequest(
      source: words[2], destination: words[3], content: words.contains("udp") ? .udp : .tcp)
    let flow = try state.scene.snapshot.flow(request).flow
    #expect(flow.origin == state.flow.origin && flow.destination == state.flow.destination)
    #expect(flow.content == state.flow.content)
  }
}

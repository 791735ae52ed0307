import NetModel
import PacketTrace
import Testing

@testable import Presentation

@Suite struct StageTests {
  private func names(_ stage: Stage) -> [String] { stage.places.map(\.name) }

  @Test func bothModesShowTheSamePlaces() throws {
    let native = try WeekFour.state()
    let tunnel = native.pressing([.function(2)])
    #expect(names(native.stage) == ["curl-pod", "k8s-ctr", "router", "k8s-w0", "webpod"])
    #expect(names(tunnel.stage) == names(native.stage))
    #expect(native.stage.places.map(\.isReached) == [true, true, true, false, false])
    #expect(!tunnel.stage.places.map(\.isReached).contains(false))
  }

  @Test func aPacketThatLeavesIsShownAtItsWayOut() throws {
    let stage = try WeekFour.state().stage
    #expect(stage.end == 2)
    #expect(stage.exit == Stage.Exit(interface: "eth0", nextHop: IPv4Address(10, 0, 2, 2)))
    #expect(stage.places[2].departure == "eth2")
  }

  @Test func tunnelsAreOnTheWiresBetweenNodesAlone() throws {
    let stage = try WeekFour.state().pressing([.function(2)]).stage
    #expect(stage.links.map(\.tunnel) == [nil, .vxlan, .vxlan, nil])
  }

  @Test func everyStepIsAtOnePlace() throws {
    let state = try WeekFour.state().pressing([.function(2)])
    let covered = state.stage.places.flatMap { Array($0.steps) }
    #expect(covered == Array(state.itinerary.stops.indices))
    for (index, stop) in state.itinerary.stops.enumerated() {
      if case .place(let place) = state.stage.location(of: index) {
        #expect(state.stage.places[place].stack == stop.step.stack)
      } else {
        #expect(stop.step.kind == .transmit)
      }
    }
  }

  @Test func theReplyPassesThePlacesTheOtherWayRound() throws {
    let state = try WeekFour.state().pressing([.function(2), .function(3)])
    #expect(names(state.stage) == ["webpod", "k8s-w0", "router", "k8s-ctr", "curl-pod"])
  }
}

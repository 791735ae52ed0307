import NetModel
import PacketTrace
import Testing

@testable import Console

/// A sender that does not listen is told less and less often, and then no more until it has been silent.
struct RedirectLimitsTests {
  private static let notice = RedirectNotice(
    router: IPv4Address(10, 0, 0, 1), sender: IPv4Address(10, 0, 0, 2), gateway: IPv4Address(10, 0, 0, 3))

  private static func told(every interval: Duration, packets: Int) -> [Int] {
    var limits = RedirectLimits()
    return (0..<packets).filter { packet in
      limits.admit(notice, by: NodeID("router"), at: .start + interval * packet)
    }
  }

  @Test func pausesGrow() {
    #expect(Self.told(every: .seconds(1), packets: 100) == [0, 1, 2, 3, 4, 5, 7, 10, 16])
  }

  @Test func silenceBeginsAnew() {
    #expect(Self.told(every: .seconds(21), packets: 12) == Array(0..<12))
  }

  @Test func sendersAreCountedApart() {
    var limits = RedirectLimits()
    var other = Self.notice
    other.sender = IPv4Address(10, 0, 0, 4)
    let told = [
      limits.admit(Self.notice, by: NodeID("router"), at: .start),
      limits.admit(Self.notice, by: NodeID("router"), at: .start),
      limits.admit(other, by: NodeID("router"), at: .start),
      limits.admit(Self.notice, by: NodeID("second"), at: .start),
    ]
    #expect(told == [true, false, true, true])
  }
}

import NetModel
import PacketTrace

/// How long packets take.
///
/// Assumed: 190 microseconds a cable, 20 for the programs at the ends, 15 for a tunnel's header, 2 for a device;
/// with up to a tenth more or less. The recorded lab's round trips fit: 0.499 ms over one cable, 0.786 ms over
/// two, 0.474 to 0.512 ms between pods natively, 0.585 to 0.734 ms by VXLAN.
package struct Latency: Sendable {
  /// In thousandths: 1000 for the usual pace.
  private let permille: Int

  /// - Parameter draw: what decides by how much this packet differs from others.
  init(draw: UInt64) {
    permille = 900 + Int(draw % 201)
  }

  /// Every sight of a packet with the time since it was sent, and the whole time.
  func timed(
    _ captured: [CapturedPacket]
  ) -> (packets: [(seen: CapturedPacket, offset: Duration)], duration: Duration) {
    var offset = Duration.microseconds(20) * permille / 1000
    var former: CapturedPacket?
    var packets: [(seen: CapturedPacket, offset: Duration)] = []
    for seen in captured {
      if let former { offset += pause(from: former, to: seen) * permille / 1000 }
      packets.append((seen, offset))
      former = seen
    }
    return (packets, offset + .microseconds(20) * permille / 1000)
  }

  private func pause(from former: CapturedPacket, to seen: CapturedPacket) -> Duration {
    let waited = seen.time - former.time
    if waited >= .seconds(1) { return waited }
    let crossesCable =
      seen.origin == former.origin && former.direction == .outgoing && seen.direction == .incoming
      && seen.origin.kind == .transmit
    if crossesCable { return .microseconds(190) }
    return seen.origin.kind == .encapsulation || seen.origin.kind == .decapsulation
      ? .microseconds(15) : .microseconds(2)
  }
}

import NetModel
import PacketTrace

/// What interfaces have sent and received since the lab was opened: the lab's own traffic alone.
package struct InterfaceCounters: Sendable {
  private var counts: [InterfaceID: Count] = [:]

  package struct Count: Hashable, Sendable {
    package var receivedPackets = 0
    package var receivedBytes = 0
    package var sentPackets = 0
    package var sentBytes = 0
  }

  package subscript(interface: InterfaceID) -> Count { counts[interface] ?? Count() }

  mutating func count(_ seen: CapturedPacket) {
    var count = self[seen.interface]
    let length = seen.packet.length
    switch seen.direction {
    case .outgoing:
      count.sentPackets += 1
      count.sentBytes += length
    case .incoming, .broadcast:
      count.receivedPackets += 1
      count.receivedBytes += length
    }
    counts[seen.interface] = count
  }
}

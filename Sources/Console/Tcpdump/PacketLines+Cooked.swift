import NetModel
import PacketTrace

extension PacketLines {
  /// The packet as `tcpdump -i any` prints it, behind the time: interface, direction, and the packet.
  ///
  /// `index` is the number of the interface, which `-e` shows.
  ///
  /// Source: tcpdump 4.99.3 `print-sll.c`, `sll2_if_print`.
  package mutating func cookedText(of seen: CapturedPacket, interfaceIndex index: Int) -> String {
    cookedText(of: seen.packet, seen.direction, interface: seen.interface.name, index: index)
  }

  /// The packet, and where it was seen.
  mutating func cookedText(
    of packet: Packet, _ direction: CapturedPacket.Direction, interface: String, index: Int
  ) -> String {
    let place = "\(interface.padded(to: 5)) \(direction.rawValue.padded(to: 3)) "
    return place + cookedHeader(of: packet, index) + text(of: packet.unframed)
  }

  /// Without its Ethernet header a packet has one of 20 bytes in such a capture; only the sender is kept.
  private func cookedHeader(of packet: Packet, _ index: Int) -> String {
    guard options.contains(.linkLayer), let header = packet.ethernet else { return "" }
    let type = PacketLines.etherType(behind: 0, of: packet)
    return "ifindex \(index) \(header.source) \(type), length \(packet.unframed.length + 20): "
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

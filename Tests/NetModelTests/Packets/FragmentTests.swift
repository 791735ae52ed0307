import NetModel
import PacketTesting
import Testing

struct FragmentTests {
  private static func datagram(_ length: Int) -> Packet {
    let ip = IPv4Header(
      source: IPv4Address(10, 0, 0, 1), destination: IPv4Address(10, 0, 0, 2), identification: 77,
      dontFragment: false)
    return Packet(
      headers: [.ipv4(ip), .udp(UDPHeader(sourcePort: 1000, destinationPort: 2000))], payloadLength: length)
  }

  @Test(arguments: [(1000, 1500), (1472, 1500), (1473, 1500), (5000, 1500), (4000, 576), (200, 68)])
  func thePiecesMakeTheWhole(length: Int, limit: Int) throws {
    let whole = Self.datagram(length)
    let pieces = whole.fragments(limit: limit, cutsTunnel: false)
    #expect(pieces.allSatisfy { $0.ipLength <= limit && $0.bytes.count == $0.length })
    guard pieces.count > 1 else {
      #expect(pieces == [whole])
      return
    }
    var data: [UInt8] = []
    for piece in pieces {
      let fragment = try #require(piece.outerIP?.fragment)
      #expect(fragment.offset == data.count && fragment.offset % 8 == 0)
      #expect(fragment.isLast == (piece == pieces.last))
      let bytes = piece.bytes
      #expect(Int(bytes[6] & 0x1f) << 8 | Int(bytes[7]) == fragment.offset / 8)
      #expect((bytes[6] & 0x20 == 0) == fragment.isLast)
      #expect(bytes[9] == 17)
      data += bytes.dropFirst(20)
    }
    #expect(data == Array(whole.bytes.dropFirst(20)))
  }
}

import NetModel
import PacketTesting
import Testing

@Suite struct PacketParsingTests {
  @Test(arguments: 0..<500 as Range<UInt64>)
  func packetsRoundTrip(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let packet = generator.packet()
    #expect(try Packet(parsing: packet.bytes, from: packet.firstLayer) == packet, "seed \(seed)")
  }

  @Test(arguments: 0..<500 as Range<UInt64>)
  func damagedBytesAreRefusedOrReadAsTheyAre(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let original = generator.packet()
      var bytes = original.bytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        guard let position = bytes.indices.prefix(60).randomElement(using: &generator) else { continue }
        bytes[position] = generator.any()
      }
      if Bool.random(using: &generator) { bytes.removeLast(.random(in: 0...bytes.count, using: &generator)) }
      guard let packet = try? Packet(parsing: bytes, from: original.firstLayer) else { continue }
      let checksums = Set(packet.fields.filter { $0.name == .checksum }.flatMap(\.bytes))
      let differences = zip(packet.bytes, bytes).enumerated().filter { position, pair in
        pair.0 != pair.1 && !checksums.contains(position)
      }
      #expect(packet.length <= bytes.count && differences.isEmpty, "seed \(seed)")
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func anyBytesAreReadWithoutTraps(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = (0..<Int.random(in: 0...200, using: &generator)).map { _ in generator.any(UInt8.self) }
    #expect(throws: PacketParseError.self, "seed \(seed)") { try Packet(parsing: bytes) }
  }

  @Test func nestingHasAnEnd() {
    var packet = Packet(headers: [.ipv4(header), .icmp(ICMPHeader(.timeExceeded))])
    for _ in 0..<40 { packet.headers.insert(.ipv4(header), at: 0) }
    #expect(throws: PacketParseError.unsupported(.nesting, offset: 640)) {
      try Packet(parsing: packet.bytes, from: .ipv4)
    }
  }

  @Test func paddingOfAShortFrameIsDropped() throws {
    let frame = try #require(try RecordedFrame.all().first?.first)
    let padded = frame.bytes + Array(repeating: 0, count: 18)
    #expect(try Packet(parsing: padded).bytes == frame.bytes)
  }

  @Test(arguments: [
    (6, 0x20, PacketParseError.unsupported(.fragment, offset: 6)),
    (0, 0x46, .unsupported(.ipOptions, offset: 0)),
    (0, 0x65, .unsupported(.ipVersion(6), offset: 0)),
    (9, 47, .unsupported(.ipProtocol(47), offset: 9)),
    (3, 19, .badLength(offset: 2)),
    (3, 200, .truncated(offset: 28)),
    (20, 5, .unsupported(.icmpType(5, code: 0), offset: 20)),
    (24, 1, .unsupported(.value(.reserved), offset: 24)),
  ])
  func refusals(position: Int, value: Int, error: PacketParseError) {
    var bytes = Packet(headers: [.ipv4(header), .icmp(ICMPHeader(.timeExceeded))]).bytes
    bytes[position] = UInt8(value)
    #expect(throws: error) { try Packet(parsing: bytes, from: .ipv4) }
  }

  @Test func aDatagramForATunnelPortMayHoldAnything() throws {
    let datagram = Packet(
      headers: [.ipv4(header), .udp(UDPHeader(sourcePort: 1, destinationPort: 8472))], payloadLength: 12)
    #expect(try Packet(parsing: datagram.bytes, from: .ipv4) == datagram)
  }

  private var header: IPv4Header {
    IPv4Header(source: IPv4Address(10, 0, 0, 1), destination: IPv4Address(10, 0, 0, 2))
  }
}

extension Packet {
  fileprivate var firstLayer: Layer { ethernet == nil ? .ipv4 : .ethernet }
}

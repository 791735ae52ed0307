import NetModel
import PacketTesting
import Testing

@Suite struct HeaderFieldTests {
  @Test(arguments: 0..<100 as Range<UInt64>)
  func fieldsCoverTheHeadersWithoutGaps(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let packet = generator.packet()
    var offset = 0
    for field in packet.fields {
      #expect(field.bitOffset == offset, "seed \(seed)")
      offset += field.bitLength
    }
    #expect(offset == 8 * packet.offset(ofHeaderAt: packet.headers.count), "seed \(seed)")
  }

  @Test func fieldsSayWhatTheBytesSay() throws {
    let frame = try #require(try RecordedFrame.all()[8].first)
    let packet = try Packet(parsing: frame.bytes)
    let fields = packet.fields
    #expect(fields.first?.value == .mac(try #require(MACAddress(parsing: "08:00:27:95:f9:8a"))))
    let identifier = try #require(fields.first { $0.name == .networkIdentifier })
    #expect(identifier.number == 45966)
    #expect(identifier.bytes == 46..<49)
    #expect(identifier.source == .init(document: .rfc(7348), section: "5"))
    let checksums = fields.filter { $0.name == .checksum }.map(\.number)
    #expect(checksums == [0xde34, 0, 0x4b84, 0xbe06])
    let ttl = try #require(fields.last { $0.name == .timeToLive })
    #expect(ttl.bytes == 72..<73)
    #expect(ttl.value == .number(63))
  }

  @Test func aRouterChangesAddressesTTLAndChecksum() throws {
    let captures = try RecordedFrame.all()
    let before = try Packet(parsing: captures[0][2].bytes)
    let after = try Packet(parsing: captures[1][2].bytes)
    let expected = zip(before.bytes, after.bytes).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
    #expect(after.changedBytes(since: before) == expected)
    #expect(expected.contains(22) && expected.contains(24))
    #expect(before.changedBytes(since: before) == [])
  }

  @Test func encapsulationLeavesTheInnerBytesAlone() throws {
    let outer = try Packet(parsing: try #require(try RecordedFrame.all()[8].first).bytes)
    let inner = outer.decapsulated
    #expect(outer.changedBytes(since: inner) == Array(0..<50))
    #expect(inner.changedBytes(since: outer) == [])
  }

  @Test func anAnswerOfAnotherKindKeepsItsOuterHeaders() {
    let header = IPv4Header(source: IPv4Address(10, 0, 0, 1), destination: IPv4Address(10, 0, 0, 2))
    let before = Packet(headers: [.ipv4(header), .udp(UDPHeader(sourcePort: 1, destinationPort: 2))])
    let after = Packet(
      headers: [.ipv4(header), .icmp(ICMPHeader(.timeExceeded))], payload: .quote(of: before))
    // Total length, protocol and checksum of the IPv4 header, and all behind it.
    #expect(after.changedBytes(since: before) == [3, 9, 11] + Array(20..<56))
  }
}

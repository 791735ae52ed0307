/// Reads big-endian numbers from bytes, never past their end.
struct ByteReader {
  private let bytes: [UInt8]
  private(set) var offset = 0
  /// Where the packet ends, at most the number of bytes.
  private(set) var end: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    end = bytes.count
  }

  var remaining: Int { end - offset }

  /// The next number of `count` bytes, at most 8.
  mutating func number(of count: Int) throws(PacketParseError) -> UInt64 {
    guard remaining >= count else { throw .truncated(offset: offset) }
    defer { offset += count }
    return bytes[offset..<offset + count].reduce(0) { $0 << 8 | UInt64($1) }
  }

  mutating func byte() throws(PacketParseError) -> UInt8 {
    UInt8(truncatingIfNeeded: try number(of: 1))
  }

  mutating func half() throws(PacketParseError) -> UInt16 {
    UInt16(truncatingIfNeeded: try number(of: 2))
  }

  mutating func word() throws(PacketParseError) -> UInt32 {
    UInt32(truncatingIfNeeded: try number(of: 4))
  }

  mutating func address() throws(PacketParseError) -> IPv4Address {
    IPv4Address(rawValue: try word())
  }

  mutating func mac() throws(PacketParseError) -> MACAddress {
    MACAddress(rawValue: try number(of: 6))
  }

  /// Passes over a field that `Packet` always writes as `number`.
  mutating func expect(
    _ name: HeaderField.Name, _ number: UInt64, bytes count: Int
  ) throws(PacketParseError) {
    let start = offset
    guard try self.number(of: count) == number else {
      throw .unsupported(.value(name), offset: start)
    }
  }

  mutating func skip(_ count: Int) throws(PacketParseError) {
    _ = try number(of: count)
  }

  /// Takes what is left for the packet's end `count` bytes further on.
  mutating func limit(to count: Int) {
    end = min(end, offset + max(count, 0))
  }

  /// Everything that is left.
  mutating func rest() -> [UInt8] {
    defer { offset = end }
    return Array(bytes[offset..<end])
  }
}

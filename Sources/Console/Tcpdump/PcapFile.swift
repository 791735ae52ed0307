import NetModel
import PacketTrace

/// Reads a capture file, packet by packet.
///
/// Source: IETF draft-ietf-opsawg-pcap, PCAP Capture File Format; libpcap 1.10 `sf-pcap.c`.
struct PcapFile: Sendable {
  let isCooked: Bool
  let snapshotLength: Int
  private let bytes: [UInt8]
  private var position = PcapFile.headerLength

  private static let headerLength = 24
  private static let recordHeaderLength = 16
  private static let cookedHeaderLength = 20

  struct Record: Sendable {
    /// Since 1970-01-01 00:00 UTC.
    var microseconds: Int64
    var frame: CapturedFrame
  }

  /// - Throws: `truncated`, `unknownFormat`; `notModelled` for another order of bytes, finer times and other links.
  init(_ bytes: [UInt8]) throws(PcapError) {
    guard bytes.count >= 4 else { throw .truncated("file header", wanted: 4, found: bytes.count) }
    switch Self.number(bytes[0..<4]) {
    case 0xa1b2_c3d4: break
    case 0xd4c3_b2a1, 0xa1b2_3c4d, 0x4d3c_b2a1, 0x0a0d_0d0a: throw .notModelled("this kind of capture file")
    default: throw .unknownFormat
    }
    guard bytes.count >= Self.headerLength else {
      throw .truncated("file header", wanted: Self.headerLength, found: bytes.count)
    }
    switch Self.number(bytes[20..<24]) {
    case 1: isCooked = false
    case 276: isCooked = true
    case let type: throw .notModelled("link-type \(type)")
    }
    snapshotLength = Self.number(bytes[16..<20])
    self.bytes = bytes
  }

  /// The next packet; `nil` at the end.
  mutating func next() throws(PcapError) -> Record? {
    guard position < bytes.count else { return nil }
    let head = try take(Self.recordHeaderLength, "header")
    let length = Self.number(head.dropFirst(8).prefix(4))
    let content = Array(try take(length, "captured"))
    guard length == Self.number(head.suffix(4)) else { throw .notModelled("a packet that was cut short") }
    let seconds = Int64(Self.number(head.prefix(4)))
    let microseconds = seconds * 1_000_000 + Int64(Self.number(head.dropFirst(4).prefix(4)))
    return Record(microseconds: microseconds, frame: try frame(content))
  }

  private mutating func take(_ count: Int, _ what: String) throws(PcapError) -> ArraySlice<UInt8> {
    guard bytes.count - position >= count else {
      throw .truncated(what, wanted: count, found: bytes.count - position)
    }
    defer { position += count }
    return bytes[position..<position + count]
  }

  private func frame(_ content: [UInt8]) throws(PcapError) -> CapturedFrame {
    guard isCooked else {
      return CapturedFrame(
        packet: try packet(content), direction: .incoming, interface: "", interfaceIndex: 0)
    }
    guard content.count >= Self.cookedHeaderLength else { throw .notModelled("a packet that was cut short") }
    let direction: CapturedPacket.Direction
    switch content[10] {
    case 0: direction = .incoming
    case 1: direction = .broadcast
    case 4: direction = .outgoing
    case let other: throw .notModelled("a packet of type \(other)")
    }
    let index = content[4..<8].reduce(0) { $0 << 8 | Int($1) }
    let ethernet = [UInt8](repeating: 0, count: 6) + content[12..<18] + content[0..<2]
    return CapturedFrame(
      packet: try packet(ethernet + content[Self.cookedHeaderLength...]), direction: direction, interface: "",
      interfaceIndex: index)
  }

  private func packet(_ bytes: [UInt8]) throws(PcapError) -> Packet {
    do {
      return try Packet(parsing: bytes)
    } catch {
      throw .notModelled("a packet of another protocol")
    }
  }

  /// In little-endian order.
  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

/// Why a capture file cannot be read.
enum PcapError: Error, Hashable {
  case unknownFormat
  case truncated(String, wanted: Int, found: Int)
  case notModelled(String)

  /// Source: libpcap 1.10 `savefile.c`, `sf-pcap.c`.
  var text: String {
    switch self {
    case .unknownFormat: "unknown file format"
    case .truncated(let what, let wanted, let found):
      "truncated dump file; tried to read \(wanted) \(what) bytes, only got \(found)"
    case .notModelled(let what): "\(what): not modelled here"
    }
  }

  var status: Int32 { if case .notModelled = self { 127 } else { 1 } }
}

import NetModel
import PacketTrace

/// A packet, and where an interface saw it.
struct CapturedFrame: Hashable, Sendable {
  var packet: Packet
  var direction: CapturedPacket.Direction
  var interface: String
  var interfaceIndex: Int
}

/// The capture file format that `tcpdump -w` writes.
///
/// Source: IETF draft-ietf-opsawg-pcap, PCAP Capture File Format; linktypes 1 (EN10MB) and 276 (LINUX_SLL2).
enum Pcap {
  /// The file's first 24 bytes, in little-endian order.
  static func header(isCooked: Bool, snapshotLength: Int) -> [UInt8] {
    let magic: UInt32 = 0xa1b2_c3d4
    let version = littleEndian(UInt16(2)) + littleEndian(UInt16(4))
    let numbers: [UInt32] = [0, 0, UInt32(truncatingIfNeeded: snapshotLength), isCooked ? 276 : 1]
    return littleEndian(magic) + version + numbers.flatMap(littleEndian)
  }

  /// One packet, `microseconds` after 1970-01-01 00:00 UTC.
  static func record(
    _ frame: CapturedFrame, at microseconds: Int64, isCooked: Bool, snapshotLength: Int
  ) -> [UInt8] {
    let bytes = isCooked ? cookedBytes(of: frame) : frame.packet.bytes
    let taken = bytes.prefix(snapshotLength)
    let numbers: [UInt32] = [
      UInt32(truncatingIfNeeded: microseconds / 1_000_000), UInt32(microseconds % 1_000_000),
      UInt32(taken.count), UInt32(bytes.count),
    ]
    return numbers.flatMap(littleEndian) + taken
  }

  /// Source: libpcap `pcap/sll.h`, `struct sll2_header`, in network order.
  private static func cookedBytes(of frame: CapturedFrame) -> [UInt8] {
    let isARP = if case .arp = frame.packet.unframed.headers.first { true } else { false }
    let type: [UInt8] = isARP ? [0x08, 0x06] : [0x08, 0x00]
    let index = Array(littleEndian(UInt32(truncatingIfNeeded: frame.interfaceIndex)).reversed())
    let direction: UInt8 =
      switch frame.direction {
      case .incoming: 0
      case .broadcast: 1
      case .outgoing: 4
      }
    let sender = Array((frame.packet.ethernet?.source ?? .zero).bytes)
    return type + [0, 0] + index + [0, 1, direction, 6] + sender + [0, 0] + frame.packet.unframed.bytes
  }

  private static func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    stride(from: 0, to: Number.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: number >> Number($0)) }
  }
}

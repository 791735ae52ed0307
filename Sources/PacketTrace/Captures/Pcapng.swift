/// A capture file: the interfaces that were listened on, and the packets that they saw.
///
/// Source: IETF draft-ietf-opsawg-pcapng, PCAP Next Generation (pcapng) Capture File Format.
package struct Pcapng: Hashable, Sendable {
  package var interfaces: [Interface]
  package var packets: [Packet]

  package init(interfaces: [Interface], packets: [Packet]) {
    self.interfaces = interfaces
    self.packets = packets
  }

  package struct Interface: Hashable, Sendable {
    package var name: String
    /// Shown beside the name; `nil` for none.
    package var description: String?
    package var comment: String?

    package init(name: String, description: String? = nil, comment: String? = nil) {
      self.name = name
      self.description = description
      self.comment = comment
    }
  }

  package struct Packet: Hashable, Sendable {
    /// Position in `interfaces`.
    package var interface: Int
    /// Since 1970-01-01 00:00 UTC.
    package var nanoseconds: UInt64
    /// An Ethernet frame without its check sequence.
    package var bytes: [UInt8]
    package var direction: Direction
    package var comment: String?

    package init(
      interface: Int, nanoseconds: UInt64, bytes: [UInt8], direction: Direction, comment: String? = nil
    ) {
      self.interface = interface
      self.nanoseconds = nanoseconds
      self.bytes = bytes
      self.direction = direction
      self.comment = comment
    }
  }

  /// The two lowest bits of `epb_flags`.
  package enum Direction: UInt32, Hashable, Sendable {
    case inbound = 1
    case outbound = 2
  }

  /// The file, in little-endian order.
  package var bytes: [UInt8] {
    sectionHeader + interfaces.flatMap(block) + packets.flatMap(block)
  }
}

/// What a block or an option is.
private enum Code {
  static let sectionHeader: UInt32 = 0x0a0d_0d0a
  static let interfaceDescription: UInt32 = 1
  static let enhancedPacket: UInt32 = 6
  static let byteOrderMagic: UInt32 = 0x1a2b_3c4d
  static let ethernet: UInt16 = 1

  static let endOfOptions: UInt16 = 0
  static let comment: UInt16 = 1
  static let applicationName: UInt16 = 4
  static let interfaceName: UInt16 = 2
  static let interfaceDescriptionText: UInt16 = 3
  static let timestampResolution: UInt16 = 9
  static let packetFlags: UInt16 = 2
}

extension Pcapng {
  private var sectionHeader: [UInt8] {
    let version = UInt16(1).littleEndianBytes + UInt16(0).littleEndianBytes
    let unknownLength = UInt64.max.littleEndianBytes
    let content = Code.byteOrderMagic.littleEndianBytes + version + unknownLength
    return block(
      Code.sectionHeader, content + options([option(Code.applicationName, text: "packetwalk")]))
  }

  private func block(_ interface: Interface) -> [UInt8] {
    let noLimit = UInt32(0).littleEndianBytes
    let content = Code.ethernet.littleEndianBytes + UInt16(0).littleEndianBytes + noLimit
    let nanoseconds: [UInt8] = [9]
    return block(
      Code.interfaceDescription,
      content
        + options([
          option(Code.comment, text: interface.comment), option(Code.interfaceName, text: interface.name),
          option(Code.interfaceDescriptionText, text: interface.description),
          option(Code.timestampResolution, nanoseconds),
        ]))
  }

  private func block(_ packet: Packet) -> [UInt8] {
    let length = UInt32(truncatingIfNeeded: packet.bytes.count).littleEndianBytes
    let time =
      UInt32(truncatingIfNeeded: packet.nanoseconds >> 32).littleEndianBytes
      + UInt32(truncatingIfNeeded: packet.nanoseconds).littleEndianBytes
    let head = UInt32(truncatingIfNeeded: packet.interface).littleEndianBytes + time + length + length
    return block(
      Code.enhancedPacket,
      head + padded(packet.bytes)
        + options([
          option(Code.comment, text: packet.comment),
          option(Code.packetFlags, packet.direction.rawValue.littleEndianBytes),
        ]))
  }

  /// A block with its type in front and its length at both ends.
  private func block(_ type: UInt32, _ content: [UInt8]) -> [UInt8] {
    let length = UInt32(truncatingIfNeeded: content.count + 12).littleEndianBytes
    return type.littleEndianBytes + length + content + length
  }

  private func options(_ options: [[UInt8]]) -> [UInt8] {
    options.flatMap(\.self) + Code.endOfOptions.littleEndianBytes + UInt16(0).littleEndianBytes
  }

  private func option(_ code: UInt16, _ value: [UInt8]) -> [UInt8] {
    code.littleEndianBytes + UInt16(value.count).littleEndianBytes + padded(value)
  }

  /// Nothing where there is no text; a text longer than an option can hold is cut.
  private func option(_ code: UInt16, text: String?) -> [UInt8] {
    text.map { option(code, Array($0.utf8.prefix(Int(UInt16.max)))) } ?? []
  }

  /// Zeros up to a multiple of 4 bytes.
  private func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + Array(repeating: 0, count: (4 - bytes.count % 4) % 4)
  }
}

extension FixedWidthInteger {
  fileprivate var littleEndianBytes: [UInt8] {
    (0..<Self.bitWidth / 8).map { UInt8(truncatingIfNeeded: self >> Self(8 * $0)) }
  }
}

/// What stands behind a packet's last header.
package enum Payload: Hashable, Sendable {
  /// So many bytes that nobody chose: those of `ping` behind an echo header, else zeros.
  case filler(length: Int)
  case bytes([UInt8])
  /// The first bytes of another packet, from its IPv4 header on, as ICMP errors carry them; zeros behind them where
  /// it is shorter.
  indirect case quote(Packet, length: Int)

  /// Bytes that the payload takes.
  package var length: Int {
    switch self {
    case .filler(let length): max(length, 0)
    case .bytes(let bytes): bytes.count
    case .quote(_, let length): max(length, 0)
    }
  }

  /// What an ICMP error says of the packet that caused it: all of it, up to an error of 576 bytes.
  ///
  /// Source: RFC 1812, section 4.3.2.3; Linux `net/ipv4/icmp.c`, `__icmp_send`.
  package static func quote(of packet: Packet) -> Payload {
    let quoted = packet.unframed
    let room = 576 - IPv4Header.length - ICMPHeader.length
    return .quote(quoted, length: min(quoted.length, room))
  }
}

extension Packet {
  /// The bytes behind the last header.
  package var payloadBytes: [UInt8] {
    switch payload {
    case .filler(let length): fillerBytes(length: max(length, 0))
    case .bytes(let bytes): bytes
    case .quote(let packet, let length):
      Array(packet.bytes.prefix(max(length, 0)))
        + [UInt8](repeating: 0, count: max(length - packet.length, 0))
    }
  }

  /// `ping` numbers its bytes; the time that it writes over the first 16 is not modelled.
  ///
  /// Source: iputils `ping/ping_common.c`, `fill`.
  func fillerBytes(length: Int) -> [UInt8] {
    switch icmp?.message {
    case .echoRequest, .echoReply: (0..<length).map { UInt8(truncatingIfNeeded: $0) }
    default: Array(repeating: 0, count: length)
    }
  }

  /// The packet that an ICMP error is about; `nil` for any other packet, and where its headers are cut off.
  ///
  /// A quote that was cut short comes back at its full length, with filler for what is missing.
  package var quotedPacket: Packet? {
    guard icmp?.message.isError == true else { return nil }
    switch payload {
    case .quote(let packet, _): return packet
    case .bytes(let bytes): return try? Packet(quotedIn: bytes)
    case .filler: return nil
    }
  }
}

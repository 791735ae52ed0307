/// Why bytes could not be read as a packet.
///
/// Offsets count bytes from the first that was given.
package enum PacketParseError: Error, Hashable, Sendable {
  /// The bytes end before what begins at `offset` does.
  case truncated(offset: Int)
  /// The length at `offset` contradicts the bytes that are there.
  case badLength(offset: Int)
  /// The packet may be right, but `Packet` cannot express what stands at `offset`.
  case unsupported(Feature, offset: Int)

  package enum Feature: Hashable, Sendable {
    case etherType(UInt16)
    case ipVersion(UInt8)
    case ipOptions
    case fragment
    case ipProtocol(UInt8)
    case icmpType(UInt8, code: UInt8)
    case tcpOption(UInt8)
    /// A value in a field that `Packet` always writes in the one usual way.
    case value(HeaderField.Name)
    /// Headers inside headers beyond any use.
    case nesting
  }
}

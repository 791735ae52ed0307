extension ByteReader {
  mutating func tcp() throws(PacketParseError) -> TCPHeader {
    let start = offset
    let ports = (try half(), try half())
    let numbers = (try word(), try word())
    let lengthAndReserved = try byte()
    guard lengthAndReserved & 0xf == 0 else { throw .unsupported(.value(.reserved), offset: start + 12) }
    let flags = TCPHeader.Flags(rawValue: try byte())
    let window = try half()
    try skip(2)
    try expect(.urgentPointer, 0, bytes: 2)
    let length = Int(lengthAndReserved >> 4) * 4
    guard length >= 20 else { throw .badLength(offset: start + 12) }
    let header = TCPHeader(
      sourcePort: ports.0, destinationPort: ports.1, sequence: numbers.0, acknowledgment: numbers.1,
      flags: flags, window: window, options: try tcpOptions(until: start + length))
    guard header.length == length else { throw .badLength(offset: start + 12) }
    return header
  }

  /// The options up to `limit`, or up to the end of the option list where that comes before it.
  private mutating func tcpOptions(until limit: Int) throws(PacketParseError) -> [TCPHeader.Option] {
    guard limit <= end else { throw .truncated(offset: end) }
    var options: [TCPHeader.Option] = []
    while offset < limit {
      guard let option = try tcpOption() else { break }
      options.append(option)
      guard offset <= limit else { throw .badLength(offset: limit) }
    }
    while offset < limit { try expect(.optionKind, 0, bytes: 1) }
    return options
  }

  /// The next option; `nil` where the list ends.
  private mutating func tcpOption() throws(PacketParseError) -> TCPHeader.Option? {
    let start = offset
    switch try byte() {
    case 0: return nil
    case 1: return .noOperation
    case 2:
      try expect(.optionLength, 4, bytes: 1)
      return .maximumSegmentSize(try half())
    case 3:
      try expect(.optionLength, 3, bytes: 1)
      return .windowScale(try byte())
    case 4:
      try expect(.optionLength, 2, bytes: 1)
      return .selectiveAcknowledgmentPermitted
    case 8:
      try expect(.optionLength, 10, bytes: 1)
      return .timestamps(value: try word(), echo: try word())
    case let other: throw .unsupported(.tcpOption(other), offset: start)
    }
  }
}

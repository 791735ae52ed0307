import NetModel

/// The connections that a capture has seen, with the numbers that theirs are relative to.
///
/// Source: tcpdump 4.99.3 `print-tcp.c`.
struct TCPConnections: Sendable {
  /// In the order in which they were seen.
  private var entries: [Entry] = []

  struct End: Hashable, Sendable {
    let address: IPv4Address
    let port: UInt16
  }

  struct Numbers: Sendable {
    var sequence: UInt32
    var acknowledgment: UInt32

    init(_ header: TCPHeader) {
      sequence = header.sequence
      acknowledgment = header.acknowledgment
    }
  }

  /// `forward` and `backward` are the first sequence numbers of the two directions.
  private struct Entry: Sendable {
    let source: End
    let destination: End
    var forward: UInt32
    var backward: UInt32
  }

  /// The numbers to print: as they are in a connection's first packet with an acknowledgment, then relative.
  mutating func numbers(of header: TCPHeader, from source: End, to destination: End) -> Numbers {
    let position = entries.firstIndex {
      ($0.source, $0.destination) == (source, destination)
        || ($0.source, $0.destination) == (destination, source)
    }
    guard let position, !header.flags.contains(.syn) else {
      let entry = Entry(
        source: source, destination: destination, forward: header.sequence,
        backward: header.acknowledgment &- 1)
      if let position { entries[position] = entry } else { entries.append(entry) }
      return Numbers(header)
    }
    let entry = entries[position]
    let isForward = entry.source == source && entry.destination == destination
    var numbers = Numbers(header)
    numbers.sequence &-= isForward ? entry.forward : entry.backward
    numbers.acknowledgment &-= isForward ? entry.backward : entry.forward
    return numbers
  }
}

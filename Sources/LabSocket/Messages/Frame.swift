/// A message on the wire: its length in four bytes, most significant first, and then its content.
enum Frame {
  /// The most that one message may hold, in bytes.
  static let limit = 16 << 20

  static func length(of content: [UInt8]) -> [UInt8] {
    let count = UInt32(content.count)
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
  }

  /// The length that four bytes tell.
  static func length(from bytes: some Sequence<UInt8>) -> Int {
    bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
  }
}

/// MurmurHash3 for 64-bit machines, 128 bits wide.
///
/// Source: Cilium `pkg/murmur3/murmur3.go`: both lanes start at the seed, numbers are read little-endian.
package struct Murmur3: Hashable, Sendable {
  package let high: UInt64
  package let low: UInt64

  private static let c1: UInt64 = 0x87c3_7b91_1142_53d5
  private static let c2: UInt64 = 0x4cf5_ad43_2745_937f

  /// The hash of a text; `high` is its first half.
  package init(_ bytes: [UInt8], seed: UInt32) {
    var h1 = UInt64(seed)
    var h2 = UInt64(seed)
    let wholeBlocks = bytes.count / 16 * 16
    for start in stride(from: 0, to: wholeBlocks, by: 16) {
      h1 ^= Murmur3.mixedFirst(Murmur3.word(bytes[start..<start + 8]))
      h1 = (h1.rotated(27) &+ h2) &* 5 &+ 0x52dc_e729
      h2 ^= Murmur3.mixedSecond(Murmur3.word(bytes[start + 8..<start + 16]))
      h2 = (h2.rotated(31) &+ h1) &* 5 &+ 0x3849_5ab5
    }
    let rest = bytes[wholeBlocks...]
    h2 ^= Murmur3.mixedSecond(Murmur3.word(rest.dropFirst(8)))
    h1 ^= Murmur3.mixedFirst(Murmur3.word(rest.prefix(8)))
    h1 ^= UInt64(bytes.count)
    h2 ^= UInt64(bytes.count)
    h1 &+= h2
    h2 &+= h1
    h1 = Murmur3.finished(h1)
    h2 = Murmur3.finished(h2)
    h1 &+= h2
    high = h1
    low = h2 &+ h1
  }

  /// Up to 8 bytes, the first one lowest.
  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func mixedFirst(_ word: UInt64) -> UInt64 { (word &* c1).rotated(31) &* c2 }

  private static func mixedSecond(_ word: UInt64) -> UInt64 { (word &* c2).rotated(33) &* c1 }

  private static func finished(_ lane: UInt64) -> UInt64 {
    var lane = lane
    lane = (lane ^ lane >> 33) &* 0xff51_afd7_ed55_8ccd
    lane = (lane ^ lane >> 33) &* 0xc4ce_b9fe_1a85_ec53
    return lane ^ lane >> 33
  }
}

extension UInt64 {
  fileprivate func rotated(_ bits: UInt64) -> UInt64 { self << bits | self >> (64 - bits) }
}

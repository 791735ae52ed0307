/// The Internet checksum: the complement of the 16-bit ones' complement sum.
///
/// Source: RFC 1071, section 1.
package struct InternetChecksum {
  private var sum: UInt64 = 0

  package init() {}

  /// Adds bytes that begin at an even place; an odd last byte counts as if a zero followed.
  package mutating func add(_ bytes: some Collection<UInt8>) {
    var isHigh = true
    for byte in bytes {
      sum += isHigh ? UInt64(byte) << 8 : UInt64(byte)
      isHigh.toggle()
    }
  }

  /// Adds a number as its two halves of 16 bits.
  package mutating func add(_ number: UInt32) {
    sum += UInt64(number >> 16) + UInt64(number & 0xffff)
  }

  /// The checksum of what was added.
  package var value: UInt16 {
    var folded = sum
    while folded > 0xffff {
      folded = folded & 0xffff + folded >> 16
    }
    return ~UInt16(truncatingIfNeeded: folded)
  }
}

/// A 48-bit link-layer address.
///
/// Source: IEEE 802-2014, clause 8.
package struct MACAddress: Hashable, Comparable, Sendable {
  /// The address as a number below 2^48, first byte most significant.
  package let rawValue: UInt64

  package init(rawValue: UInt64) {
    self.rawValue = rawValue & 0xffff_ffff_ffff
  }

  /// Six pairs of hexadecimal digits apart by colons; `nil` for anything else.
  package init?(parsing text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 6 else { return nil }
    var value: UInt64 = 0
    for part in parts {
      guard part.utf8.count == 2, part.allSatisfy(\.isHexDigit), let byte = UInt8(part, radix: 16) else {
        return nil
      }
      value = value << 8 | UInt64(byte)
    }
    rawValue = value
  }

  package static let zero = MACAddress(rawValue: 0)
  package static let broadcast = MACAddress(rawValue: 0xffff_ffff_ffff)

  /// The six bytes in transmission order.
  package var bytes: [UInt8] {
    (0..<6).map { UInt8(truncatingIfNeeded: rawValue >> UInt64(40 - 8 * $0)) }
  }

  package static func < (left: MACAddress, right: MACAddress) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension MACAddress: CustomStringConvertible {
  package var description: String {
    bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined(separator: ":")
  }
}

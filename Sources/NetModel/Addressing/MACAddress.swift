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
  package init?(parsing text: Substring) {
    let bytes = text.utf8
    guard bytes.count == 17 else { return nil }
    var value: UInt64 = 0
    for (position, byte) in bytes.enumerated() {
      if position % 3 == 2 {
        guard byte == UInt8(ascii: ":") else { return nil }
      } else {
        guard let digit = byte.hexadecimalDigit else { return nil }
        value = value << 4 | digit
      }
    }
    rawValue = value
  }

  package init?(parsing text: some StringProtocol) {
    self.init(parsing: String(text)[...])
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

extension UInt8 {
  /// What the byte stands for as a hexadecimal digit; `nil` for all others.
  fileprivate var hexadecimalDigit: UInt64? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(self - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(self - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(self - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}

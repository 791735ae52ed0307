/// A 32-bit Internet address.
///
/// Source: RFC 791, section 3.2.
package struct IPv4Address: Hashable, Comparable, Sendable {
  /// The address as a number, most significant byte first (host order).
  package let rawValue: UInt32

  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// An address from its four bytes, as written from left to right.
  package init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
    rawValue = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
  }

  /// Four decimal numbers from 0 to 255, apart by dots; `nil` for anything else (no leading zeros, no blanks).
  package init?(parsing text: Substring) {
    var value: UInt32 = 0
    var dots = 0
    var part: UInt32?
    for byte in text.utf8 {
      if byte == UInt8(ascii: "."), let ended = part, dots < 3 {
        value = value << 8 | ended
        part = nil
        dots += 1
      } else if let digit = byte.decimalDigit, part != 0, (part ?? 0) * 10 + digit <= 255 {
        part = (part ?? 0) * 10 + digit
      } else {
        return nil
      }
    }
    guard dots == 3, let last = part else { return nil }
    rawValue = value << 8 | last
  }

  package init?(parsing text: some StringProtocol) {
    self.init(parsing: String(text)[...])
  }

  /// The four bytes, most significant first.
  package var bytes: [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: rawValue >> UInt32($0)) }
  }

  package static let any = IPv4Address(rawValue: 0)
  package static let broadcast = IPv4Address(rawValue: .max)

  /// True in 127.0.0.0/8 (RFC 1122, section 3.2.1.3).
  package var isLoopback: Bool { rawValue >> 24 == 127 }

  /// True in 224.0.0.0/4 (RFC 5771).
  package var isMulticast: Bool { rawValue >> 28 == 0b1110 }

  package static func < (left: IPv4Address, right: IPv4Address) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension IPv4Address: CustomStringConvertible {
  package var description: String {
    "\(rawValue >> 24).\(rawValue >> 16 & 255).\(rawValue >> 8 & 255).\(rawValue & 255)"
  }
}

/// A decimal number without sign, blanks or leading zeros, from 0 to `limit`; `nil` for anything else.
package func decimalNumber(_ text: Substring, atMost limit: Int) -> Int? {
  var value: Int?
  for byte in text.utf8 {
    guard let digit = byte.decimalDigit, value != 0 else { return nil }
    let next = (value ?? 0) * 10 + Int(digit)
    guard next <= limit else { return nil }
    value = next
  }
  return value
}

package func decimalNumber(_ text: some StringProtocol, atMost limit: Int) -> Int? {
  decimalNumber(String(text)[...], atMost: limit)
}

extension UInt8 {
  /// What the byte stands for as a decimal digit; `nil` for all others.
  var decimalDigit: UInt32? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) ? UInt32(self - UInt8(ascii: "0")) : nil
  }
}

/// A range of addresses that share their leading bits.
///
/// The bits behind the length are always zero, so equal ranges are equal values.
///
/// Source: RFC 4632, section 3.1.
package struct IPv4Prefix: Hashable, Sendable {
  /// The lowest address of the range.
  package let address: IPv4Address
  /// The number of leading bits that count, from 0 to 32.
  package var length: Int { Int(bits) }
  private let bits: UInt8

  /// The prefix of `length` bits that contains `address`.
  package init(_ address: IPv4Address, length: Int) {
    precondition((0...32).contains(length), "prefix length \(length)")
    bits = UInt8(length)
    self.address = IPv4Address(rawValue: address.rawValue & IPv4Prefix.mask(length: length))
  }

  /// `ADDRESS/LENGTH`, or an address alone for its /32; `nil` for anything else, and where bits behind the
  /// length are set.
  package init?(parsing text: Substring) {
    guard let (address, length) = parseAddressAndLength(text) else { return nil }
    self.init(address, length: length)
    guard self.address == address else { return nil }
  }

  package init?(parsing text: some StringProtocol) {
    self.init(parsing: String(text)[...])
  }

  package static let all = IPv4Prefix(.any, length: 0)

  /// The prefix that holds `address` alone.
  package static func host(_ address: IPv4Address) -> IPv4Prefix {
    IPv4Prefix(address, length: 32)
  }

  /// The highest address of the range.
  package var last: IPv4Address {
    IPv4Address(rawValue: address.rawValue | ~IPv4Prefix.mask(length: length))
  }

  package func contains(_ other: IPv4Address) -> Bool {
    other.rawValue & IPv4Prefix.mask(length: length) == address.rawValue
  }

  package func contains(_ other: IPv4Prefix) -> Bool {
    other.length >= length && contains(other.address)
  }

  /// How many leading bits `other` shares with the prefix's address, from 0 to 32.
  package func sharedBits(with other: IPv4Address) -> Int {
    (address.rawValue ^ other.rawValue).leadingZeroBitCount
  }

  /// A mask of `length` leading ones.
  package static func mask(length: Int) -> UInt32 {
    length == 0 ? 0 : ~0 << UInt32(32 - length)
  }
}

extension IPv4Prefix: CustomStringConvertible {
  package var description: String { "\(address)/\(length)" }
}

extension IPv4Prefix: Comparable {
  package static func < (left: IPv4Prefix, right: IPv4Prefix) -> Bool {
    (left.address, left.length) < (right.address, right.length)
  }
}

/// An address with the length of its subnet, as an interface bears it: the bits behind the length count.
package struct IPv4InterfaceAddress: Hashable, Sendable {
  package var address: IPv4Address
  package var length: Int

  package init(_ address: IPv4Address, length: Int) {
    precondition((0...32).contains(length), "prefix length \(length)")
    self.address = address
    self.length = length
  }

  /// `ADDRESS/LENGTH`, or an address alone for a /32; `nil` for anything else.
  package init?(parsing text: Substring) {
    guard let (address, length) = parseAddressAndLength(text) else { return nil }
    self.init(address, length: length)
  }

  package init?(parsing text: some StringProtocol) {
    self.init(parsing: String(text)[...])
  }

  /// The subnet that the address lies in.
  package var prefix: IPv4Prefix { IPv4Prefix(address, length: length) }
}

extension IPv4InterfaceAddress: CustomStringConvertible {
  package var description: String { "\(address)/\(length)" }
}

private func parseAddressAndLength(_ text: Substring) -> (IPv4Address, Int)? {
  guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else {
    return IPv4Address(parsing: text).map { ($0, 32) }
  }
  guard let address = IPv4Address(parsing: text[..<slash]),
    let length = decimalNumber(text[text.utf8.index(after: slash)...], atMost: 32)
  else { return nil }
  return (address, length)
}

/// All addresses of one family from one to another, both included.
package struct IPAddressRange: Hashable, Sendable {
  package let first: IPAddress
  package let last: IPAddress

  /// `nil` where the two are of different families, or the last lies before the first.
  package init?(first: IPAddress, last: IPAddress) {
    guard first.family == last.family, first <= last else { return nil }
    self.first = first
    self.last = last
  }

  /// The addresses of a prefix, `ADDRESS/LENGTH`; bits of the address behind the prefix do not matter.
  ///
  /// `nil` for anything else.
  package init?(prefix text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPAddress(parsing: parts[0]),
      let length = decimalNumber(parts[1], atMost: address.family.bits)
    else { return nil }
    let hostBits = address.family.bits - length
    let mask = hostBits == 128 ? UInt128.max : (UInt128(1) << UInt128(hostBits)) - 1
    guard let first = IPAddress(address.number & ~mask, of: address.family),
      let last = IPAddress(address.number | mask, of: address.family)
    else { return nil }
    self.first = first
    self.last = last
  }

  package var family: IPFamily { first.family }

  package func contains(_ address: IPAddress) -> Bool {
    first <= address && address <= last
  }

  package func overlaps(_ other: IPAddressRange) -> Bool {
    first <= other.last && other.first <= last
  }
}

extension IPAddressRange: CustomStringConvertible {
  /// `FIRST - LAST`.
  package var description: String { "\(first) - \(last)" }
}

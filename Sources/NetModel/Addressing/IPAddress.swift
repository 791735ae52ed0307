/// An Internet address of either version; all of IPv4 come before all of IPv6.
///
/// Source: Go `net/netip`, `Addr.Compare`.
package enum IPAddress: Hashable, Comparable, Sendable {
  case v4(IPv4Address)
  case v6(IPv6Address)

  /// An address in the notation of its family; `nil` for anything else.
  package init?(parsing text: some StringProtocol) {
    if let address = IPv4Address(parsing: text) {
      self = .v4(address)
    } else if let address = IPv6Address(parsing: text) {
      self = .v6(address)
    } else {
      return nil
    }
  }

  /// The address of a family with that number; `nil` where the number is too large.
  package init?(_ number: UInt128, of family: IPFamily) {
    switch family {
    case .ipv4:
      guard let small = UInt32(exactly: number) else { return nil }
      self = .v4(IPv4Address(rawValue: small))
    case .ipv6:
      self = .v6(
        IPv6Address(upper: UInt64(number >> 64), lower: UInt64(truncatingIfNeeded: number)))
    }
  }

  package var family: IPFamily {
    switch self {
    case .v4: .ipv4
    case .v6: .ipv6
    }
  }

  /// The address as a number, most significant byte first.
  package var number: UInt128 {
    switch self {
    case .v4(let address): UInt128(address.rawValue)
    case .v6(let address): UInt128(address.upper) << 64 | UInt128(address.lower)
    }
  }

  package static func < (left: IPAddress, right: IPAddress) -> Bool {
    (left.family.bits, left.number) < (right.family.bits, right.number)
  }
}

extension IPAddress: CustomStringConvertible {
  package var description: String {
    switch self {
    case .v4(let address): address.description
    case .v6(let address): address.description
    }
  }
}

/// A version of the Internet Protocol; the raw value is Kubernetes' name of it.
package enum IPFamily: String, Hashable, Sendable, CaseIterable {
  case ipv4 = "IPv4"
  case ipv6 = "IPv6"

  /// How many bits an address has.
  package var bits: Int {
    switch self {
    case .ipv4: 32
    case .ipv6: 128
    }
  }
}

/// A 128-bit Internet address.
///
/// Source: RFC 4291, section 2.
package struct IPv6Address: Hashable, Comparable, Sendable {
  /// The first eight bytes, most significant first.
  package let upper: UInt64
  /// The last eight bytes, most significant first.
  package let lower: UInt64

  package init(upper: UInt64, lower: UInt64) {
    self.upper = upper
    self.lower = lower
  }

  package static let loopback = IPv6Address(upper: 0, lower: 1)

  /// The address that an interface gives itself: fe80::/64 and the modified EUI-64 of its MAC.
  ///
  /// Source: RFC 4291, section 2.5.6 and appendix A.
  package static func linkLocal(from mac: MACAddress) -> IPv6Address {
    let vendor = mac.rawValue >> 24
    let device = mac.rawValue & 0xff_ffff
    let identifier = vendor << 40 | 0xff_fe00_0000 | device
    return IPv6Address(upper: 0xfe80 << 48, lower: identifier ^ 0x0200_0000_0000_0000)
  }

  /// True in fe80::/10 (RFC 4291, section 2.5.6).
  package var isLinkLocal: Bool { upper >> 54 == 0xfe80 >> 6 }

  /// The eight 16-bit groups from left to right.
  package var groups: [UInt16] {
    [upper, lower].flatMap { half in
      [48, 32, 16, 0].map { UInt16(truncatingIfNeeded: half >> UInt64($0)) }
    }
  }

  package static func < (left: IPv6Address, right: IPv6Address) -> Bool {
    (left.upper, left.lower) < (right.upper, right.lower)
  }
}

extension IPv6Address: CustomStringConvertible {
  /// The shortest form: the first of the longest runs of two or more zero groups as `::` (RFC 5952, section 4).
  package var description: String {
    let groups = groups
    guard let run = longestZeroRun(in: groups) else { return IPv6Address.text(of: groups[...]) }
    return IPv6Address.text(of: groups[..<run.lowerBound]) + "::"
      + IPv6Address.text(of: groups[run.upperBound...])
  }

  private static func text(of groups: ArraySlice<UInt16>) -> String {
    groups.map { String($0, radix: 16) }.joined(separator: ":")
  }

  private func longestZeroRun(in groups: [UInt16]) -> Range<Int>? {
    var longest: Range<Int>?
    var start = groups.startIndex
    while start < groups.endIndex {
      let end = groups[start...].firstIndex { $0 != 0 } ?? groups.endIndex
      if end - start >= 2, end - start > longest?.count ?? 0 { longest = start..<end }
      start = end + 1
    }
    return longest
  }
}

/// An IPv6 address with the length of its subnet, as an interface bears it.
package struct IPv6InterfaceAddress: Hashable, Sendable, CustomStringConvertible {
  package var address: IPv6Address
  /// From 0 to 128.
  package var length: Int
  /// No connected route was made for it (`noprefixroute`).
  package var noPrefixRoute: Bool

  package init(_ address: IPv6Address, length: Int, noPrefixRoute: Bool = false) {
    precondition((0...128).contains(length), "prefix length \(length)")
    self.address = address
    self.length = length
    self.noPrefixRoute = noPrefixRoute
  }

  /// How far away the address is known: `host` for ::1, `link` for fe80::/10.
  ///
  /// Source: Linux `net/ipv6/addrconf_core.c`, `__ipv6_addr_type`.
  package var scope: RouteScope {
    if address == .loopback { return .host }
    return address.isLinkLocal ? .link : .global
  }

  package var description: String { "\(address)/\(length)" }
}

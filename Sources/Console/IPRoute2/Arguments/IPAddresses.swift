import NetModel

/// A prefix as a user wrote it; the bits behind the length may be set.
struct IPPrefixArgument: Hashable {
  var address: IPv4Address
  /// From 0 to 32.
  var length: Int
  /// `ADDRESS/LENGTH` or `default` was written, not an address alone or `all`.
  var hasLength: Bool
  /// Neither `default` nor `all`.
  var hasAddress: Bool

  /// The prefix, without the bits behind the length.
  var prefix: IPv4Prefix { IPv4Prefix(address, length: length) }
}

extension IPv4Address {
  /// One to four numbers apart by dots, as iproute2 reads them: missing ones are 0, hexadecimal is allowed.
  ///
  /// Source: iproute2 `lib/utils.c`, `get_addr_ipv4`.
  init?(ipArgument text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 4 else { return nil }
    var value: UInt32 = 0
    for index in 0..<4 {
      guard index < parts.count else {
        value <<= 8
        continue
      }
      guard let byte = ipNumber(parts[index], atMost: 255) else { return nil }
      value = value << 8 | UInt32(byte)
    }
    self.init(rawValue: value)
  }
}

extension IPArguments {
  /// Takes an IPv4 address.
  ///
  /// - Throws: `expected` for anything else, `notModelled` for an IPv6 address, `incompleteCommand`.
  mutating func address(family: IPFamily?) throws(IPFailure) -> IPv4Address {
    let word = try value()
    if IPArguments.isIPv6(word), family != .inet { throw .notModelled(word) }
    guard let address = IPv4Address(ipArgument: word) else { throw .expected(.address, family, word) }
    return address
  }

  /// Takes an IPv4 prefix, `default`, `all` or `any`.
  ///
  /// - Throws: `expected` for anything else, `notModelled` for an IPv6 prefix, `incompleteCommand`.
  mutating func prefix(family: IPFamily?) throws(IPFailure) -> IPPrefixArgument {
    let word = try value()
    if word == "default" || word == "all" || word == "any" {
      return IPPrefixArgument(address: .any, length: 0, hasLength: word == "default", hasAddress: false)
    }
    if IPArguments.isIPv6(word), family != .inet { throw .notModelled(word) }
    guard let prefix = IPPrefixArgument(word) else { throw .expected(.prefix, family, word) }
    return prefix
  }

  private static func isIPv6(_ word: String) -> Bool {
    word.contains(":") && word.allSatisfy { $0.isHexDigit || ":./".contains($0) }
  }
}

extension IPPrefixArgument {
  /// `ADDRESS`, `ADDRESS/LENGTH` or `ADDRESS/MASK`.
  fileprivate init?(_ word: String) {
    let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = IPv4Address(ipArgument: parts[0]) else { return nil }
    guard parts.count == 2 else {
      self.init(address: address, length: 32, hasLength: false, hasAddress: true)
      return
    }
    guard let length = IPPrefixArgument.length(parts[1]) else { return nil }
    self.init(address: address, length: length, hasLength: true, hasAddress: true)
  }

  private static func length(_ text: Substring) -> Int? {
    if let length = ipNumber(text) { return length <= 32 ? length : nil }
    guard let mask = IPv4Address(parsing: text) else { return nil }
    let length = mask.rawValue.leadingOneBitCount
    return IPv4Prefix.mask(length: length) == mask.rawValue ? length : nil
  }
}

extension UInt32 {
  fileprivate var leadingOneBitCount: Int { (~self).leadingZeroBitCount }
}

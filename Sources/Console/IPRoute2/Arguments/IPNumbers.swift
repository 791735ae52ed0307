import NetModel

/// A number without sign as C's `strtoul` reads it with base 0: decimal, `0x` hexadecimal, `0` octal.
///
/// `nil` for anything else and above `limit`.
func ipNumber(_ text: some StringProtocol, atMost limit: Int = Int(UInt32.max), base: Int? = nil) -> Int? {
  var digits = Substring(text)
  var radix = base ?? 10
  if radix != 8, digits.lowercased().hasPrefix("0x") {
    digits = digits.dropFirst(2)
    radix = 16
  } else if base == nil, digits.count > 1, digits.first == "0" {
    digits = digits.dropFirst()
    radix = 8
  }
  guard let first = digits.first, first != "+", first != "-" else { return nil }
  guard let value = Int(digits, radix: radix), value <= limit else { return nil }
  return value
}

extension IPArguments {
  /// Takes a number without sign.
  ///
  /// - Throws: `wrongArgument` with `complaint`, or `incompleteCommand`.
  mutating func number(
    atMost limit: Int = Int(UInt32.max), complaint: String
  ) throws(IPFailure) -> Int {
    let word = try value()
    guard let number = ipNumber(word, atMost: limit) else { throw .wrongArgument(word, complaint) }
    return number
  }

  /// Takes a type-of-service byte: a name or a hexadecimal number.
  mutating func trafficClass(complaint: String) throws(IPFailure) -> UInt8 {
    let word = try value()
    if let named = IPNames.trafficClasses.first(where: { $0.name == word }) { return named.value }
    guard let number = ipNumber(word, atMost: 255, base: 16) else { throw .wrongArgument(word, complaint) }
    return UInt8(number)
  }

  /// Takes a mark, with a mask where one stands behind it: `MARK[/MASK]`.
  mutating func mark() throws(IPFailure) -> (mark: UInt32, mask: UInt32?) {
    let parts = try value().split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    guard let mark = ipNumber(parts[0]) else { throw .wrongArgument(parts[0], "fwmark value is invalid\n") }
    guard parts.count == 2 else { return (UInt32(mark), nil) }
    guard let mask = ipNumber(parts[1]) else { throw .wrongArgument(parts[1], "fwmask value is invalid\n") }
    return (UInt32(mark), UInt32(mask))
  }

  /// Takes a routing table's name or number.
  mutating func table(complaint: String) throws(IPFailure) -> TableID {
    let word = try value()
    guard let table = TableID(ipName: word) else { throw .wrongArgument(word, complaint) }
    return table
  }

  /// Takes a protocol above IP: a number or a name.
  mutating func ipProtocol() throws(IPFailure) -> UInt8 {
    let word = try value()
    if let number = decimalNumber(word, atMost: 255) { return UInt8(number) }
    if let named = IPNames.ipProtocols.first(where: { $0.name == word }) { return named.number }
    throw .wrongArgument(word, "Invalid \"ipproto\" value\n")
  }
}

extension TableID {
  /// `local`, `main`, `default`, `unspec` or a number.
  init?(ipName text: String) {
    let named: [(String, TableID)] = [
      ("local", .local), ("main", .main), ("default", .default), ("unspec", TableID(0)),
    ]
    if let known = named.first(where: { $0.0 == text }) {
      self = known.1
    } else if let number = ipNumber(text) {
      self.init(UInt32(number))
    } else {
      return nil
    }
  }
}

extension RouteScope {
  /// A name or a number from 0 to 255.
  init?(ipName text: String) {
    let named: [RouteScope] = [.global, .nowhere, .host, .link, .site]
    if let known = named.first(where: { $0.description == text }) {
      self = known
    } else if let number = ipNumber(text, atMost: 255) {
      self.init(UInt8(number))
    } else {
      return nil
    }
  }
}

extension RouteType {
  /// The type's name or a beginning of it where iproute2 allows one; numbers are not modelled.
  ///
  /// Source: iproute2 `ip/rtm_map.c`, `rtnl_rtntype_a2n`.
  init?(ipName text: String) {
    let words: [IPKeyword<RouteType>] = [
      .full("local", .local), .short("broadcast", .broadcast), .full("brd", .broadcast),
      .short("anycast", .anycast), .short("multicast", .multicast), .short("prohibit", .prohibit),
      .short("unreachable", .unreachable), .short("blackhole", .blackhole), .short("unicast", .unicast),
      .full("throw", .throw),
    ]
    guard let type = words.meaning(of: text) else { return nil }
    self = type
  }
}

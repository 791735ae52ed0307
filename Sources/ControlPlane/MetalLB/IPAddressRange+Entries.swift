import NetModel

extension IPAddressRange {
  /// One entry of `spec.addresses`: a prefix, or `FIRST-LAST`.
  ///
  /// Source: `internal/config/config.go`, `ParseCIDR`.
  init(entry: String, pool: String) throws(MetalLBFault) {
    func fault(_ problem: String) -> MetalLBFault { .badAddresses(entry, problem, pool: pool) }
    guard let dash = entry.firstIndex(of: "-") else {
      guard let range = IPAddressRange(prefix: entry) else { throw fault("invalid CIDR \(quoted(entry))") }
      self = range
      return
    }
    let problem = "invalid IP range \(quoted(entry)): "
    let ends = (String(entry[..<dash]), String(entry[entry.index(after: dash)...]))
    guard let first = IPAddress(parsing: ends.0.trimmingBlanks) else {
      throw fault(problem + "invalid start IP \(quoted(ends.0))")
    }
    guard let last = IPAddress(parsing: ends.1.trimmingBlanks) else {
      throw fault(problem + "invalid end IP \(quoted(ends.1))")
    }
    guard let range = IPAddressRange(first: first, last: last) else {
      throw fault(problem + "start IP \"\(first)\" is after the end IP \"\(last)\"")
    }
    self = range
  }

  /// How many addresses of an IPv4 range end in 0 or 255.
  var endsOfBlocks: Int {
    func count(through number: UInt128) -> Int {
      Int((number + 1) / 256 * 2 + ((number + 1) % 256 > 0 ? 1 : 0))
    }
    return count(through: last.number) - (first.number == 0 ? 0 : count(through: first.number - 1))
  }

  /// The fewest prefixes that make up the range, in ascending order.
  var prefixes: [String] {
    var prefixes: [String] = []
    var next = first.number
    while next <= last.number {
      var hostBits = min(next == 0 ? family.bits : next.trailingZeroBitCount, family.bits)
      while hostBits > 0, hostBits == 128 || last.number - next < (UInt128(1) << UInt128(hostBits)) - 1 {
        hostBits -= 1
      }
      guard let address = IPAddress(next, of: family) else { return prefixes }
      prefixes.append("\(address)/\(family.bits - hostBits)")
      let (following, isOver) = next.addingReportingOverflow(UInt128(1) << UInt128(hostBits))
      if isOver { return prefixes }
      next = following
    }
    return prefixes
  }
}

private func quoted(_ text: String) -> String { JSONValue.quoted(text) }

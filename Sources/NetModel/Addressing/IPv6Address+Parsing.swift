extension IPv6Address {
  /// Eight groups of up to four hexadecimal digits, apart by colons, `::` once in place of zero groups, and an
  /// IPv4 address in place of the last two; `nil` for anything else (no zone, no prefix length).
  ///
  /// Source: RFC 4291, section 2.2.
  package init?(parsing text: some StringProtocol) {
    let fields = text.split(omittingEmptySubsequences: false) { $0 == ":" }.map { String($0) }
    guard (3...9).contains(fields.count) else { return nil }
    let gap = fields.indices.dropFirst().dropLast().first { fields[$0].isEmpty }
    let head = fields[..<(gap ?? fields.endIndex)]
    let tail = fields[((gap ?? fields.endIndex - 1) + 1)...]
    guard let before = IPv6Address.groups(head, isWhole: gap == nil, mayStartEmpty: gap == 1),
      let after = IPv6Address.groups(tail, isWhole: true, mayEndEmpty: gap == fields.count - 2)
    else { return nil }
    let count = before.count + after.count
    guard gap == nil ? count == 8 : count < 8 else { return nil }
    self.init(groups: before + Array(repeating: 0, count: 8 - count) + after)
  }

  private init(groups: [UInt16]) {
    func half(_ range: Range<Int>) -> UInt64 { groups[range].reduce(0) { $0 << 16 | UInt64($1) } }
    self.init(upper: half(0..<4), lower: half(4..<8))
  }

  /// The groups on one side of `::`; `nil` where one of them is none. `isWhole`: the address ends here.
  private static func groups(
    _ fields: ArraySlice<String>, isWhole: Bool, mayStartEmpty: Bool = false, mayEndEmpty: Bool = false
  ) -> [UInt16]? {
    if fields.count == 1, fields.first == "", mayStartEmpty || mayEndEmpty { return [] }
    var groups: [UInt16] = []
    for (index, field) in zip(fields.indices, fields) {
      if isWhole, index == fields.endIndex - 1, let address = IPv4Address(parsing: field) {
        groups += [UInt16(address.rawValue >> 16), UInt16(address.rawValue & 0xffff)]
      } else if (1...4).contains(field.utf8.count), field.allSatisfy(\.isHexDigit),
        let group = UInt16(field, radix: 16)
      {
        groups.append(group)
      } else {
        return nil
      }
    }
    return groups
  }
}

/// A number of addresses; it may be larger than any address.
struct AddressCount: Hashable, Sendable {
  /// How often `low` has run over.
  private var high: UInt128 = 0
  private var low: UInt128

  init(_ number: UInt128) {
    low = number
  }

  /// All addresses from one number to another, both included.
  init(from first: UInt128, to last: UInt128) {
    low = last - first
    self += AddressCount(1)
  }

  static func += (left: inout AddressCount, right: AddressCount) {
    let (sum, overflow) = left.low.addingReportingOverflow(right.low)
    left.low = sum
    left.high += right.high + (overflow ? 1 : 0)
  }

  static func - (left: AddressCount, right: AddressCount) -> AddressCount {
    var result = left
    let (difference, overflow) = left.low.subtractingReportingOverflow(right.low)
    result.low = difference
    result.high -= right.high + (overflow ? 1 : 0)
    return result
  }
}

extension AddressCount: CustomStringConvertible {
  /// In decimal.
  var description: String {
    guard high > 0 else { return String(low) }
    var limbs = [high, low].flatMap { [$0 >> 64, $0 & UInt128(UInt64.max)] }
    var digits = ""
    while limbs.contains(where: { $0 > 0 }) {
      var remainder: UInt128 = 0
      for index in limbs.indices {
        let value = remainder << 64 | limbs[index]
        limbs[index] = value / 10
        remainder = value % 10
      }
      digits.append(String(remainder))
    }
    return String(digits.reversed())
  }
}

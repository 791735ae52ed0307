import NetModel

/// Times as `hubble` reads and writes them.
///
/// Source: Cilium `pkg/hubble/defaults`, `pkg/time`; Go `src/time/format.go`.
enum HubbleTime {
  enum Format: String, Sendable, CaseIterable {
    case stampMilli = "StampMilli"
    case rfc3339 = "RFC3339"
    case rfc3339Milli = "RFC3339Milli"
    case rfc3339Micro = "RFC3339Micro"
    case rfc3339Nano = "RFC3339Nano"
  }

  static func text(_ time: WallTime, _ format: Format) -> String {
    let nanoseconds = Int(time.nanoseconds - time.unixSeconds * 1_000_000_000)
    let whole = time.description.dropLast()
    switch format {
    case .stampMilli: return DateFormat(time).text("%b %e %H:%M:%S.%3N")
    case .rfc3339: return "\(whole)Z"
    case .rfc3339Milli: return "\(whole)\(fraction(nanoseconds / 1_000_000, digits: 3))Z"
    case .rfc3339Micro: return "\(whole)\(fraction(nanoseconds / 1000, digits: 6))Z"
    case .rfc3339Nano: return "\(whole)\(fraction(nanoseconds, digits: 9))Z"
    }
  }

  /// The moment that a word means: a length of time before now, or RFC 3339; `nil` for all else.
  static func moment(_ word: String, before now: WallTime) -> WallTime? {
    if let duration = nanoseconds(word) { return WallTime(nanoseconds: now.nanoseconds - duration) }
    return WallTime(parsing: word)
  }

  /// A Go duration such as `1h30m` or `1.5s`; `nil` for all else.
  private static func nanoseconds(_ word: String) -> Int64? {
    let units: [(String, Int64)] = [
      ("ns", 1), ("us", 1000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
      ("h", 3_600_000_000_000),
    ]
    var rest = word[...]
    var total: Int64 = 0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
      rest = rest.dropFirst(digits.count)
      let letters = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(letters.count)
      guard let number = Double(digits), number < 1e9, let unit = units.first(where: { $0.0 == letters })
      else { return nil }
      total += Int64(number * Double(unit.1))
    }
    return total
  }

  /// A fraction without trailing noughts, as Go's `.999` writes it.
  private static func fraction(_ number: Int, digits: Int) -> String {
    guard number > 0 else { return "" }
    let text = String(number)
    var padded = String(repeating: "0", count: digits - text.count) + text
    while padded.hasSuffix("0") { padded.removeLast() }
    return "." + padded
  }
}

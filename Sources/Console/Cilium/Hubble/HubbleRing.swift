/// The ring buffer of flow events that every agent keeps.
///
/// Source: Cilium `pkg/hubble/defaults/defaults.go`, `pkg/hubble/container/ring.go`.
enum HubbleRing {
  /// The most events in one agent's buffer.
  static let capacity = 4095
}

/// Numbers with a fixed count of decimals, as Go's `%.2f` writes them.
enum Decimals {
  /// How many percent `part` is of `whole`, with two decimals.
  static func percent(of part: Int, in whole: Int) -> String {
    hundredths(whole == 0 ? 0 : (part * 10_000 + whole / 2) / whole)
  }

  /// A number of hundredths with two decimals.
  static func hundredths(_ number: Int) -> String {
    let rest = number % 100
    return "\(number / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// A number with a comma before every three digits.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    return digits.enumerated().map { index, digit in
      index > 0 && (digits.count - index) % 3 == 0 ? ",\(digit)" : "\(digit)"
    }.joined()
  }
}

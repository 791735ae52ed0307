import NetModel

/// A number of seconds as tools take it, such as `2` or `0.25`; `nil` for any other text and for what is longer
/// than a year.
func seconds(parsing text: String) -> Duration? {
  let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
  guard let whole = Int64(parts[0].isEmpty ? "0" : parts[0]), (0...31_536_000).contains(whole) else {
    return nil
  }
  guard parts.count == 2 else { return .seconds(whole) }
  let digits = parts[1].prefix(9)
  guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), !(parts[0].isEmpty && digits.isEmpty) else {
    return nil
  }
  let padded = String(digits) + String(repeating: "0", count: 9 - digits.count)
  return .seconds(whole) + .nanoseconds(Int64(padded) ?? 0)
}

extension Duration {
  /// Microseconds, cut off behind the point.
  var wholeMicroseconds: Int64 { wholeNanoseconds / 1000 }
  /// Milliseconds, cut off behind the point.
  var wholeMilliseconds: Int64 { wholeNanoseconds / 1_000_000 }
}

/// `value` / 10^`digits` with so many digits behind the point; `value` from 0.
func decimal(_ value: Int64, digits: Int) -> String {
  let text = String(value)
  let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
  return padded.dropLast(digits) + "." + padded.suffix(digits)
}

import NetModel

extension WallTime {
  /// Microseconds since 1970-01-01 00:00 UTC.
  var microseconds: Int64 { nanoseconds / 1000 }

  /// The time of day, `HH:MM:SS.mmmmmm`.
  var timeOfDay: String { clockText(microseconds: microseconds % 86_400_000_000) }

  /// The day, `YYYY-MM-DD`.
  var day: String { String(description.prefix(10)) }

  /// `Wed, 06 Aug 2025 18:00:00 GMT` (RFC 9110, section 5.6.7).
  var httpDate: String {
    let (year, month, day, _, _, _) = calendar
    return "\(WallTime.weekdays[weekday]), \(twoDigits(day)) \(WallTime.months[month - 1]) \(year) "
      + "\(timeOfDay.prefix(8)) GMT"
  }

  /// `Wed Aug  6 18:00:00 2025`, as C's `ctime` writes it.
  var ctime: String {
    let (year, month, day, _, _, _) = calendar
    return "\(WallTime.weekdays[weekday]) \(WallTime.months[month - 1]) \(day < 10 ? " " : "")\(day) "
      + "\(timeOfDay.prefix(8)) \(year)"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

extension Duration {
  /// `HH:MM:SS.mmmmmm`; nothing is negative.
  var clockText: String { Console.clockText(microseconds: max(wholeNanoseconds / 1000, 0)) }
}

private func clockText(microseconds: Int64) -> String {
  let seconds = Int(microseconds / 1_000_000)
  let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(twoDigits)
  let fraction = String(microseconds % 1_000_000)
  return parts.joined(separator: ":") + "." + String(repeating: "0", count: 6 - fraction.count) + fraction
}

private func twoDigits(_ number: Int) -> String {
  number < 10 ? "0\(number)" : String(number)
}

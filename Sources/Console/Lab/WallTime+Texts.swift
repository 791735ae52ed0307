import NetModel

extension WallTime {
  /// Microseconds since 1970-01-01 00:00 UTC.
  var microseconds: Int64 { nanoseconds / 1000 }

  /// The time of day, `HH:MM:SS.mmmmmm`.
  var timeOfDay: String { clockText(microseconds: microseconds % 86_400_000_000) }

  /// The day, `YYYY-MM-DD`.
  var day: String { String(description.prefix(10)) }

  /// `Wed, 06 Aug 2025 18:00:00 GMT` (RFC 9110, section 5.6.7).
  var httpDate: String { DateFormat(self).text("%a, %d %b %Y %H:%M:%S GMT") }

  /// `Wed Aug  6 18:00:00 2025`, as C's `ctime` writes it.
  var ctime: String { DateFormat(self).text("%c") }

  /// From 1 for the first of January.
  var dayOfYear: Int {
    let year = calendar.year
    let first = WallTime(parsing: "\(year)-01-01T00:00:00Z") ?? self
    return Int((unixSeconds - first.unixSeconds) / 86_400) + 1
  }

  var weekdayName: String { String(longWeekdayName.prefix(3)) }

  var longWeekdayName: String {
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"][weekday]
  }

  var monthName: String { String(longMonthName.prefix(3)) }

  var longMonthName: String { WallTime.months[calendar.month - 1] }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
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

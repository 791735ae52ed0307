import NetModel

/// What clocks on the lab's machines show.
package enum WallClock {
  /// Seconds from 1970-01-01 00:00 UTC to the lab's beginning.
  package static let start = WallTime.start.unixSeconds

  /// Microseconds since 1970-01-01 00:00 UTC.
  package static func microseconds(at instant: Instant) -> Int64 {
    start * 1_000_000 + instant.nanoseconds / 1000
  }

  /// The time of day, UTC, `HH:MM:SS.mmmmmm`.
  package static func timeOfDay(at instant: Instant) -> String {
    clockText(microseconds(at: instant) % 86_400_000_000)
  }

  /// A duration as `HH:MM:SS.mmmmmm`.
  package static func timeOfDay(_ duration: Duration) -> String {
    clockText(max(duration.wholeNanoseconds / 1000, 0))
  }

  /// The day, UTC, `YYYY-MM-DD`.
  package static func date(at instant: Instant) -> String {
    let (year, month, day) = civil(fromDays: microseconds(at: instant) / 86_400_000_000)
    return "\(year)-\(twoDigits(Int64(month)))-\(twoDigits(Int64(day)))"
  }

  /// Year, month and day of a number of days since 1970-01-01.
  ///
  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
  static func civil(fromDays days: Int64) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (Int(year), Int(month), Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1))
  }

  /// `Wed, 06 Aug 2025 18:00:00 GMT` (RFC 9110, section 5.6.7).
  package static func httpDate(at instant: Instant) -> String {
    let days = microseconds(at: instant) / 86_400_000_000
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][Int(days % 7)]
    let parts = date(at: instant).split(separator: "-")
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let month = months[(Int(parts[1]) ?? 1) - 1]
    return "\(weekday), \(parts[2]) \(month) \(parts[0]) \(timeOfDay(at: instant).prefix(8)) GMT"
  }

  private static func clockText(_ microseconds: Int64) -> String {
    let seconds = microseconds / 1_000_000
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(twoDigits)
    let fraction = String(microseconds % 1_000_000)
    return parts.joined(separator: ":") + "." + String(repeating: "0", count: 6 - fraction.count) + fraction
  }

  private static func twoDigits(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : String(number)
  }
}

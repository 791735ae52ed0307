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
    let microseconds = microseconds(at: instant)
    let seconds = microseconds / 1_000_000 % 86400
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(twoDigits)
    let fraction = String(microseconds % 1_000_000)
    return parts.joined(separator: ":") + "." + String(repeating: "0", count: 6 - fraction.count) + fraction
  }

  private static func twoDigits(_ number: Int64) -> String {
    number < 10 ? "0\(number)" : String(number)
  }
}

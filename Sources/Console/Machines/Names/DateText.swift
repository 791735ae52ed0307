import NetModel

extension WallClock {
  /// `Wed Aug  6 18:00:00 2025`, UTC, as C's `ctime` writes it.
  static func ctime(at instant: Instant) -> String {
    let seconds = microseconds(at: instant) / 1_000_000
    let days = seconds / 86400
    let (year, month, day) = civil(fromDays: days)
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][Int(days % 7)]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let time = timeOfDay(at: instant).prefix(8)
    return "\(weekday) \(months[month - 1]) \(day < 10 ? " " : "")\(day) \(time) \(year)"
  }
}

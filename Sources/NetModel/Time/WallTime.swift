/// A moment of the calendar, in UTC.
package struct WallTime: Hashable, Comparable, Sendable {
  /// Nanoseconds since 1970 began.
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  package init(unixSeconds: Int64) {
    self.init(nanoseconds: unixSeconds * 1_000_000_000)
  }

  package static func < (left: WallTime, right: WallTime) -> Bool { left.nanoseconds < right.nanoseconds }

  /// Whole seconds since 1970 began, rounded down.
  package var unixSeconds: Int64 {
    nanoseconds >= 0 ? nanoseconds / 1_000_000_000 : -((-nanoseconds + 999_999_999) / 1_000_000_000)
  }

  /// Year, month and day, hour, minute and second.
  package var calendar: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
    let seconds = Int(unixSeconds)
    let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
    let rest = seconds - days * 86_400
    let date = WallTime.date(daysSince1970: days)
    return (date.year, date.month, date.day, rest / 3600, rest / 60 % 60, rest % 60)
  }

  /// The day of the week, from 0 for Sunday.
  package var weekday: Int {
    let seconds = Int(unixSeconds)
    let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
    return ((days + 4) % 7 + 7) % 7
  }

  /// `2025-08-07T15:14:07Z` (RFC 3339), as Kubernetes writes times.
  package var description: String {
    let (year, month, day, hour, minute, second) = calendar
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return "\(year)-\(two(month))-\(two(day))T\(two(hour)):\(two(minute)):\(two(second))Z"
  }

  /// `2025-08-07T16:22:34.050793Z`, as Kubernetes writes its `MicroTime`.
  package var microDescription: String {
    let micros = String((nanoseconds - unixSeconds * 1_000_000_000) / 1000)
    return description.dropLast() + "." + String(repeating: "0", count: 6 - micros.count) + micros + "Z"
  }

  /// Reads RFC 3339 text; a fraction of a second may stand in it.
  package init?(parsing text: some StringProtocol) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ (0x30...0x39).contains($0) }) else {
        return nil
      }
      return bytes[range].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61,
      bytes[10] == 0x54 || bytes[10] == 0x74 || bytes[10] == 0x20
    else { return nil }
    var rest = bytes[19...]
    var fraction: Int64 = 0
    if rest.first == 0x2e {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      let nine = digits.prefix(9) + Array(repeating: 0x30, count: max(0, 9 - digits.count))
      fraction = nine.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
      rest = rest.dropFirst(1 + digits.count)
    }
    guard let offset = WallTime.offset(Array(rest)) else { return nil }
    let days = WallTime.days(year: year, month: month, day: day)
    let seconds = Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
    self.init(nanoseconds: seconds * 1_000_000_000 + fraction)
  }

  /// Seconds east of UTC.
  private static func offset(_ bytes: [UInt8]) -> Int? {
    if bytes == [0x5a] || bytes == [0x7a] { return 0 }
    let text = String(decoding: bytes, as: UTF8.self)
    let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let hours = parts[0], let minutes = parts[1] else { return nil }
    switch text.first {
    case "+": return hours * 3600 + minutes * 60
    case "-": return -(hours * 3600 + minutes * 60)
    default: return nil
    }
  }

  /// Source: H. Hinnant, `chrono`-compatible low-level date algorithms, `days_from_civil`.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let ofEra = shifted - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }

  /// Source: H. Hinnant, `civil_from_days`.
  private static func date(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = daysSince1970 + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * ofYear + 2) / 153
    let day = ofYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}

extension WallTime {
  /// The calendar at the model's start. Assumed: the evening that the recorded lab ran, 2025-08-06 18:00 UTC.
  package static let start = WallTime(unixSeconds: 1_754_503_200)

  /// The moment of the calendar at which the model's time is `instant`, where it began at `start`.
  package init(_ instant: Instant, since start: WallTime) {
    self.init(nanoseconds: start.nanoseconds + instant.nanoseconds)
  }
}

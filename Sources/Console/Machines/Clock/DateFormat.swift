import NetModel

/// What `date +FORMAT` prints; times are UTC's and the language is C's.
///
/// Source: coreutils `src/date.c`, date(1); gnulib `lib/nstrftime.c`.
struct DateFormat {
  private let time: WallTime

  init(_ time: WallTime) {
    self.time = time
  }

  /// The format with every sequence replaced; what is none stays as it is.
  func text(_ format: some StringProtocol) -> String {
    var text = ""
    var rest = Substring(format)
    while let character = rest.popFirst() {
      guard character == "%" else {
        text.append(character)
        continue
      }
      let padding = rest.prefix { "-_0^".contains($0) }
      let width = rest.dropFirst(padding.count).prefix { $0.isASCII && $0.isNumber }
      let colons = rest.dropFirst(padding.count + width.count).prefix { $0 == ":" }
      let length = padding.count + width.count + colons.count
      guard let letter = rest.dropFirst(length).first,
        let value = value(of: letter, colons: colons.count, padding: padding.last, width: Int(width))
      else {
        text.append(character)
        continue
      }
      rest = rest.dropFirst(length + 1)
      text += value
    }
    return text
  }

  /// `nil` for a letter that is no sequence.
  private func value(of letter: Character, colons: Int, padding: Character?, width: Int?) -> String? {
    if letter == "N" { return fraction(digits: width ?? 9) }
    if let number = number(of: letter) {
      return padded(number.value, to: width ?? number.digits, with: padding ?? number.fill)
    }
    guard let text = word(of: letter, colons: colons) else { return nil }
    let shown = padding == "^" ? text.uppercased() : text
    return String(repeating: " ", count: min(max((width ?? 0) - shown.count, 0), 64)) + shown
  }

  private func padded(_ value: Int64, to digits: Int, with fill: Character) -> String {
    let text = String(value)
    if fill == "-" { return text }
    return String(repeating: fill == "_" ? " " : "0", count: min(max(digits - text.count, 0), 64)) + text
  }

  private func fraction(digits: Int) -> String {
    let nanoseconds = String(time.nanoseconds - time.unixSeconds * 1_000_000_000)
    let nine = String(repeating: "0", count: 9 - nanoseconds.count) + nanoseconds
    return String(nine.prefix(digits)) + String(repeating: "0", count: min(max(digits - 9, 0), 64))
  }

  private func number(of letter: Character) -> (value: Int64, digits: Int, fill: Character)? {
    let (year, month, day, hour, minute, second) = time.calendar
    let found: (Int, Int, Character)? =
      switch letter {
      case "C": (year / 100, 2, "0")
      case "d": (day, 2, "0")
      case "e": (day, 2, "_")
      case "H": (hour, 2, "0")
      case "I": ((hour + 11) % 12 + 1, 2, "0")
      case "j": (time.dayOfYear, 3, "0")
      case "k": (hour, 2, "_")
      case "l": ((hour + 11) % 12 + 1, 2, "_")
      case "m": (month, 2, "0")
      case "M": (minute, 2, "0")
      case "S": (second, 2, "0")
      case "u": ((time.weekday + 6) % 7 + 1, 1, "0")
      case "w": (time.weekday, 1, "0")
      case "y": (year % 100, 2, "0")
      case "Y": (year, 4, "0")
      default: nil
      }
    if letter == "s" { return (time.unixSeconds, 1, "0") }
    return found.map { (Int64($0.0), $0.1, $0.2) }
  }

  private func word(of letter: Character, colons: Int) -> String? {
    switch letter {
    case "%": "%"
    case "n": "\n"
    case "t": "\t"
    case "a": time.weekdayName
    case "A": time.longWeekdayName
    case "b", "h": time.monthName
    case "B": time.longMonthName
    case "p": time.calendar.hour < 12 ? "AM" : "PM"
    case "P": time.calendar.hour < 12 ? "am" : "pm"
    case "z": ["+0000", "+00:00", "+00:00:00"][min(colons, 2)]
    case "Z": "UTC"
    case "D", "x": text("%m/%d/%y")
    case "F": text("%Y-%m-%d")
    case "R": text("%H:%M")
    case "T", "X": text("%H:%M:%S")
    case "r": text("%I:%M:%S %p")
    case "c": text("%a %b %e %H:%M:%S %Y")
    default: nil
    }
  }
}

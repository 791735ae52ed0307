extension Unicode.Scalar {
  /// How many cells a terminal gives the character: 0 for what is drawn onto the one before, 2 for wide
  /// characters (Hangul, Han, kana, full-width forms, most emoji), 1 for all others.
  ///
  /// Characters of ambiguous width count as 1. Control characters have no width of their own: make them
  /// visible first (`visible(_:)`).
  ///
  /// Source: Unicode Standard Annex 11 (East Asian Width); combining vowels and finals of Hangul as in
  /// glibc's `wcwidth`.
  package var cellWidth: Int {
    if value < 0x300 { return value == 0 || value == 0xad ? 0 : 1 }
    if isZeroWidth { return 0 }
    return isWide ? 2 : 1
  }

  private var isZeroWidth: Bool {
    if hangulCombiningRanges.contains(where: { $0.contains(value) }) { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return true
    default: return false
    }
  }

  private var isWide: Bool {
    if wideRanges.contains(where: { $0.contains(value) }) { return true }
    let isRegionalIndicator = (0x1f1e6...0x1f1ff).contains(value)
    return properties.isEmojiPresentation && !isRegionalIndicator
  }
}

/// Vowels and final consonants of conjoining Hangul, which terminals draw onto the initial.
private let hangulCombiningRanges: [ClosedRange<UInt32>] = [0x1160...0x11ff, 0xd7b0...0xd7ff]

/// East Asian Width W and F without the emoji; sorted.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115f, 0x2329...0x232a, 0x2e80...0x303e, 0x3041...0xa4cf, 0xa960...0xa97f, 0xac00...0xd7a3,
  0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6f, 0xff01...0xff60, 0xffe0...0xffe6, 0x16fe0...0x18d08,
  0x1aff0...0x1b2ff, 0x1f200...0x1f265, 0x20000...0x3fffd,
]

extension StringProtocol {
  /// The cells that the text takes in a row of a terminal.
  package var cellWidth: Int {
    isPrintableASCII ? utf8.count : unicodeScalars.reduce(0) { $0 + $1.cellWidth }
  }

  /// Every character is one byte and fills one cell.
  var isPrintableASCII: Bool {
    utf8.withContiguousStorageIfAvailable { $0.isPrintableASCII } ?? utf8.allSatisfy { $0.isPrintableASCII }
  }

  /// The longest beginning of the text that fits into `columns` cells; no wide character is cut in half.
  package func prefix(columns: Int) -> String {
    var result = String.UnicodeScalarView()
    var used = 0
    for scalar in unicodeScalars {
      used += scalar.cellWidth
      guard used <= columns else { break }
      result.append(scalar)
    }
    return String(result)
  }

  /// The text in at most `columns` cells, with `..` at the end where something was cut off.
  package func shortened(columns: Int) -> String {
    guard cellWidth > columns else { return String(self) }
    return columns < 3 ? prefix(columns: columns) : prefix(columns: columns - 2) + ".."
  }

  /// The text with blanks behind it up to `columns` cells; longer text stays as it is.
  package func padded(columns: Int) -> String {
    String(self) + String(repeating: " ", count: Swift.max(0, columns - cellWidth))
  }
}

extension UnsafeBufferPointer<UInt8> {
  var isPrintableASCII: Bool { allSatisfy { $0.isPrintableASCII } }
}

extension UInt8 {
  fileprivate var isPrintableASCII: Bool { self >= 0x20 && self < 0x7f }
}

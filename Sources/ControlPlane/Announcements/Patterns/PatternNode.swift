/// A part of a regular expression.
indirect enum PatternNode: Hashable, Sendable {
  /// One character of a set.
  case character(CharacterRanges)
  case sequence([PatternNode])
  case alternatives([PatternNode])
  /// `nil` for any number of times.
  case repeated(PatternNode, least: Int, most: Int?)
  case position(Position)

  /// A place in the text rather than a character.
  enum Position: Hashable, Sendable {
    case start, end, wordBoundary, noWordBoundary
  }

  /// Where the part may end in `text`, if it begins at any of `starts`.
  ///
  /// All ways are followed at once, so the time is bounded by the sizes of text and expression.
  func ends(of starts: Set<Int>, in text: [Unicode.Scalar]) -> Set<Int> {
    guard !starts.isEmpty else { return [] }
    switch self {
    case .character(let ranges):
      return Set(starts.filter { $0 < text.count && ranges.contains(text[$0]) }.map { $0 + 1 })
    case .sequence(let parts):
      return parts.reduce(starts) { ends, part in part.ends(of: ends, in: text) }
    case .alternatives(let parts):
      return parts.reduce(into: []) { ends, part in ends.formUnion(part.ends(of: starts, in: text)) }
    case .repeated(let part, let least, let most):
      return PatternNode.ends(of: starts, repeating: part, least: least, most: most, in: text)
    case .position(let position):
      return starts.filter { position.holds(at: $0, in: text) }
    }
  }

  private static func ends(
    of starts: Set<Int>, repeating part: PatternNode, least: Int, most: Int?, in text: [Unicode.Scalar]
  ) -> Set<Int> {
    var current = starts
    for _ in 0..<least { current = part.ends(of: current, in: text) }
    var all = current
    var count = least
    while !current.isEmpty, most.map({ count < $0 }) ?? true {
      current = part.ends(of: current, in: text).subtracting(all)
      all.formUnion(current)
      count += 1
    }
    return all
  }
}

extension PatternNode.Position {
  fileprivate func holds(at place: Int, in text: [Unicode.Scalar]) -> Bool {
    switch self {
    case .start: place == 0
    case .end: place == text.count
    case .wordBoundary: isBoundary(place, in: text)
    case .noWordBoundary: !isBoundary(place, in: text)
    }
  }

  private func isBoundary(_ place: Int, in text: [Unicode.Scalar]) -> Bool {
    let before = place > 0 && CharacterRanges.word.contains(text[place - 1])
    let after = place < text.count && CharacterRanges.word.contains(text[place])
    return before != after
  }
}

/// A set of characters.
struct CharacterRanges: Hashable, Sendable {
  var ranges: [ClosedRange<Unicode.Scalar>]
  /// All others are in the set instead.
  var isNegated = false

  init(_ ranges: [ClosedRange<Unicode.Scalar>], isNegated: Bool = false) {
    self.ranges = ranges
    self.isNegated = isNegated
  }

  static let digit = CharacterRanges(["0"..."9"])
  static let space = CharacterRanges([" "..." ", "\t"..."\n", "\u{c}"..."\r"])
  static let word = CharacterRanges(["0"..."9", "A"..."Z", "a"..."z", "_"..."_"])
  /// `.`: all but the end of a line.
  static let any = CharacterRanges(["\n"..."\n"], isNegated: true)

  func contains(_ character: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(character) } != isNegated
  }

  /// The set's own ranges, or the gaps between them.
  var positiveRanges: [ClosedRange<Unicode.Scalar>] {
    guard isNegated else { return ranges }
    var gaps: [ClosedRange<Unicode.Scalar>] = []
    var next: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound.value > next, let first = Unicode.Scalar(next),
        let last = Unicode.Scalar(range.lowerBound.value - 1)
      {
        gaps.append(first...last)
      }
      next = max(next, range.upperBound.value + 1)
    }
    if let first = Unicode.Scalar(next) { gaps.append(first..."\u{10ffff}") }
    return gaps
  }

  /// The set with the other case of its letters A to Z.
  var ignoringCase: CharacterRanges {
    var both = ranges
    for range in ranges {
      for value in range.lowerBound.value...min(range.upperBound.value, 127) {
        guard let letter = Unicode.Scalar(value), letter.properties.isAlphabetic,
          let other = Unicode.Scalar(value ^ 0x20)
        else { continue }
        both.append(other...other)
      }
    }
    return CharacterRanges(both, isNegated: isNegated)
  }
}

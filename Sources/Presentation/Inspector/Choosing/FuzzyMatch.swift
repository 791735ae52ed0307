/// How well a few typed letters fit a line of a list.
enum FuzzyMatch {
  /// The score, higher is better; `nil` where the letters do not stand in the line in this order.
  ///
  /// Words apart by blanks fit each for itself. What stands in one piece counts most, and more at the
  /// beginning of a word.
  static func score(of pattern: String, in text: String) -> Int? {
    let line = Array(text.lowercased())
    var total = 0
    for word in pattern.lowercased().split(separator: " ") {
      guard let score = score(ofWord: Array(word), in: line) else { return nil }
      total += score
    }
    return total
  }

  private static func score(ofWord word: [Character], in line: [Character]) -> Int? {
    if let start = position(of: word, in: line) {
      return 1000 + (isWordStart(start, in: line) ? 100 : 0)
    }
    guard let first = word.first, let start = line.firstIndex(of: first) else { return nil }
    var score = 0
    var next = start
    for character in word {
      guard let found = line[next...].firstIndex(of: character), found - start < 3 * word.count else {
        return nil
      }
      if found == next { score += 5 }
      if isWordStart(found, in: line) { score += 10 }
      next = found + 1
    }
    return score
  }

  private static func position(of word: [Character], in line: [Character]) -> Int? {
    guard word.count <= line.count else { return nil }
    let starts = (0...(line.count - word.count)).filter { line[$0..<($0 + word.count)].elementsEqual(word) }
    return starts.first { isWordStart($0, in: line) } ?? starts.first
  }

  private static func isWordStart(_ index: Int, in line: [Character]) -> Bool {
    index == 0 || !(line[index - 1].isLetter || line[index - 1].isNumber)
  }
}

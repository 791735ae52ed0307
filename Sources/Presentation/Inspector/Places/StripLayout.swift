/// Where the places and links of a stage stand in a row of so many columns.
struct StripLayout: Hashable {
  /// The places that are shown: all of them, or as many as fit around the current one.
  var shown: Range<Int>
  /// The box of each shown place.
  var boxes: [Span]
  /// The link behind each shown place but the last.
  var links: [Span]
  /// Blanks between a box's sides and its text.
  var padding: Int

  struct Span: Hashable {
    var column: Int
    var columns: Int
  }

  /// The fewest cells of a link: the number of a step in brackets and a dash on both sides.
  static let shortestLink = 6
  static let shortestVeth = 3

  /// The layout of boxes with texts of `texts` cells and links that want `wishes` cells.
  ///
  /// Links shrink first, then the boxes' padding goes, and at last places far from `current` are left out.
  init(texts: [Int], wishes: [Int], shortest: [Int], current: Int, columns: Int) {
    self.init(shown: 0..<texts.count, boxes: [], links: [], padding: 1)
    guard !texts.isEmpty else { return }
    padding = StripLayout.width(texts, 1) + shortest.reduce(0, +) <= columns ? 1 : 0
    while shown.count > 1, StripLayout.width(texts[shown], padding) + linkWidth(shortest) > columns {
      let dropsFirst = current - shown.lowerBound > shown.upperBound - 1 - current
      shown = dropsFirst ? shown.dropFirst() : shown.dropLast()
    }
    place(texts, widths: stretched(wishes, from: shortest, texts, columns))
  }

  private init(shown: Range<Int>, boxes: [Span], links: [Span], padding: Int) {
    self.shown = shown
    self.boxes = boxes
    self.links = links
    self.padding = padding
  }

  private static func width(_ texts: some Sequence<Int>, _ padding: Int) -> Int {
    texts.reduce(0) { $0 + $1 + 2 * padding + 2 }
  }

  private func linkWidth(_ widths: [Int]) -> Int {
    widths[shown.lowerBound..<(shown.upperBound - 1)].reduce(0, +)
  }

  /// The links' widths: what is left over goes to those that want more, from the left, a cell at a time.
  private func stretched(_ wishes: [Int], from shortest: [Int], _ texts: [Int], _ columns: Int) -> [Int] {
    var widths = shortest
    var free = columns - StripLayout.width(texts[shown], padding) - linkWidth(shortest)
    let candidates = shown.dropLast()
    while free > 0 {
      let before = free
      for index in candidates where widths[index] < wishes[index] && free > 0 {
        widths[index] += 1
        free -= 1
      }
      if free == before { break }
    }
    return widths
  }

  private mutating func place(_ texts: [Int], widths: [Int]) {
    var column = 0
    for index in shown {
      let box = texts[index] + 2 * padding + 2
      boxes.append(Span(column: column, columns: box))
      column += box
      guard index + 1 < shown.upperBound else { continue }
      links.append(Span(column: column, columns: widths[index]))
      column += widths[index]
    }
  }
}

extension Range<Int> {
  fileprivate func dropFirst() -> Range<Int> { (lowerBound + 1)..<upperBound }
  fileprivate func dropLast() -> Range<Int> { lowerBound..<(upperBound - 1) }
}

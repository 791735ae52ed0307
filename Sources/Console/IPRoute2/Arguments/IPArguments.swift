/// The words of a command line that are still to be read.
struct IPArguments {
  private var words: ArraySlice<String>

  init(_ words: some Sequence<String>) {
    self.words = ArraySlice(words)
  }

  /// The word that comes next, left where it is; `nil` at the end.
  var first: String? { words.first }

  var rest: [String] { Array(words) }

  /// Takes the next word; `nil` at the end.
  mutating func next() -> String? {
    words.popFirst()
  }

  /// Takes the word that the one before calls for.
  ///
  /// - Throws: `incompleteCommand` at the end.
  mutating func value() throws(IPFailure) -> String {
    guard let word = words.popFirst() else { throw .incompleteCommand }
    return word
  }

  /// Takes the next word if it is `word`.
  mutating func skip(_ word: String) -> Bool {
    guard words.first == word else { return false }
    words.removeFirst()
    return true
  }
}

/// A word that a command knows, and whether its beginning is enough.
struct IPKeyword<Meaning: Sendable>: Sendable {
  let name: String
  let meaning: Meaning
  let canBeShortened: Bool

  /// A word of which any beginning will do (iproute2's `matches`).
  static func short(_ name: String, _ meaning: Meaning) -> IPKeyword {
    IPKeyword(name: name, meaning: meaning, canBeShortened: true)
  }

  /// A word that must be written out (`strcmp`).
  static func full(_ name: String, _ meaning: Meaning) -> IPKeyword {
    IPKeyword(name: name, meaning: meaning, canBeShortened: false)
  }

  func matches(_ word: String) -> Bool {
    canBeShortened ? !word.isEmpty && name.hasPrefix(word) : name == word
  }
}

extension Sequence {
  /// The meaning of the first keyword that `word` can stand for, as iproute2 tries them in order.
  func meaning<Meaning: Sendable>(of word: String) -> Meaning? where Element == IPKeyword<Meaning> {
    first { $0.matches(word) }?.meaning
  }
}

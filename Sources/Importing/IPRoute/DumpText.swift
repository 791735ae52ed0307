/// The text of a dump, cleaned of what terminals and copying add.
///
/// Colors, carriage returns and blanks at the ends are gone, and non-breaking blanks are plain ones.
struct DumpText {
  /// The lines that are not empty.
  let lines: [Line]

  struct Line {
    /// From 1.
    let number: Int
    let text: Substring

    /// The words apart by blanks, up to a comment.
    var words: [Substring] {
      let words = text.split { $0 == " " || $0 == "\t" }
      return Array(words.prefix { !$0.hasPrefix("#") })
    }

    /// The line begins with a blank: it belongs to the one before.
    var isIndented: Bool { text.first == " " || text.first == "\t" }

    /// A word as a node.
    func node(_ word: some StringProtocol) -> JSONNode { JSONNode(number, .string(String(word))) }
  }

  init(_ text: String) {
    var lines: [Line] = []
    var number = 0
    for line in DumpText.cleaned(text).split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let end = line.lastIndex { $0 != " " && $0 != "\t" }
      if let end { lines.append(Line(number: number, text: line[...end])) }
    }
    self.lines = lines
  }

  private static func cleaned(_ text: String) -> String {
    var cleaned = String.UnicodeScalarView()
    var isEscape = false
    for scalar in text.unicodeScalars {
      if isEscape {
        isEscape = scalar == "[" || scalar == ";" || ("0"..."9").contains(scalar)
      } else if scalar == "\u{1b}" {
        isEscape = true
      } else if scalar == "\u{a0}" {
        cleaned.append(" ")
      } else if scalar != "\r" {
        cleaned.append(scalar)
      }
    }
    return String(cleaned)
  }
}

extension JSONNode {
  /// An object of the members that have a value.
  static func object(_ line: Int, _ members: [(String, JSONNode?)]) -> JSONNode {
    JSONNode(line, .object(members.compactMap { name, node in node.map { Member(name: name, node: $0) } }))
  }
}

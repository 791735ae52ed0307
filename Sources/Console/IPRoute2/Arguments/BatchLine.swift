/// One command of a batch file.
struct BatchLine: Hashable {
  let words: [String]
  /// The number of the last line that belongs to it, from 1.
  let number: Int

  /// The commands of a file: `#` begins a comment, a backslash at the end of a line continues it, lines without
  /// words are left out.
  ///
  /// Source: iproute2 `lib/utils.c`, `getcmdline` and `makeargs`.
  static func lines(of text: String) -> [BatchLine] {
    var found: [BatchLine] = []
    var pending = ""
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let code = line.prefix { $0 != "#" }
      if code.hasSuffix("\\"), code.count == line.count, index + 1 < lines.count {
        pending += code.dropLast()
        continue
      }
      let words = Self.words(of: pending + code)
      pending = ""
      if !words.isEmpty { found.append(BatchLine(words: words, number: index + 1)) }
    }
    return found
  }

  /// Words apart by blanks; one that begins with a quotation mark ends at the next.
  private static func words(of line: String) -> [String] {
    var words: [String] = []
    var rest = Substring(line)
    while let first = rest.first {
      if first.isWhitespace {
        rest = rest.dropFirst()
      } else if first == "'" || first == "\"" {
        let body = rest.dropFirst().prefix { $0 != first }
        words.append(String(body))
        rest = rest[body.endIndex...].dropFirst()
      } else {
        let body = rest.prefix { !$0.isWhitespace }
        words.append(String(body))
        rest = rest[body.endIndex...]
      }
    }
    return words
  }
}

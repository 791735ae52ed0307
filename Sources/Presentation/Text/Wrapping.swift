extension StringProtocol {
  /// The text in lines of at most `columns` cells, broken at blanks; a longer word is broken within.
  package func wrapped(columns: Int) -> [String] {
    guard columns > 0 else { return [] }
    var lines: [String] = []
    var line = ""
    for word in String(self).utf8.split(separator: UInt8(ascii: " ")) {
      var rest = String(Substring(word))
      let room = columns - (line.isEmpty ? 0 : line.cellWidth + 1)
      if rest.cellWidth <= room {
        line += line.isEmpty ? rest : " " + rest
        continue
      }
      if !line.isEmpty { lines.append(line) }
      while rest.cellWidth > columns {
        let head = rest.prefix(columns: columns)
        guard !head.isEmpty else { return lines }
        lines.append(head)
        rest.unicodeScalars.removeFirst(head.unicodeScalars.count)
      }
      line = rest
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}

/// Reads what `ip rule` prints, into the form of `ip -j rule`.
enum RuleText {
  static func read(_ text: DumpText) throws(ReadingError) -> [JSONNode] {
    var entries: [JSONNode] = []
    for line in text.lines {
      guard let colon = line.text.firstIndex(of: ":"), line.text.first?.isNumber == true else {
        throw ReadingError(line.number, .expected(.ruleLine, found: String(line.text)))
      }
      let rest = DumpText.Line(number: line.number, text: line.text[line.text.index(after: colon)...])
      entries.append(entry(rest, priority: line.text[..<colon]))
    }
    return entries
  }

  private static let names: [Substring: String] = [
    "iif": "iif", "oif": "oif", "lookup": "table", "table": "table", "tos": "tos", "dsfield": "tos",
    "ipproto": "ipproto", "goto": "goto", "proto": "protocol", "protocol": "protocol",
    "suppress_prefixlength": "suppress_prefixlen", "suppress_ifgroup": "suppress_ifgroup",
    "uidrange": "uidrange", "tun_id": "tun_id", "realms": "flow", "map-to": "nat",
  ]
  private static let marks: Set<Substring> = ["not", "nop", "l3mdev"]
  private static let refusals: Set<Substring> = ["blackhole", "unreachable", "prohibit"]

  private static func entry(_ line: DumpText.Line, priority: Substring) -> JSONNode {
    var members: [(String, JSONNode?)] = [("priority", line.node(priority))]
    var words = line.words[...]
    while let word = words.popFirst() {
      if let name = names[word] {
        members.append((name, words.popFirst().map { line.node($0) }))
      } else if marks.contains(word) {
        members.append((String(word), JSONNode(line.number, .null)))
      } else if refusals.contains(word) {
        members.append(("action", line.node(word)))
      } else if word == "[l3mdev-table]" {
        members.append(("l3mdev", JSONNode(line.number, .null)))
      } else if let value = words.first {
        let parts = pair(word, value, line)
        if !parts.isEmpty { words.removeFirst() }
        members += parts
      }
    }
    return .object(line.number, members)
  }

  /// The selectors that are one word in text and two fields in JSON.
  private static func pair(
    _ word: Substring, _ value: Substring, _ line: DumpText.Line
  ) -> [(String, JSONNode?)] {
    switch word {
    case "from": split(value, at: "/", "src", "srclen", line)
    case "to": split(value, at: "/", "dst", "dstlen", line)
    case "fwmark": split(value, at: "/", "fwmark", "fwmask", line)
    case "sport": ports(value, "sport", line)
    case "dport": ports(value, "dport", line)
    default: []
    }
  }

  private static func ports(
    _ value: Substring, _ name: String, _ line: DumpText.Line
  ) -> [(String, JSONNode?)] {
    value.contains("-")
      ? split(value, at: "-", "\(name)_start", "\(name)_end", line) : [(name, line.node(value))]
  }

  private static func split(
    _ value: Substring, at separator: Character, _ first: String, _ second: String, _ line: DumpText.Line
  ) -> [(String, JSONNode?)] {
    let parts = value.split(separator: separator, maxSplits: 1)
    return [
      (first, parts.first.map { line.node($0) }), (second, parts.dropFirst().first.map { line.node($0) }),
    ]
  }
}

import NetModel

/// Reads what `ip route` and `ip route show table all` print, into the form of `ip -j route`.
///
/// Words that are not known are passed over, as iproute2 adds some in every release.
enum RouteText {
  /// The entries in the order of the text.
  static func read(_ text: DumpText) -> [JSONNode] {
    var blocks: [(line: DumpText.Line, hops: [DumpText.Line])] = []
    for line in text.lines {
      if line.words.first == "nexthop", !blocks.isEmpty {
        blocks[blocks.count - 1].hops.append(line)
      } else if !line.words.isEmpty {
        blocks.append((line, []))
      }
    }
    return blocks.map { entry($0.line, hops: $0.hops) }
  }

  private static func entry(_ line: DumpText.Line, hops: [DumpText.Line]) -> JSONNode {
    var words = line.words[...]
    var members: [(String, JSONNode?)] = []
    if let type = words.first, RouteType(rawValue: String(type)) != nil {
      members.append(("type", line.node(type)))
      words.removeFirst()
    }
    members.append(("dst", words.popFirst().map { line.node($0) }))
    members += attributes(words, of: line)
    if !hops.isEmpty {
      let nodes = hops.map { JSONNode.object($0.number, attributes($0.words.dropFirst(), of: $0)) }
      members.append(("nexthops", JSONNode(line.number, .array(nodes))))
    }
    return .object(line.number, members)
  }

  private static let names = [
    "via": "gateway", "dev": "dev", "table": "table", "proto": "protocol", "scope": "scope", "src": "prefsrc",
    "metric": "metric", "priority": "metric", "preference": "metric", "tos": "tos", "dsfield": "tos",
    "weight": "weight", "pref": "pref", "nhid": "nhid",
  ]
  private static let flags: Set<Substring> = ["onlink", "dead", "linkdown", "pervasive"]

  private static func attributes(
    _ words: ArraySlice<Substring>, of line: DumpText.Line
  ) -> [(String, JSONNode?)] {
    var words = words
    var members: [(String, JSONNode?)] = []
    var found: [Substring] = []
    var metrics: [(String, JSONNode?)] = []
    var locked: [JSONNode] = []
    while let word = words.popFirst() {
      if word == "via", words.first == "inet6" || words.first == "inet" {
        members.append(("via", line.node(words.prefix(2).joined(separator: " "))))
        words = words.dropFirst(2)
      } else if let name = names[String(word)] {
        members.append((name, words.popFirst().map { line.node($0) }))
      } else if RouteReader.metricNames.contains(String(word)) {
        if words.first == "lock", words.popFirst() != nil { locked.append(line.node(word)) }
        metrics.append((String(word), words.popFirst().map { line.node($0) }))
      } else if flags.contains(word) {
        found.append(word)
      }
    }
    members.append(("flags", JSONNode(line.number, .array(found.map { line.node($0) }))))
    members.append(("metrics", JSONNode(line.number, .array([.object(line.number, metrics)]))))
    members.append(("locked", JSONNode(line.number, .array(locked))))
    return members
  }
}

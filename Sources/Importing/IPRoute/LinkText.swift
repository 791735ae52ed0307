/// Reads what `ip addr` and `ip link` print (with `-d`, `-o` or `-br` too), into the form of `ip -j addr`.
enum LinkText {
  static func read(_ text: DumpText) throws(ReadingError) -> [JSONNode] {
    var blocks: [Block] = []
    for line in text.lines {
      if line.isIndented, !blocks.isEmpty {
        blocks[blocks.count - 1].details.append(line)
      } else if let numbered = Block(header: line) {
        append(numbered, to: &blocks)
      } else if let brief = Block(brief: line) {
        blocks.append(brief)
      } else {
        throw ReadingError(line.number, .expected(.linkLine, found: String(line.text)))
      }
    }
    return blocks.map(\.node)
  }

  /// `ip -o` begins a line for each address of a link.
  private static func append(_ block: Block, to blocks: inout [Block]) {
    if let last = blocks.last, last.index != nil, last.index == block.index {
      blocks[blocks.count - 1].details += block.details
    } else {
      blocks.append(block)
    }
  }

  /// One link and the lines that belong to it.
  private struct Block {
    let line: DumpText.Line
    var index: Substring?
    /// Name, and behind `@` what the link is tied to.
    var name: Substring
    var flags: [Substring] = []
    var attributes: ArraySlice<Substring> = []
    var details: [DumpText.Line] = []

    /// `2: eth0@if7: <UP> mtu 1500 ...`, or `2: eth0    inet 10.0.0.1/24 ...` of `ip -o`.
    init?(header line: DumpText.Line) {
      let words = line.words
      guard words.count >= 2, let index = words[0].numberBeforeColon else { return nil }
      self.line = line
      self.index = index
      name = words[1].hasSuffix(":") ? words[1].dropLast() : words[1]
      let rest = words[2...]
      if let first = rest.first, first.hasPrefix("<") {
        flags = first.flags
        attributes = rest.dropFirst()
      } else {
        details = [DumpText.Line(number: line.number, text: rest.joined(separator: " ")[...])]
      }
    }

    private static let states: Set<Substring> = [
      "UP", "DOWN", "UNKNOWN", "DORMANT", "LOWERLAYERDOWN", "TESTING", "NOTPRESENT",
    ]

    /// `eth0@if7  UP  10.0.2.15/24 metric 100 ...`, or the link-layer address and the flags.
    init?(brief line: DumpText.Line) {
      let words = line.words
      guard words.count >= 2, Block.states.contains(words[1]) else { return nil }
      self.line = line
      name = words[0]
      attributes = ["state", words[1]]
      details = Block.briefDetails(words[2...], line.number)
      if let last = words.last, last.hasPrefix("<") { flags = last.flags }
    }

    private static func briefDetails(_ words: ArraySlice<Substring>, _ number: Int) -> [DumpText.Line] {
      var lines: [String] = []
      for (offset, word) in zip(words.indices, words) {
        if word.contains("/") {
          let isPeer = offset > words.startIndex && words[offset - 1] == "peer"
          if isPeer, !lines.isEmpty {
            lines[lines.count - 1] += " \(word)"
          } else {
            lines.append("inet \(word)")
          }
        } else if word == "peer" {
          lines.append("inet \(words[max(offset - 1, words.startIndex)]) peer")
        } else if word == "metric" || (offset > words.startIndex && words[offset - 1] == "metric") {
          if !lines.isEmpty { lines[lines.count - 1] += " \(word)" }
        } else if word.split(separator: ":").count == 6 {
          lines.append("link/ether \(word)")
        }
      }
      return lines.map { DumpText.Line(number: number, text: $0[...]) }
    }

    private static let names: [Substring: String] = [
      "mtu": "mtu", "qdisc": "qdisc", "state": "operstate", "group": "group", "qlen": "txqlen",
      "master": "master",
    ]

    var node: JSONNode {
      let parts = name.split(separator: "@", maxSplits: 1)
      var members: [(String, JSONNode?)] = [
        ("ifindex", index.map { line.node($0) }), ("ifname", parts.first.map { line.node($0) }),
      ]
      members += linkMembers(parts.dropFirst().first)
      var words = attributes
      while let word = words.popFirst() {
        if let name = Block.names[word] { members.append((name, words.popFirst().map { line.node($0) })) }
      }
      if !flags.isEmpty {
        members.append(("flags", JSONNode(line.number, .array(flags.map { line.node($0) }))))
      }
      members += detailMembers
      return .object(line.number, members)
    }

    /// The other end: a name of this stack, or `ifN` where its index in another one is known.
    private func linkMembers(_ tied: Substring?) -> [(String, JSONNode?)] {
      guard let tied else { return [] }
      guard tied.hasPrefix("if"), Int(tied.dropFirst(2)) != nil else { return [("link", line.node(tied))] }
      let words = details.lazy.map(\.words).first { $0.contains("link-netnsid") } ?? []
      let position = words.firstIndex(of: "link-netnsid") ?? words.endIndex
      return [
        ("link_index", line.node(tied.dropFirst(2))),
        ("link_netnsid", words.dropFirst(position + 1).first.map { line.node($0) }),
      ]
    }

    private var detailMembers: [(String, JSONNode?)] {
      var members: [(String, JSONNode?)] = []
      var addresses: [JSONNode] = []
      var names: [JSONNode] = []
      for detail in details {
        let words = detail.words[...]
        switch words.first {
        case "inet", "inet6": addresses.append(LinkText.address(words, detail))
        case "altname": names += words.dropFirst().prefix(1).map { detail.node($0) }
        case let first? where first.hasPrefix("link/"):
          members.append(("address", words.dropFirst().first.map { detail.node($0) }))
        case let first? where LinkReader.kinds.contains(String(first)):
          members.append(("linkinfo", .object(detail.number, [("info_kind", detail.node(first))])))
        default: break
        }
      }
      members.append(("altnames", JSONNode(line.number, .array(names))))
      members.append(("addr_info", JSONNode(line.number, .array(addresses))))
      return members
    }
  }

  /// `inet A/LEN [peer B/LEN] [metric N] [brd X] scope S [FLAG ...] LABEL`.
  private static func address(_ words: ArraySlice<Substring>, _ line: DumpText.Line) -> JSONNode {
    var words = words
    var members: [(String, JSONNode?)] = [("family", words.popFirst().map { line.node($0) })]
    var subnet = words.popFirst()?.split(separator: "/", maxSplits: 1) ?? []
    members.append(("local", subnet.first.map { line.node($0) }))
    while let word = words.popFirst() {
      switch word {
      case "peer":
        subnet = words.popFirst()?.split(separator: "/", maxSplits: 1) ?? []
        members.append(("address", subnet.first.map { line.node($0) }))
      case "brd": members.append(("broadcast", words.popFirst().map { line.node($0) }))
      case "metric", "scope": members.append((String(word), words.popFirst().map { line.node($0) }))
      case "secondary", "noprefixroute": members.append((String(word), JSONNode(line.number, .bool(true))))
      case _ where words.isEmpty || words.first == "\\":
        members.append(("label", line.node(word.withoutBackslash)))
      default: break
      }
      if words.first?.hasPrefix("valid_lft") == true { break }
    }
    members.append(("prefixlen", subnet.dropFirst().first.map { line.node($0) }))
    return .object(line.number, members)
  }
}

extension Substring {
  /// The number of `2:`.
  fileprivate var numberBeforeColon: Substring? {
    guard hasSuffix(":"), case let digits = dropLast(), Int(digits) != nil else { return nil }
    return digits
  }

  /// The words of `<UP,LOWER_UP>`.
  fileprivate var flags: [Substring] {
    split { $0 == "<" || $0 == ">" || $0 == "," }
  }

  fileprivate var withoutBackslash: Substring { hasSuffix("\\") ? dropLast() : self }
}

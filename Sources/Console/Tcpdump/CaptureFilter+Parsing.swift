import NetModel

/// Why an expression is no filter.
package enum CaptureFilterError: Error, Hashable, Sendable {
  case syntax
  case portTooLarge(Int)
  case illegalQualifier(String)
  case modifierOnHost(String)
  case maskOnHost
  case maskTooLong
  case hostBitsSet(String)
  case unknownHost(String)
  /// More than `CaptureFilter.deepest` parentheses and negations within each other, or too many words.
  case tooDeep
  /// A word of pcap-filter(7) that is not modelled here.
  case notModelled(String)

  /// tcpdump's own complaint behind its name; `nil` for what only we refuse.
  ///
  /// Source: tcpdump 4.99.3 with libpcap 1.10.3.
  package var message: String? {
    switch self {
    case .syntax: "can't parse filter expression: syntax error"
    case .portTooLarge(let number): "illegal port number \(number) > 65535"
    case .illegalQualifier(let word): "illegal qualifier of '\(word)'"
    case .modifierOnHost(let word): "'\(word)' modifier applied to host"
    case .maskOnHost: "Mask syntax for networks only"
    case .maskTooLong: "mask length must be <= 32"
    case .hostBitsSet(let word): "non-network bits set in \"\(word)\""
    case .unknownHost(let word): "unknown host '\(word)'"
    case .tooDeep: "can't parse filter expression: memory exhausted"
    case .notModelled: nil
    }
  }
}

extension CaptureFilter {
  /// Reads the words of an expression; none at all let everything through.
  ///
  /// As in pcap-filter(7), `and` and `or` bind alike, from left to right; `not` binds closer; and a bare number
  /// or address takes the qualifiers of the one before it.
  ///
  /// - Throws: `notModelled` for words of the real language that are missing here, the others for what the real
  ///   tool refuses.
  package init(parsing words: [String]) throws(CaptureFilterError) {
    var parser = FilterParser(words)
    self = try parser.filter()
  }
}

private struct FilterParser {
  private var tokens: ArraySlice<String>
  private var former = Qualifiers()
  private var depth = 0

  /// What stands before an address or a number.
  private struct Qualifiers {
    var carried: CaptureFilter.Carried?
    var side: CaptureFilter.Side?
    var kind: Kind?
    /// At least one was written.
    var areGiven = false

    enum Kind: String {
      case host, net, port, portrange
    }
  }

  private static let unmodelled: Set<String> = [
    "ip6", "icmp6", "vlan", "mpls", "vxlan", "geneve", "gateway", "proto", "rarp", "sctp", "inbound",
    "outbound", "igmp",
  ]

  init(_ words: [String]) {
    tokens = FilterParser.tokens(of: words.joined(separator: " "))[...]
  }

  /// Words and signs; a colon, a dot, a slash or a hyphen belongs to its word, but for what stands in brackets.
  private static func tokens(of text: String) -> [String] {
    var tokens: [String] = []
    var depth = 0
    var rest = text[...]
    while let character = rest.first {
      if character.isWhitespace {
        rest.removeFirst()
        continue
      }
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      let isWord = { (character: Character) in
        character.isLetter || character.isNumber || character == "_" || character == "\\"
          || (depth == 0 ? ":./-".contains(character) : character == "-")
      }
      let word = rest.prefix(while: isWord)
      if !word.isEmpty, depth == 0 || word.first != "-" {
        tokens.append(String(word))
        rest = rest.dropFirst(word.count)
        continue
      }
      let pair = String(rest.prefix(2))
      let sign = ["&&", "||", "==", "!=", "<=", ">=", "<<", ">>"].contains(pair) ? pair : String(character)
      tokens.append(sign)
      rest = rest.dropFirst(sign.count)
    }
    return tokens
  }

  mutating func filter() throws(CaptureFilterError) -> CaptureFilter {
    guard !tokens.isEmpty else { return .everything }
    guard tokens.count <= CaptureFilter.mostWords else { throw .tooDeep }
    let filter = try expression()
    guard tokens.isEmpty else { throw .syntax }
    return filter
  }

  private mutating func expression() throws(CaptureFilterError) -> CaptureFilter {
    var left = try term()
    while let word = tokens.first {
      switch word {
      case "and", "&&":
        tokens.removeFirst()
        left = .both(left, try term())
      case "or", "||":
        tokens.removeFirst()
        left = .either(left, try term())
      default: return left
      }
    }
    return left
  }

  private mutating func term() throws(CaptureFilterError) -> CaptureFilter {
    guard depth < CaptureFilter.deepest else { throw .tooDeep }
    depth += 1
    defer { depth -= 1 }
    switch tokens.first {
    case "not", "!":
      tokens.removeFirst()
      return .not(try term())
    case "(":
      if let comparison = parenthesizedComparison() { return comparison }
      tokens.removeFirst()
      let inner = try expression()
      guard tokens.popFirst() == ")" else { throw .syntax }
      return inner
    case "less", "greater": return try length()
    case _ where startsComparison: return try comparison()
    case "ether": return try ether()
    case "broadcast":
      tokens.removeFirst()
      return .mac(.destination, .broadcast)
    case "multicast":
      tokens.removeFirst()
      return Self.multicast
    case "ip" where tokens.dropFirst().first == "proto":
      tokens.removeFirst(2)
      let number = try ipProtocol(tokens.popFirst() ?? "")
      return .comparison(.bytes(.ip, .number(9), size: 1), .equal, .number(number))
    case let word? where FilterParser.unmodelled.contains(word): throw .notModelled(word)
    default: return try primitive()
    }
  }

  /// The lowest bit of a frame's first byte.
  private static let multicast = CaptureFilter.comparison(
    .binary(.bytes(.ethernet, .number(0), size: 1), "&", .number(1)), .notEqual, .number(0))

  /// What stands behind `ether`.
  private mutating func ether() throws(CaptureFilterError) -> CaptureFilter {
    tokens.removeFirst()
    if tokens.first == "broadcast" || tokens.first == "multicast" { return try term() }
    if tokens.first == "proto" {
      tokens.removeFirst()
      let type = try etherType(tokens.popFirst() ?? "")
      return .comparison(.bytes(.ethernet, .number(12), size: 2), .equal, .number(type))
    }
    let side = try side() ?? .any
    if tokens.first == "host" { tokens.removeFirst() }
    guard let word = tokens.popFirst(), let mac = MACAddress(parsing: word) else { throw .syntax }
    return .mac(side, mac)
  }

  private func etherType(_ word: String) throws(CaptureFilterError) -> Int {
    let names = ["ip": 0x0800, "arp": 0x0806, "ip6": 0x86dd]
    let word = word.hasPrefix("\\") ? String(word.dropFirst()) : word
    if let known = names[word] { return known }
    guard let number = CaptureTerm.number(word) else { throw .syntax }
    return number
  }

  private func ipProtocol(_ word: String) throws(CaptureFilterError) -> Int {
    let word = word.hasPrefix("\\") ? String(word.dropFirst()) : word
    if let known = IPNames.ipProtocols.first(where: { $0.name == word }) { return Int(known.number) }
    guard let number = CaptureTerm.number(word) else { throw .syntax }
    return number
  }

  private mutating func length() throws(CaptureFilterError) -> CaptureFilter {
    let isLess = tokens.popFirst() == "less"
    guard let word = tokens.popFirst(), let number = Int(word), number >= 0 else { throw .syntax }
    return .length(isLess ? 0...number : number...max(number, Int(Int32.max)))
  }

  private mutating func primitive() throws(CaptureFilterError) -> CaptureFilter {
    let qualifiers = try qualifiers()
    if qualifiers.areGiven { former = qualifiers }
    if let carried = qualifiers.carried, qualifiers.side == nil, qualifiers.kind == nil,
      tokens.first.map(isEndOfPrimitive) ?? true
    {
      return .carries(carried)
    }
    guard let word = tokens.popFirst() else { throw .syntax }
    if let unmodelled = FilterParser.unmodelled.first(where: { $0 == word }) {
      throw .notModelled(unmodelled)
    }
    return try condition(on: word)
  }

  private func isEndOfPrimitive(_ word: String) -> Bool {
    ["and", "&&", "or", "||", ")"].contains(word)
  }

  private mutating func qualifiers() throws(CaptureFilterError) -> Qualifiers {
    var found = Qualifiers()
    if let word = tokens.first, let carried = CaptureFilter.Carried(rawValue: word) {
      tokens.removeFirst()
      found.carried = carried
      found.areGiven = true
    }
    if let side = try side() {
      found.side = side
      found.areGiven = true
    }
    if let word = tokens.first, let kind = Qualifiers.Kind(rawValue: word) {
      tokens.removeFirst()
      found.kind = kind
      found.areGiven = true
    }
    return found
  }

  /// `src`, `dst`, `src or dst`, `src and dst`.
  private mutating func side() throws(CaptureFilterError) -> CaptureFilter.Side? {
    switch Array(tokens.prefix(3)) {
    case ["src", "or", "dst"], ["dst", "or", "src"]:
      tokens.removeFirst(3)
      return .any
    case ["src", "and", "dst"], ["dst", "and", "src"]:
      tokens.removeFirst(3)
      return .both
    case let words where words.first == "src":
      tokens.removeFirst()
      return .source
    case let words where words.first == "dst":
      tokens.removeFirst()
      return .destination
    default: return nil
    }
  }

  private func condition(on word: String) throws(CaptureFilterError) -> CaptureFilter {
    let isKeyword =
      CaptureFilter.Carried(rawValue: word) != nil || Qualifiers.Kind(rawValue: word) != nil
      || ["src", "dst", "not", "!", "(", ")", "and", "or", "&&", "||"].contains(word)
    guard former.areGiven, !isKeyword else { throw .syntax }
    let side = former.side ?? .any
    switch former.kind ?? .host {
    case .host: return .address(side, try host(word), in: former.carried)
    case .net: return .address(side, try net(word), in: former.carried)
    case .port:
      let port = try port(word)
      return .port(side, port...port, of: try transport("port"))
    case .portrange:
      let ends = word.split(separator: "-", maxSplits: 1).map(String.init)
      guard let first = ends.first, let last = ends.last else { throw .syntax }
      let (low, high) = (try port(first), try port(last))
      return .port(side, min(low, high)...max(low, high), of: try transport("portrange"))
    }
  }

  private func transport(_ kind: String) throws(CaptureFilterError) -> Transport? {
    switch former.carried {
    case .tcp: return .tcp
    case .udp: return .udp
    case .ip, nil: return nil
    case .icmp, .arp: throw .illegalQualifier(kind)
    }
  }

  private func host(_ word: String) throws(CaptureFilterError) -> IPv4Prefix {
    if let carried = former.carried, carried != .ip, carried != .arp {
      throw .modifierOnHost(carried.rawValue)
    }
    if let address = IPv4Address(parsing: word) { return .host(address) }
    guard word.contains("/") else { throw word.first?.isNumber == true ? .syntax : .unknownHost(word) }
    guard former.kind == nil else { throw .maskOnHost }
    return try net(word)
  }

  /// A prefix, or the first one to four numbers of an address.
  private func net(_ word: String) throws(CaptureFilterError) -> IPv4Prefix {
    let halves = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let parts = halves[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = parts + Array(repeating: "0", count: max(0, 4 - parts.count))
    guard let address = IPv4Address(parsing: whole.joined(separator: ".")) else { throw .syntax }
    guard halves.count == 2 else { return IPv4Prefix(address, length: 8 * parts.count) }
    guard let length = Int(halves[1]), length >= 0 else { throw .syntax }
    guard length <= 32 else { throw .maskTooLong }
    let prefix = IPv4Prefix(address, length: length)
    guard prefix.address == address else { throw .hostBitsSet(word) }
    return prefix
  }

  private func port(_ word: String) throws(CaptureFilterError) -> UInt16 {
    let names: [String: UInt16] = ["http": 80, "https": 443, "domain": 53, "ssh": 22]
    if let known = names[word] { return known }
    guard let number = Int(word), number >= 0 else { throw .syntax }
    guard let port = UInt16(exactly: number) else { throw .portTooLarge(number) }
    return port
  }

  // MARK: Comparisons

  /// A comparison begins with bytes of a header, with `len`, or with a number, maybe in parentheses.
  private var startsComparison: Bool {
    let rest = tokens.drop { $0 == "(" }
    guard let first = rest.first else { return false }
    if CaptureTerm.Layer(rawValue: first) != nil { return rest.dropFirst().first == "[" }
    let isNumber = CaptureTerm.number(first) != nil && !first.contains(".")
    guard first == "len" || isNumber else { return false }
    return rest.dropFirst().first.map { CaptureTerm.signs.contains($0) || $0 == ")" } ?? false
  }

  /// A comparison whose left side begins with a parenthesis; `nil` where the parenthesis is about whole conditions.
  private mutating func parenthesizedComparison() -> CaptureFilter? {
    guard startsComparison else { return nil }
    let before = tokens
    if let comparison = try? comparison() { return comparison }
    tokens = before
    return nil
  }

  private mutating func comparison() throws(CaptureFilterError) -> CaptureFilter {
    let left = try sum(level: 0)
    guard let relation = tokens.popFirst().flatMap(CaptureTerm.Relation.init) else { throw .syntax }
    return .comparison(left, relation, try sum(level: 0))
  }

  /// A chain of terms at one level of precedence.
  private mutating func sum(level: Int) throws(CaptureFilterError) -> CaptureTerm {
    guard level < CaptureTerm.precedence.count else { return try factor() }
    var left = try sum(level: level + 1)
    while let sign = tokens.first, CaptureTerm.precedence[level].contains(sign) {
      tokens.removeFirst()
      left = .binary(left, sign, try sum(level: level + 1))
    }
    return left
  }

  private mutating func factor() throws(CaptureFilterError) -> CaptureTerm {
    guard depth < CaptureFilter.deepest else { throw .tooDeep }
    depth += 1
    defer { depth -= 1 }
    guard let word = tokens.popFirst() else { throw .syntax }
    if word == "(" {
      let inner = try sum(level: 0)
      guard tokens.popFirst() == ")" else { throw .syntax }
      return inner
    }
    if word == "len" { return .length }
    if let number = CaptureTerm.number(word) { return .number(number) }
    guard let layer = CaptureTerm.Layer(rawValue: word), tokens.popFirst() == "[" else { throw .syntax }
    let offset = try sum(level: 0)
    var size = 1
    if tokens.first == ":" {
      tokens.removeFirst()
      guard let word = tokens.popFirst(), let number = Int(word), [1, 2, 4].contains(number) else {
        throw .syntax
      }
      size = number
    }
    guard tokens.popFirst() == "]" else { throw .syntax }
    return .bytes(layer, offset, size: size)
  }
}

import NetModel

/// Reads what `ip neigh` prints, into the form of `ip -j neigh`.
enum NeighborText {
  static func read(_ text: DumpText) -> [JSONNode] {
    text.lines.filter { !$0.words.isEmpty }.map(entry)
  }

  private static func entry(_ line: DumpText.Line) -> JSONNode {
    var words = line.words[...]
    var members: [(String, JSONNode?)] = [("dst", words.popFirst().map { line.node($0) })]
    var states: [JSONNode] = []
    while let word = words.popFirst() {
      if word == "dev" || word == "lladdr" {
        members.append((String(word), words.popFirst().map { line.node($0) }))
      } else if ["extern_learn", "managed", "proxy", "router"].contains(word) {
        members.append((String(word), JSONNode(line.number, .null)))
      } else if Neighbor.State(rawValue: String(word)) != nil {
        states.append(line.node(word))
      }
    }
    members.append(("state", JSONNode(line.number, .array(states))))
    return .object(line.number, members)
  }
}

/// Understands the entries of `ip -j neigh`.
enum NeighborReader {
  /// The neighbor of one entry; `nil` where it is one of IPv6, or a proxy's.
  static func neighbor(_ node: JSONNode) throws(ReadingError) -> Neighbor? {
    guard case .object = node.value else { throw node.error(.object) }
    if try node.requiredText("dst").contains(":") || node.has("proxy") { return nil }
    let address = try node.parsed("dst", as: .address) { IPv4Address(parsing: $0) }
    let state = node.words("state").first.flatMap(Neighbor.State.init)
    guard let address, let state else {
      throw (node["state"] ?? node).error(.word(of: Neighbor.State.allCases.map(\.rawValue)))
    }
    let mac = try node.parsed("lladdr", as: .macAddress) { MACAddress(parsing: $0) }
    return Neighbor(
      address: address, interface: try node.requiredText("dev"), mac: mac, state: state,
      isExternallyLearned: node.has("extern_learn"), isManaged: node.has("managed"))
  }
}

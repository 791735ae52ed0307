import NetModel

/// Understands the entries of `ip -j route`.
struct RouteReader {
  /// The numbers of tables that the dump calls by a name.
  var tables = TableNumbers()

  /// The route of one entry; `nil` where it is one of IPv6, or of another table's cache.
  mutating func route(_ node: JSONNode) throws(ReadingError) -> Route? {
    guard case .object = node.value else { throw node.error(.object) }
    let destination = try node.requiredText("dst")
    if RouteReader.isIPv6(node, destination) { return nil }
    if let via = node["via"] { throw ReadingError(via.line, .notModelled("via inet6")) }
    guard let prefix = RouteReader.prefix(destination) else { throw (node["dst"] ?? node).error(.prefix) }
    let type = try node.parsed("type", as: .word(of: RouteType.allCases.map(\.rawValue)), by: RouteType.init)
    var route = Route(destination: prefix, nextHops: [])
    route.type = type ?? .unicast
    route.table = try node.parsed("table", as: .number(1...Int(UInt32.max))) { tables[$0] } ?? .main
    route.tos = try node.parsed("tos", as: .number(0...255), by: DSField.number) ?? 0
    route.metric = UInt32(try node.integer("metric", in: 0...Int(UInt32.max)) ?? 0)
    try readOrigin(node, into: &route)
    route.nextHops = try RouteReader.nextHops(node, of: route.type)
    route.nextHopID = try node.integer("nhid", in: 1...Int(UInt32.max)).map(UInt32.init)
    route.metrics = RouteReader.metrics(node)
    return route
  }

  private func readOrigin(_ node: JSONNode, into route: inout Route) throws(ReadingError) {
    route.protocol =
      try node.parsed("protocol", as: .number(0...255)) { RouteProtocol(dumped: $0) } ?? .boot
    let scopes = ["global", "site", "link", "host", "nowhere"]
    route.scope = try node.parsed("scope", as: .word(of: scopes), by: RouteScope.init(dumped:)) ?? .global
    route.preferredSource = try node.parsed("prefsrc", as: .address) { IPv4Address(parsing: $0) }
  }

  /// The family is nowhere stated: a colon tells it, or the preference that only IPv6 routes have.
  private static func isIPv6(_ node: JSONNode, _ destination: String) -> Bool {
    if destination.contains(":") || node.has("pref") { return true }
    return ["gateway", "prefsrc"].contains { node.text($0)?.contains(":") == true }
  }

  /// `default`, a prefix, or an address alone.
  private static func prefix(_ text: String) -> IPv4Prefix? {
    text == "default" || text == "all" ? .all : IPv4Prefix(parsing: text)
  }

  private static func nextHops(_ node: JSONNode, of type: RouteType) throws(ReadingError) -> [NextHop] {
    switch type {
    case .blackhole, .unreachable, .prohibit, .throw: return []
    case .unicast, .local, .broadcast, .anycast, .multicast: break
    }
    var hops: [NextHop] = []
    for element in node["nexthops"]?.elements ?? [node] {
      if let via = element["via"] { throw ReadingError(via.line, .notModelled("via inet6")) }
      hops.append(try nextHop(element))
    }
    return hops
  }

  private static func nextHop(_ node: JSONNode) throws(ReadingError) -> NextHop {
    let device = try node.requiredText("dev")
    let gateway = try node.parsed("gateway", as: .address) { IPv4Address(parsing: $0) }
    let weight = try node.integer("weight", in: 1...256) ?? 1
    let named: [String: NextHop.Flags] = ["onlink": .onLink, "dead": .dead, "linkdown": .linkDown]
    let flags = node.words("flags").reduce(into: NextHop.Flags()) { $0.formUnion(named[$1] ?? []) }
    return NextHop(gateway: gateway, interface: device, weight: weight, flags: flags)
  }

  /// The attributes that a route can set, by iproute2's names; their values are numbers.
  ///
  /// Source: iproute2 `ip/iproute.c`, `mx_names`.
  static let metricNames: Set<String> = [
    "mtu", "window", "rtt", "rttvar", "ssthresh", "cwnd", "advmss", "reordering", "hoplimit", "initcwnd",
    "rto_min", "initrwnd", "quickack", "fastopen_no_cookie",
  ]

  private static func metrics(_ node: JSONNode) -> [Route.Attribute] {
    let locked = Set(node.words("locked"))
    var metrics: [Route.Attribute] = []
    for case .object(let members) in node["metrics"]?.elements.map(\.value) ?? [] {
      for member in members where metricNames.contains(member.name) {
        let digits = member.node.text?.prefix { $0.isASCII && $0.isNumber } ?? ""
        guard let value = Int(digits) else { continue }
        let isLocked = locked.contains(member.name)
        metrics.append(Route.Attribute(name: member.name, value: value, isLocked: isLocked))
      }
    }
    return metrics.sorted { $0.name < $1.name }
  }
}

/// The numbers of routing tables by the names that dumps give them.
///
/// A dump does not tell the number of a table that `/etc/iproute2/rt_tables` of its machine names, so each
/// such name gets one from 2^31 up, in the order in which they come.
struct TableNumbers {
  private(set) var invented: [(name: String, number: UInt32)] = []

  private static let known: [String: TableID] = ["default": .default, "main": .main, "local": .local]
  private static let firstInvented: UInt32 = 1 << 31

  /// The table of a name or a number; `nil` for 0 and for no name at all.
  subscript(text: String) -> TableID? {
    mutating get {
      if let table = TableNumbers.known[text] { return table }
      if let number = UInt32(text) { return number == 0 ? nil : TableID(number) }
      guard text.first?.isLetter == true || text.first == "_" else { return nil }
      if let known = invented.first(where: { $0.name == text }) { return TableID(known.number) }
      let number = TableNumbers.firstInvented + UInt32(invented.count)
      invented.append((text, number))
      return TableID(number)
    }
  }
}

extension RouteScope {
  /// A scope's name, or its number as `ip -N` prints it.
  init?(dumped text: String) {
    let named = [RouteScope.global, .site, .link, .host, .nowhere].first { $0.description == text }
    guard let scope = named ?? UInt8(text).map(RouteScope.init) else { return nil }
    self = scope
  }
}

extension RouteProtocol {
  /// A protocol's name or number; `none` is what old versions print for `unspec`.
  init?(dumped text: String) {
    if text == "none" {
      self = .unspecified
    } else if let named = RouteProtocol(parsing: text) {
      self = named
    } else {
      return nil
    }
  }
}

/// The names that iproute2 prints for type-of-service bytes.
///
/// Source: iproute2 `etc/iproute2/rt_dsfield`.
enum DSField {
  private static let names: [String: UInt8] = [
    "default": 0, "AF11": 0x28, "AF12": 0x30, "AF13": 0x38, "AF21": 0x48, "AF22": 0x50, "AF23": 0x58,
    "AF31": 0x68, "AF32": 0x70, "AF33": 0x78, "AF41": 0x88, "AF42": 0x90, "AF43": 0x98, "CS1": 0x20,
    "CS2": 0x40, "CS3": 0x60, "CS4": 0x80, "CS5": 0xa0, "CS6": 0xc0, "CS7": 0xe0, "EF": 0xb8, "LE": 0x04,
    "VOICE-ADMIT": 0xb0,
  ]

  /// The byte of a name or a number.
  static func number(_ text: String) -> UInt8? {
    names[text] ?? Int(numeral: text).flatMap(UInt8.init(exactly:))
  }
}

/// What `ip` can be asked about.
enum IPObject: Hashable, Sendable {
  case address
  case link
  case route
  case rule
  case neighbor
  /// An object that the lab does not model, by its name.
  case other(String)
  case help

  /// In the order in which iproute2 tries them: `ip a` is `address`, `ip r` is `route`, `ip n` is `neighbor`.
  ///
  /// Source: iproute2 `ip/ip.c`, `cmds`.
  private static let words: [IPKeyword<IPObject>] =
    [
      .short("address", .address), .other("addrlabel"), .other("maddress"), .short("route", .route),
      .short("rule", .rule), .short("neighbor", .neighbor), .short("neighbour", .neighbor), .other("ntable"),
      .other("ntbl"), .short("link", .link), .other("l2tp"), .other("fou"), .other("ila"), .other("macsec"),
    ]
    + [
      "tunnel", "tunl", "tuntap", "tap", "token", "tcpmetrics", "tcp_metrics", "monitor", "xfrm", "mroute",
      "mrule", "netns", "netconf", "vrf", "sr", "nexthop", "mptcp", "ioam",
    ].map { .other($0) } + [.short("help", .help), .other("stats")]

  /// - Throws: `unknownObject` for a word that fits none.
  init(_ word: String) throws(IPFailure) {
    guard let object = IPObject.words.meaning(of: word) else { throw .unknownObject(word) }
    self = object
  }

  /// The object's name where a command is unknown.
  var helpName: String {
    switch self {
    case .address: "address"
    case .link: "link"
    case .route: "route"
    case .rule: "rule"
    case .neighbor: "neigh"
    case .other(let name): name
    case .help: "help"
    }
  }
}

extension IPKeyword<IPObject> {
  fileprivate static func other(_ name: String) -> Self { .short(name, .other(name)) }
}

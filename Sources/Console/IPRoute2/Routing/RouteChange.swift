import ControlPlane
import NetModel

/// `ip route add`, `replace`, `change`, `append`, `prepend` and `del`: the route that a user wrote down.
///
/// Source: iproute2 `ip/iproute.c`, `iproute_modify`.
struct RouteChange {
  private var type: RouteType?
  private var destination: IPPrefixArgument?
  private var preferredSource: IPv4Address?
  private var hop = NextHop(interface: nil)
  private var nextHops: [NextHop] = []
  private var tos: UInt8 = 0
  private var metric: UInt32?
  private var scope: RouteScope?
  private var origin: RouteProtocol?
  private var table: TableID?
  private var metrics: [Route.Attribute] = []

  init(_ arguments: inout IPArguments, family: IPFamily?, view: StackView) throws(IPFailure) {
    var known = family
    while let word = arguments.next() {
      let meaning = Self.words.meaning(of: word)
      if meaning == .nextHop {
        try checkDevice(in: view)
        nextHops = try Self.nextHops(&arguments, family: known, view: view)
        break
      }
      if let meaning {
        try take(meaning, word, &arguments, family: known)
      } else {
        try takeDestination(word, &arguments, family: known)
      }
      if destination?.hasAddress == true || hop.gateway != nil || preferredSource != nil { known = .inet }
    }
    guard destination != nil else { throw .help }
    try checkDevice(in: view)
  }

  private enum Word: Equatable {
    case source, gateway, tos, metric, scope, attribute, onLink, nextHop, `protocol`, table, device
    case notModelled
  }

  private static let words: [IPKeyword<Word>] = [
    .full("src", .source), .full("as", .notModelled), .full("via", .gateway), .full("from", .notModelled),
    .full("tos", .tos), .short("dsfield", .tos), .full("expires", .notModelled), .short("metric", .metric),
    .short("priority", .metric), .full("preference", .metric), .full("scope", .scope),
    .full("mtu", .attribute), .full("hoplimit", .attribute), .full("advmss", .attribute),
    .short("reordering", .attribute), .full("rtt", .notModelled), .full("rto_min", .notModelled),
    .short("window", .attribute), .short("cwnd", .attribute), .short("initcwnd", .attribute),
    .short("initrwnd", .attribute), .short("features", .notModelled), .short("quickack", .notModelled),
    .short("congctl", .notModelled), .short("rttvar", .notModelled), .short("ssthresh", .attribute),
    .short("realms", .notModelled), .full("onlink", .onLink), .full("nexthop", .nextHop),
    .full("nhid", .notModelled), .short("protocol", .protocol), .short("table", .table),
    .short("vrf", .notModelled), .full("dev", .device), .full("oif", .device), .short("pref", .notModelled),
    .full("encap", .notModelled), .full("ttl-propagate", .notModelled),
    .short("fastopen_no_cookie", .notModelled),
  ]

  /// In the order in which iproute2 tries them.
  private static let attributes = [
    "mtu", "hoplimit", "advmss", "reordering", "window", "cwnd", "initcwnd", "initrwnd", "ssthresh",
  ]

  private mutating func take(
    _ meaning: Word, _ word: String, _ arguments: inout IPArguments, family: IPFamily?
  ) throws(IPFailure) {
    switch meaning {
    case .source: preferredSource = try arguments.address(family: family)
    case .gateway: try takeGateway(&arguments, family: family)
    case .tos: tos = try arguments.trafficClass(complaint: "\"tos\" value is invalid\n")
    case .metric: metric = UInt32(try arguments.number(complaint: "\"metric\" value is invalid\n"))
    case .scope: try takeScope(&arguments)
    case .attribute: try takeAttribute(word, &arguments)
    case .onLink: hop.flags.insert(.onLink)
    case .protocol: try takeProtocol(&arguments)
    case .table: table = try arguments.table(complaint: "\"table\" value is invalid\n")
    case .device: hop.interface = try arguments.value()
    case .nextHop, .notModelled: throw .notModelled(word)
    }
  }

  private mutating func takeGateway(_ arguments: inout IPArguments, family: IPFamily?) throws(IPFailure) {
    guard hop.gateway == nil else {
      throw .wrongArgument("via", "use nexthop syntax to specify multiple via\n")
    }
    hop.gateway = try Self.gateway(&arguments, family: family)
  }

  private static func gateway(
    _ arguments: inout IPArguments, family: IPFamily?
  ) throws(IPFailure) -> IPv4Address {
    if arguments.first == "inet6" { throw .notModelled("via inet6") }
    _ = arguments.skip("inet")
    return try arguments.address(family: family)
  }

  private mutating func takeScope(_ arguments: inout IPArguments) throws(IPFailure) {
    let word = try arguments.value()
    guard let scope = RouteScope(ipName: word) else {
      throw .wrongArgument(word, "invalid \"scope\" value\n")
    }
    self.scope = scope
  }

  private mutating func takeProtocol(_ arguments: inout IPArguments) throws(IPFailure) {
    let word = try arguments.value()
    guard let origin = RouteProtocol(parsing: word) else {
      throw .wrongArgument(word, "\"protocol\" value is invalid\n")
    }
    self.origin = origin
  }

  private mutating func takeAttribute(_ word: String, _ arguments: inout IPArguments) throws(IPFailure) {
    let name = Self.attributes.first { $0.hasPrefix(word) } ?? word
    let isLocked = arguments.skip("lock")
    let limit = name == "hoplimit" ? 255 : Int(UInt32.max)
    let title = name == "advmss" ? "mss" : name
    let value = try arguments.number(atMost: limit, complaint: "\"\(title)\" value is invalid\n")
    metrics.removeAll { $0.name == name }
    metrics.append(Route.Attribute(name: name, value: value, isLocked: isLocked))
    metrics.sort { $0.name < $1.name }
  }

  private mutating func takeDestination(
    _ first: String, _ arguments: inout IPArguments, family: IPFamily?
  ) throws(IPFailure) {
    var word = first == "to" ? try arguments.value() : first
    if word.first?.isNumber != true {
      if let type = RouteType(ipName: word) {
        self.type = type
        word = try arguments.value()
      } else if word == "nat" || IPKeyword.short("xresolve", ()).matches(word) {
        throw arguments.first == nil ? .incompleteCommand : .notModelled(word)
      }
    }
    if IPKeyword.short("help", ()).matches(word) { throw .help }
    if destination != nil { throw .duplicateOrGarbage("to", word) }
    var here = IPArguments([word])
    destination = try here.prefix(family: family)
  }

  private mutating func checkDevice(in view: StackView) throws(IPFailure) {
    hop.interface = try hop.interface.map { name throws(IPFailure) in try view.device(name) }
  }
}

// MARK: - Several next hops

extension RouteChange {
  /// Source: iproute2 `ip/iproute.c`, `parse_nexthops` and `parse_one_nh`.
  private static func nextHops(
    _ arguments: inout IPArguments, family: IPFamily?, view: StackView
  ) throws(IPFailure) -> [NextHop] {
    var hops: [NextHop] = []
    repeat {
      guard arguments.first != nil else {
        throw refusal("Error: unexpected end of line after \"nexthop\"")
      }
      hops.append(try oneHop(&arguments, family: family, view: view))
      guard let word = arguments.first else { return hops }
      guard arguments.skip("nexthop") else {
        throw refusal("Error: \"nexthop\" or end of line is expected instead of \"\(word)\"")
      }
    } while true
  }

  private static func oneHop(
    _ arguments: inout IPArguments, family: IPFamily?, view: StackView
  ) throws(IPFailure) -> NextHop {
    var hop = NextHop(interface: nil)
    while let word = arguments.first {
      switch word {
      case "via", "dev", "weight", "onlink": _ = arguments.next()
      case "encap", "as": throw .notModelled(word)
      default:
        if IPKeyword.short("realms", ()).matches(word) { throw .notModelled(word) }
        return hop
      }
      try take(word, for: &hop, &arguments, family: family, view: view)
    }
    return hop
  }

  private static func take(
    _ word: String, for hop: inout NextHop, _ arguments: inout IPArguments, family: IPFamily?, view: StackView
  ) throws(IPFailure) {
    switch word {
    case "via": hop.gateway = try gateway(&arguments, family: family)
    case "weight": hop.weight = try weight(arguments.value())
    case "onlink": hop.flags.insert(.onLink)
    default:
      let name = try arguments.value()
      guard let device = view.interface(named: name) else {
        throw refusal("Cannot find device \"\(name)\"\nError: cannot parse nexthop")
      }
      hop.interface = device.name
    }
  }

  private static func weight(_ word: String) throws(IPFailure) -> Int {
    guard let weight = ipNumber(word, atMost: 256), weight > 0 else {
      throw .wrongArgument(word, "\"weight\" is invalid\n")
    }
    return weight
  }

  private static func refusal(_ sentence: String) -> IPFailure {
    .refused(sentence, status: 255, endsBatch: true)
  }
}

// MARK: - Edits

extension RouteChange {
  /// What becomes of the table.
  enum Verb {
    case add, replace, change, append, prepend, delete
  }

  /// - Throws: `kernel` where the kernel would refuse it before it looks at the table.
  func edit(_ verb: Verb, on stack: NetworkStack) throws(IPFailure) -> Edit {
    let prefix = try prefix()
    if verb == .delete { return .deleteRoute(selector(for: prefix), on: stack.id) }
    let route = route(to: prefix)
    switch verb {
    case .add, .delete: return .addRoute(route, on: stack.id)
    case .append: return .insertRoute(route, atEnd: true, on: stack.id)
    case .prepend: return .insertRoute(route, atEnd: false, on: stack.id)
    case .replace: return .replaceRoute(route, on: stack.id)
    case .change:
      let exists = stack.routes.routes.contains { $0.occupiesPlace(of: route) }
      guard exists else { throw .kernel(.errno("No such file or directory")) }
      return .replaceRoute(route, on: stack.id)
    }
  }

  private func prefix() throws(IPFailure) -> IPv4Prefix {
    guard let destination else { throw .help }
    guard destination.prefix.address == destination.address else {
      throw .kernel(.message("Invalid prefix for given prefix length"))
    }
    return destination.prefix
  }

  private func route(to prefix: IPv4Prefix) -> Route {
    let type = type ?? .unicast
    let hasOwnHop = hop.gateway != nil || hop.interface != nil
    return Route(
      table: table ?? usualTable, type: type, destination: prefix, tos: tos, metric: metric ?? 0,
      protocol: origin ?? .boot, scope: scope ?? usualScope(of: type), preferredSource: preferredSource,
      nextHops: nextHops.isEmpty ? (hasOwnHop ? [hop] : []) : nextHops, metrics: metrics)
  }

  private var usualTable: TableID {
    switch type {
    case .local, .broadcast, .anycast: .local
    default: .main
    }
  }

  private func usualScope(of type: RouteType) -> RouteScope {
    switch type {
    case .local: .host
    case .broadcast, .multicast, .anycast: .link
    case .unicast: hop.gateway == nil && nextHops.isEmpty ? .link : .global
    default: .global
    }
  }

  private func selector(for prefix: IPv4Prefix) -> RouteSelector {
    RouteSelector(
      table: table ?? usualTable, destination: prefix, type: type, tos: tos, metric: metric,
      gateway: hop.gateway, interface: hop.interface, protocol: origin, scope: scope)
  }
}

import NetModel

/// Which routes `ip route show` is to list.
///
/// Source: iproute2 `ip/iproute.c`, `iproute_list_flush_or_save` and `filter_nlmsg`.
struct RouteFilter {
  /// `nil` for `table all`.
  var table: TableID? = .main
  var `protocol`: RouteProtocol?
  var scope: RouteScope?
  var type: RouteType?
  var tos: UInt8?
  var metric: UInt32?
  /// As written: a name or an alternative name.
  var device: String?
  var gateway: IPPrefixArgument?
  var preferredSource: IPPrefixArgument?
  /// Routes inside this prefix (`root`).
  var within: IPPrefixArgument?
  /// Routes that contain this prefix (`match`).
  var containing: IPPrefixArgument?

  init(_ arguments: inout IPArguments, family: IPFamily?) throws(IPFailure) {
    while let word = arguments.next() {
      switch Self.words.meaning(of: word) {
      case .table: try takeTable(&arguments)
      case .protocol: try takeProtocol(&arguments)
      case .scope: try takeScope(&arguments)
      case .type: try takeType(&arguments)
      case .tos: tos = try arguments.trafficClass(complaint: "TOS value is invalid\n")
      case .metric: metric = UInt32(try arguments.number(complaint: "\"metric\" value is invalid\n"))
      case .device: device = try arguments.value()
      case .gateway: try takeGateway(&arguments, family: family)
      case .source: preferredSource = try arguments.prefix(family: family)
      case .to: try takeDestination(arguments.value(), &arguments, family: family)
      case .notModelled: throw .notModelled(word)
      case nil: try takeDestination(word, &arguments, family: family)
      }
    }
  }

  private enum Word {
    case table, `protocol`, scope, type, tos, metric, device, gateway, source, to, notModelled
  }

  private static let words: [IPKeyword<Word>] = [
    .short("table", .table), .short("vrf", .notModelled), .short("cached", .notModelled),
    .short("cloned", .notModelled), .full("tos", .tos), .short("dsfield", .tos),
    .short("protocol", .protocol), .short("scope", .scope), .short("type", .type), .full("dev", .device),
    .full("oif", .device), .full("iif", .notModelled), .full("mark", .notModelled),
    .short("metric", .metric), .short("priority", .metric), .full("preference", .metric),
    .full("via", .gateway), .full("src", .source), .short("realms", .notModelled),
    .short("from", .notModelled), .short("to", .to),
  ]

  private mutating func takeTable(_ arguments: inout IPArguments) throws(IPFailure) {
    let word = try arguments.value()
    switch word {
    case "all": table = nil
    case "cache": throw .notModelled("table cache")
    case "help": throw .help
    default:
      guard let table = TableID(ipName: word) else {
        throw .wrongArgument(word, "table id value is invalid\n")
      }
      self.table = table.number == 0 ? nil : table
    }
  }

  private mutating func takeProtocol(_ arguments: inout IPArguments) throws(IPFailure) {
    let word = try arguments.value()
    self.protocol = RouteProtocol(parsing: word)
    guard self.protocol != nil || word == "all" else { throw .wrongArgument(word, "invalid \"protocol\"\n") }
  }

  private mutating func takeScope(_ arguments: inout IPArguments) throws(IPFailure) {
    let word = try arguments.value()
    scope = RouteScope(ipName: word)
    guard scope != nil || word == "all" else { throw .wrongArgument(word, "invalid \"scope\"\n") }
  }

  private mutating func takeType(_ arguments: inout IPArguments) throws(IPFailure) {
    let word = try arguments.value()
    type = RouteType(ipName: word)
    guard type != nil else { throw .wrongArgument(word, "node type value is invalid\n") }
  }

  private mutating func takeGateway(_ arguments: inout IPArguments, family: IPFamily?) throws(IPFailure) {
    if arguments.first == "inet6" { throw .notModelled("via inet6") }
    _ = arguments.skip("inet")
    gateway = try arguments.prefix(family: family)
  }

  private mutating func takeDestination(
    _ word: String, _ arguments: inout IPArguments, family: IPFamily?
  ) throws(IPFailure) {
    let words: [IPKeyword<Match>] = [.short("root", .root), .short("match", .match), .short("exact", .exact)]
    guard let match = words.meaning(of: word) else {
      var here = IPArguments([word])
      within = try here.prefix(family: family)
      containing = within
      return
    }
    let prefix = try arguments.prefix(family: family)
    if match != .match { within = prefix }
    if match != .root { containing = prefix }
  }

  private enum Match {
    case root, match, exact
  }
}

extension RouteFilter {
  /// - Parameter device: The interface that the filter names, where it names one.
  func selects(_ route: Route, device: Interface?) -> Bool {
    guard table == nil || table == route.table, type == nil || type == route.type else { return false }
    guard self.protocol == nil || self.protocol == route.protocol else { return false }
    guard scope == nil || scope == route.scope, tos == nil || tos == route.tos else { return false }
    guard metric == nil || metric == route.metric else { return false }
    let hop = route.nextHops.count == 1 ? route.nextHops.first : nil
    if let device, hop?.interface != device.name { return false }
    guard Self.matches(gateway, hop?.gateway), Self.matches(preferredSource, route.preferredSource) else {
      return false
    }
    return selects(route.destination)
  }

  private func selects(_ destination: IPv4Prefix) -> Bool {
    if let within, within.hasAddress || within.hasLength {
      guard within.prefix.contains(destination) else { return false }
    }
    if let containing, containing.hasAddress || containing.hasLength {
      guard destination.contains(containing.prefix) else { return false }
    }
    return true
  }

  /// A route without the address counts as having 0.0.0.0, as in iproute2.
  private static func matches(_ prefix: IPPrefixArgument?, _ address: IPv4Address?) -> Bool {
    guard let prefix, prefix.hasAddress else { return true }
    return prefix.prefix.contains(address ?? .any)
  }

  /// What is the same in every line and therefore left out.
  var hiddenFields: RouteFields {
    var hidden: RouteFields = []
    if table != nil { hidden.insert(.table) }
    if self.protocol != nil { hidden.insert(.protocol) }
    if scope != nil { hidden.insert(.scope) }
    if tos != nil { hidden.insert(.tos) }
    if metric != nil { hidden.insert(.metric) }
    if device != nil { hidden.insert(.device) }
    if gateway?.hasAddress == true, gateway?.length == 32 { hidden.insert(.gateway) }
    if preferredSource?.hasAddress == true, preferredSource?.length == 32 { hidden.insert(.preferredSource) }
    return hidden
  }
}

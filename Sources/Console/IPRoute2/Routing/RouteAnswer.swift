import NetModel

/// The kernel's answers to `ip route get`.
///
/// Source: Linux `net/ipv4/route.c`, `inet_rtm_getroute` and `rt_fill_info`.
extension RouteMessage {
  /// The answer to a lookup: where the packet goes.
  ///
  /// - Throws: `kernel` where the packet goes nowhere.
  init(answering lookup: RouteLookup, in stack: NetworkStack) throws(IPFailure) {
    let query = lookup.query
    guard let selection = lookup.selection else { throw .kernel(lookup.refusal) }
    self.init(type: lookup.type, destination: .host(query.destination))
    source = query.source
    tos = selection.route?.tos ?? 0
    gateway = selection.gateway
    device = selection.interface
    table = selection.table(in: stack)
    preferredSource = source == nil ? selection.preferredSource : nil
    flags = lookup.isMulticast ? ["rt_offload_failed"] : []
    mark = query.mark
    uid = query.inputInterface == nil ? 0 : nil
    cacheFlags = lookup.cacheFlags(in: stack)
    metrics = lookup.keepsRoute ? selection.route?.metrics ?? [] : []
    inputInterface = query.inputInterface
  }

  /// The entry of a table that answered, for `fibmatch`.
  ///
  /// - Throws: `kernel` where there is no answer, or none by a route.
  init(matching lookup: RouteLookup, in stack: NetworkStack) throws(IPFailure) {
    guard let selection = lookup.selection else { throw .kernel(lookup.refusal) }
    guard let route = selection.route else { throw .kernel(.errno("No route to host")) }
    self.init(route)
    type = lookup.type
    table = selection.table(in: stack)
  }
}

extension RouteLookup.Selection {
  /// The table that an answer names: as long as nobody has added a rule, local is part of main.
  fileprivate func table(in stack: NetworkStack) -> TableID {
    table == .local && stack.rules.areUsual ? .main : table
  }
}

extension RouteLookup {
  fileprivate var type: RouteType {
    switch result {
    case .unicast, .failed: .unicast
    case .local: .local
    case .broadcast: .broadcast
    case .multicast: .multicast
    }
  }

  fileprivate var isMulticast: Bool { type == .multicast }

  /// The kernel forgets the route of what it takes in itself, of its own packets for 255.255.255.255, and of
  /// multicasts by a default route.
  ///
  /// Source: Linux `net/ipv4/route.c`, `ip_route_input_slow` and `__mkroute_output`; seen on Linux 6.18.
  fileprivate var keepsRoute: Bool {
    guard query.inputInterface == nil else { return type == .unicast }
    if query.destination == .broadcast { return false }
    return type != .multicast || (selection?.route?.destination.length ?? 0) >= 4
  }

  /// Source: Linux `net/ipv4/route.c`, `__mkroute_output` and `ip_route_input_slow`; all interfaces that are up
  /// listen to 224.0.0.1.
  fileprivate func cacheFlags(in stack: NetworkStack) -> [String] {
    switch result {
    case .local: return ["local"]
    case .broadcast: return ["local", "brd"]
    case .multicast(let selection):
      let isUp = stack.interface(named: selection.interface)?.isUp == true
      return isUp && query.destination == IPv4Address(224, 0, 0, 1) ? ["local", "mc"] : ["mc"]
    case .unicast(let selection):
      if selection.wouldRedirect { return ["redirect"] }
      let device = stack.interface(named: selection.interface)
      return query.inputInterface == nil && device?.attachment == .loopback ? ["local"] : []
    case .failed: return []
    }
  }

  fileprivate var refusal: KernelRefusal {
    guard case .failed(let error) = result else { return .errno("No route to host") }
    return .errno(error.sentence)
  }
}

extension RouteError {
  /// C's `strerror` of the error number.
  fileprivate var sentence: String {
    switch self {
    case .networkUnreachable: "Network is unreachable"
    case .hostUnreachable: "No route to host"
    case .prohibited: "Permission denied"
    case .invalid: "Invalid argument"
    }
  }
}

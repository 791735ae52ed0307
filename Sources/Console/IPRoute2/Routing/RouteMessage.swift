import NetModel

/// A route as the kernel tells it to `ip`: an entry of a table, or the answer to `ip route get`.
///
/// Source: Linux `net/ipv4/fib_semantics.c`, `fib_dump_info`; `net/ipv4/route.c`, `rt_fill_info`.
struct RouteMessage: Hashable {
  var type: RouteType
  var destination: IPv4Prefix
  var source: IPv4Address?
  var nextHopID: UInt32?
  var tos: UInt8 = 0
  var gateway: IPv4Address?
  var device: String?
  /// `nil` where it is not to be printed.
  var table: TableID?
  /// `nil` for an answer.
  var `protocol`: RouteProtocol?
  /// `nil` for an answer.
  var scope: RouteScope?
  var preferredSource: IPv4Address?
  var metric: UInt32?
  var flags: [String] = []
  var mark: UInt32 = 0
  /// The user who asks; `nil` for an entry of a table and for the answer about a packet that came in.
  var uid: Int?
  /// `nil` for an entry of a table.
  var cacheFlags: [String]?
  var metrics: [Route.Attribute] = []
  var inputInterface: String?
  /// More than one for a multipath route, else empty.
  var nextHops: [NextHop] = []
}

extension RouteMessage {
  /// An entry of a table.
  init(_ route: Route) {
    self.init(type: route.type, destination: route.destination)
    nextHopID = route.nextHopID
    tos = route.tos
    table = route.table
    self.protocol = route.protocol
    scope = route.scope
    preferredSource = route.preferredSource
    metric = route.metric == 0 ? nil : route.metric
    metrics = route.metrics
    if route.nextHops.count > 1 {
      nextHops = route.nextHops
      flags = route.nextHops.allSatisfy { $0.flags.contains(.linkDown) } ? ["linkdown"] : []
    } else if let hop = route.nextHops.first {
      gateway = hop.gateway
      device = hop.interface
      flags = hop.flags.names
    }
  }
}

extension NextHop.Flags {
  /// The flags in the order in which `ip route` prints them.
  var names: [String] {
    let all: [(NextHop.Flags, String)] = [(.dead, "dead"), (.onLink, "onlink"), (.linkDown, "linkdown")]
    return all.filter { contains($0.0) }.map(\.1)
  }
}

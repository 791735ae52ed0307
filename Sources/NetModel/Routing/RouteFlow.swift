/// What rules and tables compare: a query in the form of the kernel's flow key.
///
/// Source: Linux `include/net/flow.h`, `struct flowi4`.
struct RouteFlow {
  var destination: IPv4Address
  /// `any` where the source is not chosen yet.
  var source: IPv4Address = .any
  /// `lo` for packets of the host's own.
  var inputInterface = "lo"
  var outputInterface: String?
  var mark: UInt32 = 0
  /// Only the bits that routes and rules compare.
  private(set) var tos: UInt8 = 0
  var ipProtocol: UInt8 = 0
  var sourcePort: UInt16 = 0
  var destinationPort: UInt16 = 0
  /// Routes of a wider scope do not count.
  var widestScope: RouteScope = .global
  /// Next hops without carrier count even where a setting hides them.
  var ignoresLinkState = false

  init(destination: IPv4Address) {
    self.destination = destination
  }

  init(_ query: RouteQuery) {
    destination = query.destination
    source = query.source ?? .any
    inputInterface = query.inputInterface ?? "lo"
    outputInterface = query.inputInterface == nil ? query.outputInterface : nil
    mark = query.mark
    tos = query.tos & RouteFlow.tosMask
    ipProtocol = query.ipProtocol
    sourcePort = query.sourcePort
    destinationPort = query.destinationPort
  }

  /// The flow demands more of a route than its destination and type of service.
  var hasDemands: Bool { outputInterface != nil || widestScope != .global }

  /// The way back: source and destination, and the ports, exchanged.
  var reversed: RouteFlow {
    var flow = self
    swap(&flow.source, &flow.destination)
    swap(&flow.sourcePort, &flow.destinationPort)
    return flow
  }

  /// The bits of the type-of-service byte that lookups compare.
  ///
  /// Source: Linux `include/uapi/linux/in_route.h`, `IPTOS_RT_MASK`; recorded in the kernel vectors.
  private static let tosMask: UInt8 = 0x1c
}

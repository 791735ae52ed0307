import NetModel

/// What `ip route` prints of a route or an answer.
///
/// Source: iproute2 `ip/iproute.c`, `print_route`.
struct RouteEntry {
  let route: RouteMessage
  var hidden: RouteFields = []

  func write(to entry: inout IPEntry) {
    let details = entry.style.showsDetails
    if route.type != .unicast || details {
      entry.add("type", .string(route.type.rawValue), text: "\(route.type.rawValue) ")
    }
    writeDestination(to: &entry)
    if let id = route.nextHopID { entry.add("nhid", .number(Int(id)), text: "nhid \(id) ") }
    if route.tos != 0 && !hidden.contains(.tos) {
      let tos = IPNames.trafficClass(route.tos)
      entry.add("tos", .string(tos), text: "tos \(tos) ")
    }
    writeNextHop(to: &entry)
    writeOrigin(to: &entry)
    if let metric = route.metric, !hidden.contains(.metric) {
      entry.add("metric", .number(Int(metric)), text: "metric \(metric) ")
    }
    writeFlags(route.flags, to: &entry)
    writeQuestion(to: &entry)
    writeMetrics(to: &entry)
    if let name = route.inputInterface {
      entry.addMember("iif", .string(name))
      entry.addText("iif ")
      entry.addText("\(name) ", color: .interfaceName)
    }
    writeNextHops(to: &entry)
    entry.addText("\n")
  }

  private func writeDestination(to entry: inout IPEntry) {
    let isDefault = route.destination.length == 0
    let text = isDefault ? "default" : route.destination.shortText
    entry.add("dst", .string(text), text: "\(text) ", color: isDefault ? nil : .ipv4)
    guard let source = route.source else { return }
    entry.add("from", .string(source.description), text: "from \(source) ", color: .ipv4)
  }

  private func writeNextHop(to entry: inout IPEntry) {
    if let gateway = route.gateway, !hidden.contains(.gateway) { writeGateway(gateway, to: &entry) }
    if let device = route.device, !hidden.contains(.device) {
      entry.addMember("dev", .string(device))
      entry.addText("dev ")
      entry.addText("\(device) ", color: .interfaceName)
    }
    let isUsual = route.table == .main && !entry.style.showsDetails
    if let table = route.table, !isUsual, !hidden.contains(.table) {
      entry.add("table", .string(table.description), text: "table \(table) ")
    }
  }

  private func writeGateway(_ gateway: IPv4Address, to entry: inout IPEntry) {
    entry.addMember("gateway", .string(gateway.description))
    entry.addText("via ")
    entry.addText("\(gateway) ", color: .ipv4)
  }

  private func writeOrigin(to entry: inout IPEntry) {
    let details = entry.style.showsDetails
    if let origin = route.protocol, origin != .boot || details, !hidden.contains(.protocol) {
      entry.add("protocol", .string(origin.description), text: "proto \(origin) ")
    }
    if let scope = route.scope, scope != .global || details, !hidden.contains(.scope) {
      entry.add("scope", .string(scope.description), text: "scope \(scope) ")
    }
    if let source = route.preferredSource, !hidden.contains(.preferredSource) {
      entry.addMember("prefsrc", .string(source.description))
      entry.addText("src ")
      entry.addText("\(source) ", color: .ipv4)
    }
  }

  private func writeFlags(_ flags: [String], to entry: inout IPEntry) {
    entry.addMember("flags", .array(flags.map { .string($0) }))
    entry.addText(flags.map { "\($0) " }.joined())
  }

  /// What an answer repeats of the question, and the flags of the kernel's cache entry.
  private func writeQuestion(to entry: inout IPEntry) {
    if route.mark != 0 {
      let mark = Int(route.mark)
      let text = mark < 16 ? String(mark) : IPNames.hexadecimal(mark)
      entry.add("mark", .number(mark), text: "mark \(text) ")
    }
    if let uid = route.uid { entry.add("uid", .number(uid), text: "uid \(uid) ") }
    guard let flags = route.cacheFlags else { return }
    entry.addMember("cache", .array(flags.map { .string($0) }))
    entry.addText("\(entry.style.lineBreak)    cache ")
    if !flags.isEmpty { entry.addText("<\(flags.joined(separator: ","))> ") }
  }

  private func writeMetrics(to entry: inout IPEntry) {
    let metrics = route.metrics.sorted { $0.position < $1.position }
    guard !metrics.isEmpty else { return }
    let members = metrics.map { JSONValue.Member($0.name, .number($0.value)) }
    entry.addMember("metrics", .array([.object(members)]))
    for metric in metrics {
      entry.addText("\(metric.name) \(metric.isLocked ? "lock " : "")\(metric.valueText) ")
    }
  }

  private func writeNextHops(to entry: inout IPEntry) {
    guard !route.nextHops.isEmpty else { return }
    entry.addEntries("nexthops", route.nextHops.map { nextHop($0, style: entry.style) })
  }

  private func nextHop(_ hop: NextHop, style: IPStyle) -> IPEntry {
    var entry = IPEntry(style: style)
    entry.addText("\(style.lineBreak)\tnexthop ")
    if let gateway = hop.gateway { writeGateway(gateway, to: &entry) }
    if let device = hop.interface { entry.add("dev", .string(device), text: "dev \(device) ") }
    entry.add("weight", .number(hop.weight), text: "weight \(hop.weight) ")
    writeFlags(hop.flags.names, to: &entry)
    return entry
  }
}

/// The fields that a listing leaves out because it was asked for one value of them.
struct RouteFields: OptionSet {
  let rawValue: Int

  static let tos = RouteFields(rawValue: 1)
  static let gateway = RouteFields(rawValue: 2)
  static let device = RouteFields(rawValue: 4)
  static let table = RouteFields(rawValue: 8)
  static let `protocol` = RouteFields(rawValue: 16)
  static let scope = RouteFields(rawValue: 32)
  static let preferredSource = RouteFields(rawValue: 64)
  static let metric = RouteFields(rawValue: 128)
}

extension IPv4Prefix {
  /// The prefix, or the address alone where it holds no other.
  var shortText: String { length == 32 ? address.description : description }
}

extension Route.Attribute {
  /// The attributes that hold a time in milliseconds.
  private static let times = ["rtt", "rttvar", "rto_min"]

  /// In the order of the kernel's numbers for them (`RTAX_*`).
  private static let order = [
    "mtu", "window", "rtt", "rttvar", "ssthresh", "cwnd", "advmss", "reordering", "hoplimit", "initcwnd",
    "features", "rto_min", "initrwnd", "quickack", "congctl", "fastopen_no_cookie",
  ]

  fileprivate var position: Int { Self.order.firstIndex(of: name) ?? Self.order.count }

  fileprivate var valueText: String {
    guard Self.times.contains(name) else { return String(value) }
    guard value >= 1000 else { return "\(value)ms" }
    return value.isMultiple(of: 1000) ? "\(value / 1000)s" : "\(Double(value) / 1000)s"
  }
}

import ControlPlane
import NetModel
import YAML

extension LabReader {
  static let routeKeys = [
    "to", "via", "dev", "proto", "scope", "src", "metric", "type", "mtu", "table", "onlink", "tos",
    "nexthops",
  ]

  /// A route of a machine.
  mutating func route(_ node: Node, in stack: NetworkStack) -> Route? {
    guard let fields = fields(node, keys: LabReader.routeKeys) else { return nil }
    if fields["dev"] != nil { guard device(fields, in: stack) != nil else { return nil } }
    return route(fields)
  }

  /// The name under `dev`, which must be one of the stack's interfaces.
  mutating func device(_ fields: Fields, in stack: NetworkStack) -> String? {
    guard let node = required(fields, "dev"), let name = text(node) else { return nil }
    let names = stack.interfaces.map(\.name)
    guard names.contains(name) else {
      report(.unknownName(name, of: .interface, similar: similarName(to: name, among: names)), at: node)
      return nil
    }
    return name
  }

  mutating func route(_ fields: Fields) -> Route? {
    guard let destination = destination(fields) else { return nil }
    let type = word(fields, "type", as: RouteType.self) ?? .unicast
    let gateway = address(fields, "via")
    let device = text(fields, "dev")
    let several = list(fields, "nexthops").compactMap { nextHop($0) }
    let hops = gateway == nil && device == nil ? several : [nextHop(fields)]
    let usual: RouteScope = type == .unicast && gateway == nil && several.isEmpty ? .link : .global
    return Route(
      table: table(fields), type: type, destination: destination,
      tos: number(fields, "tos", in: 0...255).map(UInt8.init) ?? 0,
      metric: number(fields, "metric", in: 0...Int(UInt32.max)).map(UInt32.init) ?? 0,
      protocol: routeProtocol(fields) ?? .boot, scope: scope(fields) ?? usual,
      preferredSource: address(fields, "src"), nextHops: hops,
      metrics: number(fields, "mtu", in: 68...65535).map { [.init(name: "mtu", value: $0)] } ?? [])
  }

  private mutating func nextHop(_ node: Node) -> NextHop? {
    fields(node, keys: ["via", "dev", "weight", "onlink"]).map { nextHop($0) }
  }

  private mutating func nextHop(_ fields: Fields) -> NextHop {
    NextHop(
      gateway: address(fields, "via"), interface: text(fields, "dev"),
      weight: number(fields, "weight", in: 1...256) ?? 1,
      flags: bool(fields, "onlink") == true ? .onLink : NextHop.Flags())
  }

  mutating func routeSelector(_ fields: Fields) -> RouteSelector? {
    guard let destination = destination(fields) else { return nil }
    return RouteSelector(
      table: table(fields), destination: destination, type: word(fields, "type", as: RouteType.self),
      tos: number(fields, "tos", in: 0...255).map(UInt8.init) ?? 0,
      metric: number(fields, "metric", in: 0...Int(UInt32.max)).map(UInt32.init),
      gateway: address(fields, "via"), interface: text(fields, "dev"), protocol: routeProtocol(fields),
      scope: scope(fields))
  }

  private mutating func destination(_ fields: Fields) -> IPv4Prefix? {
    required(fields, "to").flatMap { node in
      value(node, .prefix) { $0 == "default" ? .all : IPv4Prefix(parsing: $0[...]) }
    }
  }

  private mutating func table(_ fields: Fields) -> TableID {
    let named = ["main": TableID.main, "local": .local, "default": .default]
    let table = fields["table"].flatMap { node in
      value(node, .word(["main", "local", "default", "a number"])) { text in
        named[text] ?? UInt32(text).map { TableID($0) }
      }
    }
    return table ?? .main
  }

  private mutating func routeProtocol(_ fields: Fields) -> RouteProtocol? {
    fields["proto"].flatMap { node in
      value(node, .word(["kernel", "boot", "static", "dhcp", "a number"])) { RouteProtocol(parsing: $0) }
    }
  }

  mutating func scope(_ fields: Fields) -> RouteScope? {
    let named: [RouteScope] = [.global, .site, .link, .host, .nowhere]
    return fields["scope"].flatMap { node in
      value(node, .word(named.map(\.description))) { text in named.first { $0.description == text } }
    }
  }
}

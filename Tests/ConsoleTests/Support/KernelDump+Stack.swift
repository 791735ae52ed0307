import NetModel

@testable import Console

extension KernelDump {
  func stack(id: StackID = .host(NodeID("host"))) throws -> NetworkStack {
    var stack = NetworkStack(id: id)
    stack.interfaces = try addr.map { try $0.interface() }
    stack.routes = RouteTables(try (route_all ?? route).map { try $0.route() })
    stack.rules = try rule.map { try $0.rule() }
    stack.neighbors = try (neigh ?? []).map { try $0.neighbor() }
    for (key, value) in sysctl ?? [:] { stack.sysctls[key] = value }
    return stack
  }
}

extension KernelDump.Link {
  fileprivate func interface() throws -> Interface {
    Interface(
      name: ifname, index: ifindex, mac: try parsed(MACAddress(parsing: address), address), mtu: mtu,
      isUp: flags.contains("UP"), hasCarrier: !flags.contains("NO-CARRIER"),
      usesARP: !flags.contains("NOARP"),
      addresses: try addr_info.map { try $0.interfaceAddress() }, attachment: attachment,
      recordedLink: reference,
      alternativeNames: altnames ?? [], queueingDiscipline: qdisc, queueLength: txqlen, group: group)
  }

  private var attachment: Interface.Attachment {
    if link_type == "loopback" { return .loopback }
    guard operstate == "UNKNOWN" else { return .unknown }
    return flags.contains("MULTICAST") ? .tunnel(.vxlan) : .dummy
  }

  private var reference: Interface.LinkReference? {
    if let link_index, let link_netnsid { return .elsewhere(index: link_index, namespaceID: link_netnsid) }
    return link.map { .here(name: $0) }
  }
}

extension KernelDump.Address {
  fileprivate func interfaceAddress() throws -> Interface.Address {
    let own = try ipv4(local)
    return Interface.Address(
      local: IPv4InterfaceAddress(own, length: prefixlen), peer: try address.map(ipv4),
      broadcast: try broadcast.map(ipv4), scope: try parsed(RouteScope(ipName: scope), scope),
      metric: metric ?? 0, noPrefixRoute: noprefixroute ?? false, isSecondary: secondary ?? false,
      label: label)
  }
}

extension KernelDump.Entry {
  fileprivate func route() throws -> Route {
    let type = try parsed(RouteType(rawValue: type ?? "unicast"), type ?? "")
    let hops = try nexthops?.map { try $0.hop() }
    let own = NextHop(gateway: try gateway.map(ipv4), interface: dev, flags: hopFlags(flags))
    return Route(
      table: try table.map { try parsed(TableID(ipName: $0), $0) } ?? .main, type: type,
      destination: try dst == "default" ? .all : parsed(IPv4Prefix(parsing: dst), dst),
      tos: try tos.map(trafficClass) ?? 0, metric: metric ?? 0,
      protocol: try self.protocol.map { try parsed(RouteProtocol(parsing: $0), $0) } ?? .boot,
      scope: try scope.map { try parsed(RouteScope(ipName: $0), $0) } ?? .global,
      preferredSource: try prefsrc.map(ipv4), nextHops: hops ?? (dev == nil ? [] : [own]),
      nextHopID: nhid,
      metrics: (metrics?.first ?? [:]).sorted { $0.key < $1.key }.map {
        Route.Attribute(name: $0.key, value: $0.value)
      })
  }
}

extension KernelDump.Hop {
  fileprivate func hop() throws -> NextHop {
    NextHop(gateway: try gateway.map(ipv4), interface: dev, weight: weight, flags: hopFlags(flags))
  }
}

extension KernelDump.Rule {
  fileprivate func rule() throws -> RoutingRule {
    var selector = RoutingRule.Selector()
    selector.isInverted = values["not"] != nil
    selector.source = try prefix("src")
    selector.destination = try prefix("dst")
    selector.tos = try self["tos"].map(trafficClass) ?? 0
    selector.mark = self["fwmark"].flatMap { ipNumber($0) }.map { UInt32($0) }
    selector.markMask = self["fwmask"].flatMap { ipNumber($0) }.map { UInt32($0) } ?? .max
    selector.inputInterface = self["iif"]
    selector.outputInterface = self["oif"]
    selector.ipProtocol = self["ipproto"].flatMap { name in
      IPNames.ipProtocols.first { $0.name == name }?.number
    }
    selector.sourcePorts = ports("sport")
    selector.destinationPorts = ports("dport")
    return RoutingRule(
      priority: UInt32(self["priority"] ?? "") ?? 0, selector: selector, action: try action(),
      suppressPrefixLength: self["suppress_prefixlen"].flatMap { Int($0) },
      suppressInterfaceGroup: self["suppress_ifgroup"],
      protocol: try self["protocol"].map { try parsed(RouteProtocol(parsing: $0), $0) } ?? .unspecified)
  }

  private func prefix(_ key: String) throws -> IPv4Prefix? {
    guard let text = self[key], text != "all" else { return nil }
    return IPv4Prefix(try ipv4(text), length: self["\(key)len"].flatMap { Int($0) } ?? 32)
  }

  private func ports(_ key: String) -> ClosedRange<UInt16>? {
    let low = (self[key] ?? self["\(key)_start"]).flatMap { UInt16($0) }
    let high = (self[key] ?? self["\(key)_end"]).flatMap { UInt16($0) }
    guard let low, let high else { return nil }
    return low...high
  }

  private func action() throws -> RoutingRule.Action {
    if let table = self["table"] { return .lookup(try parsed(TableID(ipName: table), table)) }
    if let target = self["goto"] { return .goto(try parsed(UInt32(target), target)) }
    switch self["action"] {
    case "blackhole": return .blackhole
    case "unreachable": return .unreachable
    case "prohibit": return .prohibit
    default: return .nop
    }
  }
}

extension KernelDump.NeighborEntry {
  fileprivate func neighbor() throws -> Neighbor {
    Neighbor(
      address: try ipv4(dst), interface: dev,
      mac: try lladdr.map { try parsed(MACAddress(parsing: $0), $0) },
      state: try parsed(state.first.flatMap { Neighbor.State(rawValue: $0) }, "state"),
      isExternallyLearned: isExternallyLearned)
  }
}

private func ipv4(_ text: String) throws -> IPv4Address {
  try parsed(IPv4Address(parsing: text), text)
}

private func trafficClass(_ text: String) throws -> UInt8 {
  var arguments = IPArguments([text])
  return try arguments.trafficClass(complaint: text)
}

private func hopFlags(_ names: [String]) -> NextHop.Flags {
  var flags: NextHop.Flags = []
  if names.contains("dead") { flags.insert(.dead) }
  if names.contains("onlink") { flags.insert(.onLink) }
  if names.contains("linkdown") { flags.insert(.linkDown) }
  return flags
}

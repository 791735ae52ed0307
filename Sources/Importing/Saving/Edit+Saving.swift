import ControlPlane
import NetModel

extension Edit {
  /// The entries of a chapter that make the edit; `nil` where a lab file has no words for it.
  var chapterEntries: [JSONValue]? {
    switch self {
    case .addRoute(let route, let stack): route.entry("addRoute", on: stack)
    case .replaceRoute(let route, let stack): route.entry("replaceRoute", on: stack)
    case .insertRoute(let route, let atEnd, let stack):
      route.entry(atEnd ? "appendRoute" : "prependRoute", on: stack)
    case .deleteRoute(let selector, let stack): selector.entry(on: stack)
    case .setNeighbor(let neighbor, let stack): [neighbor.entry(on: stack)]
    case .deleteNeighbor(let address, let interface, let stack):
      [entry("deleteNeighbor", on: stack, ["address": .string("\(address)"), "dev": .string(interface)])]
    case .addAddress(let address, let interface): address.entry(on: interface)
    case .deleteAddress(let selector, let interface): selector.entry(on: interface)
    case .setLink(let interface, let isUp):
      [entry("setLink", on: interface.stack, ["dev": .string(interface.name), "up": .bool(isUp)])]
    case .setMTU(let interface, let bytes):
      [entry("setMTU", on: interface.stack, ["dev": .string(interface.name), "mtu": .number(bytes)])]
    case .setSysctl(let key, let value, let stack):
      [entry("setSysctl", on: stack, ["key": .string(key), "value": .number(value)])]
    case .setHelmValues(let settings, let agents): [settings.entry] + agents.entries
    case .restartAgents(let agents): agents.entries
    case .scale(let workload, let replicas): workload.entry(replicas: replicas)
    case .loadModule(let name, let node):
      [single("loadModule", ["on": .string(node.name), "module": .string(name)])]
    case .unloadModule(let name, let node):
      [single("unloadModule", ["on": .string(node.name), "module": .string(name)])]
    case .setPower(let node, let isOn):
      [single("setPower", ["on": .string(node.name), "up": .bool(isOn)])]
    case .reboot(let node, isClean: true): [.object([JSONValue.Member("reboot", .string(node.name))])]
    default: nil
    }
  }
}

private func single(_ name: String, _ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
  .object([JSONValue.Member(name, .object(members.map { JSONValue.Member($0.key, $0.value) }))])
}

/// An edit of one stack.
private func entry(
  _ name: String, on stack: StackID, _ members: KeyValuePairs<String, JSONValue>
) -> JSONValue {
  entry(name, on: stack, members.map { JSONValue.Member($0.key, $0.value) })
}

private func entry(_ name: String, on stack: StackID, _ members: [JSONValue.Member]) -> JSONValue {
  .object([
    JSONValue.Member(name, .object([JSONValue.Member("on", .string(stack.description))] + members))
  ])
}

extension Route {
  /// - Returns: `nil` for what the keys of a route in a lab file cannot tell.
  fileprivate func entry(_ name: String, on stack: StackID) -> [JSONValue]? {
    let isPlain =
      tos == 0 && nextHops.count <= 1 && nextHopID == nil
      && metrics.allSatisfy { $0.name == "mtu" && !$0.isLocked }
    guard isPlain else { return nil }
    var members = [JSONValue.Member("to", .string("\(destination)"))]
    if let hop = nextHops.first {
      if let gateway = hop.gateway { members.append(.init("via", .string("\(gateway)"))) }
      if let interface = hop.interface { members.append(.init("dev", .string(interface))) }
      if hop.flags.contains(.onLink) { members.append(.init("onlink", true)) }
    }
    members += [.init("proto", .string("\(self.protocol)")), .init("scope", .string("\(scope)"))]
    if let preferredSource { members.append(.init("src", .string("\(preferredSource)"))) }
    if metric != 0 { members.append(.init("metric", .number(Int(metric)))) }
    if type != .unicast { members.append(.init("type", .string(type.rawValue))) }
    if let mtu { members.append(.init("mtu", .number(mtu))) }
    if table != .main { members.append(.init("table", .string("\(table)"))) }
    return [Importing.entry(name, on: stack, members)]
  }
}

extension RouteSelector {
  fileprivate func entry(on stack: StackID) -> [JSONValue]? {
    guard tos == 0 else { return nil }
    var members = [JSONValue.Member("to", .string("\(destination)"))]
    if let gateway { members.append(.init("via", .string("\(gateway)"))) }
    if let interface { members.append(.init("dev", .string(interface))) }
    if let `protocol` { members.append(.init("proto", .string("\(`protocol`)"))) }
    if let scope { members.append(.init("scope", .string("\(scope)"))) }
    if let metric { members.append(.init("metric", .number(Int(metric)))) }
    if let type { members.append(.init("type", .string(type.rawValue))) }
    if table != .main { members.append(.init("table", .string("\(table)"))) }
    return [Importing.entry("deleteRoute", on: stack, members)]
  }
}

extension Neighbor {
  fileprivate func entry(on stack: StackID) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("address", .string("\(address)")), .init("dev", .string(interface)),
      .init("state", .string(state.rawValue)),
    ]
    if let mac { members.append(.init("mac", .string("\(mac)"))) }
    return Importing.entry("setNeighbor", on: stack, members)
  }
}

extension Interface.Address {
  fileprivate func entry(on interface: InterfaceID) -> [JSONValue]? {
    guard peer == nil, scope == .global else { return nil }
    var members: [JSONValue.Member] = [
      .init("dev", .string(interface.name)), .init("address", .string("\(local)")),
    ]
    if let broadcast { members.append(.init("broadcast", .string("\(broadcast)"))) }
    return [Importing.entry("addAddress", on: interface.stack, members)]
  }
}

extension AddressSelector {
  fileprivate func entry(on interface: InterfaceID) -> [JSONValue]? {
    guard subnet == nil || subnet?.address == address else { return nil }
    return [
      Importing.entry(
        "deleteAddress", on: interface.stack,
        ["dev": .string(interface.name), "address": .string("\(address)")])
    ]
  }
}

extension [HelmSetting] {
  fileprivate var entry: JSONValue {
    .object([JSONValue.Member("helm", .object(map { JSONValue.Member($0.path, $0.value.json) }))])
  }
}

extension HelmValue {
  fileprivate var json: JSONValue {
    switch self {
    case .bool(let value): .bool(value)
    case .integer(let value): .number(value)
    case .string(let value): .string(value)
    case .list(let values): .array(values.map(\.json))
    }
  }
}

extension Edit.AgentSelection {
  fileprivate var entries: [JSONValue] {
    switch self {
    case .none: []
    case .all: [.object([JSONValue.Member("restartAgents", "all")])]
    case .node(let node): [.object([JSONValue.Member("restartAgents", .string(node.name))])]
    }
  }
}

extension WorkloadID {
  fileprivate func entry(replicas: Int) -> [JSONValue]? {
    guard kind == .deployment else { return nil }
    return [single("scale", ["deployment": .string("\(namespace)/\(name)"), "replicas": .number(replicas)])]
  }
}

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
    case .addRule(let rule, let stack): [entry("addRule", on: stack, ["rule": .string("\(rule)")])]
    case .deleteRule(let rule, let stack): [entry("deleteRule", on: stack, ["rule": .string("\(rule)")])]
    case .setNeighbor(let neighbor, let stack): [neighbor.entry("setNeighbor", on: stack)]
    case .learnNeighbors(let entries): entries.map { $0.neighbor.entry("learnNeighbor", on: $0.stack) }
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
    case .setHelmValues(let settings, let agents): [settings.entry("helm")] + agents.entries
    case .restartAgents(let agents): agents.entries
    case .scale(let workload, let replicas): workload.entry(replicas: replicas)
    case .loadModule(let name, let node):
      [single("loadModule", ["on": .string(node.name), "module": .string(name)])]
    case .unloadModule(let name, let node):
      [single("unloadModule", ["on": .string(node.name), "module": .string(name)])]
    case .setPower(let node, let isOn):
      [single("setPower", ["on": .string(node.name), "up": .bool(isOn)])]
    case .reboot(let node, let isClean): [named(isClean ? "reboot" : "forceReboot", node)]
    case .shutDown(let node): [named("shutDown", node)]
    case .beginAgentRestart(let node): [named("beginAgentRestart", node)]
    case .setRelease(let values): [values.settings.entry("helmRelease")]
    case .rollBackHelm(let number): [.object([JSONValue.Member("helmRollback", .number(number))])]
    case .setWireLimit(let wire, let bytes):
      [single("setWireLimit", ["wire": .string(wire.name), "bytes": bytes.map { .number($0) } ?? .null])]
    case .setPortFilter(let wire, let port, let isBlocked):
      [
        single(
          "setPortFilter",
          ["wire": .string(wire.name), "port": .number(Int(port)), "blocked": .bool(isBlocked)])
      ]
    case .create(let objects): objects.entries
    case .replacePolicy: nil
    case .delete(.policy(let id)):
      [single("deleteObject", id.kind.rawValue, namespace: id.namespace, name: id.name)]
    case .delete: nil
    case .changeObject(let change): [change.entry]
    }
  }
}

private func named(_ name: String, _ node: NodeID) -> JSONValue {
  .object([JSONValue.Member(name, .string(node.name))])
}

/// An edit of one object.
private func single(
  _ name: String, _ kind: String, namespace: String?, name object: String, _ others: [JSONValue.Member] = []
) -> JSONValue {
  let scope = namespace.map { $0.isEmpty ? [] : [JSONValue.Member("namespace", .string($0))] } ?? []
  let members = [JSONValue.Member("kind", .string(kind))] + scope + [.init("name", .string(object))] + others
  return .object([JSONValue.Member(name, .object(members))])
}

extension [ClusterObject] {
  /// - Returns: `nil` for an object that nobody wrote a manifest of.
  fileprivate var entries: [JSONValue]? {
    var entries: [JSONValue] = []
    for object in self {
      if case .service(let service) = object, !service.endpoints.isEmpty { return nil }
      guard let manifest = object.record.manifest else { return nil }
      entries.append(.object([JSONValue.Member("apply", manifest)]))
    }
    return entries
  }
}

extension APIChange {
  fileprivate var entry: JSONValue {
    switch self {
    case .create(let document, let namespace):
      single("createObject", ["namespace": .string(namespace), "object": document])
    case .replace(let document, let namespace):
      single("replaceObject", ["namespace": .string(namespace), "object": document])
    case .patch(let resource, let namespace, let name, let patch, let type, let subresource):
      single(
        "patchObject", resource.kind, namespace: namespace, name: name,
        [.init("type", .string(type.rawValue))]
          + (subresource.map { [.init("subresource", .string($0))] } ?? []) + [.init("with", patch)])
    case .delete(let resource, let namespace, let name, let graceSeconds):
      single(
        "deleteObject", resource.kind, namespace: namespace, name: name,
        graceSeconds.map { [.init("graceSeconds", .number($0))] } ?? [])
    case .scale(let resource, let namespace, let name, let replicas):
      single(
        "scaleObject", resource.kind, namespace: namespace, name: name,
        [.init("replicas", .number(replicas))])
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
      nextHopID == nil && metrics.allSatisfy { $0.name == "mtu" && !$0.isLocked }
    guard isPlain else { return nil }
    var members = [JSONValue.Member("to", .string("\(destination)"))]
    if nextHops.count > 1 {
      members.append(.init("nexthops", .array(nextHops.map { .object($0.members) })))
    } else if let hop = nextHops.first {
      members += hop.members
    }
    if tos != 0 { members.append(.init("tos", .number(Int(tos)))) }
    members += [.init("proto", .string("\(self.protocol)")), .init("scope", .string("\(scope)"))]
    if let preferredSource { members.append(.init("src", .string("\(preferredSource)"))) }
    if metric != 0 { members.append(.init("metric", .number(Int(metric)))) }
    if type != .unicast { members.append(.init("type", .string(type.rawValue))) }
    if let mtu { members.append(.init("mtu", .number(mtu))) }
    if table != .main { members.append(.init("table", .string("\(table)"))) }
    return [Importing.entry(name, on: stack, members)]
  }
}

extension NextHop {
  fileprivate var members: [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    if let gateway { members.append(.init("via", .string("\(gateway)"))) }
    if let interface { members.append(.init("dev", .string(interface))) }
    if weight != 1 { members.append(.init("weight", .number(weight))) }
    if flags.contains(.onLink) { members.append(.init("onlink", true)) }
    return members
  }
}

extension RouteSelector {
  fileprivate func entry(on stack: StackID) -> [JSONValue]? {
    var members = [JSONValue.Member("to", .string("\(destination)"))]
    if tos != 0 { members.append(.init("tos", .number(Int(tos)))) }
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
  fileprivate func entry(_ name: String, on stack: StackID) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("address", .string("\(address)")), .init("dev", .string(interface)),
      .init("state", .string(state.rawValue)),
    ]
    if let mac { members.append(.init("mac", .string("\(mac)"))) }
    return Importing.entry(name, on: stack, members)
  }
}

extension Interface.Address {
  fileprivate func entry(on interface: InterfaceID) -> [JSONValue]? {
    var members: [JSONValue.Member] = [
      .init("dev", .string(interface.name)), .init("address", .string("\(local)")),
      .init("scope", .string("\(scope)")), .init("label", .string(label)),
    ]
    if let peer { members.append(.init("peer", .string("\(peer)"))) }
    if let broadcast { members.append(.init("broadcast", .string("\(broadcast)"))) }
    if metric != 0 { members.append(.init("metric", .number(metric))) }
    if noPrefixRoute { members.append(.init("noprefixroute", true)) }
    return [Importing.entry("addAddress", on: interface.stack, members)]
  }
}

extension AddressSelector {
  fileprivate func entry(on interface: InterfaceID) -> [JSONValue]? {
    var members: [JSONValue.Member] = [
      .init("dev", .string(interface.name)), .init("address", .string("\(address)")),
    ]
    if let subnet { members.append(.init("subnet", .string("\(subnet)"))) }
    if let label { members.append(.init("label", .string(label))) }
    return [Importing.entry("deleteAddress", on: interface.stack, members)]
  }
}

extension [HelmSetting] {
  fileprivate func entry(_ name: String) -> JSONValue {
    .object([JSONValue.Member(name, .object(map { JSONValue.Member($0.path, $0.value.json) }))])
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

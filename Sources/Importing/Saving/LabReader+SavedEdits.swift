import ControlPlane
import NetModel
import YAML

extension LabReader {
  /// The edits that saved labs have besides those of hand-written chapters.
  static let savedEditKeys = [
    "appendRoute", "prependRoute", "setNeighbor", "deleteNeighbor", "addAddress", "deleteAddress", "setPower",
    "loadModule", "unloadModule", "addRule", "deleteRule", "learnNeighbor", "forceReboot", "shutDown",
    "beginAgentRestart", "helmRelease", "helmRollback", "setWireLimit", "setPortFilter", "createObject",
    "replaceObject", "patchObject", "deleteObject", "scaleObject",
  ]

  mutating func savedEdit(_ key: String, _ node: Node, _ fields: Fields, machines: [Machine]) -> Edit? {
    switch key {
    case "appendRoute", "prependRoute": insertedRoute(key, node, machines)
    case "addRule": rule(node, machines).map { .addRule($0, on: $1) }
    case "deleteRule": rule(node, machines).map { .deleteRule($0, on: $1) }
    case "setNeighbor": neighbor(node, machines).map { .setNeighbor($0, on: $1) }
    case "learnNeighbor": neighbor(node, machines).map { .learnNeighbors([LearnedNeighbor($0, on: $1)]) }
    case "forceReboot": machineID(node, among: machines).map { .reboot($0, isClean: false) }
    case "shutDown": machineID(node, among: machines).map { .shutDown($0) }
    case "beginAgentRestart": machineID(node, among: machines).map { .beginAgentRestart($0) }
    case "helmRelease": .setRelease(HelmValues(helmSettings(fields, key)))
    case "helmRollback": number(node, in: 1...Int.max).map { .rollBackHelm(to: $0) }
    case "setWireLimit": wireLimit(node)
    case "setPortFilter": portFilter(node)
    case "createObject", "replaceObject": sentObject(key, node).map { .changeObject($0) }
    case "patchObject", "deleteObject", "scaleObject": namedObject(key, node).map { .changeObject($0) }
    case "deleteNeighbor": deletedNeighbor(node, machines)
    case "addAddress": addedAddress(node, machines)
    case "deleteAddress": deletedAddress(node, machines)
    case "setPower": power(node, machines)
    case "loadModule", "unloadModule": module(key, node, machines)
    default: nil
    }
  }

  /// A machine of the lab or, as `NAMESPACE/NAME`, a pod.
  mutating func stackID(_ fields: Fields, among machines: [Machine]) -> StackID? {
    guard let node = required(fields, "on"), let name = text(node) else { return nil }
    guard name.contains("/") else { return machineID(node, among: machines).map(StackID.host) }
    return namespacedName(node).map { .pod(PodID(namespace: $0.namespace, name: $0.name)) }
  }

  private mutating func insertedRoute(_ key: String, _ node: Node, _ machines: [Machine]) -> Edit? {
    guard let fields = fields(node, keys: ["on"] + LabReader.routeKeys),
      let stack = stackID(fields, among: machines), let route = route(fields)
    else { return nil }
    return .insertRoute(route, atEnd: key == "appendRoute", on: stack)
  }

  private mutating func rule(_ node: Node, _ machines: [Machine]) -> (RoutingRule, StackID)? {
    guard let fields = fields(node, keys: ["on", "rule"]), let stack = stackID(fields, among: machines),
      let line = required(fields, "rule"), let text = text(line)
    else { return nil }
    var reader = RuleReader()
    let read = try? RuleText.read(DumpText(text)).first.flatMap { entry in try? reader.rule(entry) }
    guard let rule = read else {
      report(.invalidValue(text, expected: .text), at: line)
      return nil
    }
    return (rule, stack)
  }

  private mutating func neighbor(_ node: Node, _ machines: [Machine]) -> (Neighbor, StackID)? {
    guard let fields = fields(node, keys: ["on", "address", "dev", "state", "mac"]),
      let stack = stackID(fields, among: machines), let address = requiredAddress(fields, "address"),
      let device = requiredText(fields, "dev")
    else { return nil }
    let state = word(fields, "state", as: Neighbor.State.self) ?? .permanent
    return (Neighbor(address: address, interface: device, mac: mac(fields, "mac"), state: state), stack)
  }

  private mutating func deletedNeighbor(_ node: Node, _ machines: [Machine]) -> Edit? {
    guard let fields = fields(node, keys: ["on", "address", "dev"]),
      let stack = stackID(fields, among: machines), let address = requiredAddress(fields, "address"),
      let device = requiredText(fields, "dev")
    else { return nil }
    return .deleteNeighbor(address, interface: device, on: stack)
  }

  private mutating func addedAddress(_ node: Node, _ machines: [Machine]) -> Edit? {
    let keys = ["on", "dev", "address", "broadcast", "peer", "scope", "metric", "noprefixroute", "label"]
    guard let fields = fields(node, keys: keys), let stack = stackID(fields, among: machines),
      let device = requiredText(fields, "dev"), let local = interfaceAddress(fields, "address")
    else { return nil }
    let address = Interface.Address(
      local: local, peer: address(fields, "peer"), broadcast: address(fields, "broadcast"),
      scope: scope(fields) ?? .global, metric: number(fields, "metric", in: 0...Int(UInt32.max)) ?? 0,
      noPrefixRoute: bool(fields, "noprefixroute") ?? false, label: text(fields, "label") ?? device)
    return .addAddress(address, to: InterfaceID(stack, device))
  }

  private mutating func deletedAddress(_ node: Node, _ machines: [Machine]) -> Edit? {
    guard let fields = fields(node, keys: ["on", "dev", "address", "subnet", "label"]),
      let stack = stackID(fields, among: machines), let device = requiredText(fields, "dev"),
      let address = requiredAddress(fields, "address")
    else { return nil }
    let selector = AddressSelector(
      address: address, subnet: fields["subnet"] == nil ? nil : interfaceAddress(fields, "subnet"),
      label: text(fields, "label"))
    return .deleteAddress(selector, from: InterfaceID(stack, device))
  }

  private mutating func interfaceAddress(_ fields: Fields, _ key: String) -> IPv4InterfaceAddress? {
    required(fields, key).flatMap { value($0, .interfaceAddress) { IPv4InterfaceAddress(parsing: $0) } }
  }

  private mutating func wireLimit(_ node: Node) -> Edit? {
    guard let fields = fields(node, keys: ["wire", "bytes"]), let wire = requiredText(fields, "wire") else {
      return nil
    }
    let isLimited = fields["bytes"].map { JSONValue(node: $0) != .null } ?? false
    return .setWireLimit(
      WireID(wire), bytes: isLimited ? number(fields, "bytes", in: 0...Int(UInt32.max)) : nil)
  }

  private mutating func portFilter(_ node: Node) -> Edit? {
    guard let fields = fields(node, keys: ["wire", "port", "blocked"]),
      let wire = requiredText(fields, "wire"), let port = required(fields, "port").flatMap({ port($0) })
    else { return nil }
    return .setPortFilter(WireID(wire), port: port, isBlocked: bool(fields, "blocked") ?? true)
  }

  private mutating func module(_ key: String, _ node: Node, _ machines: [Machine]) -> Edit? {
    guard let fields = fields(node, keys: ["on", "module"]),
      let machine = machineID(fields, "on", among: machines), let name = requiredText(fields, "module")
    else { return nil }
    return key == "loadModule" ? .loadModule(name, on: machine) : .unloadModule(name, on: machine)
  }

  private mutating func power(_ node: Node, _ machines: [Machine]) -> Edit? {
    guard let fields = fields(node, keys: ["on", "up"]),
      let machine = machineID(fields, "on", among: machines), required(fields, "up") != nil
    else { return nil }
    return bool(fields, "up").map { .setPower(machine, isOn: $0) }
  }
}

// MARK: Objects

extension LabReader {
  private mutating func sentObject(_ key: String, _ node: Node) -> APIChange? {
    guard let fields = fields(node, keys: ["namespace", "object"]),
      let namespace = requiredText(fields, "namespace"), let object = required(fields, "object")
    else { return nil }
    let document = JSONValue(node: object)
    return key == "createObject"
      ? .create(document, namespace: namespace) : .replace(document, namespace: namespace)
  }

  private mutating func namedObject(_ key: String, _ node: Node) -> APIChange? {
    let keys = ["kind", "namespace", "name", "type", "subresource", "with", "replicas", "graceSeconds"]
    guard let fields = fields(node, keys: keys), let kind = required(fields, "kind"),
      let resource = resource(kind), let name = requiredText(fields, "name")
    else { return nil }
    let namespace = text(fields, "namespace")
    switch key {
    case "deleteObject":
      let seconds = fields["graceSeconds"].flatMap { number($0, in: 0...Int(Int32.max)) }
      return .delete(resource, namespace: namespace, name: name, graceSeconds: seconds)
    case "scaleObject":
      return required(fields, "replicas").flatMap { number($0, in: Int(Int32.min)...Int(Int32.max)) }.map {
        .scale(resource, namespace: namespace ?? "default", name: name, replicas: $0)
      }
    default:
      return required(fields, "with").map { patch in
        .patch(
          resource, namespace: namespace, name: name, JSONValue(node: patch),
          word(fields, "type") ?? .strategic, subresource: text(fields, "subresource"))
      }
    }
  }

  private mutating func resource(_ node: Node) -> APIResource? {
    value(node, .word(APIResource.all.map(\.kind))) { APIResource.of(kind: $0) }
  }
}

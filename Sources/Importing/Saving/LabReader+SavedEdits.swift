import ControlPlane
import NetModel
import YAML

extension LabReader {
  /// The edits that saved labs have besides those of hand-written chapters.
  static let savedEditKeys = [
    "appendRoute", "prependRoute", "setNeighbor", "deleteNeighbor", "addAddress", "deleteAddress", "setPower",
    "loadModule", "unloadModule",
  ]

  mutating func savedEdit(_ key: String, _ node: Node, machines: [Machine]) -> Edit? {
    switch key {
    case "appendRoute", "prependRoute": insertedRoute(key, node, machines)
    case "setNeighbor": neighborEdit(node, machines)
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

  private mutating func neighborEdit(_ node: Node, _ machines: [Machine]) -> Edit? {
    guard let fields = fields(node, keys: ["on", "address", "dev", "state", "mac"]),
      let stack = stackID(fields, among: machines), let address = requiredAddress(fields, "address"),
      let device = requiredText(fields, "dev")
    else { return nil }
    let state = word(fields, "state", as: Neighbor.State.self) ?? .permanent
    return .setNeighbor(
      Neighbor(address: address, interface: device, mac: mac(fields, "mac"), state: state), on: stack)
  }

  private mutating func deletedNeighbor(_ node: Node, _ machines: [Machine]) -> Edit? {
    guard let fields = fields(node, keys: ["on", "address", "dev"]),
      let stack = stackID(fields, among: machines), let address = requiredAddress(fields, "address"),
      let device = requiredText(fields, "dev")
    else { return nil }
    return .deleteNeighbor(address, interface: device, on: stack)
  }

  private mutating func addedAddress(_ node: Node, _ machines: [Machine]) -> Edit? {
    guard let fields = fields(node, keys: ["on", "dev", "address", "broadcast"]),
      let stack = stackID(fields, among: machines), let device = requiredText(fields, "dev"),
      let local = required(fields, "address").flatMap({
        value($0, .interfaceAddress) { IPv4InterfaceAddress(parsing: $0) }
      })
    else { return nil }
    let address = Interface.Address(local: local, broadcast: address(fields, "broadcast"), label: device)
    return .addAddress(address, to: InterfaceID(stack, device))
  }

  private mutating func deletedAddress(_ node: Node, _ machines: [Machine]) -> Edit? {
    guard let fields = fields(node, keys: ["on", "dev", "address"]),
      let stack = stackID(fields, among: machines), let device = requiredText(fields, "dev"),
      let address = requiredAddress(fields, "address")
    else { return nil }
    return .deleteAddress(AddressSelector(address: address), from: InterfaceID(stack, device))
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

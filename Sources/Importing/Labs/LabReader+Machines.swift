import ControlPlane
import NetModel
import YAML

extension LabReader {
  mutating func wires(_ nodes: [Node]) -> [Wire] {
    var wires: [Wire] = []
    for node in nodes {
      let keys = ["name", "subnet", "mtu", "blockedUDPPorts", "exit"]
      guard let fields = fields(node, keys: keys), let name = requiredText(fields, "name") else { continue }
      var wire = Wire(id: WireID(name), subnet: prefix(fields, "subnet"))
      wire.mtu = number(fields, "mtu", in: 68...65535)
      wire.blockedUDPPorts = list(fields, "blockedUDPPorts").compactMap { port($0) }.sorted()
      let gateways = list(fields, "exit").compactMap { gateway($0) }
      if !gateways.isEmpty { wire.exit = Wire.Exit(gateways: gateways.sorted { $0.address < $1.address }) }
      if wires.contains(where: { $0.id == wire.id }) {
        report(.duplicateName(name, of: .wire), at: node)
      } else {
        wires.append(wire)
      }
    }
    return wires
  }

  private mutating func gateway(_ node: Node) -> Wire.Exit.Gateway? {
    guard let fields = fields(node, keys: ["address", "mac"]),
      let address = requiredAddress(fields, "address"),
      let mac = required(fields, "mac").flatMap({ self.mac($0) })
    else { return nil }
    return Wire.Exit.Gateway(address: address, mac: mac)
  }

  mutating func machines(_ nodes: [Node], wires: [Wire], seed: UInt64) -> [Machine] {
    var machines: [Machine] = []
    for node in nodes {
      guard let machine = machine(node, wires: wires, seed: seed) else { continue }
      if machines.contains(where: { $0.id == machine.id }) {
        report(.duplicateName(machine.id.name, of: .machine), at: node)
      } else {
        machines.append(machine)
      }
    }
    return machines
  }

  private mutating func machine(_ node: Node, wires: [Wire], seed: UInt64) -> Machine? {
    let keys = ["name", "interfaces", "routes", "neighbors", "sysctls", "listeners", "hosts", "bgp"]
    guard let fields = fields(node, keys: keys), let name = requiredText(fields, "name") else { return nil }
    var stack = NetworkStack(id: .host(NodeID(name)), interfaces: [.loopback])
    for node in list(fields, "interfaces") {
      let index = stack.interfaces.count + 1
      guard let interface = interface(node, of: stack.id, index: index, wires: wires, seed: seed) else {
        continue
      }
      stack.interfaces.append(interface)
    }
    stack.routes = RouteTables(list(fields, "routes").compactMap { route($0, in: stack) })
    stack.neighbors = list(fields, "neighbors").compactMap { neighbor($0, in: stack) }
    stack.sysctls = sysctls(fields)
    stack.listeners = fields["listeners"].map { listeners($0, keys: ["tcp", "udp"]) } ?? []
    var machine = Machine(stack: stack, hostNames: list(fields, "hosts").compactMap { hostName($0) })
    machine.bgp = fields["bgp"].flatMap { bgpRouter($0) }
    return machine
  }

  mutating func kernelModule(_ node: Node) -> KernelModule? {
    guard let fields = fields(node, keys: ["name", "size", "needs"]),
      let name = requiredText(fields, "name"), required(fields, "size") != nil,
      let size = number(fields, "size", in: 0...Int(UInt32.max))
    else { return nil }
    let needs = list(fields, "needs").compactMap { text($0) }
    return KernelModule(name: name, size: size, dependencies: needs)
  }

  private mutating func interface(
    _ node: Node, of stack: StackID, index: Int, wires: [Wire], seed: UInt64
  ) -> Interface? {
    let keys = ["name", "type", "wire", "mac", "mtu", "altname", "address", "addresses", "metric"]
    guard let fields = fields(node, keys: keys), let name = requiredText(fields, "name") else { return nil }
    let isDummy = word(fields, "type", as: InterfaceType.self) == .dummy
    let attachment: Interface.Attachment? = isDummy ? .dummy : self.attachment(fields, wires: wires)
    let id = InterfaceID(stack, name)
    let allotted: MACAddress =
      isDummy ? .virtualDevice(id, seed: seed) : .virtualBox(id, seed: seed)
    let mac = mac(fields, "mac") ?? allotted
    var interface = Interface(
      name: name, index: index, mac: mac, mtu: number(fields, "mtu", in: 68...65535) ?? 1500,
      usesARP: !isDummy, ipv6Addresses: [.linkLocal(of: mac)], attachment: attachment ?? .unknown,
      queueingDiscipline: isDummy ? "noqueue" : "fq_codel")
    interface.alternativeNames = text(fields, "altname").map { [$0] } ?? []
    let metric = number(fields, "metric", in: 0...Int(UInt32.max)) ?? 0
    let nodes = (fields["address"].map { [$0] } ?? []) + list(fields, "addresses")
    interface.addresses = nodes.compactMap { interfaceAddress($0, label: name, metric: metric) }
    return interface
  }

  private enum InterfaceType: String, CaseIterable {
    case ethernet, dummy
  }

  private mutating func attachment(_ fields: Fields, wires: [Wire]) -> Interface.Attachment? {
    guard let node = required(fields, "wire"), let name = text(node) else { return nil }
    let names = wires.map(\.id.name)
    guard names.contains(name) else {
      report(.unknownName(name, of: .wire, similar: similarName(to: name, among: names)), at: node)
      return nil
    }
    return .wire(WireID(name))
  }

  private mutating func interfaceAddress(_ node: Node, label: String, metric: Int) -> Interface.Address? {
    let local = value(node, .interfaceAddress) { text in
      text.utf8.contains(UInt8(ascii: "/")) ? IPv4InterfaceAddress(parsing: text[...]) : nil
    }
    return local.map { local in
      let broadcast = local.length < 31 ? local.prefix.last : nil
      return Interface.Address(local: local, broadcast: broadcast, metric: metric, label: label)
    }
  }

  private mutating func neighbor(_ node: Node, in stack: NetworkStack) -> Neighbor? {
    guard let fields = fields(node, keys: ["address", "dev", "mac"]),
      let address = requiredAddress(fields, "address"), let device = device(fields, in: stack)
    else { return nil }
    return Neighbor(address: address, interface: device, mac: mac(fields, "mac"), state: .stale)
  }

  private mutating func sysctls(_ fields: Fields) -> Sysctls {
    var sysctls = Sysctls()
    guard let entries = fields["sysctls"].flatMap({ openFields($0) }) else { return sysctls }
    for key in entries.keys {
      if let value = number(entries, key, in: Int(Int32.min)...Int(Int32.max)) { sysctls[key] = value }
    }
    return sysctls
  }

  private mutating func hostName(_ node: Node) -> Machine.HostName? {
    guard let fields = fields(node, keys: ["address", "name"]),
      let address = requiredAddress(fields, "address"), let name = requiredText(fields, "name")
    else { return nil }
    return Machine.HostName(address: address, name: name)
  }

  /// `tcp` and `udp`, each a list of ports.
  mutating func listeners(_ node: Node, keys: [String]) -> [Listener] {
    guard let fields = fields(node, keys: keys) else { return [] }
    let tcp = list(fields, "tcp").compactMap { port($0) }.map { Listener(transport: .tcp, port: $0) }
    let udp = list(fields, "udp").compactMap { port($0) }.map { Listener(transport: .udp, port: $0) }
    return (tcp + udp).sorted()
  }
}

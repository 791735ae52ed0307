import ControlPlane
import NetModel
import PacketTesting
import PacketTrace

/// Small networks of plain Linux machines with random cables, addresses and routes, some of them wrong.
struct RandomSnapshot {
  private var random: SeededGenerator
  private(set) var snapshot = Snapshot(revision: 0, wires: [], stacks: [], agents: [], pods: [])

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    let wireCount = Int.random(in: 1...4, using: &random)
    snapshot.wires = (0..<wireCount).map { wire($0) }
    snapshot.stacks = (0..<Int.random(in: 2...7, using: &random)).map { machine($0, wires: wireCount) }
  }

  private func subnet(_ wire: Int) -> IPv4Prefix {
    IPv4Prefix(IPv4Address(10, 0, UInt8(wire), 0), length: 24)
  }

  private mutating func wire(_ number: Int) -> Wire {
    let isExit = Int.random(in: 0..<5, using: &random) == 0
    let gateway = Wire.Exit.Gateway(
      address: IPv4Address(10, 0, UInt8(number), 254),
      mac: MACAddress(rawValue: 0x0200_0000_ff00 | UInt64(number)))
    return Wire(
      id: WireID("wire\(number)"), subnet: subnet(number), exit: isExit ? Wire.Exit(gateways: [gateway]) : nil
    )
  }

  private mutating func machine(_ number: Int, wires: Int) -> NetworkStack {
    var stack = NetworkStack(id: .host(NodeID("host\(number)")))
    stack.interfaces = [loopback]
    for wire in 0..<wires where wires == 1 || Bool.random(using: &random) {
      stack.interfaces.append(interface(on: wire, of: number, index: stack.interfaces.count + 1))
    }
    stack.sysctls["net.ipv4.ip_forward"] = Int.random(in: 0..<6, using: &random) == 0 ? 0 : 1
    stack.listeners = Bool.random(using: &random) ? [Listener(transport: .tcp, port: 80)] : []
    stack.routes = RouteTables(
      stack.kernelRoutes() + (0..<4).compactMap { _ in route(for: stack, wires: wires) })
    return stack
  }

  private var loopback: Interface {
    let address = Interface.Address(
      local: IPv4InterfaceAddress(IPv4Address(127, 0, 0, 1), length: 8), scope: .host, label: "lo")
    return Interface(
      name: "lo", index: 1, mac: .zero, mtu: 65536, addresses: [address], attachment: .loopback)
  }

  private mutating func interface(on wire: Int, of machine: Int, index: Int) -> Interface {
    let name = "eth\(wire)"
    let local = IPv4InterfaceAddress(IPv4Address(10, 0, UInt8(wire), UInt8(machine + 1)), length: 24)
    return Interface(
      name: name, index: index, mac: MACAddress(rawValue: 0x0200_0000_0000 | UInt64(machine << 8 | wire)),
      isUp: Int.random(in: 0..<12, using: &random) != 0,
      addresses: [Interface.Address(local: local, broadcast: local.prefix.last, label: name)],
      attachment: .wire(WireID("wire\(wire)")))
  }

  private mutating func route(for stack: NetworkStack, wires: Int) -> Route? {
    guard let out = stack.interfaces.dropFirst().randomElement(using: &random) else { return nil }
    let length = [0, 8, 16, 24, 24, 32].randomElement(using: &random) ?? 24
    let target = address(wires: wires)
    guard Int.random(in: 0..<8, using: &random) != 0 else {
      return Route(type: .blackhole, destination: IPv4Prefix(target, length: length), nextHops: [])
    }
    let wire = UInt8(out.name.dropFirst(3)) ?? 0
    let host = Int.random(in: 0..<4, using: &random) != 0 ? UInt8.random(in: 1...8, using: &random) : 254
    let gateway = IPv4Address(10, 0, wire, host)
    return Route(
      destination: IPv4Prefix(target, length: length), metric: UInt32.random(in: 0...2, using: &random) * 50,
      nextHops: [NextHop(gateway: gateway, interface: out.name)])
  }

  private mutating func address(wires: Int) -> IPv4Address {
    IPv4Address(
      10, 0, UInt8.random(in: 0...UInt8(wires), using: &random), UInt8.random(in: 1...9, using: &random))
  }

  /// A question that some machine of the network might ask.
  mutating func flow() -> Flow {
    let origin = snapshot.stacks.randomElement(using: &random)?.id ?? .host(NodeID("host0"))
    let content: Flow.Content =
      switch Int.random(in: 0..<3, using: &random) {
      case 0: .echo
      case 1: .transport(.tcp, port: 80)
      default: .transport(.udp, port: 53)
      }
    return Flow(origin: origin, destination: address(wires: snapshot.wires.count), content: content)
  }
}

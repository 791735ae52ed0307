import ControlPlane
import Importing
import NetModel
import PacketTesting
import Testing

@testable import PacketTrace

/// Reachability by kinds of pairs against a walk for each pair.
@Suite struct ReachPropertyTests {
  /// The pairs whose outcome is not that of their own walk.
  static func differences(in snapshot: Snapshot) throws -> [String] {
    let reach = snapshot.reachability()
    #expect(reach.cells.count == reach.sources.count * reach.destinations.count)
    return try reach.cells.compactMap { cell in
      let source = reach.sources[cell.source]
      let destination = reach.destinations[cell.destination]
      var flow = Flow(
        origin: source.kind == .pod
          ? .pod(PodID(namespace: source.namespace ?? "", name: source.name)) : .host(NodeID(source.name)),
        destination: try #require(destination.address), content: .transport(.tcp, port: 80))
      if destination.kind == .service {
        let name = "\(destination.namespace ?? "")/\(destination.name)"
        flow.content = try snapshot.flow(FlowRequest(source: source.name, destination: name)).flow.content
      }
      let walked = snapshot.walk(flow, roundTrip: true).verdict
      return walked == cell.outcome
        ? nil : "\(source.name) -> \(destination.name): \(cell.outcome), walked \(walked)"
    }
  }

  @Test(arguments: 0..<10)
  func plainNetworksWithOddRoutesAndBrokenLinks(batch: UInt64) throws {
    for seed in batch * 40..<(batch + 1) * 40 {
      let network = RandomSnapshot(seed: seed)
      #expect(try Self.differences(in: network.snapshot) == [], "seed \(seed)")
    }
  }

  @Test(arguments: 1...16 as ClosedRange<UInt64>)
  func theLabAfterRandomEdits(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let modes: [CiliumSettings.RoutingMode] = [.native, .tunnel(.vxlan), .tunnel(.geneve)]
    let chapter = ["webpod", "webpod", "lb-ipam", "l2"].randomElement(using: &random) ?? "webpod"
    var lab = try TestLab(chapter: chapter, mode: modes.randomElement(using: &random))
    var applied: [Edit] = []
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      let edit = try Self.edit(of: lab.network.snapshot(), using: &random)
      if (try? lab.apply(edit)) != nil { applied.append(edit) }
    }
    #expect(try Self.differences(in: lab.network.snapshot()) == [], "seed \(seed): \(applied)")
  }

  /// Something that a person might change, or that breaks.
  private static func edit(
    of snapshot: Snapshot, using random: inout SeededGenerator
  ) throws -> Edit {
    let hosts = snapshot.stacks.filter { if case .host = $0.id { true } else { false } }
    let host = try #require(hosts.randomElement(using: &random))
    guard case .host(let node) = host.id else { throw TestLab.NoPath() }
    let interface = host.interfaces.filter { $0.name.hasPrefix("eth") }.randomElement(using: &random)
    let name = interface?.name ?? "eth1"
    let addresses =
      snapshot.pods.map(\.address) + hosts.flatMap { $0.interfaces.flatMap(\.addresses) }.map(\.local.address)
    let address = addresses.randomElement(using: &random) ?? .any
    let wire = snapshot.wires.randomElement(using: &random)?.id ?? WireID("")
    switch Int.random(in: 0..<11, using: &random) {
    case 0: return .setLink(InterfaceID(host.id, name), isUp: false)
    case 1: return .setPower(node, isOn: false)
    case 2:
      return .setPortFilter(wire, port: [8472, 6081].randomElement(using: &random) ?? 0, isBlocked: true)
    case 3: return .setSysctl("net.ipv4.ip_forward", value: 0, on: host.id)
    case 4: return .setSysctl("net.ipv4.conf.\(name).rp_filter", value: 1, on: host.id)
    case 5:
      let mac = MACAddress(rawValue: UInt64.random(in: 0...3, using: &random))
      return .setNeighbor(
        Neighbor(address: address, interface: name, mac: mac, state: .permanent), on: host.id)
    case 6:
      return .addAddress(
        Interface.Address(local: IPv4InterfaceAddress(address, length: 24), label: name),
        to: InterfaceID(host.id, name))
    case 7:
      let routes = host.routes.routes(in: .main)
      return .deleteRoute(RouteSelector(try #require(routes.randomElement(using: &random))), on: host.id)
    case 8: return .create([.policy(try policy(using: &random))])
    case 9:
      return .setHelmValues(CiliumSettings.RoutingMode.tunnel(.vxlan).helmSettings, restart: .node(node))
    default: return .addRoute(route(to: address, by: name, addresses, using: &random), on: host.id)
    }
  }

  private static func policy(using random: inout SeededGenerator) throws -> Policy {
    let direction = ["Ingress", "Egress"].randomElement(using: &random) ?? ""
    let selected = ["{app: webpod}", "{app: curl}", "{}"].randomElement(using: &random) ?? ""
    let yaml = """
      kind: NetworkPolicy
      metadata: {name: random}
      spec: {podSelector: {matchLabels: \(selected)}, policyTypes: [\(direction)]}
      """
    return try #require(PolicyDocuments(yaml: yaml, file: "policy.yaml").policies.first).policy
  }

  private static func route(
    to address: IPv4Address, by name: String, _ addresses: [IPv4Address], using random: inout SeededGenerator
  ) -> Route {
    let prefix = IPv4Prefix(address, length: [0, 16, 24, 24, 32].randomElement(using: &random) ?? 24)
    if Int.random(in: 0..<4, using: &random) == 0 {
      let type = [RouteType.blackhole, .unreachable, .prohibit].randomElement(using: &random) ?? .blackhole
      return Route(type: type, destination: prefix, nextHops: [])
    }
    let hops = (0..<Int.random(in: 1...2, using: &random)).map { _ in
      NextHop(gateway: addresses.randomElement(using: &random), interface: name, flags: .onLink)
    }
    return Route(destination: prefix, nextHops: hops)
  }
}

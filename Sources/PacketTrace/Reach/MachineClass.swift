import ControlPlane
import NetModel

/// What a machine has in itself that decides about packets, without names and addresses of its own: machines of one
/// class that treat addresses alike are alike.
struct MachineClass: Hashable {
  private let interfaces: [InterfaceClass]
  private let rules: [RoutingRule]
  private let listeners: [Listener]
  private let sysctls: [Sysctls.Entry]
  private let hasCustomLocalRoutes: Bool
  private let agent: AgentClass?

  private struct AgentClass: Hashable {
    let settings: CiliumSettings
    let devices: [String]
    let directRoutingDevice: String
    /// Places among the machine's own addresses.
    let nodeAddress: Int?
    let routerAddress: Int?
    /// Services at addresses that machines or pods bear.
    let services: [ServiceEntry]
  }

  /// The class of a machine; `nil` where more than its packets' destinations decide.
  init?(of machine: Int, in places: ReachPlaces) {
    let stack = places.stacks[machine]
    guard stack.decidesByDestination else { return nil }
    interfaces = stack.interfaces.filter { !$0.leadsToPod }.map { InterfaceClass($0, of: stack) }
    rules = stack.rules
    listeners = stack.listeners
    sysctls = stack.sysctls.entries.filter { !$0.key.hasPrefix("net.ipv4.conf.") }
    hasCustomLocalRoutes = stack.hasCustomLocalRoutes
    let own = places.ownAddresses[machine].map { places.addresses[$0] }
    agent = places.datapaths[machine].map { datapath in
      AgentClass(
        settings: datapath.settings, devices: datapath.devices,
        directRoutingDevice: datapath.directRoutingDevice,
        nodeAddress: own.firstIndex(of: datapath.nodeAddress),
        routerAddress: own.firstIndex(of: datapath.routerAddress),
        services: datapath.services.filter { places.isBorne($0.frontend.address) }.map(\.withoutNumbers))
    }
  }
}

/// What a pod has in itself, without names and addresses.
struct PodClass: Hashable {
  private let interfaces: [InterfaceClass]
  private let hostSide: InterfaceClass
  private let routes: [Route]
  private let listeners: [Listener]
  private let sysctls: [Sysctls.Entry]
  private let identity: SecurityIdentity
  private let policies: PolicyMap?

  /// The class of a pod; `nil` for one that is not as agents make them.
  init?(
    of placement: Snapshot.PodPlacement, stack: NetworkStack, endpoint: LocalEndpoint.PodEndpoint,
    in places: ReachPlaces
  ) {
    guard let machine = places.number(of: placement.node), let datapath = places.datapaths[machine],
      let outside = places.stacks[machine].interface(named: endpoint.interface),
      outside.attachment == .veth(peer: InterfaceID(stack.id, "eth0")),
      let inside = stack.interface(named: "eth0"),
      inside.attachment == .veth(peer: InterfaceID(.host(placement.node), endpoint.interface)),
      inside.addresses.map(\.local.address) == [placement.address], stack.neighbors.isEmpty,
      stack.rules.areUsual
    else { return nil }
    let known: [IPv4Prefix: IPv4Prefix] = [
      .host(placement.address): .host(.any), .host(datapath.routerAddress): .host(.broadcast),
      .all: .all,
    ]
    var routes: [Route] = []
    for route in stack.routes.routes where !route.destination.address.isLoopback {
      guard let destination = known[route.destination] else { return nil }
      var plain = route
      plain.destination = destination
      plain.preferredSource = route.preferredSource.map { $0 == placement.address ? .any : $0 }
      for index in plain.nextHops.indices where plain.nextHops[index].gateway == datapath.routerAddress {
        plain.nextHops[index].gateway = .broadcast
      }
      routes.append(plain)
    }
    self.routes = routes
    interfaces = stack.interfaces.map { InterfaceClass($0, of: stack) }
    hostSide = InterfaceClass(outside, of: places.stacks[machine], withName: false)
    listeners = stack.listeners
    sysctls = stack.sysctls.entries
    identity = endpoint.identity
    var policies = datapath.policyMap(ofEndpoint: endpoint.id)
    policies?.endpoint = 0
    self.policies = policies
  }
}

/// An interface without its own addresses.
private struct InterfaceClass: Hashable {
  private let name: String
  private let mtu: Int
  private let isUp: Bool
  private let hasCarrier: Bool
  private let usesARP: Bool
  private let attachment: Attachment
  private let addresses: [AddressClass]
  private let settings: InterfaceSettings

  private enum Attachment: Hashable {
    case wire(WireID)
    case pair(String)
    case tunnel(TunnelProtocol)
    case other(Int)
  }

  private struct AddressClass: Hashable {
    let length: Int
    let peer: IPv4Address?
    let scope: RouteScope
    let isSecondary: Bool
  }

  init(_ interface: Interface, of stack: NetworkStack, withName: Bool = true) {
    name = withName ? interface.name : ""
    mtu = interface.mtu
    isUp = interface.isUp
    hasCarrier = interface.hasCarrier
    usesARP = interface.usesARP
    addresses = interface.addresses.map {
      AddressClass(length: $0.local.length, peer: $0.peer, scope: $0.scope, isSecondary: $0.isSecondary)
    }
    settings = stack.sysctls[interface: interface.name]
    switch interface.attachment {
    case .wire(let wire): attachment = .wire(wire)
    case .veth(let peer): attachment = .pair(peer.stack == stack.id ? peer.name : "")
    case .tunnel(let tunnel): attachment = .tunnel(tunnel)
    case .loopback: attachment = .other(0)
    case .dummy: attachment = .other(1)
    case .unknown: attachment = .other(2)
    }
  }
}

extension Interface {
  /// It is the host side of a pod's pair.
  fileprivate var leadsToPod: Bool {
    if case .veth(let peer) = attachment, case .pod = peer.stack { true } else { false }
  }
}

extension ServiceEntry {
  /// The entry without the numbers that each node gives for itself.
  var withoutNumbers: ServiceEntry {
    var plain = self
    plain.id = 0
    plain.backends = backends.map(\.withoutNumber)
    plain.internalBackends = internalBackends.map { $0.map(\.withoutNumber) }
    plain.drainingBackends = drainingBackends.map(\.withoutNumber)
    plain.internalDrainingBackends = internalDrainingBackends.map(\.withoutNumber)
    return plain
  }
}

extension ServiceBackend {
  fileprivate var withoutNumber: ServiceBackend {
    var plain = self
    plain.id = 0
    return plain
  }
}

import ControlPlane
import NetModel
import PacketTrace

@testable import Presentation

/// Three nodes in two subnets with a router between them, made by hand.
enum SmallLab {
  struct Node {
    let name: String
    let address: IPv4Address
    let gateway: IPv4Address
    let wire: WireID
    let pods: Int
    let podName: String
    let podAddress: IPv4Address
    let identity: SecurityIdentity
    var cidr: IPv4Prefix { IPv4Prefix(podAddress, length: 24) }
    var routerAddress: IPv4Address { IPv4Address(172, 20, UInt8(pods), 43) }
    var pod: PodID { PodID(namespace: "default", name: podName) }
    var endpoint: LocalEndpoint.PodEndpoint {
      LocalEndpoint.PodEndpoint(
        pod: pod, id: 100 + pods, identity: identity, interface: "lxc00000000000\(pods)",
        mac: mac(1, pods), nodeMAC: mac(2, pods))
    }
  }

  static let near = WireID("near")
  static let far = WireID("far")
  static let outside = WireID("outside")
  static let client = SecurityIdentity(45966)
  static let web = SecurityIdentity(62886)

  static let nodes = [
    Node(
      name: "k8s-ctr", address: IPv4Address(192, 168, 10, 100), gateway: IPv4Address(192, 168, 10, 200),
      wire: near, pods: 0, podName: "curl-pod", podAddress: IPv4Address(172, 20, 0, 88), identity: client),
    Node(
      name: "k8s-w0", address: IPv4Address(192, 168, 20, 100), gateway: IPv4Address(192, 168, 20, 200),
      wire: far, pods: 2, podName: "webpod-697b545f57-2dg5m", podAddress: IPv4Address(172, 20, 2, 33),
      identity: web),
    Node(
      name: "k8s-w1", address: IPv4Address(192, 168, 10, 101), gateway: IPv4Address(192, 168, 10, 200),
      wire: near, pods: 1, podName: "webpod-697b545f57-7kjzq", podAddress: IPv4Address(172, 20, 1, 41),
      identity: web),
  ]

  static func mac(_ kind: Int, _ number: Int) -> MACAddress {
    MACAddress(rawValue: 0x0800_2700_0000 + UInt64(kind << 8 + number))
  }

  static func snapshot(_ mode: CiliumSettings.RoutingMode) -> Snapshot {
    let stacks = nodes.map { host($0, mode) } + [router] + nodes.map { podStack($0, mode) }
    return Snapshot(
      revision: 1, wires: wires, stacks: stacks.sorted { $0.id < $1.id },
      agents: nodes.map { Snapshot.Agent(node: NodeID($0.name), datapath: datapath($0, mode)) },
      pods: nodes.map { node in
        Snapshot.PodPlacement(
          pod: node.pod, node: NodeID(node.name), address: node.podAddress, identity: node.identity,
          workload: node.pods == 0 ? "curl-pod" : "webpod")
      })
  }

  private static var wires: [Wire] {
    let gateway = Wire.Exit.Gateway(address: IPv4Address(10, 0, 2, 2), mac: mac(9, 2))
    return [
      Wire(id: far, subnet: IPv4Prefix(IPv4Address(192, 168, 20, 0), length: 24)),
      Wire(id: near, subnet: IPv4Prefix(IPv4Address(192, 168, 10, 0), length: 24)),
      Wire(
        id: outside, subnet: IPv4Prefix(IPv4Address(10, 0, 2, 0), length: 24),
        exit: Wire.Exit(gateways: [gateway])),
    ]
  }

  private static func interface(
    _ name: String, _ index: Int, _ mac: MACAddress, _ address: IPv4Address, _ length: Int, _ wire: WireID
  ) -> Interface {
    let local = IPv4InterfaceAddress(address, length: length)
    return Interface(
      name: name, index: index, mac: mac, addresses: [Interface.Address(local: local, label: name)],
      attachment: .wire(wire))
  }

  private static func connected(_ interface: Interface) -> [Route] {
    interface.addresses.flatMap { address in
      [
        Route(
          destination: address.local.prefix, protocol: .kernel, scope: .link,
          preferredSource: address.local.address, nextHops: [NextHop(interface: interface.name)]),
        Route(
          table: .local, type: .local, destination: .host(address.local.address), protocol: .kernel,
          scope: .host, preferredSource: address.local.address, nextHops: [NextHop(interface: interface.name)]
        ),
      ]
    }
  }

  private static func via(_ prefix: IPv4Prefix, _ gateway: IPv4Address, _ device: String) -> Route {
    Route(
      destination: prefix, protocol: .static, nextHops: [NextHop(gateway: gateway, interface: device)])
  }

  private static var router: NetworkStack {
    let interfaces = [
      interface("eth0", 2, mac(3, 0), IPv4Address(10, 0, 2, 15), 24, outside),
      interface("eth1", 3, mac(3, 1), IPv4Address(192, 168, 10, 200), 24, near),
      interface("eth2", 4, mac(3, 2), IPv4Address(192, 168, 20, 200), 24, far),
    ]
    var sysctls = Sysctls()
    sysctls["net.ipv4.ip_forward"] = 1
    let routes = interfaces.flatMap(connected) + [via(.all, IPv4Address(10, 0, 2, 2), "eth0")]
    return NetworkStack(
      id: .host(NodeID("router")), interfaces: interfaces, routes: RouteTables(routes), sysctls: sysctls)
  }

  private static func host(_ node: Node, _ mode: CiliumSettings.RoutingMode) -> NetworkStack {
    var interfaces = [
      interface("eth1", 2, mac(4, node.pods), node.address, 24, node.wire),
      Interface(
        name: "cilium_host", index: 3, mac: mac(5, node.pods),
        addresses: [
          Interface.Address(local: IPv4InterfaceAddress(node.routerAddress, length: 32), label: "cilium_host")
        ], attachment: .dummy),
      Interface(
        name: node.endpoint.interface, index: 5, mac: node.endpoint.nodeMAC,
        attachment: .veth(peer: InterfaceID(.pod(node.pod), "eth0"))),
    ]
    if case .tunnel(let tunnel) = mode {
      interfaces.append(
        Interface(
          name: tunnel.deviceName, index: 6, mac: mac(6, node.pods), attachment: .tunnel(tunnel)))
    }
    var routes = interfaces.flatMap(connected)
    let farWire = IPv4Prefix(IPv4Address(192, 168, node.wire == near ? 20 : 10, 0), length: 24)
    routes.append(via(farWire, node.gateway, "eth1"))
    routes.append(via(IPv4Prefix(IPv4Address(172, 20, 0, 0), length: 16), node.gateway, "eth1"))
    routes.append(via(node.cidr, node.routerAddress, "cilium_host"))
    for other in nodes where other.name != node.name && other.wire == node.wire && mode == .native {
      routes.append(via(other.cidr, other.address, "eth1"))
    }
    var sysctls = Sysctls()
    sysctls["net.ipv4.ip_forward"] = 1
    return NetworkStack(
      id: .host(NodeID(node.name)), interfaces: interfaces, routes: RouteTables(routes), sysctls: sysctls)
  }

  private static func podStack(_ node: Node, _ mode: CiliumSettings.RoutingMode) -> NetworkStack {
    let interface = Interface(
      name: "eth0", index: 2, mac: node.endpoint.mac,
      addresses: [
        Interface.Address(local: IPv4InterfaceAddress(node.podAddress, length: 32), label: "eth0")
      ],
      attachment: .veth(peer: InterfaceID(.host(NodeID(node.name)), node.endpoint.interface)))
    var route = via(.all, node.routerAddress, "eth0")
    if mode != .native { route.metrics = [Route.Attribute(name: "mtu", value: 1450)] }
    let gateway = Route(
      destination: .host(node.routerAddress), protocol: .kernel, scope: .link,
      nextHops: [NextHop(interface: "eth0")])
    let local = connected(interface).filter { $0.table == .local }
    return NetworkStack(
      id: .pod(node.pod), interfaces: [interface], routes: RouteTables(local + [route, gateway]),
      listeners: node.pods == 0 ? [] : [Listener(transport: .tcp, port: 80)])
  }

  private static func datapath(_ node: Node, _ mode: CiliumSettings.RoutingMode) -> Datapath {
    var settings = CiliumSettings(routing: mode)
    settings.kubeProxyReplacement = true
    settings.bpfMasquerade = true
    settings.ipv4NativeRoutingCIDR = IPv4Prefix(IPv4Address(172, 20, 0, 0), length: 16)
    let endpoints = [
      LocalEndpoint(address: node.podAddress, kind: .pod(node.endpoint)),
      LocalEndpoint(address: node.routerAddress, kind: .host),
      LocalEndpoint(address: node.address, kind: .host),
    ]
    return Datapath(
      settings: settings, devices: ["eth1"], directRoutingDevice: "eth1",
      routerAddress: node.routerAddress, nodeAddress: node.address, podCIDRs: [node.cidr],
      endpoints: endpoints.sorted { $0.address < $1.address }, ipcache: ipcache(on: node),
      services: [service])
  }

  private static func ipcache(on node: Node) -> [IPCacheEntry] {
    let entries = nodes.flatMap { other in
      let remote = other.name == node.name ? nil : other.address
      return [
        IPCacheEntry(prefix: .host(other.podAddress), identity: other.identity, tunnelEndpoint: remote),
        IPCacheEntry(prefix: other.cidr, identity: .world, tunnelEndpoint: remote),
        IPCacheEntry(prefix: .host(other.address), identity: remote == nil ? .host : .remoteNode),
      ]
    }
    return (entries + [IPCacheEntry(prefix: .all, identity: .world)]).sorted { $0.prefix < $1.prefix }
  }

  private static var service: ServiceEntry {
    ServiceEntry(
      id: 1,
      frontend: Frontend(address: IPv4Address(10, 96, 33, 91), port: 80, transport: .tcp), type: .clusterIP,
      service: ServiceID(namespace: "default", name: "webpod"),
      backends: nodes.filter { $0.pods > 0 }.map { node in
        ServiceBackend(
          id: node.pods, address: node.podAddress, port: 80, pod: node.pod, node: NodeID(node.name))
      })
  }

  static let toFarPod = Flow(
    origin: .pod(PodID(namespace: "default", name: "curl-pod")), destination: IPv4Address(172, 20, 2, 33),
    content: .transport(.tcp, port: 80))
}

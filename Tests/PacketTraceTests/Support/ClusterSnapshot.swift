import ControlPlane
import NetModel
import PacketTrace

/// The smallest cluster that shows the lab's lesson: two nodes in different subnets, a pod on each, and a
/// router between them that knows no pod CIDR and has a way out.
///
///     client (172.20.0.88) - n1 - lan1 - router - lan2 - n2 - server (172.20.2.33)
///                                          |
///                                         nat
struct ClusterSnapshot {
  static let client = PodID(namespace: "default", name: "client")
  static let server = PodID(namespace: "default", name: "server")
  static let clientAddress = IPv4Address(172, 20, 0, 88)
  static let serverAddress = IPv4Address(172, 20, 2, 33)

  /// The cluster with that routing mode, all neighbor tables empty.
  static func make(_ routing: CiliumSettings.RoutingMode) -> Snapshot {
    let nodes = [
      Node(number: 1, own: IPv4Address(192, 168, 10, 100), pod: clientAddress, id: client, identity: 45966),
      Node(number: 2, own: IPv4Address(192, 168, 20, 100), pod: serverAddress, id: server, identity: 62886),
    ]
    let gateway = Wire.Exit.Gateway(address: IPv4Address(10, 0, 2, 2), mac: MACAddress(rawValue: 0xee))
    return Snapshot(
      revision: 1,
      wires: [
        Wire(id: WireID("lan1")), Wire(id: WireID("lan2")),
        Wire(id: WireID("nat"), exit: Wire.Exit(gateways: [gateway])),
      ],
      stacks: nodes.map { $0.stack } + [router] + nodes.map { $0.podStack },
      agents: nodes.map { node in
        Snapshot.Agent(node: node.id, datapath: node.datapath(routing, nodes: nodes))
      },
      pods: nodes.map { node in
        Snapshot.PodPlacement(
          pod: node.pod, node: node.id, address: node.podAddress,
          identity: SecurityIdentity(node.identity), workload: node.pod.name)
      })
  }

  /// One flow of each kind from the client to the server; the last port is closed.
  static var flows: [Flow] {
    let contents: [Flow.Content] = [
      .echo, .transport(.tcp, port: 80), .transport(.tcp, port: 81), .transport(.udp, port: 53),
    ]
    return contents.map { Flow(origin: .pod(client), destination: serverAddress, content: $0) }
  }

  private static var router: NetworkStack {
    var stack = NetworkStack(id: .host(NodeID("router")))
    stack.interfaces = [
      interface("eth0", index: 2, mac: 0xa0, IPv4Address(10, 0, 2, 15), .wire(WireID("nat"))),
      interface("eth1", index: 3, mac: 0xa1, IPv4Address(192, 168, 10, 200), .wire(WireID("lan1"))),
      interface("eth2", index: 4, mac: 0xa2, IPv4Address(192, 168, 20, 200), .wire(WireID("lan2"))),
    ]
    stack.sysctls["net.ipv4.ip_forward"] = 1
    stack.routes = RouteTables(
      stack.kernelRoutes() + [
        Route(
          destination: .all, nextHops: [NextHop(gateway: IPv4Address(10, 0, 2, 2), interface: "eth0")])
      ])
    return stack
  }
}

private func interface(
  _ name: String, index: Int, mac: UInt64, _ address: IPv4Address?, length: Int = 24,
  _ attachment: Interface.Attachment
) -> Interface {
  let addresses = address.map { address in
    [Interface.Address(local: IPv4InterfaceAddress(address, length: length), label: name)]
  }
  return Interface(
    name: name, index: index, mac: MACAddress(rawValue: mac), addresses: addresses ?? [],
    attachment: attachment)
}

private struct Node {
  let id: NodeID
  let number: UInt64
  let own: IPv4Address
  let podAddress: IPv4Address
  let pod: PodID
  let identity: UInt32
  let lxc: String

  init(number: UInt64, own: IPv4Address, pod: IPv4Address, id: PodID, identity: UInt32) {
    self.id = NodeID("n\(number)")
    self.number = number
    self.own = own
    podAddress = pod
    self.pod = id
    self.identity = identity
    lxc = "lxc\(number)"
  }

  var router: IPv4Address { IPv4Address(rawValue: podAddress.rawValue & 0xffff_ff00 | 1) }
  var podCIDR: IPv4Prefix { IPv4Prefix(podAddress, length: 24) }

  var stack: NetworkStack {
    var stack = NetworkStack(id: .host(id))
    let host = StackID.host(id)
    stack.interfaces = [
      interface("eth1", index: 3, mac: number << 8 | 1, own, .wire(WireID("lan\(number)"))),
      interface(
        "cilium_net", index: 4, mac: number << 8 | 2, nil, .veth(peer: InterfaceID(host, "cilium_host"))),
      interface(
        "cilium_host", index: 5, mac: number << 8 | 3, router, length: 32,
        .veth(peer: InterfaceID(host, "cilium_net"))),
      interface("cilium_vxlan", index: 6, mac: number << 8 | 4, nil, .tunnel(.vxlan)),
      interface("cilium_geneve", index: 7, mac: number << 8 | 5, nil, .tunnel(.geneve)),
      interface(lxc, index: 8, mac: number << 8 | 6, nil, .veth(peer: InterfaceID(.pod(pod), "eth0"))),
    ]
    for position in stack.interfaces.indices where stack.interfaces[position].name.hasPrefix("cilium_") {
      stack.interfaces[position].usesARP = false
    }
    stack.sysctls["net.ipv4.ip_forward"] = 1
    let gateway = IPv4Address(rawValue: own.rawValue & 0xffff_ff00 | 200)
    stack.routes = RouteTables(
      stack.kernelRoutes() + [
        Route(destination: podCIDR, nextHops: [NextHop(gateway: router, interface: "cilium_host")]),
        Route(
          destination: .host(router), scope: .link, nextHops: [NextHop(interface: "cilium_host")]),
        Route(destination: .all, nextHops: [NextHop(gateway: gateway, interface: "eth1")]),
      ])
    return stack
  }

  var podStack: NetworkStack {
    var stack = NetworkStack(id: .pod(pod))
    stack.interfaces = [
      interface(
        "eth0", index: 9, mac: number << 8 | 7, podAddress, length: 32,
        .veth(peer: InterfaceID(.host(id), lxc)))
    ]
    stack.listeners = [Listener(transport: .tcp, port: 80)]
    stack.routes = RouteTables(
      stack.kernelRoutes() + [
        Route(destination: .host(router), scope: .link, nextHops: [NextHop(interface: "eth0")]),
        Route(destination: .all, nextHops: [NextHop(gateway: router, interface: "eth0")]),
      ])
    return stack
  }

  func datapath(_ routing: CiliumSettings.RoutingMode, nodes: [Node]) -> Datapath {
    let pods = nodes.map { node in
      IPCacheEntry(
        prefix: .host(node.podAddress), identity: SecurityIdentity(node.identity),
        tunnelEndpoint: node.number == number ? nil : node.own)
    }
    let hosts = nodes.map { node in
      IPCacheEntry(prefix: .host(node.own), identity: node.number == number ? .host : .remoteNode)
    }
    let endpoint = LocalEndpoint.PodEndpoint(
      pod: pod, id: 1, identity: SecurityIdentity(identity), interface: lxc,
      mac: MACAddress(rawValue: number << 8 | 7), nodeMAC: MACAddress(rawValue: number << 8 | 6))
    return Datapath(
      settings: CiliumSettings(
        routing: routing, ipv4NativeRoutingCIDR: IPv4Prefix(IPv4Address(172, 20, 0, 0), length: 16),
        kubeProxyReplacement: true, bpfMasquerade: true),
      devices: ["eth1"], directRoutingDevice: "eth1", routerAddress: router, nodeAddress: own,
      podCIDRs: [podCIDR],
      endpoints: [
        LocalEndpoint(address: podAddress, kind: .pod(endpoint)),
        LocalEndpoint(address: router, kind: .host), LocalEndpoint(address: own, kind: .host),
      ].sorted { $0.address < $1.address },
      ipcache: (pods + hosts).sorted { $0.prefix < $1.prefix }, services: [])
  }
}

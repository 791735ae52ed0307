import ControlPlane
import NetModel
import PacketTrace

/// A cluster of many nodes with a pod each, 250 nodes to a link, a router between the links, and a Service with
/// three backends.
struct FlatCluster {
  let count: Int
  let routing: CiliumSettings.RoutingMode
  private static let nodesOnLink = 250

  var snapshot: Snapshot {
    let nodes = (0..<count).map { Node(number: $0) }
    let links = (0...(count - 1) / FlatCluster.nodesOnLink).map { WireID("lan\($0)") }
    let ipcache = nodes.flatMap { node in
      [
        IPCacheEntry(prefix: .host(node.own), identity: .remoteNode),
        IPCacheEntry(prefix: .host(node.router), identity: .remoteNode, tunnelEndpoint: node.own),
        IPCacheEntry(prefix: .host(node.pod), identity: SecurityIdentity(12345), tunnelEndpoint: node.own),
        IPCacheEntry(prefix: node.podCIDR, identity: .world, tunnelEndpoint: node.own),
      ]
    }
    let service = ServiceEntry(
      id: 1, frontend: Frontend(address: IPv4Address(10, 96, 0, 10), port: 80, transport: .tcp),
      type: .clusterIP, service: ServiceID(namespace: "default", name: "web"),
      backends: nodes.prefix(3).map { ServiceBackend(id: $0.number + 1, address: $0.pod, port: 80) })
    return Snapshot(
      revision: 1, wires: links.map { Wire(id: $0) },
      stacks: (nodes.map { stack(of: $0, among: nodes) } + [router(links: links.count)]
        + nodes.map(\.podStack)).sorted { $0.id < $1.id },
      agents: nodes.map { node in
        Snapshot.Agent(node: node.id, datapath: datapath(of: node, ipcache: ipcache, services: [service]))
      },
      pods: nodes.map {
        Snapshot.PodPlacement(
          pod: $0.podID, node: $0.id, address: $0.pod, identity: SecurityIdentity(12345), workload: "web")
      })
  }

  private struct Node {
    let number: Int
    let id: NodeID
    let podID: PodID

    init(number: Int) {
      self.number = number
      let digits = String(number)
      let name = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
      id = NodeID("n\(name)")
      podID = PodID(namespace: "default", name: "web-\(name)")
    }

    var link: Int { number / FlatCluster.nodesOnLink }
    var own: IPv4Address { IPv4Address(192, 168, UInt8(link), UInt8(1 + number % FlatCluster.nodesOnLink)) }
    var podCIDR: IPv4Prefix {
      IPv4Prefix(IPv4Address(172, UInt8(16 + number / 256), UInt8(number % 256), 0), length: 24)
    }
    var router: IPv4Address { IPv4Address(rawValue: podCIDR.address.rawValue | 1) }
    var pod: IPv4Address { IPv4Address(rawValue: podCIDR.address.rawValue | 88) }
    var lxc: String { "lxc\(number)" }

    func mac(_ index: UInt64) -> MACAddress {
      MACAddress(rawValue: 0x0200_0000_0000 | UInt64(number) << 8 | index)
    }

    var podStack: NetworkStack {
      var stack = NetworkStack(id: .pod(podID))
      stack.interfaces = [
        interface("eth0", 2, mac(7), pod, 32, .veth(peer: InterfaceID(.host(id), lxc)))
      ]
      stack.listeners = [Listener(transport: .tcp, port: 80)]
      stack.routes = RouteTables(
        stack.kernelRoutes() + [
          Route(destination: .host(router), scope: .link, nextHops: [NextHop(interface: "eth0")]),
          Route(destination: .all, nextHops: [NextHop(gateway: router, interface: "eth0")]),
        ])
      return stack
    }
  }

  private func stack(of node: Node, among nodes: [Node]) -> NetworkStack {
    var stack = NetworkStack(id: .host(node.id))
    let host = StackID.host(node.id)
    stack.interfaces = [
      interface("eth1", 3, node.mac(1), node.own, 24, .wire(WireID("lan\(node.link)"))),
      interface("cilium_net", 4, node.mac(2), nil, 0, .veth(peer: InterfaceID(host, "cilium_host"))),
      interface("cilium_host", 5, node.mac(3), node.router, 32, .veth(peer: InterfaceID(host, "cilium_net"))),
      interface("cilium_vxlan", 6, node.mac(4), nil, 0, .tunnel(.vxlan)),
      interface(node.lxc, 7, node.mac(6), nil, 0, .veth(peer: InterfaceID(.pod(node.podID), "eth0"))),
    ]
    stack.sysctls["net.ipv4.ip_forward"] = 1
    let gateway = IPv4Address(rawValue: node.own.rawValue & 0xffff_ff00 | 254)
    stack.routes = RouteTables(
      stack.kernelRoutes() + [
        Route(
          destination: node.podCIDR, preferredSource: node.router,
          nextHops: [NextHop(gateway: node.router, interface: "cilium_host")]),
        Route(destination: .host(node.router), scope: .link, nextHops: [NextHop(interface: "cilium_host")]),
        Route(destination: .all, nextHops: [NextHop(gateway: gateway, interface: "eth1")]),
      ] + nodes.compactMap { route(from: node, to: $0) })
    stack.neighbors = nodes.filter { $0.link == node.link && $0.number != node.number }.map {
      Neighbor(address: $0.own, interface: "eth1", mac: $0.mac(1), state: .reachable)
    }
    return stack
  }

  private func route(from node: Node, to other: Node) -> Route? {
    guard other.number != node.number else { return nil }
    if case .tunnel = routing {
      return Route(
        destination: other.podCIDR, preferredSource: node.router,
        nextHops: [NextHop(gateway: node.router, interface: "cilium_host")],
        metrics: [.init(name: "mtu", value: 1450)])
    }
    guard other.link == node.link else { return nil }
    return Route(destination: other.podCIDR, nextHops: [NextHop(gateway: other.own, interface: "eth1")])
  }

  private func router(links: Int) -> NetworkStack {
    var stack = NetworkStack(id: .host(NodeID("router")))
    stack.interfaces = (0..<links).map { link in
      interface(
        "eth\(link)", link + 2, MACAddress(rawValue: 0x0200_ff00_0000 | UInt64(link)),
        IPv4Address(192, 168, UInt8(link), 254), 24, .wire(WireID("lan\(link)")))
    }
    stack.sysctls["net.ipv4.ip_forward"] = 1
    stack.routes = RouteTables(stack.kernelRoutes())
    return stack
  }

  private func datapath(of node: Node, ipcache: [IPCacheEntry], services: [ServiceEntry]) -> Datapath {
    let endpoint = LocalEndpoint.PodEndpoint(
      pod: node.podID, id: 1, identity: SecurityIdentity(12345), interface: node.lxc, mac: node.mac(7),
      nodeMAC: node.mac(6))
    let own = ipcache.map { entry in
      var entry = entry
      if entry.prefix == .host(node.own) || entry.prefix == .host(node.router) { entry.identity = .host }
      if entry.tunnelEndpoint == node.own { entry.tunnelEndpoint = nil }
      return entry
    }
    return Datapath(
      settings: CiliumSettings(
        routing: routing, ipv4NativeRoutingCIDR: IPv4Prefix(IPv4Address(172, 16, 0, 0), length: 12),
        kubeProxyReplacement: true, bpfMasquerade: true),
      devices: ["eth1"], directRoutingDevice: "eth1", routerAddress: node.router, nodeAddress: node.own,
      podCIDRs: [node.podCIDR],
      endpoints: [
        LocalEndpoint(address: node.pod, kind: .pod(endpoint)),
        LocalEndpoint(address: node.router, kind: .host), LocalEndpoint(address: node.own, kind: .host),
      ].sorted { $0.address < $1.address },
      ipcache: own.sorted { $0.prefix < $1.prefix }, services: services)
  }
}

private func interface(
  _ name: String, _ index: Int, _ mac: MACAddress, _ address: IPv4Address?, _ length: Int,
  _ attachment: Interface.Attachment
) -> Interface {
  let addresses = address.map { address in
    [Interface.Address(local: IPv4InterfaceAddress(address, length: length), label: name)]
  }
  return Interface(name: name, index: index, mac: mac, addresses: addresses ?? [], attachment: attachment)
}

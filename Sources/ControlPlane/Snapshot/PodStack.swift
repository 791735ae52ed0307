import NetModel

extension Network {
  /// The stack of a pod's network namespace.
  func podStack(of pod: Pod, on agent: ClusterNode.Agent) -> NetworkStack {
    let id = StackID.pod(pod.id)
    guard let endpoint = pod.endpoint, let node = pod.node else { return NetworkStack(id: id) }
    let mtus = deviceMTUs(on: node, settings: agent.settings)
    var stack = NetworkStack(id: id, interfaces: [.loopback])
    stack.interfaces.append(
      Interface(
        name: "eth0", index: endpoint.podIndex, mac: endpoint.mac, mtu: mtus.device,
        addresses: [.init(local: IPv4InterfaceAddress(endpoint.address, length: 32), label: "eth0")],
        ipv6Addresses: [.linkLocal(of: endpoint.mac)],
        attachment: .veth(peer: InterfaceID(.host(node), endpoint.interface))))
    stack.listeners = pod.template.listeners(programs: cluster?.programs ?? [])
    stack = stack.applying(changes(of: id))
    stack.routes = podRoutes(of: stack, routerAddress: agent.routerAddress, mtu: mtus.route)
    return stack
  }

  /// Source: Cilium `pkg/datapath/connector/ipam.go`, `plugins/cilium-cni/cmd/cmd.go`.
  private func podRoutes(of stack: NetworkStack, routerAddress: IPv4Address, mtu: Int) -> RouteTables {
    let toRouter = Route(
      destination: .host(routerAddress), scope: .link, nextHops: [NextHop(interface: "eth0")])
    let byDefault = Route(
      destination: .all, nextHops: [NextHop(gateway: routerAddress, interface: "eth0")],
      metrics: [.init(name: "mtu", value: mtu)])
    let changes = changes(of: stack.id)
    let added = ([toRouter, byDefault] + (changes?.addedRoutes ?? [])).filter { $0.isUsable(in: stack) }
    let deleted = changes?.deletedRoutes ?? []
    return RouteTables((stack.kernelRoutes() + added).filter { !deleted.contains($0) })
  }
}

extension Interface {
  /// The loopback interface that every stack has.
  package static let loopback = Interface(
    name: "lo", index: 1, mac: .zero, mtu: 65536,
    addresses: [
      .init(local: IPv4InterfaceAddress(IPv4Address(127, 0, 0, 1), length: 8), scope: .host, label: "lo")
    ],
    ipv6Addresses: [IPv6InterfaceAddress(.loopback, length: 128)], attachment: .loopback)
}

extension IPv6InterfaceAddress {
  /// The address that the kernel gives an interface by itself.
  package static func linkLocal(of mac: MACAddress) -> IPv6InterfaceAddress {
    IPv6InterfaceAddress(.linkLocal(from: mac), length: 64)
  }
}

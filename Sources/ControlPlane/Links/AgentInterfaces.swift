import NetModel

extension Network {
  /// The interfaces whose traffic Cilium handles, in the order of their index.
  ///
  /// Source: Cilium `pkg/defaults/node.go`, `ExcludedDevicePrefixes`.
  func agentDevices(on node: NodeID) -> [Interface] {
    let excluded = ["cilium_", "lo", "lxc", "cni", "docker"]
    return machine(node)?.stack.interfaces.filter { interface in
      interface.isUp && !interface.addresses.isEmpty && !excluded.contains { interface.name.hasPrefix($0) }
    } ?? []
  }

  /// The MTU of the agent's devices, and that of routes into the pod network; bytes.
  ///
  /// Source: Cilium `pkg/mtu/mtu.go`: the lowest MTU of the devices, less 50 for a tunnel over IPv4.
  func deviceMTUs(on node: NodeID, settings: CiliumSettings) -> (device: Int, route: Int) {
    let device = agentDevices(on: node).map(\.mtu).min() ?? 1500
    return (device, settings.tunnel == nil ? device : device - 50)
  }

  /// What the agent adds to its node: cilium_host and its peer, the tunnel device, one end of each pod's pair.
  func agentInterfaces(on node: NodeID, agent: ClusterNode.Agent) -> [Interface] {
    let mtu = deviceMTUs(on: node, settings: agent.settings).device
    let devices = agent.devices.map { device in
      device.interface(on: node, mtu: mtu, routerAddress: agent.routerAddress)
    }
    let pods = cluster?.pods(on: node) ?? []
    return devices + pods.compactMap { $0.hostInterface(mtu: mtu) }
  }
}

extension ClusterNode.Device {
  /// Source: Cilium `pkg/datapath/loader/netlink.go`.
  fileprivate func interface(on node: NodeID, mtu: Int, routerAddress: IPv4Address) -> Interface {
    var interface = Interface(
      name: name, index: index, mac: mac, mtu: mtu, ipv6Addresses: [.linkLocal(of: mac)], attachment: .unknown
    )
    if let tunnel {
      interface.attachment = .tunnel(tunnel)
      interface.queueLength = nil
      return interface
    }
    interface.usesARP = false
    let peer = name == "cilium_host" ? "cilium_net" : "cilium_host"
    interface.attachment = .veth(peer: InterfaceID(.host(node), peer))
    if name == "cilium_host" {
      interface.addresses = [.init(local: IPv4InterfaceAddress(routerAddress, length: 32), label: name)]
    }
    return interface
  }
}

extension Pod {
  fileprivate func hostInterface(mtu: Int) -> Interface? {
    guard let endpoint else { return nil }
    return Interface(
      name: endpoint.interface, index: endpoint.index, mac: endpoint.hostMAC, mtu: mtu,
      ipv6Addresses: [.linkLocal(of: endpoint.hostMAC)],
      attachment: .veth(peer: InterfaceID(.pod(id), "eth0")))
  }
}

extension ClusterNode.Agent {
  /// What the agent sets on its devices and on the machine.
  ///
  /// Source: Cilium `pkg/datapath/loader/netlink.go`, `pkg/datapath/loader/base.go`.
  func sysctls(for interfaces: [Interface]) -> [(key: String, value: Int)] {
    let own = interfaces.filter { $0.name.hasPrefix("cilium_") || $0.name.hasPrefix("lxc") }
    let perDevice = own.flatMap { interface in
      [("forwarding", 1), ("rp_filter", 0), ("accept_local", 1), ("send_redirects", 0)].map { name, value in
        (key: "net.ipv4.conf.\(interface.name).\(name)", value: value)
      }
    }
    return perDevice + [
      (key: "net.ipv4.conf.all.rp_filter", value: 0), (key: "net.ipv4.fib_multipath_use_neigh", value: 1),
    ]
  }
}

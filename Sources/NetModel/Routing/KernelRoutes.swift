extension NetworkStack {
  /// The routes that the kernel itself makes for the addresses of the stack's interfaces: connected routes in
  /// main, own and broadcast addresses in local. In the order of the interfaces and their addresses, as they
  /// are to be appended.
  package func kernelRoutes() -> [Route] {
    var routes: [Route] = []
    for interface in interfaces {
      for route in interface.kernelRoutes() where !routes.contains(route) { routes.append(route) }
    }
    return routes
  }
}

extension Interface {
  /// The routes that the kernel makes for the interface's addresses; none but those of its own addresses
  /// while it is down.
  ///
  /// Source: Linux `net/ipv4/fib_frontend.c`, `fib_add_ifaddr`, `fib_magic`.
  package func kernelRoutes() -> [Route] {
    addresses.flatMap { address in
      var routes = [localRoute(to: .host(address.local.address), of: address)]
      guard isUp else { return routes }
      if let broadcast = address.broadcast, broadcast != .broadcast {
        routes.append(broadcastRoute(to: broadcast, of: address))
      }
      if address.hasSubnet, !address.isSecondary { routes += subnetRoutes(of: address) }
      return routes
    }
  }

  private func subnetRoutes(of address: Address) -> [Route] {
    var routes: [Route] = []
    if !address.noPrefixRoute { routes.append(connectedRoute(of: address)) }
    if address.local.length < 31 { routes.append(broadcastRoute(to: address.subnet.last, of: address)) }
    return routes
  }

  private func connectedRoute(of address: Address) -> Route {
    if attachment == .loopback { return localRoute(to: address.subnet, of: address) }
    return Route(
      destination: address.subnet, metric: UInt32(address.metric), protocol: .kernel, scope: .link,
      preferredSource: primary(of: address), nextHops: [NextHop(interface: name, flags: carrierFlags)])
  }

  private func localRoute(to destination: IPv4Prefix, of address: Address) -> Route {
    Route(
      table: .local, type: .local, destination: destination, protocol: .kernel, scope: .host,
      preferredSource: primary(of: address), nextHops: [NextHop(interface: name)])
  }

  private func broadcastRoute(to destination: IPv4Address, of address: Address) -> Route {
    Route(
      table: .local, type: .broadcast, destination: .host(destination), protocol: .kernel, scope: .link,
      preferredSource: primary(of: address), nextHops: [NextHop(interface: name, flags: carrierFlags)])
  }

  private var carrierFlags: NextHop.Flags { hasCarrier ? [] : .linkDown }

  /// The address itself, or for a secondary one the primary of its subnet.
  private func primary(of address: Address) -> IPv4Address {
    guard address.isSecondary else { return address.local.address }
    let primary = addresses.first { !$0.isSecondary && $0.subnet == address.subnet }
    return (primary ?? address).local.address
  }
}

extension Interface.Address {
  /// The address comes with a subnet of neighbors, not for itself alone.
  fileprivate var hasSubnet: Bool {
    subnet.address != .any && (local.length < 32 || subnet.address != local.address)
  }
}

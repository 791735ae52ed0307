extension NetworkStack {
  /// The source address that a packet without one gets by that next hop: the route's own, else an address of
  /// the interface; `nil` where the host has none.
  ///
  /// Source: Linux `net/ipv4/fib_semantics.c`, `fib_result_prefsrc`.
  func preferredSource(of route: Route, by hop: NextHop) -> IPv4Address? {
    route.preferredSource ?? sourceAddress(by: hop, scope: route.scope)
  }

  /// The address that goes with a next hop of a route of that scope.
  func sourceAddress(by hop: NextHop, scope: RouteScope) -> IPv4Address? {
    hop.interface.flatMap { sourceAddress(on: $0, toward: hop.gateway, scope: scope) }
  }

  /// The first primary address of the interface whose subnet holds `target`, else its first one, else the
  /// first one of another interface; addresses of a narrower scope than `scope` do not count.
  ///
  /// Source: Linux `net/ipv4/devinet.c`, `inet_select_addr`.
  func sourceAddress(on name: String, toward target: IPv4Address?, scope: RouteScope) -> IPv4Address? {
    var first: IPv4Address?
    if let index = interfaces.firstIndex(where: { $0.name == name }) {
      for address in interfaces[index].addresses where !address.isSecondary {
        guard address.scope <= scope || servesLink(scope, on: name) else { continue }
        guard let target, !address.subnet.contains(target) else { return address.local.address }
        first = first ?? address.local.address
      }
    }
    return first ?? sourceAddressOfAnyInterface(scope: scope)
  }

  /// With `route_localnet`, addresses of scope host serve routes of scope link too.
  private func servesLink(_ scope: RouteScope, on name: String) -> Bool {
    scope >= .link && sysctls[interface: name].routesLoopback
  }

  private func sourceAddressOfAnyInterface(scope: RouteScope) -> IPv4Address? {
    for index in interfaces.indices {
      let address = interfaces[index].addresses.first {
        !$0.isSecondary && $0.scope != .link && $0.scope <= scope
      }
      if let address { return address.local.address }
    }
    return nil
  }
}

extension Interface.Address {
  /// The subnet on the link: that of the peer, where the address has one.
  package var subnet: IPv4Prefix {
    IPv4Prefix(peer ?? local.address, length: local.length)
  }
}

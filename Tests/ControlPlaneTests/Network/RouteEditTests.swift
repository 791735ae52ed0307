import ControlPlane
import NetModel
import Testing

@Suite struct RouteEditTests {
  static let router = StackID.host(NodeID("router"))
  static let controlPlane = StackID.host(NodeID("k8s-ctr"))

  static func route(_ destination: String, via gateway: String? = nil, dev: String? = nil) throws -> Route {
    let hop = NextHop(gateway: gateway.flatMap { IPv4Address(parsing: $0) }, interface: dev)
    return Route(
      destination: try #require(IPv4Prefix(parsing: destination)), scope: gateway == nil ? .link : .global,
      nextHops: [hop])
  }

  @Test func anAddedRouteGetsItsInterface() throws {
    let route = try RouteEditTests.route("172.20.2.0/24", via: "192.168.20.100")
    let network = try week4("webpod", [.addRoute(route, on: RouteEditTests.router)])
    #expect(network.snapshot().mainRoutes(of: "router").contains("172.20.2.0/24 via 192.168.20.100 dev eth2"))
  }

  /// What `ip route add` refuses, and why.
  @Test func refusals() throws {
    let network = try week4("webpod")
    func refusal(_ edit: Edit) -> EditError? {
      do {
        _ = try network.applying(edit, at: .start)
        return nil
      } catch { return error }
    }
    let away = try RouteEditTests.route("172.20.2.0/24", via: "192.168.30.1")
    let wrongDevice = try RouteEditTests.route("172.20.2.0/24", via: "192.168.20.100", dev: "eth1")
    let noDevice = try RouteEditTests.route("172.20.2.0/24", dev: "eth7")
    let existing = try RouteEditTests.route("172.20.1.0/24", via: "192.168.10.200")
    let gateway = IPv4Address(192, 168, 30, 1)
    #expect(refusal(.addRoute(away, on: RouteEditTests.router)) == .invalidGateway(gateway))
    #expect(
      refusal(.addRoute(wrongDevice, on: RouteEditTests.router))
        == .invalidGateway(IPv4Address(192, 168, 20, 100)))
    #expect(
      refusal(.addRoute(noDevice, on: RouteEditTests.router))
        == .unknownInterface(InterfaceID(RouteEditTests.router, "eth7")))
    guard case .routeExists(let other) = refusal(.addRoute(existing, on: RouteEditTests.controlPlane)) else {
      Issue.record("the agent's route is there")
      return
    }
    #expect(other.text == "172.20.1.0/24 via 192.168.10.101 dev eth1 proto kernel")
    #expect(refusal(.addRoute(away, on: .host(NodeID("nowhere")))) == .unknownNode(NodeID("nowhere")))
  }

  @Test func aRefusedEditChangesNothing() throws {
    var network = try week4("webpod")
    let before = network
    let away = try RouteEditTests.route("172.20.2.0/24", via: "192.168.30.1")
    #expect(throws: EditError.invalidGateway(IPv4Address(192, 168, 30, 1))) {
      try network.apply(.addRoute(away, on: RouteEditTests.router), at: .start)
    }
    #expect(network == before)
  }

  @Test func deletedRoutesAreGone() throws {
    let selector = RouteSelector(destination: .all)
    let network = try week4("webpod", [.deleteRoute(selector, on: RouteEditTests.router)])
    #expect(!network.snapshot().mainRoutes(of: "router").contains { $0.hasPrefix("default") })
    #expect(throws: EditError.noSuchRoute(selector)) {
      _ = try network.applying(.deleteRoute(selector, on: RouteEditTests.router), at: .start)
    }
  }

  /// The agent does not see that its route is gone until it starts again.
  @Test func anAgentsRouteStaysDeletedUntilItRestarts() throws {
    let prefix = try #require(IPv4Prefix(parsing: "172.20.1.0/24"))
    let row = "172.20.1.0/24 via 192.168.10.101 dev eth1 proto kernel"
    var network = try week4("fresh")
    try network.apply(
      .deleteRoute(RouteSelector(destination: prefix), on: RouteEditTests.controlPlane), at: .start)
    #expect(!network.snapshot().mainRoutes(of: "k8s-ctr").contains(row))
    try network.apply(.restartAgents(.node(NodeID("k8s-w1"))), at: .start)
    #expect(!network.snapshot().mainRoutes(of: "k8s-ctr").contains(row))
    try network.apply(.restartAgents(.node(NodeID("k8s-ctr"))), at: .start)
    #expect(network.snapshot().mainRoutes(of: "k8s-ctr").contains(row))
  }

  /// A starting agent replaces what stands in its place, and what it replaced does not come back.
  @Test func anAgentReplacesARouteOfTheAdministrator() throws {
    let own = try RouteEditTests.route("172.20.2.0/24", via: "192.168.10.200")
    var network = try week4("fresh", [.addRoute(own, on: RouteEditTests.controlPlane)])
    let row = "172.20.2.0/24 via 192.168.10.200 dev eth1"
    #expect(network.snapshot().mainRoutes(of: "k8s-ctr").contains(row))
    for edit in CiliumSettings.RoutingMode.tunnel(.vxlan).edits { try network.apply(edit, at: .start) }
    #expect(
      network.snapshot().mainRoutes(of: "k8s-ctr").filter { $0.hasPrefix("172.20.2.0/24") } == [
        "172.20.2.0/24 via 172.20.0.43 dev cilium_host proto kernel src 172.20.0.43 mtu 1450"
      ])
    for edit in CiliumSettings.RoutingMode.native.edits { try network.apply(edit, at: .start) }
    #expect(!network.snapshot().mainRoutes(of: "k8s-ctr").contains { $0.hasPrefix("172.20.2.0/24") })
  }

  @Test func aReplacedRouteIsTheOnlyOne() throws {
    let own = try RouteEditTests.route("172.20.1.0/24", via: "192.168.10.200")
    let network = try week4("fresh", [.replaceRoute(own, on: RouteEditTests.controlPlane)])
    let rows = network.snapshot().mainRoutes(of: "k8s-ctr").filter { $0.hasPrefix("172.20.1.0/24") }
    #expect(rows == ["172.20.1.0/24 via 192.168.10.200 dev eth1"])
  }

  @Test func aPodsRoutesCanBeChanged() throws {
    let pod = StackID.pod(PodID(namespace: "default", name: "curl-pod"))
    let network = try week4(
      "webpod",
      [
        .deleteRoute(RouteSelector(destination: .all), on: pod),
        .addRoute(try RouteEditTests.route("172.20.2.0/24", via: "172.20.0.43"), on: pod),
      ])
    let rows = network.snapshot().stack(pod)?.routes.routes(in: .main).map(\.text)
    #expect(rows == ["172.20.0.43 dev eth0 scope link", "172.20.2.0/24 via 172.20.0.43 dev eth0"])
  }

  /// Without the way to the other subnet no edit can use it, and no agent trusts it.
  @Test func routesGoWithTheirInterface() throws {
    let eth1 = InterfaceID(RouteEditTests.controlPlane, "eth1")
    let down = try week4("fresh", [.setLink(eth1, isUp: false)])
    #expect(!down.snapshot().mainRoutes(of: "k8s-ctr").contains { $0.contains("eth1") })
    let route = try RouteEditTests.route("10.9.0.0/16", dev: "eth1")
    #expect(throws: EditError.interfaceIsDown(eth1)) {
      _ = try down.applying(.addRoute(route, on: RouteEditTests.controlPlane), at: .start)
    }
    let up = try down.applying(.setLink(eth1, isUp: true), at: .start)
    #expect(
      up.snapshot().mainRoutes(of: "k8s-ctr") == (try week4("fresh").snapshot().mainRoutes(of: "k8s-ctr")))
  }
}

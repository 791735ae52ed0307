import NetModel
import Testing

@testable import Console

/// What `ip route get` tells of a route's metrics; recorded from Linux 6.18.
struct RouteAnswerTests {
  private static func host() -> RunningLab {
    var stack = NetworkStack(id: .host(NodeID("host")))
    stack.interfaces = [
      Interface(
        name: "lo", index: 1, mac: .zero,
        addresses: [
          .init(local: IPv4InterfaceAddress(IPv4Address(127, 0, 0, 1), length: 8), scope: .host, label: "lo")
        ],
        attachment: .loopback),
      Interface(
        name: "eth1", index: 2, mac: .zero,
        addresses: [.init(local: IPv4InterfaceAddress(IPv4Address(10, 1, 0, 1), length: 24), label: "eth1")],
        attachment: .unknown),
    ]
    stack.routes = RouteTables(stack.kernelRoutes())
    for route in routes { stack.routes.append(route) }
    stack.sysctls["net.ipv4.ip_forward"] = 1
    return RunningLab(stack)
  }

  private static let routes = [
    route(.broadcast, IPv4Prefix(IPv4Address(10, 9, 9, 9), length: 32), by: "eth1"),
    route(.broadcast, IPv4Prefix(.broadcast, length: 32), by: "eth1"),
    route(.local, IPv4Prefix(IPv4Address(10, 8, 8, 8), length: 32), by: "lo"),
    route(.unicast, IPv4Prefix(IPv4Address(224, 0, 0, 0), length: 4), by: "eth1"),
    route(.unicast, .all, by: "eth1", via: IPv4Address(10, 1, 0, 2)),
  ]

  private static func route(
    _ type: RouteType, _ destination: IPv4Prefix, by interface: String, via gateway: IPv4Address? = nil
  ) -> Route {
    Route(
      table: type == .unicast ? .main : .local, type: type, destination: destination,
      scope: type == .local ? .host : gateway == nil ? .link : .global,
      nextHops: [NextHop(gateway: gateway, interface: interface)],
      metrics: [Route.Attribute(name: "mtu", value: 1200)])
  }

  @Test(arguments: [
    ("10.9.9.9", "broadcast 10.9.9.9 dev eth1 src 10.1.0.1 uid 0 \n    cache <local,brd> mtu 1200 \n"),
    ("255.255.255.255", "broadcast 255.255.255.255 dev eth1 src 10.1.0.1 uid 0 \n    cache <local,brd> \n"),
    ("10.8.8.8", "local 10.8.8.8 dev lo src 10.8.8.8 uid 0 \n    cache <local> mtu 1200 \n"),
    (
      "10.8.8.8 from 10.1.0.9 iif eth1", "local 10.8.8.8 from 10.1.0.9 dev lo \n    cache <local> iif eth1 \n"
    ),
    (
      "10.9.9.9 from 10.1.0.9 iif eth1",
      "broadcast 10.9.9.9 from 10.1.0.9 dev lo \n    cache <local,brd> iif eth1 \n"
    ),
    (
      "8.8.8.8 from 10.1.0.9 iif eth1",
      "8.8.8.8 from 10.1.0.9 via 10.1.0.2 dev eth1 \n    cache <redirect> mtu 1200 iif eth1 \n"
    ),
    (
      "239.1.1.1 oif eth1",
      "multicast 239.1.1.1 dev eth1 src 10.1.0.1 rt_offload_failed uid 0 \n    cache <mc> mtu 1200 \n"
    ),
    ("8.8.8.8", "8.8.8.8 via 10.1.0.2 dev eth1 src 10.1.0.1 uid 0 \n    cache mtu 1200 \n"),
  ])
  func metricsAreTheRoutesWhereTheKernelKeepsIt(_ question: String, _ answer: String) {
    var lab = Self.host()
    #expect(lab.run("ip route get \(question)").standardOutput == answer)
  }
}

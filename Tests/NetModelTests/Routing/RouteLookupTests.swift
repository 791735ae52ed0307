import Testing

@testable import NetModel

/// The lab's control-plane node, natively routed: three interfaces and Cilium's routes beside the kernel's.
private let node: NetworkStack = {
  func interface(_ index: Int, _ name: String, _ address: String, scope: RouteScope = .global) -> Interface {
    let local = IPv4InterfaceAddress(parsing: address) ?? IPv4InterfaceAddress(.any, length: 0)
    return Interface(
      name: name, index: index, mac: .zero,
      addresses: [.init(local: local, scope: scope, metric: name == "eth0" ? 100 : 0, label: name)],
      attachment: name == "lo" ? .loopback : .unknown)
  }
  var stack = NetworkStack(id: .host(NodeID("k8s-ctr")))
  stack.interfaces = [
    interface(1, "lo", "127.0.0.1/8", scope: .host),
    interface(2, "eth0", "10.0.2.15/24"),
    interface(3, "eth1", "192.168.10.100/24"),
    interface(4, "cilium_host", "172.20.0.43/32"),
  ]
  stack.routes = RouteTables(stack.kernelRoutes())
  func via(_ gateway: IPv4Address, _ device: String) -> [NextHop] {
    [NextHop(gateway: gateway, interface: device)]
  }
  stack.routes.append(
    Route(
      destination: .all, metric: 100, protocol: .dhcp, preferredSource: IPv4Address(10, 0, 2, 15),
      nextHops: via(IPv4Address(10, 0, 2, 2), "eth0")))
  stack.routes.append(
    Route(
      destination: IPv4Prefix(IPv4Address(172, 20, 0, 0), length: 16), protocol: .static,
      nextHops: via(IPv4Address(192, 168, 10, 200), "eth1")))
  stack.routes.append(
    Route(
      destination: IPv4Prefix(IPv4Address(172, 20, 0, 0), length: 24), protocol: .kernel,
      preferredSource: IPv4Address(172, 20, 0, 43), nextHops: via(IPv4Address(172, 20, 0, 43), "cilium_host"))
  )
  stack.sysctls["net.ipv4.ip_forward"] = 1
  return stack
}()

struct RouteLookupTests {
  private func address(_ text: String) throws -> IPv4Address { try #require(IPv4Address(parsing: text)) }

  @Test(arguments: [
    ("172.20.2.33", "eth1", "192.168.10.200", "192.168.10.100"),
    ("172.20.0.88", "cilium_host", nil, "172.20.0.43"),
    ("192.168.10.101", "eth1", nil, "192.168.10.100"),
    ("8.8.8.8", "eth0", "10.0.2.2", "10.0.2.15"),
    ("172.20.0.43", "lo", nil, "172.20.0.43"),
  ])
  func ownPacketsLeaveByTheLongestPrefix(
    _ destination: String, _ interface: String, _ gateway: String?, _ source: String
  ) throws {
    let lookup = node.lookup(RouteQuery(destination: try address(destination)))
    let selection = try #require(lookup.selection)
    #expect(selection.interface == interface)
    #expect(selection.gateway?.description == gateway)
    #expect(selection.preferredSource?.description == source)
  }

  /// Recorded: the kernel chooses the source by the interface before it asks the tables.
  @Test(arguments: [(nil, "10.0.2.15"), ("eth1", "192.168.10.100")])
  func aMulticastBoundToAnInterfaceBearsAnAddressOfThat(_ bound: String?, _ source: String) throws {
    var stack = node
    stack.routes.append(
      Route(
        destination: IPv4Prefix(IPv4Address(224, 0, 0, 0), length: 4),
        preferredSource: IPv4Address(10, 0, 2, 15), nextHops: [NextHop(interface: "eth1")]))
    let query = RouteQuery(destination: try address("239.1.2.3"), outputInterface: bound)
    #expect(stack.lookup(query).selection?.preferredSource?.description == source)
  }

  @Test func theLosersAndTheNearestMissAreKept() throws {
    let lookup = node.lookup(RouteQuery(destination: try address("172.20.0.88")))
    let candidates = lookup.candidates.map { "\($0.route.destination) \($0.why)" }
    #expect(
      candidates == [
        "172.20.0.0/24 longestPrefix", "172.20.0.0/16 shorterPrefix", "0.0.0.0/0 shorterPrefix",
        "172.20.0.43/32 wouldNotMatch",
      ])
    #expect(lookup.candidates.filter(\.won).count == 1)
  }

  @Test func withoutForwardingNothingPasses() throws {
    var query = RouteQuery(destination: try address("8.8.8.8"), source: try address("192.168.10.7"))
    query.inputInterface = "eth1"
    #expect(node.lookup(query).selection?.gateway == IPv4Address(10, 0, 2, 2))
    var deaf = node
    deaf.sysctls["net.ipv4.ip_forward"] = 0
    #expect(deaf.lookup(query).result == .failed(.hostUnreachable))
  }
}

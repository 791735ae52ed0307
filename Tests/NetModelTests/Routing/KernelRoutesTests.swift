import Testing

@testable import NetModel

struct KernelRoutesTests {
  private func interface(
    _ address: String, peer: String? = nil, broadcast: String? = nil, name: String = "eth1"
  ) throws -> Interface {
    Interface(
      name: name, index: 2, mac: .zero,
      addresses: [
        .init(
          local: try #require(IPv4InterfaceAddress(parsing: address)),
          peer: peer.flatMap { IPv4Address(parsing: $0) },
          broadcast: broadcast.flatMap { IPv4Address(parsing: $0) }, scope: name == "lo" ? .host : .global,
          label: name)
      ],
      attachment: name == "lo" ? .loopback : .unknown)
  }

  private func text(_ route: Route) -> String { "\(route.table) \(route.type) \(route.destination)" }

  @Test(arguments: [
    (
      "192.168.10.100/24",
      ["local local 192.168.10.100/32", "main unicast 192.168.10.0/24", "local broadcast 192.168.10.255/32"]
    ),
    ("172.20.0.43/32", ["local local 172.20.0.43/32"]),
    ("10.2.0.1/31", ["local local 10.2.0.1/32", "main unicast 10.2.0.0/31"]),
  ])
  func anAddressBringsItsRoutes(_ address: String, _ expected: [String]) throws {
    #expect(try interface(address).kernelRoutes().map(text) == expected)
  }

  @Test func loopbackIsLocalAsAWhole() throws {
    #expect(
      try interface("127.0.0.1/8", name: "lo").kernelRoutes().map(text) == [
        "local local 127.0.0.1/32", "local local 127.0.0.0/8", "local broadcast 127.255.255.255/32",
      ])
  }

  @Test func aPeerIsReachedByAHostRoute() throws {
    let routes = try interface("10.3.0.1/32", peer: "10.4.0.1").kernelRoutes()
    #expect(routes.map(text) == ["local local 10.3.0.1/32", "main unicast 10.4.0.1/32"])
    #expect(routes.last?.preferredSource == IPv4Address(10, 3, 0, 1))
  }

  @Test func anInterfaceThatIsDownKeepsItsOwnAddress() throws {
    var interface = try interface("192.168.10.100/24", broadcast: "192.168.10.255")
    interface.isUp = false
    #expect(interface.kernelRoutes().map(text) == ["local local 192.168.10.100/32"])
  }
}

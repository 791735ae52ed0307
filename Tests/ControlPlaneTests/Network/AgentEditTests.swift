import ControlPlane
import NetModel
import Testing

@Suite struct AgentEditTests {
  /// Half a rollout: one node already encapsulates, the others do not.
  @Test func settingsMayDifferFromNodeToNode() throws {
    let settings = CiliumSettings.RoutingMode.tunnel(.vxlan).helmSettings
    let network = try week4("webpod", [.setHelmValues(settings, restart: .node(NodeID("k8s-ctr")))])
    let snapshot = network.snapshot()
    let tunnels = snapshot.agents.map { $0.datapath.settings.tunnel }
    #expect(tunnels == [.vxlan, nil, nil])
    #expect(snapshot.stack(.host(NodeID("k8s-w0")))?.interface(named: "cilium_vxlan") == nil)
    #expect(
      snapshot.mainRoutes(of: "k8s-w1").contains("172.20.0.0/24 via 192.168.10.100 dev eth1 proto kernel"))
    #expect(snapshot.mainRoutes(of: "k8s-ctr").contains { $0.hasPrefix("172.20.1.0/24 via 172.20.0.43") })
  }

  @Test func valuesAloneChangeNothingYet() throws {
    let settings = CiliumSettings.RoutingMode.tunnel(.vxlan).helmSettings
    let network = try week4("webpod", [.setHelmValues(settings, restart: .none)])
    #expect(network.snapshot().agents == (try week4("webpod").snapshot().agents))
    #expect(network.cluster?.helmValues["routingMode"] == .string("tunnel"))
  }

  /// The guide sets these two to false, for the agents would not start otherwise.
  @Test func agentsRefuseToStart() throws {
    let network = try week4("webpod")
    let tunnel = HelmSetting(path: "routingMode", value: .string("tunnel"))
    #expect(throws: EditError.settings(.conflict(.directRoutesInTunnelMode))) {
      _ = try network.applying(.setHelmValues([tunnel], restart: .all), at: .start)
    }
  }

  @Test func withoutDirectRoutesNoPodIsReachable() throws {
    let off = HelmSetting(path: "autoDirectNodeRoutes", value: .bool(false))
    let network = try week4("fresh", [.setHelmValues([off], restart: .all)])
    let rows = network.snapshot().mainRoutes(of: "k8s-ctr")
    #expect(!rows.contains { $0.hasPrefix("172.20.1.0/24") })
    #expect(network.unreachableNodes(from: NodeID("k8s-ctr")).isEmpty)
  }

  /// Why the packet falls to the router's default route: k8s-w0 is behind a gateway.
  @Test(arguments: [false, true])
  func nodesBehindAGateway(skipsUnreachable: Bool) throws {
    let skip = HelmSetting(path: "directRoutingSkipUnreachable", value: .bool(skipsUnreachable))
    let network = try week4("fresh", [.setHelmValues([skip], restart: .all)])
    let expected = UnreachableNode(
      node: NodeID("k8s-w0"), gateway: IPv4Address(192, 168, 10, 200), isError: !skipsUnreachable)
    #expect(network.unreachableNodes(from: NodeID("k8s-ctr")) == [expected])
    #expect(network.unreachableNodes(from: NodeID("k8s-w0")).map(\.node.name) == ["k8s-ctr", "k8s-w1"])
  }

  @Test func endpointRoutes() throws {
    let on = HelmSetting(path: "endpointRoutes.enabled", value: .bool(true))
    let rows = try week4("webpod", [.setHelmValues([on], restart: .all)]).snapshot().mainRoutes(of: "k8s-ctr")
    #expect(rows.contains("172.20.0.88 dev lxcaeddd5f79898 proto kernel scope link"))
    #expect(!rows.contains { $0.hasPrefix("172.20.0.0/24") })
  }

  @Test func aSmallerLinkMakesSmallerDevices() throws {
    let eth1 = InterfaceID(.host(NodeID("k8s-ctr")), "eth1")
    let snapshot = try week4("tunnel", [.setMTU(eth1, bytes: 1400)]).snapshot()
    #expect(snapshot.stack(eth1.stack)?.interface(named: "cilium_vxlan")?.mtu == 1400)
    #expect(snapshot.mainRoutes(of: "k8s-ctr").contains { $0.hasSuffix("mtu 1350") })
    #expect(snapshot.mainRoutes(of: "k8s-w1").contains { $0.hasSuffix("mtu 1450") })
  }

  @Test func aMachineWithoutPowerHasNothing() throws {
    let node = NodeID("k8s-w1")
    let snapshot = try week4("webpod", [.setPower(node, isOn: false)]).snapshot()
    let stack = try #require(snapshot.stack(.host(node)))
    #expect(stack.routes.routes.isEmpty)
    #expect(stack.interfaces.allSatisfy { !$0.isRunning })
    #expect(snapshot.datapath(on: node) == nil)
    #expect(!snapshot.pods.contains { $0.node == node })
    #expect(
      snapshot.mainRoutes(of: "k8s-ctr").contains("172.20.1.0/24 via 192.168.10.101 dev eth1 proto kernel"))
  }

  @Test func everyEditRaisesTheRevision() throws {
    let network = try week4("fresh")
    #expect(network.revision == 0)
    let edited = try network.applying(.restartAgents(.all), at: Instant(seconds: 5))
    #expect(edited.revision == 1)
    #expect(edited.snapshot().revision == 1)
  }

  @Test func manualChangesOutliveDeriving() throws {
    let host = StackID.host(NodeID("k8s-ctr"))
    let neighbor = Neighbor(
      address: IPv4Address(192, 168, 10, 200), interface: "eth1", mac: MACAddress(rawValue: 1),
      state: .permanent)
    let network = try week4(
      "tunnel",
      [
        .setNeighbor(neighbor, on: host), .setSysctl("net.ipv4.ip_forward", value: 0, on: host),
        .setLink(InterfaceID(host, "cilium_vxlan"), isUp: false),
        .deleteNeighbor(IPv4Address(10, 0, 2, 3), interface: "eth0", on: host),
      ])
    let stack = try #require(network.snapshot().stack(host))
    #expect(stack.neighbor(neighbor.address, on: "eth1") == neighbor)
    #expect(stack.neighbor(IPv4Address(10, 0, 2, 3), on: "eth0") == nil)
    #expect(stack.sysctls["net.ipv4.ip_forward"] == 0)
    #expect(stack.interface(named: "cilium_vxlan")?.isUp == false)
  }
}

import ControlPlane
import NetModel
import Testing

@Suite struct RecordedInterfaceTests {
  /// `ip addr show dev cilium_vxlan` on every node.
  @Test(arguments: [
    ("k8s-ctr", 26, "9a:19:81:dc:91:8e"), ("k8s-w1", 8, "32:f7:07:ae:22:61"),
    ("k8s-w0", 8, "2a:9d:39:98:aa:db"),
  ])
  func tunnelDevice(machine: String, index: Int, mac: String) throws {
    let stack = try #require(week4("tunnel").snapshot().stack(.host(NodeID(machine))))
    let device = try #require(stack.interface(named: "cilium_vxlan"))
    #expect(device.index == index)
    #expect(device.mac.description == mac)
    #expect(device.mtu == 1500)
    #expect(device.attachment == .tunnel(.vxlan))
    #expect(device.queueingDiscipline == "noqueue")
    #expect(device.queueLength == nil)
  }

  @Test func theTunnelDeviceGoesAndTheOtherComes() throws {
    let geneve = try week4("tunnel", CiliumSettings.RoutingMode.tunnel(.geneve).edits).snapshot()
    let stack = try #require(geneve.stack(.host(NodeID("k8s-w1"))))
    #expect(
      stack.interfaces.map(\.name).filter { $0.hasPrefix("cilium_") } == [
        "cilium_net", "cilium_host", "cilium_geneve",
      ])
    #expect(stack.interface(named: "cilium_geneve")?.index == 9)
  }

  @Test func podsHangOnTheirNodes() throws {
    let snapshot = try week4("webpod").snapshot()
    let pod = StackID.pod(PodID(namespace: "default", name: "curl-pod"))
    let lxc = InterfaceID(.host(NodeID("k8s-ctr")), "lxcaeddd5f79898")
    let inner = try #require(snapshot.stack(pod)?.interface(named: "eth0"))
    let outer = try #require(snapshot.stack(lxc.stack)?.interface(named: lxc.name))
    #expect(inner.attachment == .veth(peer: lxc))
    #expect(outer.attachment == .veth(peer: InterfaceID(pod, "eth0")))
    #expect(inner.mac.description == "d6:1a:f3:74:49:6f")
    #expect(inner.addresses.map(\.local.description) == ["172.20.0.88/32"])
  }

  /// Every other end of a pair is there and leads back; no two interfaces of a stack share name or number.
  @Test(arguments: ["fresh", "webpod", "tunnel"])
  func interfacesAreConsistent(chapter: String) throws {
    let snapshot = try week4(chapter).snapshot()
    for stack in snapshot.stacks {
      #expect(Set(stack.interfaces.map(\.name)).count == stack.interfaces.count)
      #expect(stack.interfaces.map(\.index) == Array(Set(stack.interfaces.map(\.index))).sorted())
      for interface in stack.interfaces {
        guard case .veth(let peer) = interface.attachment else { continue }
        let other = snapshot.stack(peer.stack)?.interface(named: peer.name)
        #expect(other?.attachment == .veth(peer: InterfaceID(stack.id, interface.name)))
      }
    }
  }

  /// Pods' routes; the tunnel's overhead shows in the default route alone.
  @Test(arguments: [("webpod", 1500), ("tunnel", 1450)])
  func podRoutes(chapter: String, mtu: Int) throws {
    let stack = try #require(
      week4(chapter).snapshot().stack(.pod(PodID(namespace: "default", name: "curl-pod"))))
    #expect(
      stack.routes.routes(in: .main).map(\.text) == [
        "default via 172.20.0.43 dev eth0 mtu \(mtu)", "172.20.0.43 dev eth0 scope link",
      ])
    #expect(stack.interface(named: "eth0")?.mtu == 1500)
  }

  @Test func rulesAndTheProxysTable() throws {
    let stack = try #require(week4("fresh").snapshot().stack(.host(NodeID("k8s-w0"))))
    #expect(stack.rules.map(\.priority) == [9, 100, 32766, 32767])
    #expect(stack.rules[0].action == .lookup(TableID(2004)))
    #expect(stack.rules[1].action == .lookup(.local))
    let proxy = try #require(stack.routes.routes(in: TableID(2004)).first)
    #expect(proxy.type == .local)
    #expect(proxy.text == "default dev lo proto kernel scope host")
  }

  @Test func whatListens() throws {
    let snapshot = try week4("webpod").snapshot()
    func ports(_ id: StackID) -> [UInt16] { snapshot.stack(id)?.listeners.map(\.port) ?? [] }
    #expect(ports(.host(NodeID("router"))) == [22, 179])
    #expect(ports(.host(NodeID("k8s-w0"))) == [22, 4244, 9962, 9964, 10250, 10256])
    #expect(ports(.host(NodeID("k8s-ctr"))) == [22, 2379, 2380, 4244, 6443, 9962, 9963, 9964, 10250, 10256])
    #expect(ports(.pod(PodID(namespace: "default", name: "webpod-697b545f57-2dg5m"))) == [80])
    #expect(ports(.pod(PodID(namespace: "default", name: "curl-pod"))) == [])
  }
}

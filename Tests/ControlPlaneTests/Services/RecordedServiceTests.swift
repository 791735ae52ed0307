import ControlPlane
import NetModel
import Testing

@Suite struct RecordedServiceTests {
  /// `cilium-dbg service list` and `map get cilium_lb4_services_v2` on k8s-ctr.
  @Test(arguments: ["webpod", "tunnel"])
  func webpodOnTheControlPlane(chapter: String) throws {
    let datapath = try #require(week4(chapter).snapshot().datapath(on: NodeID("k8s-ctr")))
    let frontend = Frontend(address: IPv4Address(10, 96, 189, 34), port: 80, transport: .tcp)
    let entry = try #require(datapath.services.first { $0.frontend == frontend })
    #expect(entry.id == 23)
    #expect(entry.type == .clusterIP)
    #expect(
      entry.backends.map { "\($0.id) \($0.address):\($0.port) \($0.node?.name ?? "")" } == [
        "14 172.20.0.121:80 k8s-ctr", "15 172.20.1.108:80 k8s-w1", "16 172.20.2.33:80 k8s-w0",
      ])
  }

  @Test func numbersOfANodeAreAllDifferent() throws {
    let snapshot = try week4("tunnel").snapshot()
    for agent in snapshot.agents {
      let ids = agent.datapath.services.map(\.id)
      #expect(Set(ids).count == ids.count)
      #expect(!ids.contains(0))
      #expect(!agent.datapath.services.flatMap(\.backends).contains { $0.id == 0 })
    }
  }

  @Test func nodePortsAreServedOnEveryDevice() throws {
    let datapath = try #require(week4("fresh").snapshot().datapath(on: NodeID("k8s-w1")))
    let frontends = datapath.services.filter { $0.frontend.port == 30003 }.map(\.frontend.description)
    #expect(frontends == ["0.0.0.0:30003/TCP", "10.0.2.15:30003/TCP", "192.168.10.101:30003/TCP"])
  }

  /// `internalTrafficPolicy: Local`: hubble-peer leads to the node's own agent alone.
  @Test func localTrafficPolicy() throws {
    for agent in try week4("fresh").snapshot().agents {
      let peer = agent.datapath.services.filter { $0.service.name == "hubble-peer" }
      #expect(peer.map { $0.backends.map(\.address) } == [[agent.datapath.nodeAddress]])
    }
  }

  @Test func aServiceWithoutPodsHasNoBackends() throws {
    let service = Service(
      id: ServiceID(namespace: "default", name: "empty"), selector: Labels([("app", "nobody")]),
      ports: [Service.Port(number: 80)])
    let datapath = try #require(
      week4("fresh", [.create([.service(service)])]).snapshot().datapath(on: NodeID("k8s-ctr")))
    #expect(datapath.services.filter { $0.service == service.id }.map(\.backends) == [[]])
  }
}

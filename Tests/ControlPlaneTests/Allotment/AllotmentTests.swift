import ControlPlane
import Importing
import NetModel
import Testing

/// What is allotted keeps the rules, whatever the seed.
@Suite struct AllotmentTests {
  private func crowded(seed: UInt64) throws -> Network {
    var network = try Lab.builtIn("cilium-week4").network(chapter: "webpod")
    network.seed = seed
    network.cluster?.facts = RecordedFacts()
    for name in ["a", "b"] {
      let labels = Labels([("app", name)])
      let workload = Workload(
        id: WorkloadID(.deployment, namespace: "crowd", name: name), replicas: 40, selector: labels,
        template: PodTemplate(labels: labels, containers: [.init(name: name, image: "traefik/whoami")]))
      let service = Service(
        id: ServiceID(namespace: "crowd", name: name), type: .nodePort, selector: labels,
        ports: [Service.Port(number: 80)])
      try network.apply(.create([.workload(workload), .service(service)]), at: .start)
    }
    return network
  }

  @Test(arguments: [1, 2, 3, 0xdead_beef] as [UInt64])
  func everyoneGetsTheirOwn(seed: UInt64) throws {
    let cluster = try #require(crowded(seed: seed).cluster)
    let crowd = cluster.pods.filter { $0.id.namespace == "crowd" }
    #expect(crowd.count == 80)
    let addresses =
      cluster.pods.compactMap(\.endpoint?.address) + cluster.nodes.compactMap(\.agent?.routerAddress)
    #expect(Set(addresses).count == addresses.count)
    for pod in crowd {
      let agent = try #require(pod.node.flatMap { cluster.node($0)?.agent })
      let endpoint = try #require(pod.endpoint)
      #expect(agent.podCIDR.contains(endpoint.address))
      #expect(endpoint.address != agent.podCIDR.address && endpoint.address != agent.podCIDR.last)
      #expect((1...4095).contains(endpoint.id))
      #expect((256...65535).contains(endpoint.identity.number))
      #expect(endpoint.interface.hasPrefix("lxc") && endpoint.interface.count == 15)
      #expect(endpoint.mac.bytes[0] & 3 == 2)
    }
    for service in cluster.services where service.id.namespace == "crowd" {
      #expect(service.address.map { cluster.serviceCIDR.contains($0) } == true)
      #expect(service.ports.allSatisfy { (30000...32767).contains($0.nodePort ?? 0) })
    }
  }

  @Test func theSameSeedGivesTheSame() throws {
    #expect(try crowded(seed: 7) == crowded(seed: 7))
    #expect(try crowded(seed: 7).cluster?.pods != crowded(seed: 8).cluster?.pods)
  }

  @Test func aFullPodCIDRRefuses() throws {
    var network = try week4("fresh")
    let labels = Labels([("app", "full")])
    let template = PodTemplate(
      labels: labels, containers: [.init(name: "c", image: "traefik/whoami")], nodeName: NodeID("k8s-w0"))
    let workload = Workload(
      id: WorkloadID(.deployment, namespace: "default", name: "full"), replicas: 254, selector: labels,
      template: template)
    let prefix = try #require(IPv4Prefix(parsing: "172.20.2.0/24"))
    #expect(throws: EditError.addressesExhausted(prefix)) {
      try network.apply(.create([.workload(workload)]), at: .start)
    }
  }

  @Test func virtualBoxAddresses() throws {
    let stack = try #require(week4("fresh").snapshot().stack(.host(NodeID("k8s-w0"))))
    #expect(stack.interface(named: "eth0")?.mac.description.hasPrefix("08:00:27:") == true)
    #expect(stack.interface(named: "eth0")?.mac != stack.interface(named: "eth1")?.mac)
  }
}

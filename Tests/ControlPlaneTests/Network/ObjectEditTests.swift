import ControlPlane
import NetModel
import Testing

@Suite struct ObjectEditTests {
  private static func service(
    _ name: String, clusterIP: Service.ClusterIP = .unset, nodePort: UInt16? = nil
  ) -> ClusterObject {
    .service(
      Service(
        id: ServiceID(namespace: "default", name: name), type: nodePort == nil ? .clusterIP : .nodePort,
        selector: Labels([("app", name)]), ports: [Service.Port(number: 80, nodePort: nodePort)],
        clusterIP: clusterIP))
  }

  private static let webpod = WorkloadID(.deployment, namespace: "default", name: "webpod")
  private static let nobody = WorkloadID(.deployment, namespace: "default", name: "nobody")

  static let refusals: [(edit: Edit, error: EditError)] = [
    (.create([service("webpod")]), .objectExists(.service(ServiceID(namespace: "default", name: "webpod")))),
    (
      .create([service("a", clusterIP: .address(IPv4Address(10, 96, 0, 10)))]),
      .addressTaken(IPv4Address(10, 96, 0, 10))
    ),
    (
      .create([service("a", clusterIP: .address(IPv4Address(10, 97, 0, 10)))]),
      .addressOutside(IPv4Address(10, 97, 0, 10), IPv4Prefix(IPv4Address(10, 96, 0, 0), length: 16))
    ),
    (.create([service("a", nodePort: 30003)]), .nodePortTaken(30003)),
    (.delete(.workload(nobody)), .unknownObject(.workload(nobody))),
    (.scale(nobody, replicas: 1), .unknownObject(.workload(nobody))),
    (.scale(webpod, replicas: -1), .invalidReplicas(-1)),
    (.restartAgents(.node(NodeID("router"))), .notInCluster(NodeID("router"))),
  ]

  @Test(arguments: refusals)
  func refusal(edit: Edit, error: EditError) throws {
    let network = try week4("webpod")
    #expect(throws: error) { _ = try network.applying(edit, at: .start) }
  }

  /// One bad manifest of several: none is taken.
  @Test func allOrNothing() throws {
    var network = try week4("webpod")
    let before = network
    let edit = Edit.create([ObjectEditTests.service("a"), ObjectEditTests.service("webpod")])
    #expect(throws: EditError.self) { try network.apply(edit, at: .start) }
    #expect(network == before)
  }

  @Test func aDeletedDeploymentTakesItsPodsAlong() throws {
    let snapshot = try week4("webpod", [.delete(.workload(ObjectEditTests.webpod))]).snapshot()
    #expect(!snapshot.pods.contains { $0.workload == "webpod" })
    #expect(!snapshot.agents.flatMap(\.datapath.ipcache).contains { $0.identity == SecurityIdentity(62886) })
    let entries = snapshot.agents.flatMap(\.datapath.services).filter { $0.service.name == "webpod" }
    #expect(entries.count == 3)
    #expect(entries.allSatisfy { $0.backends.isEmpty })
  }

  /// A deleted pod comes back under another name and at another address, and the Service follows it.
  @Test func aDeletedPodIsReplaced() throws {
    let pod = PodID(namespace: "default", name: "webpod-697b545f57-2dg5m")
    let snapshot = try week4("webpod", [.delete(.pod(pod))]).snapshot()
    let pods = snapshot.pods.filter { $0.workload == "webpod" }
    #expect(pods.count == 3)
    #expect(!pods.contains { $0.pod == pod })
    let datapath = try #require(snapshot.datapath(on: NodeID("k8s-ctr")))
    let entry = try #require(datapath.services.first { $0.service.name == "webpod" })
    #expect(entry.id == 23)
    #expect(entry.backends.map(\.address) == pods.map(\.address).sorted())
    #expect(entry.backends.map(\.id).max() == 17)
  }

  @Test func aDeletedServiceIsGone() throws {
    let id = ServiceID(namespace: "default", name: "webpod")
    let snapshot = try week4("webpod", [.delete(.service(id))]).snapshot()
    #expect(!snapshot.agents.flatMap(\.datapath.services).contains { $0.service == id })
  }

  /// What was changed in a pod goes with it.
  @Test func aPodsChangesGoWithIt() throws {
    let id = PodID(namespace: "default", name: "curl-pod")
    var network = try week4(
      "webpod",
      [
        .deleteRoute(RouteSelector(destination: .all), on: .pod(id)), .delete(.pod(id)),
      ])
    network.comeToRest()
    #expect(network.manualChanges.isEmpty)
    #expect(network.snapshot().stack(.pod(id)) == nil)
  }

  /// A loop around `nc -l -p PORT` waits on that port; any other command on none.
  @Test(arguments: [
    (["sh", "-c"], ["while true; do { echo OK; } | nc -l -p 8080 -q 1; done"], [8080 as UInt16]),
    (["tail"], ["-f", "/dev/null"], []), (["nc"], ["-l", "-p", "99999"], []), ([], [], [80]),
  ])
  func whatAContainerServes(command: [String], arguments: [String], ports: [UInt16]) {
    let container = PodTemplate.Container(
      name: "c", image: "docker.io/traefik/whoami:v1.11", command: command, arguments: arguments)
    let programs = [ImageProgram(image: "traefik/whoami", listeners: [Listener(transport: .tcp, port: 80)])]
    #expect(container.listeners(programs: programs).map(\.port) == ports)
  }
}

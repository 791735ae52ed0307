import ControlPlane
import Importing
import NetModel
import Testing

/// Reconciling is a function: what comes out follows from the objects, not from the way there.
@Suite struct ReconcileTests {
  static let manifests = [
    "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, selector: {app: d}, ports: [{port: 80}]}}",
    "{apiVersion: v1, kind: Service, metadata: {name: b}, spec: {selector: {app: webpod}, ports: [{port: 81, targetPort: 80}]}}",
    """
    {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: c},
     spec: {podSelector: {matchLabels: {app: webpod}}, ingress: [{from: [{podSelector: {}}]}]}}
    """,
    """
    {apiVersion: v1, kind: Pod, metadata: {name: d, labels: {app: d}},
     spec: {nodeName: k8s-w1, containers: [{name: c, image: traefik/whoami}]}}
    """,
    "{apiVersion: v1, kind: ConfigMap, metadata: {name: e}, data: {k: v}}",
  ]

  /// What no order of arrival may change.
  struct Outcome: Equatable {
    var pods: [[String]]
    var services: [[String]]
    var policies: [PolicyID]
    /// Frontends and their backends on each node; numbers are given in the order of arrival.
    var tables: [String]

    init(_ network: Network) {
      let cluster = network.cluster
      pods = (cluster?.pods ?? []).map { pod in
        [pod.id.description, pod.node?.name ?? "", pod.endpoint?.address.description ?? ""]
      }
      services = (cluster?.services ?? []).map { service in
        [service.id.description, service.address?.description ?? ""]
          + service.ports.map { $0.nodePort?.description ?? "" }
      }
      policies = (cluster?.policies ?? []).map(\.id)
      tables = network.snapshot().agents.flatMap { agent in
        agent.datapath.services.map { entry in
          "\(agent.node) \(entry.frontend) \(entry.backends.map { "\($0.address):\($0.port)" })"
        }
      }
    }
  }

  private static func outcome(_ order: [Int], seed: UInt64) throws -> Outcome {
    var lab = try ObjectLab()
    lab.network.seed = seed
    for index in order { try lab.create(manifests[index]) }
    return Outcome(lab.network)
  }

  @Test(arguments: [1, 7, 2_026] as [UInt64])
  func theOrderOfArrivalDoesNotMatter(seed: UInt64) throws {
    let expected = try Self.outcome(Array(Self.manifests.indices), seed: seed)
    var order = Array(Self.manifests.indices)
    for turn in 0..<4 {
      order.append(order.removeFirst())
      if turn.isMultiple(of: 2) { order.reverse() }
      #expect(try Self.outcome(order, seed: seed) == expected, "seed \(seed), order \(order)")
    }
  }

  @Test(arguments: ["fresh", "webpod", "tunnel"])
  func whatIsAtRestStaysAtRest(chapter: String) throws {
    var lab = try ObjectLab(chapter: chapter)
    for manifest in Self.manifests { try lab.create(manifest) }
    let before = lab.network
    // An edit that touches no object lets all control loops run again.
    try lab.network.apply(
      .setSysctl("net.ipv4.ip_forward", value: 1, on: .host(NodeID("router"))), at: lab.now)
    #expect(lab.network.cluster == before.cluster)
  }

  @Test func applyingTwiceChangesNothing() throws {
    var lab = try ObjectLab()
    for manifest in Self.manifests {
      let created = try #require(try lab.create(manifest).first)
      let before = lab.network.cluster
      let sent = try #require(try ManifestDocuments(manifest).values.first)
      let resource = ObjectLab.resource(created["kind"]?.text ?? "")
      let merged = sent.applied(to: created, last: sent, resource: resource)
      _ = try lab.network.apply(.replace(merged, namespace: "default"), at: lab.now)
      #expect(lab.network.cluster == before)
      let name = created.value(at: "metadata", "name")?.text ?? ""
      #expect(try lab.get(created["kind"]?.text ?? "", name) == created)
    }
  }

  @Test func aServiceWithoutSelectorHasWhatIsWrittenBehindIt() throws {
    var lab = try ObjectLab()
    try lab.create("{apiVersion: v1, kind: Service, metadata: {name: outside}, spec: {ports: [{port: 80}]}}")
    func backends() -> [IPv4Address] {
      lab.network.snapshot().agents.first?.datapath.services.first { $0.service.name == "outside" }?
        .backends.map(\.address) ?? []
    }
    #expect(backends().isEmpty)
    try lab.create(
      """
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: outside-1, labels: {kubernetes.io/service-name: outside}}
      addressType: IPv4
      endpoints:
      - {addresses: [192.0.2.1]}
      - {addresses: [192.0.2.2], conditions: {ready: false}}
      - {addresses: [192.0.2.3], conditions: {ready: true, terminating: true}}
      ports: [{port: 80}]
      """)
    #expect(backends() == [IPv4Address(192, 0, 2, 1)])
    #expect(
      lab.names("EndpointSlice", namespace: "default").filter { $0.hasPrefix("outside") } == ["outside-1"])
    try lab.delete("EndpointSlice", "outside-1")
    #expect(backends().isEmpty)
  }
}

import NetModel
import Testing

@testable import ControlPlane

/// Pods that were deleted take their time.
@Suite struct TerminationTests {
  private static func lab(_ command: String, grace: String = "") throws -> ObjectLab {
    var lab = try ObjectLab()
    try lab.run(
      "x", spec: "replicas: 2,", pods: grace, container: "image: traefik/whoami, command: [\(command)]")
    try lab.create(
      """
      apiVersion: v1
      kind: Service
      metadata: {name: x}
      spec: {selector: {app: x}, ports: [{port: 80}]}
      """)
    return lab
  }

  private static func pods(_ lab: ObjectLab) -> [Pod] {
    lab.network.cluster?.pods(of: WorkloadID(.deployment, namespace: "default", name: "x")) ?? []
  }

  private static func entry(_ lab: ObjectLab) -> ServiceEntry? {
    lab.network.snapshot().agents.first?.datapath.services.first { $0.service.name == "x" }
  }

  private static func backends(_ lab: ObjectLab) -> Set<PodID> {
    Set(entry(lab)?.backends.compactMap(\.pod) ?? [])
  }

  @Test func whoIgnoresTheSignalIsKilled() throws {
    var lab = try Self.lab("sleep, infinity")
    let first = try #require(Self.pods(lab).first)
    try lab.delete("Pod", first.id.name)
    #expect(Self.pods(lab).count == 3)
    let document = try lab.get("Pod", first.id.name)
    #expect(document.value(at: "metadata", "deletionGracePeriodSeconds") == 30)
    #expect(document.value(at: "metadata", "deletionTimestamp") != nil)
    #expect(Self.backends(lab) == Set(Self.pods(lab).map(\.id)).subtracting([first.id]))
    #expect(lab.network.snapshot().placement(of: first.id) != nil)
    #expect(lab.network.nextEvent == lab.now + .seconds(30))
    lab.network.advance(to: lab.now + .seconds(30))
    #expect(Self.pods(lab).count == 2 && lab.network.cluster?.pod(first.id) == nil)
    #expect(lab.network.nextEvent == nil)
  }

  @Test func itsEndpointTellsThatItEnds() throws {
    var lab = try Self.lab("sleep, infinity")
    let first = try #require(Self.pods(lab).first)
    try lab.delete("Pod", first.id.name)
    let slice = try #require(lab.names("EndpointSlice", namespace: "default").first { $0.hasPrefix("x-") })
    let endpoints = try lab.get("EndpointSlice", slice)["endpoints"]?.elements ?? []
    let own = endpoints.first { $0.value(at: "targetRef", "name")?.text == first.id.name }
    #expect(own?["conditions"]?.description == #"{"ready":false,"serving":true,"terminating":true}"#)
    #expect(endpoints.count == 3)
    let subsets = try lab.get("Endpoints", "x")["subsets"]?.elements.first
    #expect(subsets?["addresses"]?.elements.count == 2 && subsets?["notReadyAddresses"] == nil)
  }

  @Test func whoEndsKeepsItsConnectionsAndItsNumber() throws {
    var lab = try Self.lab("sleep, infinity")
    let before = try #require(Self.entry(lab))
    let first = try #require(Self.pods(lab).first)
    try lab.delete("Pod", first.id.name)
    let entry = try #require(Self.entry(lab))
    var draining = try #require(before.backends.first { $0.pod == first.id })
    draining.isTerminating = true
    #expect(entry.drainingBackends == [draining] && entry.backends.allSatisfy { !$0.isTerminating })
    lab.network.comeToRest()
    #expect(Self.entry(lab)?.drainingBackends == [])
  }

  @Test func whereAllEndTheyServeNewClients() throws {
    var lab = try Self.lab("sleep, infinity")
    let pods = Set(Self.pods(lab).map(\.id))
    try lab.network.apply(
      .scale(WorkloadID(.deployment, namespace: "default", name: "x"), replicas: 0), at: lab.now)
    let entry = try #require(Self.entry(lab))
    #expect(Set(entry.backends.compactMap(\.pod)) == pods && entry.backends.allSatisfy(\.isTerminating))
    #expect(entry.drainingBackends == [])
  }

  @Test(arguments: [(nil, 30), (5, 5), (0, 0), (60, 60)])
  func aClientMayGiveMoreOrLess(asked: Int?, seconds: Int) throws {
    var lab = try Self.lab("sleep, infinity")
    let first = try #require(Self.pods(lab).first)
    try lab.delete("Pod", first.id.name, graceSeconds: asked)
    #expect((lab.network.cluster?.pod(first.id) == nil) == (seconds == 0))
    lab.network.comeToRest()
    #expect(lab.network.now == lab.now + .seconds(seconds) && Self.pods(lab).count == 2)
  }

  @Test(arguments: [(10, 10), (0, 0), (40, 30)])
  func aSecondDeletionOnlyHastens(asked: Int, seconds: Int) throws {
    var lab = try Self.lab("sleep, infinity")
    let first = try #require(Self.pods(lab).first)
    try lab.delete("Pod", first.id.name)
    try lab.delete("Pod", first.id.name, graceSeconds: asked)
    lab.network.comeToRest()
    #expect(lab.network.cluster?.pod(first.id) == nil && lab.network.now == lab.now + .seconds(seconds))
  }

  @Test func whoHeedsTheSignalIsGoneAtOnce() throws {
    var lab = try Self.lab("")
    let first = try #require(Self.pods(lab).first)
    try lab.delete("Pod", first.id.name)
    #expect(Self.pods(lab).count == 2 && lab.network.nextEvent == nil)
  }

  @Test func theGracePeriodIsThePods() throws {
    var lab = try Self.lab("tail, -f, /dev/null", grace: "terminationGracePeriodSeconds: 5, ")
    try lab.network.apply(
      .scale(WorkloadID(.deployment, namespace: "default", name: "x"), replicas: 0), at: lab.now)
    #expect(Self.pods(lab).count == 2)
    lab.network.comeToRest()
    #expect(Self.pods(lab).isEmpty && Self.backends(lab).isEmpty && lab.network.now == lab.now + .seconds(5))
  }

  @Test func onALostNodePodsStayUntilItIsBack() throws {
    var lab = try Self.lab("")
    let lost = try #require(Self.pods(lab).first)
    let node = try #require(lost.node)
    try lab.network.apply(.setPower(node, isOn: false), at: lab.now)
    lab.network.advance(to: lab.now + .seconds(351))
    #expect(lab.network.cluster?.pod(lost.id)?.termination != nil)
    #expect(Self.pods(lab).count { $0.termination == nil && $0.node != node } == 2)
    lab.now = lab.network.now
    try lab.network.apply(.setPower(node, isOn: true), at: lab.now)
    #expect(lab.network.cluster?.pod(lost.id) == nil && Self.pods(lab).count == 2)
  }
}

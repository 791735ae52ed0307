import NetModel
import Testing

@testable import ControlPlane

/// A changed template comes to the pods a few at a time.
@Suite struct DeploymentRolloutTests {
  /// A rollout of pods that are ready at once, as `old+new` pods behind each step.
  struct Course: CustomTestStringConvertible {
    var testDescription: String
    var replicas: Int
    var strategy: UpdateStrategy
    /// Pods of the new template that no node will have.
    var areReady = true
    var steps: [String]
  }

  private static let quarter = UpdateStrategy.standard(for: .deployment)

  static let courses: [Course] = [
    Course(
      testDescription: "one more, then one less", replicas: 3, strategy: quarter,
      steps: ["3+1", "2+1", "2+2", "1+2", "1+3", "0+3"]),
    Course(
      testDescription: "a quarter more and a quarter less", replicas: 8, strategy: quarter,
      steps: ["8+2", "4+2", "4+6", "0+6", "0+8"]),
    Course(
      testDescription: "no more than wanted", replicas: 3,
      strategy: .rolling(surge: .number(0), unavailable: .number(1)),
      steps: ["2+0", "2+1", "1+1", "1+2", "0+2", "0+3"]),
    Course(
      testDescription: "neither more nor less counts as one less", replicas: 2,
      strategy: .rolling(surge: .percent(0), unavailable: .percent(10)),
      steps: ["1+0", "1+1", "0+1", "0+2"]),
    Course(
      testDescription: "all at once", replicas: 3,
      strategy: .rolling(surge: .percent(100), unavailable: .number(0)), steps: ["3+3", "0+3"]),
    Course(testDescription: "recreated", replicas: 3, strategy: .recreate, steps: ["0+3"]),
    Course(
      testDescription: "new pods that never are ready", replicas: 4, strategy: quarter, areReady: false,
      steps: ["4+1", "3+1", "3+2"]),
  ]

  @Test(arguments: courses)
  func course(_ course: Course) throws {
    var workload = Workload(
      id: WorkloadID(.deployment, namespace: "default", name: "w"), replicas: course.replicas,
      selector: Labels(), template: PodTemplate(labels: Labels(), containers: []))
    workload.strategy = course.strategy
    workload.revisions = (1...2).map { number in
      Workload.Revision(
        hash: String(number), number: number, template: workload.template, created: .unset,
        replicas: number == 1 ? course.replicas : 0)
    }
    var steps: [String] = []
    while steps.count < 20 {
      let counts = workload.revisions.map(\.replicas)
      let next = workload.nextReplicas(
        available: course.areReady ? counts : [counts[0], 0], isClear: true)
      if next == counts { break }
      for (index, count) in next.enumerated() { workload.revisions[index].replicas = count }
      steps.append("\(next[0])+\(next[1])")
    }
    #expect(steps == course.steps)
  }

  // MARK: In the lab

  private static let spread = """
    affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution:
     [{labelSelector: {matchLabels: {app: x}}, topologyKey: kubernetes.io/hostname}]}},
    """

  private static func lab(
    replicas: Int = 3, strategy: String = "{}", spec: String = "", command: String = ""
  ) throws -> ObjectLab {
    var lab = try ObjectLab()
    try lab.run(
      "x", spec: "replicas: \(replicas), strategy: \(strategy),", pods: spec,
      container: "image: \"web:1\", command: [\(command)]")
    return lab
  }

  private static func setImage(_ image: String, in lab: inout ObjectLab) throws {
    try lab.patch(
      "Deployment", "x", "{spec: {template: {spec: {containers: [{name: c, image: \"\(image)\"}]}}}}")
  }

  /// The images of the pods, with `-` behind those that wait and `/` behind those that end.
  private static func images(_ lab: ObjectLab) -> [String] {
    let pods = lab.network.cluster?.pods(of: WorkloadID(.deployment, namespace: "default", name: "x")) ?? []
    return pods.map { pod in
      (pod.template.containers.first?.image ?? "")
        + (pod.node == nil ? "-" : "") + (pod.termination == nil ? "" : "/")
    }.sorted()
  }

  private static func replicas(_ lab: ObjectLab) throws -> [Int] {
    try lab.names("ReplicaSet", namespace: "default").filter { $0.hasPrefix("x-") }.map {
      try lab.get("ReplicaSet", $0).value(at: "spec", "replicas")?.integer ?? -1
    }.sorted()
  }

  @Test func itRunsToItsEnd() throws {
    var lab = try Self.lab()
    try Self.setImage("web:2", in: &lab)
    #expect(Self.images(lab) == ["web:2", "web:2", "web:2"])
    #expect(try Self.replicas(lab) == [0, 3] && lab.network.nextEvent == nil)
    let nodes = (lab.network.cluster?.pods ?? []).filter { $0.workload.name == "x" }.compactMap(\.node)
    #expect(Set(nodes).count == 3)
  }

  @Test func aPodThatNoNodeWillHaveHoldsItUp() throws {
    var lab = try Self.lab(spec: Self.spread)
    try Self.setImage("web:2", in: &lab)
    #expect(Self.images(lab) == ["web:1", "web:1", "web:1", "web:2-"])
    #expect(try Self.replicas(lab) == [1, 3])
    let status = try lab.get("Deployment", "x")["status"]
    #expect(status?["replicas"] == 4 && status?["updatedReplicas"] == 1)
    #expect(status?["conditions"]?.elements.last?["reason"] == "ReplicaSetUpdated")
    try lab.patch("Deployment", "x", "{spec: {strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}}}")
    #expect(Self.images(lab) == ["web:2", "web:2", "web:2"])
  }

  @Test func whatIsStuckIsLate() throws {
    var lab = try Self.lab(spec: Self.spread)
    try Self.setImage("web:2", in: &lab)
    func reason() throws -> JSONValue? {
      try lab.get("Deployment", "x").value(at: "status", "conditions")?.elements.last?["reason"]
    }
    let deadline = try #require(
      lab.network.cluster?.progressDeadline(of: WorkloadID(.deployment, namespace: "default", name: "x")))
    lab.now = Instant(nanoseconds: deadline.nanoseconds - 1)
    #expect(try reason() == "ReplicaSetUpdated")
    lab.now = deadline
    #expect(try reason() == "ProgressDeadlineExceeded")
    try lab.patch("Deployment", "x", "{spec: {replicas: 0}}")
    #expect(try reason() == "NewReplicaSetAvailable")
  }

  @Test func aPlaceThatBecomesFreeTakesItFurther() throws {
    var lab = try Self.lab(spec: Self.spread)
    try Self.setImage("web:2", in: &lab)
    let old = try #require(
      lab.network.cluster?.pods.first {
        $0.workload.name == "x" && $0.template.containers[0].image == "web:1"
      })
    try lab.delete("Pod", old.id.name)
    // The one that waited takes its place, and the next one waits.
    #expect(Self.images(lab) == ["web:1", "web:1", "web:2", "web:2-"])
    #expect(try Self.replicas(lab) == [2, 2])
  }

  @Test func recreationWaitsForTheLastPod() throws {
    var lab = try Self.lab(strategy: "{type: Recreate}", command: "sleep, infinity")
    try Self.setImage("web:2", in: &lab)
    #expect(Self.images(lab) == ["web:1/", "web:1/", "web:1/"])
    lab.network.comeToRest()
    #expect(Self.images(lab) == ["web:2", "web:2", "web:2"])
    #expect(lab.network.now == lab.now + .seconds(30))
  }

  @Test func aPausedDeploymentScalesAndKeepsItsTemplate() throws {
    var lab = try Self.lab()
    try lab.patch("Deployment", "x", "{spec: {paused: true}}")
    try Self.setImage("web:2", in: &lab)
    try lab.patch("Deployment", "x", "{spec: {replicas: 2}}")
    #expect(Self.images(lab) == ["web:1", "web:1"])
    try lab.patch("Deployment", "x", "{spec: {paused: false}}")
    #expect(Self.images(lab) == ["web:2", "web:2"])
  }
}

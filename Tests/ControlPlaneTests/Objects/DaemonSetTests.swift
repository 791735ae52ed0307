import NetModel
import Testing

@testable import ControlPlane

/// One pod on each node that a DaemonSet is about.
@Suite struct DaemonSetTests {
  private static func lab(_ spec: String = "", strategy: String = "{}", command: String = "") throws
    -> ObjectLab
  {
    var lab = try ObjectLab()
    try lab.run(
      "x", as: "DaemonSet", spec: "updateStrategy: \(strategy),", pods: spec,
      container: "image: \"web:1\", command: [\(command)]")
    return lab
  }

  private static func pods(_ lab: ObjectLab) -> [String] {
    let pods = lab.network.cluster?.pods(of: WorkloadID(.daemonSet, namespace: "default", name: "x")) ?? []
    return pods.map { pod in
      "\(pod.node?.name ?? "-") \(pod.template.containers.first?.image ?? "")\(pod.termination == nil ? "" : "/")"
    }.sorted()
  }

  private static func setImage(in lab: inout ObjectLab) throws {
    try lab.patch("DaemonSet", "x", "{spec: {template: {spec: {containers: [{name: c, image: \"web:2\"}]}}}}")
  }

  private static func taint(_ node: String, _ effect: String, in lab: inout ObjectLab) throws {
    try lab.patch("Node", node, namespace: "", .merge, "{spec: {taints: [{key: k, effect: \(effect)}]}}")
  }

  @Test func labelsOfNodesDecide() throws {
    var lab = try Self.lab("nodeSelector: {disk: fast},")
    #expect(Self.pods(lab) == [])
    try lab.patch("Node", "k8s-w1", namespace: "", "{metadata: {labels: {disk: fast}}}")
    #expect(Self.pods(lab) == ["k8s-w1 web:1"])
    let status = try lab.get("DaemonSet", "x")["status"]
    #expect(status?["desiredNumberScheduled"] == 1 && status?["numberReady"] == 1)
    try lab.patch("Node", "k8s-w1", namespace: "", .merge, "{metadata: {labels: {disk: null}}}")
    #expect(Self.pods(lab) == [])
  }

  @Test(arguments: [
    ("NoSchedule", "", true), ("NoExecute", "", false), ("PreferNoSchedule", "", true),
    ("NoExecute", "tolerations: [{operator: Exists}],", true),
  ])
  func taintsOfNodesDecide(effect: String, spec: String, stays: Bool) throws {
    var lab = try Self.lab(spec)
    try Self.taint("k8s-w1", effect, in: &lab)
    #expect(Self.pods(lab).contains("k8s-w1 web:1") == stays)
  }

  @Test func aCordonIsNoObstacle() throws {
    var lab = try ObjectLab()
    try lab.patch("Node", "k8s-w1", namespace: "", .merge, "{spec: {unschedulable: true}}")
    let cluster = try #require(lab.network.cluster)
    let workload = try #require(
      try Self.lab().network.cluster?.workload(
        WorkloadID(.daemonSet, namespace: "default", name: "x")))
    #expect(cluster.daemonNodes(of: workload).count == 3)
  }

  @Test func oneNodeAfterAnother() throws {
    var lab = try Self.lab(command: "sleep, infinity")
    try Self.setImage(in: &lab)
    #expect(Self.pods(lab) == ["k8s-ctr web:1/", "k8s-w0 web:1", "k8s-w1 web:1"])
    lab.network.advance(to: lab.now + .seconds(30))
    #expect(Self.pods(lab) == ["k8s-ctr web:2", "k8s-w0 web:1", "k8s-w1 web:1/"])
    lab.network.comeToRest()
    #expect(Self.pods(lab) == ["k8s-ctr web:2", "k8s-w0 web:2", "k8s-w1 web:2"])
    #expect(lab.network.now == lab.now + .seconds(90))
  }

  @Test func asManyAsMayBeAway() throws {
    var lab = try Self.lab(
      strategy: "{rollingUpdate: {maxUnavailable: \"50%\"}}", command: "sleep, infinity")
    try Self.setImage(in: &lab)
    #expect(Self.pods(lab).count { $0.hasSuffix("/") } == 2)
  }

  @Test func onDeletion() throws {
    var lab = try Self.lab(strategy: "{type: OnDelete}")
    try Self.setImage(in: &lab)
    #expect(Self.pods(lab) == ["k8s-ctr web:1", "k8s-w0 web:1", "k8s-w1 web:1"])
    let pod = try #require(
      lab.network.cluster?.pods.first { $0.workload.name == "x" && $0.node?.name == "k8s-w0" })
    try lab.delete("Pod", pod.id.name)
    #expect(Self.pods(lab) == ["k8s-ctr web:1", "k8s-w0 web:2", "k8s-w1 web:1"])
  }
}

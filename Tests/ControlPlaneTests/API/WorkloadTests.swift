import ControlPlane
import NetModel
import Testing

@Suite struct WorkloadTests {
  private func pods(_ lab: ObjectLab, app: String) -> [JSONValue] {
    lab.network.apiList(ObjectLab.resource("Pod"), namespace: "default", at: lab.now).filter {
      $0.value(at: "metadata", "labels", "app")?.text == app
    }
  }

  @Test func aNewTemplateReplacesThePods() throws {
    var lab = try ObjectLab()
    let before = pods(lab, app: "webpod")
    try lab.patch(
      "Deployment", "webpod",
      "{spec: {template: {spec: {containers: [{name: webpod, image: \"traefik/whoami:v1.10\"}]}}}}")
    let after = pods(lab, app: "webpod")
    #expect(after.count == 3)
    let names = Set(before.compactMap { $0.value(at: "metadata", "name") })
    #expect(after.allSatisfy { !names.contains($0.value(at: "metadata", "name") ?? .null) })
    #expect(
      after.allSatisfy {
        $0.value(at: "spec", "containers")?.elements.first?["image"] == "traefik/whoami:v1.10"
      })
    let deployment = try lab.get("Deployment", "webpod")
    #expect(deployment.value(at: "metadata", "generation") == 2)
    #expect(deployment.value(at: "metadata", "annotations", "deployment.kubernetes.io/revision") == "2")
    #expect(lab.names("ReplicaSet", namespace: "default").count == 2)
  }

  @Test func anEarlierTemplateIsTakenUpAgain() throws {
    var lab = try ObjectLab()
    for image in ["traefik/whoami:v1.10", "traefik/whoami"] {
      try lab.patch(
        "Deployment", "webpod",
        "{spec: {template: {spec: {containers: [{name: webpod, image: \"\(image)\"}]}}}}")
    }
    let replicaSets = lab.network.apiList(ObjectLab.resource("ReplicaSet"), namespace: "default", at: lab.now)
    #expect(replicaSets.count == 2)
    let current = try #require(replicaSets.first { $0.value(at: "spec", "replicas") == 3 })
    #expect(current.value(at: "metadata", "annotations", "deployment.kubernetes.io/revision") == "3")
    #expect(current.value(at: "metadata", "name") == "webpod-697b545f57")
  }

  @Test func aDeletedPodIsMadeAnew() throws {
    var lab = try ObjectLab()
    let old = try lab.delete("Pod", "webpod-697b545f57-t87x7")
    let after = pods(lab, app: "webpod")
    #expect(after.count == 3)
    #expect(
      !after.contains {
        $0.value(at: "metadata", "name") == old.value(at: "metadata", "name")
          || $0.value(at: "status", "podIP") == old.value(at: "status", "podIP")
      })
  }

  @Test func aPodWithOtherLabelsLeavesItsReplicaSetAndService() throws {
    var lab = try ObjectLab()
    let changed = try lab.patch("Pod", "webpod-697b545f57-t87x7", "{metadata: {labels: {app: aside}}}")
    #expect(changed.value(at: "metadata", "ownerReferences") == nil)
    #expect(pods(lab, app: "webpod").count == 3)
    let addresses =
      try lab.get("Endpoints", "webpod")["subsets"]?.elements.first?["addresses"]?.elements ?? []
    #expect(addresses.count == 3)
    #expect(!addresses.contains { $0["ip"] == "172.20.0.121" })
  }

  @Test func scaling() throws {
    var lab = try ObjectLab()
    _ = try lab.network.apply(
      .scale(ObjectLab.resource("Deployment"), namespace: "default", name: "webpod", replicas: 1), at: lab.now
    )
    #expect(pods(lab, app: "webpod").count == 1)
    #expect(try lab.get("Deployment", "webpod").value(at: "spec", "replicas") == 1)
  }

  @Test func theSelectorStays() throws {
    var lab = try ObjectLab()
    #expect(throws: APIError.self) {
      try lab.patch(
        "Deployment", "webpod", .merge,
        "{spec: {selector: {matchLabels: {app: b}}, template: {metadata: {labels: {app: b}}}}}")
    }
  }

  @Test func aRolloutRestartOfTheAgentsGivesThemTheReleasesValues() throws {
    var lab = try ObjectLab()
    try lab.network.apply(
      .setHelmValues([HelmSetting(path: "l2announcements.enabled", value: .bool(true))], restart: .none),
      at: lab.now)
    #expect(lab.network.cluster?.nodes.allSatisfy { $0.agent?.settings.l2Announcements == false } == true)
    try lab.patch(
      "DaemonSet", "cilium", namespace: "kube-system",
      "{spec: {template: {metadata: {annotations: {kubectl.kubernetes.io/restartedAt: now}}}}}")
    lab.network.comeToRest()
    #expect(lab.network.cluster?.nodes.allSatisfy { $0.agent?.settings.l2Announcements == true } == true)
  }

  @Test func podsThatKeepAwayFromEachOther() throws {
    var lab = try ObjectLab()
    try lab.run(
      "apart", spec: "replicas: 4,",
      pods: """
        affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [
          {labelSelector: {matchExpressions: [{key: app, operator: In, values: [apart]}]},
           topologyKey: kubernetes.io/hostname}]}},
        """)
    let nodes = pods(lab, app: "apart").map { $0.value(at: "spec", "nodeName")?.text }
    #expect(Set(nodes.compactMap(\.self)).count == 3)
    #expect(nodes.filter { $0 == nil }.count == 1)
    let pending = try #require(pods(lab, app: "apart").first { $0.value(at: "spec", "nodeName") == nil })
    #expect(pending.value(at: "status", "phase") == "Pending")
    #expect(
      pending.value(at: "status", "conditions")?.elements.first?["message"]?.text
        == "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules. "
        + "preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.")
  }

  @Test func noPodGoesToACordonedNode() throws {
    var lab = try ObjectLab()
    try lab.patch("Node", "k8s-w1", "{spec: {unschedulable: true}}")
    try lab.create(
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: many}
      spec:
        replicas: 6
        selector: {matchLabels: {app: many}}
        template: {metadata: {labels: {app: many}}, spec: {containers: [{name: a, image: traefik/whoami}]}}
      """)
    let nodes = Set(pods(lab, app: "many").compactMap { $0.value(at: "spec", "nodeName")?.text })
    #expect(nodes == ["k8s-ctr", "k8s-w0"])
  }
}

import NetModel

/// Source: kubectl `pkg/describe/describe.go` (`describeDeployment`, `describeDaemonSet`,
/// `describeReplicaSet`).
extension Describing {
  func describeDeployment(_ document: JSONValue, _ text: inout DescribeText) {
    let spec = document["spec"]
    text.heading(document)
    text.field(
      "CreationTimestamp", DescribeText.time(document.value(at: "metadata", "creationTimestamp")?.text))
    text.labels(document)
    text.annotations(document)
    text.field("Selector", LabelText.selector(spec?["selector"]))
    func count(_ field: String) -> Int { document.value(at: "status", field)?.integer ?? 0 }
    text.field(
      "Replicas",
      "\(spec?["replicas"]?.integer ?? 1) desired | \(count("updatedReplicas")) updated | "
        + "\(count("replicas")) total | \(count("availableReplicas")) available | "
        + "\(count("unavailableReplicas")) unavailable")
    text.field("StrategyType", spec?.value(at: "strategy", "type")?.text ?? "")
    text.field("MinReadySeconds", String(spec?["minReadySeconds"]?.integer ?? 0))
    if let update = spec?.value(at: "strategy", "rollingUpdate") {
      text.field(
        "RollingUpdateStrategy",
        "\(update["maxUnavailable"]?.goText ?? "") max unavailable, \(update["maxSurge"]?.goText ?? "") max surge"
      )
    }
    PodSpecText.describeTemplate(spec?["template"], to: &text)
    describeConditions(document.value(at: "status", "conditions")?.elements ?? [], &text)
    describeReplicaSets(of: document, &text)
    text.events()
  }

  private func describeConditions(_ conditions: [JSONValue], _ text: inout DescribeText) {
    if conditions.isEmpty { return }
    text.line(0, "Conditions:")
    text.line(1, "Type\tStatus\tReason")
    text.line(1, "----\t------\t------")
    for condition in conditions {
      let cells = ["type", "status", "reason"].map { condition[$0]?.text ?? "" }
      text.line(1, "\(cells[0]) \t\(cells[1])\t\(cells[2])")
    }
  }

  private func describeReplicaSets(of document: JSONValue, _ text: inout DescribeText) {
    let owned = objects("replicasets", document.objectNamespace).filter { set in
      set.value(at: "metadata", "ownerReferences")?.elements.contains {
        $0["uid"] == document.value(at: "metadata", "uid")
      } == true
    }
    let revision = document.value(at: "metadata", "annotations", "deployment.kubernetes.io/revision")
    let isNew: (JSONValue) -> Bool = {
      $0.value(at: "metadata", "annotations", "deployment.kubernetes.io/revision") == revision
    }
    func names(_ sets: [JSONValue]) -> String {
      sets.map { set in
        let wanted = set.value(at: "spec", "replicas")?.integer ?? 0
        return
          "\(set.objectName) (\(set.value(at: "status", "replicas")?.integer ?? 0)/\(wanted) replicas created)"
      }.joined(separator: ", ").orNone
    }
    text.field("OldReplicaSets", names(owned.filter { !isNew($0) }))
    text.field("NewReplicaSet", names(owned.filter(isNew)))
  }

  func describeReplicaSet(_ document: JSONValue, _ text: inout DescribeText) {
    text.heading(document)
    text.field("Selector", LabelText.selector(document.value(at: "spec", "selector")))
    text.labels(document)
    text.annotations(document)
    if let controller = DescribeText.controller(of: document) { text.field("Controlled By", controller) }
    let current = document.value(at: "status", "replicas")?.integer ?? 0
    text.field(
      "Replicas", "\(current) current / \(document.value(at: "spec", "replicas")?.integer ?? 1) desired")
    text.field("Pods Status", podCounts(of: document))
    PodSpecText.describeTemplate(document.value(at: "spec", "template"), to: &text)
    text.events()
  }

  func describeDaemonSet(_ document: JSONValue, _ text: inout DescribeText) {
    text.heading(document)
    text.field("Selector", LabelText.selector(document.value(at: "spec", "selector")))
    text.field(
      "Node-Selector", LabelText.labels(document.value(at: "spec", "template", "spec", "nodeSelector")))
    text.labels(document)
    text.annotations(document)
    let counts = [
      ("Desired Number of Nodes Scheduled", "desiredNumberScheduled"),
      ("Current Number of Nodes Scheduled", "currentNumberScheduled"),
      ("Number of Nodes Scheduled with Up-to-date Pods", "updatedNumberScheduled"),
      ("Number of Nodes Scheduled with Available Pods", "numberAvailable"),
      ("Number of Nodes Misscheduled", "numberMisscheduled"),
    ]
    for (name, field) in counts {
      text.line(0, "\(name): \(document.value(at: "status", field)?.integer ?? 0)")
    }
    text.field("Pods Status", podCounts(of: document))
    PodSpecText.describeTemplate(document.value(at: "spec", "template"), to: &text)
    text.events()
  }

  private func podCounts(of document: JSONValue) -> String {
    let pods = objects("pods", document.objectNamespace).filter { pod in
      pod.value(at: "metadata", "ownerReferences")?.elements.contains {
        $0["uid"] == document.value(at: "metadata", "uid") && $0["controller"]?.boolean == true
      } == true
    }
    func count(_ phase: String) -> Int { pods.count { $0.value(at: "status", "phase")?.text == phase } }
    return "\(count("Running")) Running / \(count("Pending")) Waiting / \(count("Succeeded")) Succeeded / "
      + "\(count("Failed")) Failed"
  }
}

import NetModel

/// Source: Kubernetes `apps/v1/types.go`, `pkg/apis/apps/v1/defaults.go`,
/// `pkg/controller/deployment/sync.go`, `pkg/controller/daemon/daemon_controller.go`.
extension DocumentWriter {
  func document(of workload: Workload) -> JSONValue {
    let annotations = workload.record.manifest?.value(at: "metadata", "annotations")
    let revision = JSONValue.Member(
      "annotations",
      (annotations ?? .object([])).setting(
        [
          workload.id.kind == .deployment
            ? "deployment.kubernetes.io/revision" : "deprecated.daemonset.template.generation"
        ],
        to: .string(
          String(workload.id.kind == .deployment ? workload.revisionNumber : workload.record.generation))))
    return document(
      workload.documentID, created: workload.created, record: workload.record, labels: workload.labels,
      spec: spec(of: workload), status: status(of: workload), metadata: [revision])
  }

  private func spec(of workload: Workload) -> JSONValue {
    var spec = workload.record.manifest?["spec"] ?? .object([])
    spec["selector"] = spec["selector"] ?? .fields(["matchLabels": workload.selector.document])
    spec["template"] = template(of: workload, sent: spec["template"])
    spec = spec.filling(["revisionHistoryLimit": 10])
    if workload.id.kind == .daemonSet {
      return spec.filling([
        "updateStrategy": .fields([
          "rollingUpdate": .fields(["maxSurge": 0, "maxUnavailable": 1]), "type": "RollingUpdate",
        ])
      ])
    }
    spec["replicas"] = .number(workload.replicas)
    return spec.filling([
      "progressDeadlineSeconds": 600,
      "strategy": .fields([
        "rollingUpdate": .fields(["maxSurge": "25%", "maxUnavailable": "25%"]), "type": "RollingUpdate",
      ]),
    ])
  }

  func template(of workload: Workload, sent: JSONValue?) -> JSONValue {
    var metadata = sent?["metadata"] ?? .object([])
    metadata["labels"] = workload.template.labels.document
    metadata["creationTimestamp"] = .null
    return .fields([
      "metadata": metadata, "spec": (workload.template.manifest ?? workload.template.spec).withPodDefaults,
    ])
  }

  private func status(of workload: Workload) -> JSONValue {
    let pods = cluster.countedPods(of: workload.id)
    let ready = pods.count { cluster.isReady($0) }
    let updated = workload.hasTakenUpTemplate ? pods.count { $0.revision == workload.templateHash } : 0
    var status = workload.record.status ?? .object([])
    if workload.id.kind == .daemonSet {
      let nodes = Set(cluster.daemonNodes(of: workload).map(\.id))
      let wanted = nodes.count
      for (name, count) in [
        ("currentNumberScheduled", pods.count), ("desiredNumberScheduled", wanted),
        ("numberAvailable", ready),
        ("numberMisscheduled", pods.count { $0.node.map { !nodes.contains($0) } ?? false }),
        ("numberReady", ready), ("updatedNumberScheduled", updated),
        ("observedGeneration", workload.record.generation),
      ] { status[name] = .number(count) }
      status["numberUnavailable"] = ready < wanted ? .number(wanted - ready) : nil
      return status
    }
    func count(_ number: Int) -> JSONValue? { number == 0 ? nil : .number(number) }
    status["availableReplicas"] = count(ready)
    status["observedGeneration"] = .number(workload.record.generation)
    status["readyReplicas"] = count(ready)
    status["replicas"] = count(pods.count)
    status["unavailableReplicas"] = count(max(0, workload.replicas - ready))
    status["updatedReplicas"] = count(updated)
    status["conditions"] = deploymentConditions(of: workload, ready: ready)
    return status
  }

  private func deploymentConditions(of workload: Workload, ready: Int) -> JSONValue {
    let bounds = workload.strategy.bounds(of: workload.replicas, kind: .deployment)
    let isAvailable = ready >= workload.replicas - bounds.unavailable
    let times = ["lastTransitionTime", "lastUpdateTime"]
    let available = condition(
      "Available", isAvailable,
      reason: isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
      message: isAvailable
        ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
      since: workload.created, times: times)
    let progress = progress(of: workload)
    let replicaSet = workload.owner(ofPodsOf: workload.templateHash).name
    let progressing = condition(
      "Progressing", progress != .late, reason: progress.rawValue,
      message: "ReplicaSet \"\(replicaSet)\" \(progress.words)", since: workload.created, times: times)
    return [available, progressing]
  }

  /// How far a rollout is; the raw value is the condition's reason.
  private enum Progress: String {
    case complete = "NewReplicaSetAvailable"
    case underWay = "ReplicaSetUpdated"
    case late = "ProgressDeadlineExceeded"

    var words: String {
      switch self {
      case .complete: "has successfully progressed."
      case .underWay: "is progressing."
      case .late: "has timed out progressing."
      }
    }
  }

  private func progress(of workload: Workload) -> Progress {
    if cluster.isComplete(workload) { return .complete }
    let isLate = cluster.progressDeadline(of: workload.id).map { now >= $0 } ?? false
    return isLate ? .late : .underWay
  }

  func replicaSet(_ revision: Workload.Revision, of workload: Workload) -> JSONValue {
    let owner = workload.owner(ofPodsOf: revision.hash)
    let pods = cluster.pods(of: workload.id).filter {
      $0.revision == revision.hash && !$0.isDetached && $0.termination == nil
    }
    let ready = pods.count { cluster.isReady($0) }
    var labels = revision.template.labels
    labels["pod-template-hash"] = revision.hash
    var selector =
      workload.record.manifest?.value(at: "spec", "selector")
      ?? .fields(["matchLabels": workload.selector.document])
    selector = selector.setting(["matchLabels", "pod-template-hash"], to: .string(revision.hash))
    let spec = JSONValue.fields([
      "replicas": .number(revision.replicas), "selector": selector,
      "template": .fields([
        "metadata": .fields(["creationTimestamp": .null, "labels": labels.document]),
        "spec": (revision.template.manifest ?? revision.template.spec).withPodDefaults,
      ]),
    ])
    let status = JSONValue.fields([
      "availableReplicas": ready == 0 ? nil : .number(ready),
      "fullyLabeledReplicas": pods.isEmpty ? nil : .number(pods.count),
      "observedGeneration": 1, "readyReplicas": ready == 0 ? nil : .number(ready),
      "replicas": .number(pods.count),
    ])
    let annotations: JSONValue = .fields([
      "deployment.kubernetes.io/desired-replicas": .string(String(workload.replicas)),
      "deployment.kubernetes.io/max-replicas": .string(
        String(
          workload.replicas + workload.strategy.bounds(of: workload.replicas, kind: .deployment).surge)),
      "deployment.kubernetes.io/revision": .string(String(revision.number)),
    ])
    return document(
      owner, created: revision.created, record: ObjectRecord(), labels: labels, spec: spec, status: status,
      metadata: [
        .init("annotations", annotations),
        .init("ownerReferences", [ownerReference(workload.documentID, workload.created)]),
      ])
  }
}

extension Workload {
  package var documentID: DocumentID {
    DocumentID(kind: id.kind.rawValue, namespace: id.namespace, name: id.name)
  }

  /// The object that controls the pods of a revision: the DaemonSet itself, a Deployment's ReplicaSet.
  func owner(ofPodsOf revision: String?) -> DocumentID {
    guard id.kind == .deployment, let revision else { return documentID }
    return DocumentID(kind: "ReplicaSet", namespace: id.namespace, name: "\(id.name)-\(revision)")
  }

  func creation(ofPodsOf revision: String?) -> Creation {
    guard id.kind == .deployment else { return created }
    return revisions.first { $0.hash == revision }?.created ?? created
  }
}

import NetModel

/// Source: Kubernetes `core/v1/types.go`, `PodSpec`, `PodStatus`; `pkg/apis/core/v1/defaults.go`,
/// `SetDefaults_PodSpec`; plugins `serviceaccount`, `defaulttolerationseconds`, `priority`.
extension DocumentWriter {
  func document(of pod: Pod) -> JSONValue {
    document(
      pod.documentID, created: pod.created, record: pod.record, labels: labels(of: pod), spec: spec(of: pod),
      status: status(of: pod), metadata: ownership(of: pod))
  }

  /// The labels as the API shows them: with those that the pod's controller adds.
  func labels(of pod: Pod) -> Labels {
    var labels = pod.template.labels
    guard let revision = pod.revision else { return labels }
    switch pod.workload.kind {
    case .deployment: labels["pod-template-hash"] = revision
    case .daemonSet:
      labels["controller-revision-hash"] = revision
      labels["pod-template-generation"] = String(cluster.workload(pod.workload)?.record.generation ?? 1)
    case .pod: break
    }
    return labels
  }

  private func ownership(of pod: Pod) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    if let termination = pod.termination {
      let end = WallTime(termination.since + termination.gracePeriod, since: cluster.startTime)
      members.append(
        .init("deletionGracePeriodSeconds", .number(Int(termination.gracePeriod.components.seconds))))
      members.append(.init("deletionTimestamp", .string(end.description)))
    }
    if !pod.template.annotations.isEmpty {
      members.append(.init("annotations", pod.template.annotations.document))
    }
    guard let workload = cluster.workload(pod.workload), !pod.isDetached else { return members }
    let owner = workload.owner(ofPodsOf: pod.revision)
    members.append(.init("generateName", .string(owner.name + "-")))
    members.append(
      .init("ownerReferences", [ownerReference(owner, workload.creation(ofPodsOf: pod.revision))]))
    return members
  }

  private func spec(of pod: Pod) -> JSONValue {
    var spec = (pod.template.manifest ?? pod.template.spec).withPodDefaults
    spec["nodeName"] = pod.node.map { .string($0.name) }
    spec["enableServiceLinks"] = spec["enableServiceLinks"] ?? true
    spec["preemptionPolicy"] = spec["preemptionPolicy"] ?? "PreemptLowerPriority"
    spec["priority"] = spec["priority"] ?? 0
    let account = spec["serviceAccountName"] ?? "default"
    spec["serviceAccount"] = account
    spec["serviceAccountName"] = account
    let given = spec["tolerations"]?.elements ?? []
    spec["tolerations"] = .array(given + DocumentWriter.addedTolerations(beside: given))
    return spec
  }

  private static func addedTolerations(beside given: [JSONValue]) -> [JSONValue] {
    ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].compactMap { key in
      let isTolerated = given.contains { toleration in
        (toleration["key"] == nil || toleration["key"] == .string(key))
          && (toleration["effect"] == nil || toleration["effect"] == "NoExecute")
      }
      return isTolerated
        ? nil
        : .fields([
          "effect": "NoExecute", "key": .string(key), "operator": "Exists", "tolerationSeconds": 300,
        ])
    }
  }

  private func status(of pod: Pod) -> JSONValue {
    var status = pod.record.status ?? .object([])
    let containers = pod.template.containers
    let isReady = cluster.isServing(pod)
    let unready =
      isReady ? nil : "containers with unready status: [\(containers.map(\.name).joined(separator: " "))]"
    let node = pod.node.flatMap { cluster.node($0) }
    status["phase"] = status["phase"] ?? (cluster.isRunning(pod) ? "Running" : "Pending")
    status["qosClass"] = status["qosClass"] ?? "BestEffort"
    guard node != nil else {
      status["conditions"] = [
        condition(
          "PodScheduled", false, reason: "Unschedulable",
          message: cluster.unschedulableMessage(for: pod, in: network),
          since: pod.created)
      ]
      return status
    }
    status["conditions"] =
      status["conditions"]
      ?? [
        condition("PodReadyToStartContainers", cluster.isRunning(pod), since: pod.created),
        condition("Initialized", true, since: pod.created),
        condition(
          "Ready", isReady, reason: isReady ? nil : "ContainersNotReady", message: unready, since: pod.created
        ),
        condition(
          "ContainersReady", isReady, reason: isReady ? nil : "ContainersNotReady", message: unready,
          since: pod.created),
        condition("PodScheduled", true, since: pod.created),
      ]
    status["containerStatuses"] =
      status["containerStatuses"] ?? .array(containers.map { containerStatus($0, of: pod, isReady: isReady) })
    if let node {
      status["hostIP"] = .string(node.address.description)
      status["hostIPs"] = [.fields(["ip": .string(node.address.description)])]
    }
    if let address = cluster.address(of: pod) {
      status["podIP"] = .string(address.description)
      status["podIPs"] = [.fields(["ip": .string(address.description)])]
    }
    status["startTime"] = .string(time(of: pod.created))
    return status
  }

  private func containerStatus(
    _ container: PodTemplate.Container, of pod: Pod, isReady: Bool
  ) -> JSONValue {
    let isRunning = cluster.isRunning(pod)
    var draw = Draw(
      seed: network.seed, for: "container", pod.id.description, container.name, String(pod.created.order))
    let number = "containerd://" + draw.hexDigits(length: 64)
    let state: JSONValue =
      isRunning
      ? .fields(["running": .fields(["startedAt": .string(time(of: pod.created))])])
      : .fields(["waiting": .fields(["reason": "ContainerCreating"])])
    return .fields([
      "containerID": isRunning ? .string(number) : nil, "image": .string(container.image), "imageID": "",
      "lastState": .object([]), "name": .string(container.name), "ready": .bool(isReady),
      "restartCount": .number(pod.restarts), "started": .bool(isRunning), "state": state,
    ])
  }
}

extension Pod {
  package var documentID: DocumentID { DocumentID(kind: "Pod", namespace: id.namespace, name: id.name) }
}

extension PodTemplate {
  /// The `spec` of a template that no manifest tells of.
  var spec: JSONValue {
    .fields([
      "containers": .array(containers.map(\.document)),
      "hostNetwork": usesHostNetwork ? true : nil,
    ])
  }
}

extension PodTemplate.Container {
  fileprivate var document: JSONValue {
    let ports = ports.map { port -> JSONValue in
      .fields([
        "containerPort": .number(Int(port.number)), "name": port.name.isEmpty ? nil : .string(port.name),
        "protocol": .string(port.transport.name),
      ])
    }
    return .fields([
      "args": arguments.isEmpty ? nil : .texts(arguments), "command": command.isEmpty ? nil : .texts(command),
      "image": .string(image), "name": .string(name), "ports": ports.isEmpty ? nil : .array(ports),
    ])
  }
}

import NetModel

/// Source: Kubernetes `core/v1/types.go`, `NodeStatus`; `pkg/kubelet/nodestatus/setters.go`.
extension DocumentWriter {
  func document(of node: ClusterNode) -> JSONValue {
    document(
      node.documentID, created: node.created, record: node.record, labels: node.labels, spec: spec(of: node),
      status: status(of: node))
  }

  private func spec(of node: ClusterNode) -> JSONValue {
    var spec = node.record.manifest?["spec"] ?? .object([])
    if let podCIDR = node.kubernetesPodCIDR {
      spec["podCIDR"] = .string(podCIDR.description)
      spec["podCIDRs"] = .texts([podCIDR.description])
    }
    return spec
  }

  private func status(of node: ClusterNode) -> JSONValue {
    var status = node.record.status ?? .object([])
    status["addresses"] = [
      .fields(["address": .string(node.address.description), "type": "InternalIP"]),
      .fields(["address": .string(node.id.name), "type": "Hostname"]),
    ]
    status["conditions"] = .array(conditions(of: node))
    status["daemonEndpoints"] = .fields(["kubeletEndpoint": .fields(["Port": 10250])])
    let software = cluster.software
    status["nodeInfo"] = .fields([
      "architecture": .string(software.architecture),
      "containerRuntimeVersion": .string(software.containerRuntime),
      "kernelVersion": .string(software.kernel), "kubeletVersion": .string(software.kubernetes),
      "operatingSystem": "linux", "osImage": .string(software.operatingSystem),
    ])
    return status
  }

  private func conditions(of node: ClusterNode) -> [JSONValue] {
    let isUp = network.machine(node.id)?.isUp == true
    let times = ["lastHeartbeatTime", "lastTransitionTime"]
    func kubelet(_ type: String, _ reason: String, _ message: String, _ status: Bool) -> JSONValue {
      if isUp {
        return condition(type, status, reason: reason, message: message, since: node.created, times: times)
      }
      return condition(
        type, false, reason: "NodeStatusUnknown", message: "Kubelet stopped posting node status.",
        since: node.created, times: times
      ).setting(["status"], to: "Unknown")
    }
    let network =
      node.agent == nil
      ? []
      : [
        condition(
          "NetworkUnavailable", false, reason: "CiliumIsUp", message: "Cilium is running on this node",
          since: node.created, times: times)
      ]
    return network + [
      kubelet(
        "MemoryPressure", "KubeletHasSufficientMemory", "kubelet has sufficient memory available", false),
      kubelet("DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure", false),
      kubelet("PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available", false),
      kubelet("Ready", "KubeletReady", "kubelet is posting ready status", true),
    ]
  }

  func document(of namespace: Namespace) -> JSONValue {
    var labels = namespace.labels
    labels["kubernetes.io/metadata.name"] = namespace.name
    return document(
      DocumentID(kind: "Namespace", name: namespace.name), created: namespace.created,
      record: namespace.record,
      labels: labels, spec: .fields(["finalizers": ["kubernetes"]]), status: .fields(["phase": "Active"]))
  }

  func document(of policy: Policy) -> JSONValue {
    document(
      policy.documentID, created: policy.created, record: policy.record,
      labels: Labels(document: policy.record.manifest?.value(at: "metadata", "labels")))
  }
}

extension Policy {
  package var documentID: DocumentID {
    DocumentID(kind: id.kind.rawValue, namespace: id.namespace, name: id.name)
  }
}

extension ClusterNode {
  package var documentID: DocumentID { DocumentID(kind: "Node", name: id.name) }
}

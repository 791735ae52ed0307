import NetModel

/// Source: kubectl `pkg/describe/describe.go` (`describeNode`, `describeNodeResource`).
extension Describing {
  func describeNode(_ document: JSONValue, _ text: inout DescribeText) {
    text.heading(document, isNamespaced: false)
    text.field("Roles", NodeText.roles(document).joined(separator: ",").orNone)
    text.labels(document)
    text.annotations(document)
    text.field(
      "CreationTimestamp", DescribeText.time(document.value(at: "metadata", "creationTimestamp")?.text))
    let taints = (document.value(at: "spec", "taints")?.elements ?? []).map { taint in
      let value = taint["value"]?.text.map { "=\($0)" } ?? ""
      return "\(taint["key"]?.text ?? "")\(value):\(taint["effect"]?.text ?? "")"
    }
    text.fields("Taints", taints)
    text.field("Unschedulable", String(document.value(at: "spec", "unschedulable")?.boolean == true))
    describeLease(of: document.objectName, &text)
    describeNodeConditions(document, &text)
    text.line(0, "Addresses:")
    for address in document.value(at: "status", "addresses")?.elements ?? [] {
      text.field(address["type"]?.text ?? "", address["address"]?.text ?? "", level: 1)
    }
    describeCapacity("Capacity", document.value(at: "status", "capacity"), &text)
    describeCapacity("Allocatable", document.value(at: "status", "allocatable"), &text)
    describeSystem(document, &text)
    if let block = document.value(at: "spec", "podCIDR")?.text {
      text.field("PodCIDR", block)
      let blocks = document.value(at: "spec", "podCIDRs")?.elements ?? []
      text.field("PodCIDRs", blocks.compactMap(\.text).joined(separator: ","))
    }
    NodeResources(of: document, pods: pods(on: document.objectName), now: wallTime).describe(to: &text)
    text.events()
  }

  private func pods(on node: String) -> [JSONValue] {
    objects("pods", nil).filter { pod in
      pod.value(at: "spec", "nodeName")?.text == node
        && !["Succeeded", "Failed"].contains(pod.value(at: "status", "phase")?.text)
    }
  }

  private func describeLease(of node: String, _ text: inout DescribeText) {
    guard let lease = objects("leases", "kube-node-lease").first(where: { $0.objectName == node }) else {
      return text.field("Lease", "Failed to get lease: leases.coordination.k8s.io \"\(node)\" not found")
    }
    text.line(0, "Lease:")
    text.field("HolderIdentity", lease.value(at: "spec", "holderIdentity")?.text ?? "<unset>", level: 1)
    for (name, field) in [("AcquireTime", "acquireTime"), ("RenewTime", "renewTime")] {
      text.field(name, DescribeText.time(lease.value(at: "spec", field)?.text), level: 1)
    }
  }

  private func describeNodeConditions(_ document: JSONValue, _ text: inout DescribeText) {
    let conditions = document.value(at: "status", "conditions")?.elements ?? []
    if conditions.isEmpty { return }
    text.line(0, "Conditions:")
    text.line(1, "Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage")
    text.line(1, "----\t------\t-----------------\t------------------\t------\t-------")
    for condition in conditions {
      let times = ["lastHeartbeatTime", "lastTransitionTime"].map { DescribeText.time(condition[$0]?.text) }
      text.line(
        1,
        "\(condition["type"]?.text ?? "") \t\(condition["status"]?.text ?? "") \t\(times[0]) \t\(times[1]) \t"
          + "\(condition["reason"]?.text ?? "") \t\(condition["message"]?.text ?? "")")
    }
  }

  private func describeCapacity(_ name: String, _ amounts: JSONValue?, _ text: inout DescribeText) {
    let members = amounts?.members ?? []
    if members.isEmpty { return }
    text.line(0, "\(name):")
    for member in members.sorted(by: { $0.name < $1.name }) {
      text.field(member.name, member.value.goText, level: 1)
    }
  }

  private func describeSystem(_ document: JSONValue, _ text: inout DescribeText) {
    text.line(0, "System Info:")
    let fields = [
      ("Machine ID", "machineID"), ("System UUID", "systemUUID"), ("Boot ID", "bootID"),
      ("Kernel Version", "kernelVersion"), ("OS Image", "osImage"), ("Operating System", "operatingSystem"),
      ("Architecture", "architecture"), ("Container Runtime Version", "containerRuntimeVersion"),
      ("Kubelet Version", "kubeletVersion"), ("Kube-Proxy Version", "kubeProxyVersion"),
    ]
    for (name, field) in fields { text.field(name, NodeText.info(field, of: document) ?? "", level: 1) }
  }
}

/// What the pods on a node ask for, and what the node has.
private struct NodeResources {
  private let node: JSONValue
  private let pods: [JSONValue]
  private let now: WallTime

  init(of node: JSONValue, pods: [JSONValue], now: WallTime) {
    self.node = node
    self.pods = pods
    self.now = now
  }

  func describe(to text: inout DescribeText) {
    text.field("Non-terminated Pods", "(\(pods.count) in total)")
    text.line(1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge")
    text.line(1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---")
    for pod in pods {
      let cells = ["cpu", "memory"].flatMap { name in
        ["requests", "limits"].map { share(sum(name, $0, of: [pod]), of: name) }
      }
      let age = TableContext(now: now).age(of: pod.value(at: "metadata", "creationTimestamp")?.text)
      text.line(
        1,
        "\(pod.objectNamespace)\t\(pod.objectName)\t\t\(cells.joined(separator: "\t"))\t\(age)")
    }
    text.line(0, "Allocated resources:")
    text.line(0, "  (Total limits may be over 100 percent, i.e., overcommitted.)")
    text.line(1, "Resource\tRequests\tLimits")
    text.line(1, "--------\t--------\t------")
    for name in ["cpu", "memory", "ephemeral-storage"] {
      let cells = ["requests", "limits"].map { share(sum(name, $0, of: pods), of: name) }
      text.line(1, "\(name)\t\(cells[0])\t\(cells[1])")
    }
  }

  private func share(_ amount: ResourceQuantity, of name: String) -> String {
    let all = ResourceQuantity(node.value(at: "status", "allocatable", name)?.goText ?? "0")
    return "\(amount.text) (\(amount.percent(of: all))%)"
  }

  private func sum(_ name: String, _ kind: String, of pods: [JSONValue]) -> ResourceQuantity {
    let containers = pods.flatMap { $0.value(at: "spec", "containers")?.elements ?? [] }
    return containers.reduce(ResourceQuantity("0")) { sum, container in
      sum + ResourceQuantity(container.value(at: "resources", kind, name)?.goText ?? "0")
    }
  }
}

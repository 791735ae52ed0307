import NetModel

/// Source: kubectl `pkg/describe/describe.go` (`describePod`, `DescribePodTemplate`).
extension Describing {
  func describePod(_ document: JSONValue, _ text: inout DescribeText) {
    let spec = document["spec"]
    let status = document["status"]
    text.heading(document)
    text.field("Priority", String(spec?["priority"]?.integer ?? 0))
    if let name = spec?["priorityClassName"]?.text { text.field("Priority Class Name", name) }
    text.field("Service Account", spec?["serviceAccountName"]?.text ?? "")
    if let node = spec?["nodeName"]?.text {
      text.field("Node", "\(node)/\(status?["hostIP"]?.text ?? "")")
    } else {
      text.field("Node", "<none>")
    }
    if let time = status?["startTime"]?.text { text.field("Start Time", DescribeText.time(time)) }
    text.labels(document)
    text.annotations(document)
    if let deletion = document.value(at: "metadata", "deletionTimestamp")?.text {
      text.field("Status", "Terminating (lasts \(TableContext(now: wallTime).age(of: deletion)))")
      let seconds = document.value(at: "metadata", "deletionGracePeriodSeconds")?.integer ?? 30
      text.field("Termination Grace Period", "\(seconds)s")
    } else {
      text.field("Status", status?["phase"]?.text ?? "")
    }
    for name in ["Reason", "Message"] {
      if let value = status?[name.lowercased()]?.text, !value.isEmpty { text.field(name, value) }
    }
    describeAddresses(status, &text)
    if let controller = DescribeText.controller(of: document) { text.field("Controlled By", controller) }
    describeContainers(document, &text)
    describeConditions(status?["conditions"]?.elements ?? [], &text)
    PodSpecText.describeVolumes(spec?["volumes"]?.elements ?? [], space: "", to: &text)
    if let quality = status?["qosClass"]?.text { text.field("QoS Class", quality) }
    PodSpecText.describePlacement(spec, space: "", to: &text)
    text.events()
  }

  private func describeAddresses(_ status: JSONValue?, _ text: inout DescribeText) {
    text.field("IP", status?["podIP"]?.text ?? "")
    let addresses = status?["podIPs"]?.elements ?? []
    if addresses.isEmpty { return text.field("IPs", "<none>") }
    text.line(0, "IPs:")
    for address in addresses { text.field("IP", address["ip"]?.text ?? "", level: 1) }
  }

  private func describeContainers(_ document: JSONValue, _ text: inout DescribeText) {
    let initial = document.value(at: "spec", "initContainers")?.elements ?? []
    if !initial.isEmpty {
      ContainerText.describe(
        "Init Containers", initial,
        statuses: document.value(at: "status", "initContainerStatuses")?.elements ?? [],
        of: document, space: "", to: &text)
    }
    ContainerText.describe(
      "Containers", document.value(at: "spec", "containers")?.elements ?? [],
      statuses: document.value(at: "status", "containerStatuses")?.elements ?? [], of: document, space: "",
      to: &text)
  }

  private func describeConditions(_ conditions: [JSONValue], _ text: inout DescribeText) {
    if conditions.isEmpty { return }
    text.line(0, "Conditions:")
    text.line(1, "Type\tStatus")
    for condition in conditions {
      text.line(1, "\(condition["type"]?.text ?? "") \t\(condition["status"]?.text ?? "") ")
    }
  }
}

/// The parts of a pod's specification that its template has, too.
enum PodSpecText {
  /// `Pod Template:` of a workload.
  static func describeTemplate(_ template: JSONValue?, to text: inout DescribeText) {
    text.line(0, "Pod Template:")
    guard let template else { return text.line(1, "<unset>") }
    text.labels(template, level: 1)
    if template.value(at: "metadata", "annotations")?.members.isEmpty == false {
      text.annotations(template, level: 1)
    }
    let spec = template["spec"]
    if let account = spec?["serviceAccountName"]?.text { text.field("Service Account", account, level: 1) }
    if let initial = spec?["initContainers"]?.elements, !initial.isEmpty {
      ContainerText.describe("Init Containers", initial, statuses: [], of: nil, space: "  ", to: &text)
    }
    ContainerText.describe(
      "Containers", spec?["containers"]?.elements ?? [], statuses: [], of: nil, space: "  ", to: &text)
    describeVolumes(spec?["volumes"]?.elements ?? [], space: "  ", to: &text)
    describePlacement(spec, space: "  ", to: &text)
  }

  static func describeVolumes(_ volumes: [JSONValue], space: String, to text: inout DescribeText) {
    if volumes.isEmpty { return text.line(0, "\(space)Volumes:\t<none>") }
    text.line(0, "\(space)Volumes:")
    for volume in volumes {
      text.line(1, "\(space.isEmpty ? "" : " ")\(volume["name"]?.text ?? ""):")
      guard let source = volume.members.first(where: { $0.name != "name" }) else {
        text.line(2, "<unknown>")
        continue
      }
      text.field("Type", source.name.prefix(1).uppercased() + source.name.dropFirst(), level: 2)
      for member in source.value.members {
        text.field(UnstructuredText.label(for: member.name), member.value.goText, level: 2)
      }
    }
  }

  static func describePlacement(_ spec: JSONValue?, space: String, to text: inout DescribeText) {
    let selectors = (spec?["nodeSelector"]?.members ?? []).map { "\($0.name)=\($0.value.text ?? "")" }
    write("\(space)Node-Selectors", selectors, to: &text)
    write("\(space)Tolerations", (spec?["tolerations"]?.elements ?? []).map(toleration), to: &text)
  }

  private static func write(_ name: String, _ values: [String], to text: inout DescribeText) {
    text.fields(name, values)
  }

  /// Source: kubectl `pkg/describe/describe.go` (`printTolerations`).
  private static func toleration(_ toleration: JSONValue) -> String {
    var text = toleration["key"]?.text ?? ""
    if let value = toleration["value"]?.text, !value.isEmpty { text += "=\(value)" }
    if let effect = toleration["effect"]?.text, !effect.isEmpty { text += ":\(effect)" }
    if toleration["operator"]?.text == "Exists", (toleration["value"]?.text ?? "").isEmpty {
      text += text.isEmpty ? "op=Exists" : " op=Exists"
    }
    if let seconds = toleration["tolerationSeconds"]?.integer { text += " for \(seconds)s" }
    return text
  }
}

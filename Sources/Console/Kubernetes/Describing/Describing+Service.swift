import ControlPlane
import NetModel

/// Source: kubectl `pkg/describe/describe.go` (`describeService`, `describeEndpoints`,
/// `describeEndpointSliceV1`).
extension Describing {
  func describeService(_ document: JSONValue, _ text: inout DescribeText) {
    let spec = document["spec"]
    text.heading(document)
    text.labels(document)
    text.annotations(document)
    text.field("Selector", LabelText.labels(spec?["selector"]))
    text.field("Type", spec?["type"]?.text ?? "")
    if let policy = spec?["ipFamilyPolicy"]?.text { text.field("IP Family Policy", policy) }
    let families = (spec?["ipFamilies"]?.elements ?? []).compactMap(\.text)
    text.field("IP Families", families.joined(separator: ",").orNone)
    text.field("IP", spec?["clusterIP"]?.text ?? "")
    let addresses = (spec?["clusterIPs"]?.elements ?? []).compactMap(\.text)
    text.field("IPs", addresses.joined(separator: ",").orNone)
    describeOutside(document, &text)
    let slices = objects("endpointslices", document.objectNamespace).filter {
      $0.value(at: "metadata", "labels", "kubernetes.io/service-name")?.text == document.objectName
    }
    for port in spec?["ports"]?.elements ?? [] { describePort(port, slices, &text) }
    text.field("Session Affinity", spec?["sessionAffinity"]?.text ?? "")
    if let policy = spec?["externalTrafficPolicy"]?.text { text.field("External Traffic Policy", policy) }
    if let policy = spec?["internalTrafficPolicy"]?.text { text.field("Internal Traffic Policy", policy) }
    if let port = spec?["healthCheckNodePort"]?.integer, port != 0 {
      text.field("HealthCheck NodePort", String(port))
    }
    if let ranges = spec?["loadBalancerSourceRanges"]?.elements, !ranges.isEmpty {
      text.field("LoadBalancer Source Ranges", ranges.compactMap(\.text).joined(separator: ","))
    }
    text.events(eventRows(of: document))
  }

  /// Source: kubectl `pkg/describe/describe.go`, `DescribeEvents`; MetalLB `controller/service.go`, `speaker/main.go`.
  private func eventRows(of document: JSONValue) -> [[String]] {
    let id = ServiceID(namespace: document.objectNamespace, name: document.objectName)
    return events.filter { $0.service == id }.map { event in
      let then = WallTime(event.instant, since: startTime ?? .start)
      let age = HumanDuration.text(nanoseconds: wallTime.nanoseconds - then.nanoseconds)
      return switch event.kind {
      case .assigned(let addresses):
        [
          "Normal", "IPAllocated", age, "metallb-controller",
          "Assigned IP [" + addresses.map { "\"\($0)\"" }.joined(separator: " ") + "]",
        ]
      case .failed(let message): ["Warning", "AllocationFailed", age, "metallb-controller", message]
      case .announced(let node):
        [
          "Normal", "nodeAssigned", age, "metallb-speaker",
          "announcing from node \"\(node)\" with protocol \"layer2\"",
        ]
      }
    }
  }

  private func describeOutside(_ document: JSONValue, _ text: inout DescribeText) {
    let spec = document["spec"]
    let external = (spec?["externalIPs"]?.elements ?? []).compactMap(\.text)
    if !external.isEmpty { text.field("External IPs", external.joined(separator: ",")) }
    if let address = spec?["loadBalancerIP"]?.text, !address.isEmpty {
      text.field("Desired LoadBalancer IP", address)
    }
    if let name = spec?["externalName"]?.text, !name.isEmpty { text.field("External Name", name) }
    let ingress = (document.value(at: "status", "loadBalancer", "ingress")?.elements ?? []).map { entry in
      let mode = entry["ipMode"]?.text.map { " (\($0))" } ?? ""
      return (entry["ip"]?.text ?? entry["hostname"]?.text ?? "") + mode
    }
    if !ingress.isEmpty { text.field("LoadBalancer Ingress", ingress.joined(separator: ", ")) }
  }

  private func describePort(_ port: JSONValue, _ slices: [JSONValue], _ text: inout DescribeText) {
    let name = port["name"]?.text ?? ""
    let shown = name.isEmpty ? "<unset>" : name
    let transport = port["protocol"]?.text ?? "TCP"
    text.line(0, "Port:\t\(shown)\t\(port["port"]?.integer ?? 0)/\(transport)")
    text.field("TargetPort", "\(port["targetPort"]?.goText ?? "0")/\(transport)")
    if let node = port["nodePort"]?.integer, node != 0 {
      text.line(0, "NodePort:\t\(shown)\t\(node)/\(transport)")
    }
    text.field("Endpoints", Self.endpoints(slices, portName: name))
  }

  private static func endpoints(_ slices: [JSONValue], portName: String) -> String {
    if slices.isEmpty { return "<none>" }
    let all = slices.flatMap { slice -> [String] in
      let ports = (slice["ports"]?.elements ?? []).filter { ($0["name"]?.text ?? "") == portName }
      let ready = (slice["endpoints"]?.elements ?? []).filter {
        $0.value(at: "conditions", "ready")?.boolean != false
      }
      return ports.flatMap { port in
        ready.flatMap { endpoint in
          (endpoint["addresses"]?.elements ?? []).compactMap(\.text).map {
            "\($0):\(port["port"]?.integer ?? 0)"
          }
        }
      }
    }
    return EndpointText.atMost3(all, none: "")
  }

  func describeEndpoints(_ document: JSONValue, _ text: inout DescribeText) {
    text.heading(document)
    text.labels(document)
    text.annotations(document)
    text.line(0, "Subsets:")
    for subset in document["subsets"]?.elements ?? [] {
      for (name, field) in [("Addresses", "addresses"), ("NotReadyAddresses", "notReadyAddresses")] {
        let addresses = (subset[field]?.elements ?? []).compactMap { $0["ip"]?.text }
        text.field(name, addresses.joined(separator: ",").orNone, level: 1)
      }
      describePorts(subset["ports"]?.elements ?? [], level: 1, &text)
      text.line(0, "")
    }
    text.events()
  }

  private func describePorts(_ ports: [JSONValue], level: Int, _ text: inout DescribeText) {
    if ports.isEmpty { return }
    text.line(level, "Ports:")
    text.line(level + 1, "Name\tPort\tProtocol")
    text.line(level + 1, "----\t----\t--------")
    for port in ports {
      let name = port["name"]?.text ?? ""
      text.line(
        level + 1,
        "\(name.isEmpty ? "<unset>" : name)\t\(port["port"]?.integer ?? 0)\t\(port["protocol"]?.text ?? "TCP")"
      )
    }
  }

  func describeEndpointSlice(_ document: JSONValue, _ text: inout DescribeText) {
    text.heading(document)
    text.labels(document)
    text.annotations(document)
    text.field("AddressType", document["addressType"]?.text ?? "")
    let ports = document["ports"]?.elements ?? []
    if ports.isEmpty { text.field("Ports", "<unset>") } else { describePorts(ports, level: 0, &text) }
    let endpoints = document["endpoints"]?.elements ?? []
    if endpoints.isEmpty { text.field("Endpoints", "<none>") } else { text.line(0, "Endpoints:") }
    for endpoint in endpoints {
      let addresses = (endpoint["addresses"]?.elements ?? []).compactMap(\.text)
      text.line(1, "- Addresses:\t\(addresses.joined(separator: ", "))")
      text.line(2, "Conditions:")
      let ready = endpoint.value(at: "conditions", "ready")?.boolean.map(String.init) ?? "<unset>"
      text.field("Ready", ready, level: 3)
      text.field("Hostname", endpoint["hostname"]?.text ?? "<unset>", level: 2)
      if let target = endpoint["targetRef"] {
        text.field("TargetRef", "\(target["kind"]?.text ?? "")/\(target["name"]?.text ?? "")", level: 2)
      }
      text.field("NodeName", endpoint["nodeName"]?.text ?? "<unset>", level: 2)
      text.field("Zone", endpoint["zone"]?.text ?? "<unset>", level: 2)
    }
    text.events()
  }
}

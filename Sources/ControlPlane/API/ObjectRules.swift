import NetModel

/// What the API server asks of objects beyond their schema, in its words.
enum ObjectRules {
  static func causes(
    of request: APIRequest, replacing current: JSONValue?, in network: Network
  ) -> [APIError.Cause] {
    let spec = request.manifest["spec"] ?? .object([])
    switch request.resource.kind {
    case "Service":
      return ServiceRules(spec: spec, id: request.id, current: current?["spec"], network: network).causes
    case "Pod": return podCauses(spec, path: "spec") + podChanges(spec, current?["spec"])
    case "Deployment", "DaemonSet", "ReplicaSet": return workloadCauses(spec, current?["spec"], request)
    case "ConfigMap", "Lease", "Namespace", "Node": return []
    default: return []
    }
  }

  /// Source: Kubernetes `pkg/apis/apps/validation/validation.go`.
  private static func workloadCauses(
    _ spec: JSONValue, _ current: JSONValue?, _ request: APIRequest
  ) -> [APIError.Cause] {
    var causes: [APIError.Cause] = []
    if let replicas = spec["replicas"]?.integer, replicas < 0 {
      causes.append(.init("spec.replicas", "Invalid value: \(replicas): must be greater than or equal to 0"))
    }
    let labels = Labels(document: spec.value(at: "template", "metadata", "labels"))
    if let selector = spec["selector"] {
      if selector.members.allSatisfy({ $0.value.members.isEmpty && $0.value.elements.isEmpty }) {
        causes.append(
          .init(
            "spec.selector",
            "Invalid value: \(goText(selector)): empty selector is invalid for \(request.resource.singular)"))
      } else if !labels.satisfy(Labels(document: selector["matchLabels"])) {
        let text = goMap(spec.value(at: "template", "metadata", "labels"))
        causes.append(
          .init(
            "spec.template.metadata.labels",
            "Invalid value: \(text): `selector` does not match template `labels`"))
      }
      if let old = current?["selector"], old.sorted != selector.sorted {
        causes.append(.init("spec.selector", "Invalid value: \(goText(selector)): field is immutable"))
      }
    } else {
      causes.append(.init("spec.selector", "Required value"))
      let text = goMap(spec.value(at: "template", "metadata", "labels"))
      causes.append(
        .init(
          "spec.template.metadata.labels",
          "Invalid value: \(text): `selector` does not match template `labels`"))
    }
    causes += podCauses(spec.value(at: "template", "spec") ?? .object([]), path: "spec.template.spec")
    if let policy = spec.value(at: "template", "spec", "restartPolicy")?.text, policy != "Always" {
      causes.append(
        .init(
          "spec.template.spec.restartPolicy",
          "Unsupported value: \(JSONValue.quoted(policy)): supported values: \"Always\""))
    }
    return causes
  }

  /// Source: Kubernetes `pkg/apis/core/validation/validation.go`, `ValidatePodSpec`.
  private static func podCauses(_ spec: JSONValue, path: String) -> [APIError.Cause] {
    let containers = spec["containers"]?.elements ?? []
    guard !containers.isEmpty else { return [.init("\(path).containers", "Required value")] }
    var causes: [APIError.Cause] = []
    var names: [String] = []
    for (position, container) in containers.enumerated() {
      let place = "\(path).containers[\(position)]"
      let name = container["name"]?.text ?? ""
      if name.isEmpty {
        causes.append(.init("\(place).name", "Required value"))
      } else if !ObjectNames.isLabel(name, startsWithLetter: false) {
        causes.append(
          .init(
            "\(place).name",
            "Invalid value: \(JSONValue.quoted(name)): a lowercase RFC 1123 label must consist of lower case alphanumeric "
              + "characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', "
              + "regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"))
      } else if names.contains(name) {
        causes.append(.init("\(place).name", "Duplicate value: \(JSONValue.quoted(name))"))
      }
      names.append(name)
      if (container["image"]?.text ?? "").isEmpty { causes.append(.init("\(place).image", "Required value")) }
      for (index, port) in (container["ports"]?.elements ?? []).enumerated() {
        causes += portCauses(port["containerPort"], path: "\(place).ports[\(index)].containerPort")
      }
    }
    return causes
  }

  /// Most of a running pod's spec stays as it is.
  private static func podChanges(_ spec: JSONValue, _ current: JSONValue?) -> [APIError.Cause] {
    guard let current else { return [] }
    func fixed(_ spec: JSONValue) -> JSONValue {
      var spec = spec.withPodDefaults
      for name in ["activeDeadlineSeconds", "terminationGracePeriodSeconds", "tolerations"] {
        spec[name] = nil
      }
      for list in ["containers", "initContainers"] {
        guard let containers = spec[list] else { continue }
        spec[list] = .array(containers.elements.map { $0.setting(["image"], to: nil) })
      }
      return spec.withoutNulls.sorted
    }
    guard fixed(spec) != fixed(current) else { return [] }
    return [
      .init(
        "spec",
        "Forbidden: pod updates may not change fields other than `spec.containers[*].image`,"
          + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing "
          + "tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"
      )
    ]
  }

  static func portCauses(_ port: JSONValue?, path: String) -> [APIError.Cause] {
    guard let number = port?.integer, number != 0 else { return [.init(path, "Required value")] }
    guard !(1...65_535).contains(number) else { return [] }
    return [.init(path, "Invalid value: \(number): must be between 1 and 65535, inclusive")]
  }

  /// A map as Go prints it with `%#v`.
  private static func goMap(_ labels: JSONValue?) -> String {
    guard let labels, !labels.members.isEmpty else { return "map[string]string(nil)" }
    let pairs = labels.members.sorted { $0.name < $1.name }.map {
      "\(JSONValue.quoted($0.name)):\(JSONValue.quoted($0.value.text ?? ""))"
    }
    return "map[string]string{" + pairs.joined(separator: ", ") + "}"
  }

  /// A selector as the API server prints invalid values of structures: as JSON.
  private static func goText(_ selector: JSONValue) -> String { selector.sorted.description }
}

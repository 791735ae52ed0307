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
    case "NetworkPolicy": return NetworkPolicyRules.causes(spec)
    case "EndpointSlice": return EndpointSliceRules.causes(request.manifest)
    case "Lease": return leaseCauses(spec)
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
    causes += ObjectNames.labelCauses(
      of: spec.value(at: "template", "metadata", "labels"), path: "spec.template.labels")
    if let selector = spec["selector"] {
      causes += SelectorRules.causes(selector, path: "spec.selector")
      if selector.members.allSatisfy({ $0.value.members.isEmpty && $0.value.elements.isEmpty }) {
        causes.append(
          .init(
            "spec.selector",
            "Invalid value: \(shown(selector)): empty selector is invalid for \(request.resource.singular)"))
      } else if !labels.satisfy(Labels(document: selector["matchLabels"])) {
        let text = shown(spec.value(at: "template", "metadata", "labels"))
        causes.append(
          .init(
            "spec.template.metadata.labels",
            "Invalid value: \(text): `selector` does not match template `labels`"))
      }
      if let old = current?["selector"], old.sorted != selector.sorted {
        causes.append(.init("spec.selector", "Invalid value: \(shown(selector)): field is immutable"))
      }
    } else {
      causes.append(.init("spec.selector", "Required value"))
      let text = shown(spec.value(at: "template", "metadata", "labels"))
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
      } else if let fault = ObjectNames.labelFault(name) {
        causes.append(.init("\(place).name", "Invalid value: \(JSONValue.quoted(name)): \(fault)"))
      } else if names.contains(name) {
        causes.append(.init("\(place).name", "Duplicate value: \(JSONValue.quoted(name))"))
      }
      names.append(name)
      if (container["image"]?.text ?? "").isEmpty { causes.append(.init("\(place).image", "Required value")) }
      causes += containerPortCauses(container["ports"]?.elements ?? [], path: "\(place).ports")
      causes += mountCauses(container, volumes: spec["volumes"], path: place)
    }
    causes += ObjectNames.labelCauses(of: spec["nodeSelector"], path: "\(path).nodeSelector")
    return causes + tolerationCauses(spec["tolerations"]?.elements ?? [], path: "\(path).tolerations")
  }

  /// Source: `validateContainerPorts`.
  private static func containerPortCauses(_ ports: [JSONValue], path: String) -> [APIError.Cause] {
    var causes: [APIError.Cause] = []
    var names: [String] = []
    for (index, port) in ports.enumerated() {
      let place = "\(path)[\(index)]"
      let name = port["name"]?.text ?? ""
      if let fault = name.isEmpty ? nil : ObjectNames.portNameFault(name) {
        causes.append(.init("\(place).name", "Invalid value: \(JSONValue.quoted(name)): \(fault)"))
      } else if !name.isEmpty, names.contains(name) {
        causes.append(.init("\(place).name", "Duplicate value: \(JSONValue.quoted(name))"))
      }
      names.append(name)
      causes += portCauses(port["containerPort"], path: "\(place).containerPort")
    }
    return causes
  }

  /// Source: `ValidateVolumeMounts`.
  private static func mountCauses(
    _ container: JSONValue, volumes: JSONValue?, path: String
  ) -> [APIError.Cause] {
    let known = (volumes?.elements ?? []).compactMap { $0["name"]?.text }
    return (container["volumeMounts"]?.elements ?? []).enumerated().compactMap { index, mount in
      let name = mount["name"]?.text ?? ""
      let place = "\(path).volumeMounts[\(index)]"
      if name.isEmpty { return .init("\(place).name", "Required value") }
      if !known.contains(name) { return .init("\(place).name", "Not found: \(JSONValue.quoted(name))") }
      return (mount["mountPath"]?.text ?? "").isEmpty ? .init("\(place).mountPath", "Required value") : nil
    }
  }

  /// Source: `ValidateTolerations`.
  private static func tolerationCauses(_ tolerations: [JSONValue], path: String) -> [APIError.Cause] {
    tolerations.enumerated().compactMap { index, toleration in
      let isExists = toleration["operator"]?.text == "Exists"
      let place = "\(path)[\(index)].operator"
      if (toleration["key"]?.text ?? "").isEmpty, !isExists {
        return .init(
          place,
          "Invalid value: \(JSONValue.quoted(toleration["operator"]?.text ?? "")): operator must be Exists when "
            + "`key` is empty, which means \"match all values and all keys\"")
      }
      guard isExists, !(toleration["value"]?.text ?? "").isEmpty else { return nil }
      let value = JSONValue.fields([
        "Key": toleration["key"] ?? "", "Operator": "Exists", "Value": toleration["value"],
        "Effect": toleration["effect"] ?? "", "TolerationSeconds": toleration["tolerationSeconds"] ?? .null,
      ])
      return .init(place, "Invalid value: \(value): value must be empty when `operator` is 'Exists'")
    }
  }

  /// Source: Kubernetes `pkg/apis/coordination/validation/validation.go`.
  private static func leaseCauses(_ spec: JSONValue) -> [APIError.Cause] {
    guard let seconds = spec["leaseDurationSeconds"]?.integer, seconds <= 0 else { return [] }
    return [.init("spec.leaseDurationSeconds", "Invalid value: \(seconds): must be greater than 0")]
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

  /// As the API server prints values of structures: as JSON.
  ///
  /// Source: `apimachinery/pkg/util/validation/field/errors.go`, `ErrorBody`.
  private static func shown(_ value: JSONValue?) -> String { (value?.sorted ?? .null).description }
}

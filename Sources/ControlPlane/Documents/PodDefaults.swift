import NetModel

/// Source: Kubernetes `pkg/apis/core/v1/defaults.go`.
extension JSONValue {
  /// The `spec` of a pod with what the API server fills in.
  var withPodDefaults: JSONValue {
    var spec = filling([
      "dnsPolicy": "ClusterFirst", "restartPolicy": "Always", "schedulerName": "default-scheduler",
      "securityContext": .object([]), "terminationGracePeriodSeconds": 30,
    ])
    let isOnHost = spec["hostNetwork"] == true
    for list in ["containers", "initContainers"] {
      guard let containers = spec[list] else { continue }
      spec[list] = .array(containers.elements.map { $0.withContainerDefaults(isOnHost: isOnHost) })
    }
    return spec
  }

  /// The object with those members that it lacks.
  func filling(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    var filled = self
    for (name, value) in members where filled[name] == nil { filled[name] = value }
    return filled
  }

  private func withContainerDefaults(isOnHost: Bool) -> JSONValue {
    let image = self["image"]?.text ?? ""
    let name = image.split(separator: "/").last ?? ""
    let isLatest = !image.contains("@") && (!name.contains(":") || name.hasSuffix(":latest"))
    var container = filling([
      "imagePullPolicy": isLatest ? "Always" : "IfNotPresent", "resources": .object([]),
      "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
    ])
    if let ports = container["ports"] {
      container["ports"] = .array(
        ports.elements.map { port in
          var filled = port.filling(["protocol": "TCP"])
          if isOnHost, filled["hostPort"] == nil { filled["hostPort"] = filled["containerPort"] }
          return filled
        })
    }
    if let variables = container["env"] {
      container["env"] = .array(variables.elements.map(\.withVariableDefaults))
    }
    for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
      guard let sent = container[probe] else { continue }
      container[probe] = sent.filling([
        "failureThreshold": 3, "periodSeconds": 10, "successThreshold": 1, "timeoutSeconds": 1,
      ])
    }
    return container
  }

  private var withVariableDefaults: JSONValue {
    guard let reference = value(at: "valueFrom", "fieldRef") else { return self }
    return setting(["valueFrom", "fieldRef"], to: reference.filling(["apiVersion": "v1"]))
  }
}

import NetModel

/// What the API server does to a Service before it validates an update.
///
/// Source: Kubernetes `pkg/registry/core/service/strategy.go`, `patchAllocatedValues`, `dropTypeDependentFields`.
enum ServicePreparation {
  /// The new spec with values that were allotted to the old one, and without those that its type has no use for
  /// and that nobody changed.
  static func prepared(_ spec: JSONValue, from old: JSONValue) -> JSONValue {
    var spec = spec
    let hadNodePorts = needsNodePorts(old)
    if spec["clusterIP"] == nil || spec["clusterIP"] == "" {
      spec["clusterIP"] = old["clusterIP"]
      spec["clusterIPs"] = old["clusterIPs"]
    }
    if hadNodePorts, needsNodePorts(spec) { spec = keepingNodePorts(spec, of: old) }
    if hadNodePorts, !needsNodePorts(spec), nodePorts(spec) == nodePorts(old) {
      spec["ports"] = .array((spec["ports"]?.elements ?? []).map { $0.setting(["nodePort"], to: nil) })
    }
    if needsHealthCheck(old), needsHealthCheck(spec), (spec["healthCheckNodePort"]?.integer ?? 0) == 0 {
      spec["healthCheckNodePort"] = old["healthCheckNodePort"]
    }
    if !needsHealthCheck(spec) { spec = dropping("healthCheckNodePort", spec, old) }
    if old["type"] == "LoadBalancer", spec["type"] != "LoadBalancer" {
      spec = dropping("allocateLoadBalancerNodePorts", spec, old)
      spec = dropping("loadBalancerClass", spec, old)
    }
    if isReachedFromOutside(old), !isReachedFromOutside(spec) {
      spec = dropping("externalTrafficPolicy", spec, old)
    }
    if spec["type"] == "ExternalName" {
      spec = dropping("clusterIPs", dropping("clusterIP", spec, old), old)
    } else if old["type"] == "ExternalName" {
      spec = dropping("externalName", spec, old)
    }
    if spec["sessionAffinity"] != "ClientIP" { spec = dropping("sessionAffinityConfig", spec, old) }
    return spec
  }

  private static func dropping(_ name: String, _ spec: JSONValue, _ old: JSONValue) -> JSONValue {
    spec[name] == old[name] ? spec.setting([name], to: nil) : spec
  }

  private static func needsNodePorts(_ spec: JSONValue) -> Bool {
    spec["type"] == "NodePort" || spec["type"] == "LoadBalancer"
  }

  private static func needsHealthCheck(_ spec: JSONValue) -> Bool {
    spec["type"] == "LoadBalancer" && spec["externalTrafficPolicy"] == "Local"
  }

  private static func isReachedFromOutside(_ spec: JSONValue) -> Bool {
    needsNodePorts(spec) || !(spec["externalIPs"]?.elements ?? []).isEmpty
  }

  private static func nodePorts(_ spec: JSONValue) -> Set<Int> {
    Set((spec["ports"]?.elements ?? []).compactMap { $0["nodePort"]?.integer }.filter { $0 != 0 })
  }

  /// Ports keep their node ports by their names.
  private static func keepingNodePorts(_ spec: JSONValue, of old: JSONValue) -> JSONValue {
    var used = nodePorts(spec).intersection(nodePorts(old))
    let ports = (spec["ports"]?.elements ?? []).map { port -> JSONValue in
      guard (port["nodePort"]?.integer ?? 0) == 0,
        let before = (old["ports"]?.elements ?? []).last(where: {
          ($0["name"]?.text ?? "") == (port["name"]?.text ?? "")
        }),
        let number = before["nodePort"]?.integer, used.insert(number).inserted
      else { return port }
      return port.setting(["nodePort"], to: .number(number))
    }
    return spec.setting(["ports"], to: .array(ports))
  }
}

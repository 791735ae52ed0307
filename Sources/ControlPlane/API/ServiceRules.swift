import NetModel

/// Source: Kubernetes `pkg/apis/core/validation/validation.go`, `ValidateService`, `ValidateServiceUpdate`;
/// `pkg/registry/core/service/storage/alloc.go`.
struct ServiceRules {
  let spec: JSONValue
  let id: DocumentID
  /// `nil` for a Service that is new.
  let current: JSONValue?
  let network: Network

  private static let nodePorts = 30_000...32_767

  var causes: [APIError.Cause] {
    portCauses + ObjectNames.labelCauses(of: spec["selector"], path: "spec.selector") + addressCauses
      + sourceRangeCauses + typeCauses
  }

  private var type: String { spec["type"]?.text ?? "ClusterIP" }
  private var ports: [JSONValue] { spec["ports"]?.elements ?? [] }

  private var others: some Sequence<Service> {
    let own = ServiceID(namespace: id.namespace, name: id.name)
    return (network.cluster?.services ?? []).lazy.filter { $0.id != own }
  }

  private var portCauses: [APIError.Cause] {
    guard !ports.isEmpty else {
      let isHeadless = spec["clusterIP"]?.text == "None"
      return isHeadless || type == "ExternalName" ? [] : [.init("spec.ports", "Required value")]
    }
    var causes: [APIError.Cause] = []
    var names: [String] = []
    var numbers: [String] = []
    for (index, port) in ports.enumerated() {
      let path = "spec.ports[\(index)]"
      let name = port["name"]?.text ?? ""
      if name.isEmpty, ports.count > 1 { causes.append(.init("\(path).name", "Required value")) }
      if let fault = name.isEmpty ? nil : ObjectNames.labelFault(name) {
        causes.append(.init("\(path).name", "Invalid value: \(JSONValue.quoted(name)): \(fault)"))
      } else if !name.isEmpty, names.contains(name) {
        causes.append(.init("\(path).name", "Duplicate value: \(JSONValue.quoted(name))"))
      }
      names.append(name)
      causes += ObjectRules.portCauses(port["port"], path: "\(path).port")
      if let target = port["targetPort"]?.integer, !(1...65_535).contains(target) {
        causes.append(
          .init("\(path).targetPort", "Invalid value: \(target): must be between 1 and 65535, inclusive"))
      }
      if let target = port["targetPort"]?.text, let fault = ObjectNames.portNameFault(target) {
        causes.append(
          .init("\(path).targetPort", "Invalid value: \(JSONValue.quoted(target)): \(fault)"))
      }
      let key = "\(port["port"]?.integer ?? 0)/\(port["protocol"]?.text ?? "TCP")"
      if numbers.contains(key) {
        causes.append(
          .init(
            path,
            "Duplicate value: \(JSONValue.fields(["port": port["port"], "protocol": port["protocol"] ?? "TCP"]))"
          ))
      }
      numbers.append(key)
      causes += nodePortCauses(port, path: path)
    }
    return causes
  }

  private func nodePortCauses(_ port: JSONValue, path: String) -> [APIError.Cause] {
    guard let number = port["nodePort"]?.integer, number != 0 else { return [] }
    let transport = port["protocol"]?.text ?? "TCP"
    let place = "spec.ports[\(ports.firstIndex(of: port) ?? 0)].nodePort"
    guard type != "ClusterIP" else {
      let kept = current?["ports"]?.elements.contains { $0["nodePort"]?.integer == number } ?? false
      return kept
        ? [] : [.init(place, "Forbidden: may not be used when `type` is 'ClusterIP'")]
    }
    guard Self.nodePorts.contains(number) else {
      return [
        .init(
          place,
          "Invalid value: \(number): provided port is not in the valid range. The range of valid ports is 30000-32767"
        )
      ]
    }
    let isTaken = others.contains { other in
      other.ports.contains { $0.nodePort.map(Int.init) == number && $0.transport.name == transport }
        || other.healthCheckNodePort.map(Int.init) == number
    }
    return isTaken ? [.init(place, "Invalid value: \(number): provided port is already allocated")] : []
  }

  private var addressCauses: [APIError.Cause] {
    guard let cluster = network.cluster else { return [] }
    let text = spec["clusterIP"]?.text ?? ""
    var causes: [APIError.Cause] = []
    if let old = current?["clusterIP"]?.text, current?["type"]?.text != "ExternalName", !text.isEmpty,
      text != old
    {
      causes.append(
        .init("spec.clusterIPs[0]", "Invalid value: [\(JSONValue.quoted(text))]: may not change once set"))
      return causes
    }
    guard !text.isEmpty, text != "None", current == nil else { return causes }
    guard let address = IPv4Address(parsing: text) else {
      let message = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"
      return [.init("spec.clusterIPs[0]", "Invalid value: \(JSONValue.quoted(text)): \(message)")]
    }
    let value = "Invalid value: [\(JSONValue.quoted(text))]: failed to allocate IP \(text): "
    if !cluster.serviceCIDR.contains(address) {
      causes.append(
        .init("spec.clusterIPs", value + "the provided network does not match the current range"))
    } else if others.contains(where: { $0.address == address }) {
      causes.append(.init("spec.clusterIPs", value + "provided IP is already allocated"))
    }
    return causes
  }

  private var sourceRangeCauses: [APIError.Cause] {
    let ranges = spec["loadBalancerSourceRanges"]?.elements ?? []
    let path = "spec.LoadBalancerSourceRanges"
    if !ranges.isEmpty, type != "LoadBalancer" {
      return [.init(path, "Forbidden: may only be used when `type` is 'LoadBalancer'")]
    }
    return ranges.enumerated().compactMap { index, range in
      let text = range.text ?? ""
      return text.isPrefix ? nil : .badPrefix(text, path: "\(path)[\(index)]")
    }
  }

  private var externalNameCauses: [APIError.Cause] {
    var causes: [APIError.Cause] = []
    if let address = spec["clusterIP"]?.text, !address.isEmpty {
      causes.append(.init("spec.clusterIPs", "Forbidden: may not be set when `type` is 'ExternalName'"))
    }
    let name = spec["externalName"]?.text ?? ""
    if name.isEmpty {
      causes.append(.init("spec.externalName", "Required value"))
    } else if let fault = ObjectNames.subdomainFault(name.hasSuffix(".") ? name.dropLast() : name[...]) {
      causes.append(.init("spec.externalName", "Invalid value: \(JSONValue.quoted(name)): \(fault)"))
    }
    return causes
  }

  private var typeCauses: [APIError.Cause] {
    var causes: [APIError.Cause] = type == "ExternalName" ? externalNameCauses : []
    if type != "LoadBalancer" {
      let dropped = current?["type"] == "LoadBalancer"
      if spec["allocateLoadBalancerNodePorts"] != nil, !dropped {
        causes.append(
          .init(
            "spec.allocateLoadBalancerNodePorts", "Forbidden: may only be used when `type` is 'LoadBalancer'")
        )
      }
      if let name = spec["loadBalancerClass"], !dropped || name != current?["loadBalancerClass"] {
        causes.append(
          .init("spec.loadBalancerClass", "Forbidden: may only be used when `type` is 'LoadBalancer'"))
      }
    } else if let old = current, old["type"] == "LoadBalancer",
      old["loadBalancerClass"] != spec["loadBalancerClass"]
    {
      let text = spec["loadBalancerClass"]?.description ?? "null"
      causes.append(.init("spec.loadBalancerClass", "Invalid value: \(text): may not change once set"))
    }
    if type == "ClusterIP", (spec["externalIPs"]?.elements ?? []).isEmpty,
      spec["externalTrafficPolicy"] != nil,
      current?["type"] == nil || current?["type"] == "ClusterIP"
    {
      causes.append(
        .init(
          "spec.externalTrafficPolicy",
          "Invalid value: \(spec["externalTrafficPolicy"] ?? "null"): may only be set for externally-accessible services"
        ))
    }
    for (index, address) in (spec["externalIPs"]?.elements ?? []).enumerated() {
      guard IPv4Address(parsing: address.text ?? "") == nil, IPv6Address(parsing: address.text ?? "") == nil
      else {
        continue
      }
      causes.append(
        .init(
          "spec.externalIPs[\(index)]",
          "Invalid value: \(address): must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"))
    }
    return causes
  }
}

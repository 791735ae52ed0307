import NetModel

/// Source: Kubernetes `pkg/apis/networking/validation/validation.go`.
enum NetworkPolicyRules {
  static func causes(_ spec: JSONValue) -> [APIError.Cause] {
    var causes = spec["podSelector"].map { SelectorRules.causes($0, path: "spec.podSelector") } ?? []
    for (direction, peers) in [("ingress", "from"), ("egress", "to")] {
      for (index, rule) in (spec[direction]?.elements ?? []).enumerated() {
        let place = "spec.\(direction)[\(index)]"
        for (number, port) in (rule["ports"]?.elements ?? []).enumerated() {
          causes += portCauses(port, path: "\(place).ports[\(number)]")
        }
        for (number, peer) in (rule[peers]?.elements ?? []).enumerated() {
          causes += peerCauses(peer, path: "\(place).\(peers)[\(number)]")
        }
      }
    }
    return causes
  }

  private static func portCauses(_ port: JSONValue, path: String) -> [APIError.Cause] {
    if let name = port["port"]?.text {
      guard let fault = ObjectNames.portNameFault(name) else { return [] }
      return [.init("\(path).port", "Invalid value: \(JSONValue.quoted(name)): \(fault)")]
    }
    guard let number = port["port"]?.integer else { return [] }
    guard (1...65_535).contains(number) else {
      return [.init("\(path).port", "Invalid value: \(number): must be between 1 and 65535, inclusive")]
    }
    guard let end = port["endPort"]?.integer, end < number else { return [] }
    return [.init("\(path).endPort", "Invalid value: \(end): must be greater than or equal to `port`")]
  }

  private static func peerCauses(_ peer: JSONValue, path: String) -> [APIError.Cause] {
    let selectors = ["podSelector", "namespaceSelector"].filter { peer[$0] != nil }
    var causes = selectors.flatMap { SelectorRules.causes(peer[$0] ?? .null, path: "\(path).\($0)") }
    guard let block = peer["ipBlock"] else {
      if selectors.isEmpty { causes.append(.init(path, "Required value: must specify a peer")) }
      return causes
    }
    causes += blockCauses(block, path: "\(path).ipBlock")
    if !selectors.isEmpty {
      causes.append(.init(path, "Forbidden: may not specify both ipBlock and another peer"))
    }
    return causes
  }

  private static func blockCauses(_ block: JSONValue, path: String) -> [APIError.Cause] {
    let text = block["cidr"]?.text ?? ""
    guard !text.isEmpty else { return [.init("\(path).cidr", "Required value")] }
    guard text.isPrefix else { return [.badPrefix(text, path: "\(path).cidr")] }
    let outer = IPv4InterfaceAddress(parsing: text)?.prefix
    return (block["except"]?.elements ?? []).enumerated().compactMap { index, value in
      let text = value.text ?? ""
      let place = "\(path).except[\(index)]"
      guard text.isPrefix else { return .badPrefix(text, path: place) }
      guard let outer, let inner = IPv4InterfaceAddress(parsing: text)?.prefix else { return nil }
      let isInside = outer.contains(inner.address) && inner.length > outer.length
      return isInside
        ? nil
        : .init(place, "Invalid value: \(JSONValue.quoted(text)): must be a strict subset of `cidr`")
    }
  }
}

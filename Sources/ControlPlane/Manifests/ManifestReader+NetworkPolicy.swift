import NetModel

/// Source: Kubernetes `networking/v1/types.go`.
extension ManifestReader {
  mutating func networkPolicy(_ fields: ManifestFields, namespace: String, name: String) -> NetworkPolicy? {
    let keys = ["podSelector", "policyTypes", "ingress", "egress"]
    guard let spec = required(fields, "spec").flatMap({ self.fields($0, keys: keys) }),
      let selector = spec["podSelector"].map({ labelSelector($0) }) ?? LabelSelector()
    else { return nil }
    return NetworkPolicy(
      namespace: namespace, name: name, podSelector: selector, policyTypes: policyTypes(spec),
      ingress: list(spec, "ingress").compactMap { networkPolicyRule($0, peers: "from") },
      egress: list(spec, "egress").compactMap { networkPolicyRule($0, peers: "to") })
  }

  private mutating func policyTypes(_ spec: ManifestFields) -> [TrafficDirection]? {
    guard let node = spec["policyTypes"] else { return nil }
    let words = ["Ingress": TrafficDirection.ingress, "Egress": .egress]
    return list(node).compactMap { value($0, .word(["Ingress", "Egress"])) { words[$0] } }
  }

  private mutating func networkPolicyRule(_ node: ManifestNode, peers key: String) -> NetworkPolicy.Rule? {
    guard let fields = fields(node, keys: [key, "ports"]) else { return nil }
    return NetworkPolicy.Rule(
      peers: list(fields, key).compactMap { networkPolicyPeer($0) },
      ports: list(fields, "ports").compactMap { networkPolicyPort($0) })
  }

  private mutating func networkPolicyPeer(_ node: ManifestNode) -> NetworkPolicy.Peer? {
    guard let fields = fields(node, keys: ["podSelector", "namespaceSelector", "ipBlock"]) else { return nil }
    if let block = fields["ipBlock"] {
      if let other = fields.keys.first(where: { $0 != "ipBlock" }) {
        report(.conflictingKeys("ipBlock", other), at: node)
        return nil
      }
      return ipBlock(block)
    }
    let pods = fields["podSelector"].flatMap { labelSelector($0) }
    if let namespaces = fields["namespaceSelector"].flatMap({ labelSelector($0) }) {
      return .namespaces(namespaces, pods: pods)
    }
    if fields.keys.isEmpty { report(.missingKey("podSelector"), at: node) }
    return pods.map { .pods($0) }
  }

  private mutating func ipBlock(_ node: ManifestNode) -> NetworkPolicy.Peer? {
    guard let fields = fields(node, keys: ["cidr", "except"]) else { return nil }
    return addressRange(fields).map { block in
      switch block.range {
      case .ipv4(let prefix): .ipBlock(prefix, except: block.except)
      case .ipv6(let text): .ipv6Block(text)
      }
    }
  }

  private mutating func networkPolicyPort(_ node: ManifestNode) -> NetworkPolicy.Port? {
    guard let fields = fields(node, keys: ["port", "endPort", "protocol"]) else { return nil }
    let number = fields["port"].flatMap { portNumber($0) }
    let known: [(name: String, value: PolicyProtocol?)] = [("TCP", .tcp), ("UDP", .udp), ("SCTP", .sctp)]
    return NetworkPolicy.Port(
      protocol: policyProtocol(fields, among: known) ?? .tcp, number: number,
      endPort: endPort(fields, after: number))
  }
}

import NetModel

/// A NetworkPolicy as `kubectl describe` shows it.
///
/// Source: kubectl `pkg/describe/describe.go` (`describeNetworkPolicy`).
enum NetworkPolicyText {
  static func describe(_ document: JSONValue, _ text: inout DescribeText) {
    let spec = document["spec"]
    text.heading(document)
    let created = document.value(at: "metadata", "creationTimestamp")?.text ?? ""
    text.field(
      "Created on",
      created.split(separator: "T").map { $0.hasSuffix("Z") ? String($0.dropLast()) : String($0) }
        .joined(separator: " ") + " +0000 UTC")
    text.labels(document)
    text.annotations(document)
    text.line(0, "Spec:")
    let selector = LabelText.selector(spec?["podSelector"])
    text.line(
      1,
      "PodSelector:     "
        + (selector == "<none>"
          ? "<none> (Allowing the specific traffic to all pods in this namespace)" : selector))
    let types = (spec?["policyTypes"]?.elements ?? []).compactMap(\.text)
    let directions = [("Ingress", "ingress", "From", "from"), ("Egress", "egress", "To", "to")]
    for (type, field, peerLabel, peerField) in directions {
      guard types.contains(type) else {
        text.line(1, "Not affecting \(field) traffic")
        continue
      }
      text.line(1, "Allowing \(field) traffic:")
      describeRules(spec?[field]?.elements ?? [], type.lowercased(), peerLabel, peerField, &text)
    }
    text.line(1, "Policy Types: \(types.joined(separator: ", "))")
  }

  private static func describeRules(
    _ rules: [JSONValue], _ direction: String, _ peerLabel: String, _ peerField: String,
    _ text: inout DescribeText
  ) {
    if rules.isEmpty { text.line(2, "<none> (Selected pods are isolated for \(direction) connectivity)") }
    for (index, rule) in rules.enumerated() {
      let ports = rule["ports"]?.elements ?? []
      if ports.isEmpty { text.line(2, "To Port: <any> (traffic allowed to all ports)") }
      for port in ports {
        text.line(2, "To Port: \(port["port"]?.goText ?? "<any>")/\(port["protocol"]?.text ?? "TCP")")
      }
      let peers = rule[peerField]?.elements ?? []
      if peers.isEmpty {
        text.line(
          2,
          "\(peerLabel): <any> (traffic not restricted by \(direction == "ingress" ? "source" : "destination"))"
        )
      }
      for peer in peers { describePeer(peer, peerLabel, &text) }
      if index < rules.count - 1 { text.line(2, "----------") }
    }
  }

  private static func describePeer(_ peer: JSONValue, _ label: String, _ text: inout DescribeText) {
    text.line(2, "\(label):")
    if let block = peer["ipBlock"] {
      text.line(3, "IPBlock:")
      text.line(4, "CIDR: \(block["cidr"]?.text ?? "")")
      let except = (block["except"]?.elements ?? []).compactMap(\.text)
      text.line(4, "Except: \(except.joined(separator: ", "))")
      return
    }
    if let selector = peer["namespaceSelector"] {
      text.line(3, "NamespaceSelector: \(LabelText.selector(selector))")
    }
    if let selector = peer["podSelector"] { text.line(3, "PodSelector: \(LabelText.selector(selector))") }
  }
}

import NetModel

extension ManifestReader {
  /// What the `spec` of a pod asks of nodes.
  mutating func placement(_ spec: ManifestFields) -> Placement {
    var placement = Placement()
    placement.nodeSelector = labels(spec, "nodeSelector")
    placement.tolerations = list(spec, "tolerations").compactMap { toleration($0) }
    let terms = spec["affinity"].flatMap { openFields($0) }?["podAntiAffinity"].flatMap { openFields($0) }
    if let terms {
      placement.antiAffinity = list(terms, "requiredDuringSchedulingIgnoredDuringExecution").compactMap {
        affinityTerm($0)
      }
    }
    return placement
  }

  private mutating func toleration(_ node: ManifestNode) -> Placement.Toleration? {
    guard let fields = openFields(node) else { return nil }
    let isEqual = (text(fields, "operator") ?? "Equal") == "Equal"
    return Placement.Toleration(
      key: text(fields, "key") ?? "", value: isEqual ? text(fields, "value") ?? "" : nil,
      effect: text(fields, "effect") ?? "")
  }

  private mutating func affinityTerm(_ node: ManifestNode) -> Placement.AffinityTerm? {
    guard let fields = openFields(node), let key = requiredText(fields, "topologyKey") else { return nil }
    return Placement.AffinityTerm(
      selector: fields["labelSelector"].flatMap { labelSelector($0) } ?? LabelSelector(), topologyKey: key,
      namespaces: list(fields, "namespaces").compactMap { text($0) })
  }
}

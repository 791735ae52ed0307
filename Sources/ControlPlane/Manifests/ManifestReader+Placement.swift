import NetModel

extension ManifestReader {
  /// What the `spec` of a pod asks of nodes.
  mutating func placement(_ spec: ManifestFields) -> Placement {
    var placement = Placement()
    placement.nodeSelector = labels(spec, "nodeSelector")
    placement.tolerations = list(spec, "tolerations").compactMap { toleration($0) }
    let affinity = spec["affinity"].flatMap { openFields($0) }
    let required = "requiredDuringSchedulingIgnoredDuringExecution"
    let nodes = affinity?["nodeAffinity"].flatMap { openFields($0) }?[required].flatMap { openFields($0) }
    placement.nodeTerms = nodes.map { nodes in list(nodes, "nodeSelectorTerms").compactMap { nodeTerm($0) } }
    if let terms = affinity?["podAntiAffinity"].flatMap({ openFields($0) }) {
      placement.antiAffinity = list(terms, required).compactMap {
        affinityTerm($0)
      }
    }
    return placement
  }

  private mutating func nodeTerm(_ node: ManifestNode) -> Placement.NodeTerm? {
    guard let fields = openFields(node) else { return nil }
    return Placement.NodeTerm(
      labels: list(fields, "matchExpressions").compactMap { requirement($0) },
      fields: list(fields, "matchFields").compactMap { requirement($0) })
  }

  private mutating func requirement(_ node: ManifestNode) -> Placement.Requirement? {
    guard let fields = openFields(node), let key = requiredText(fields, "key"),
      let relation = requiredText(fields, "operator")
    else { return nil }
    return Placement.Requirement(
      key: key, relation: relation, values: list(fields, "values").compactMap { text($0) })
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

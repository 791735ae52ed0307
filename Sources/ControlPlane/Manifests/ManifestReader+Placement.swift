import NetModel

extension ManifestReader {
  /// What the `spec` of a pod asks of nodes.
  mutating func placement(_ spec: ManifestFields) -> Placement {
    var placement = Placement()
    placement.nodeSelector = labels(spec, "nodeSelector")
    placement.tolerations = list(spec, "tolerations").compactMap { toleration($0) }
    placement.spread = list(spec, "topologySpreadConstraints").compactMap { spreadConstraint($0) }
    if let affinity = spec["affinity"].flatMap({ openFields($0) }) {
      readAffinity(affinity, into: &placement)
    }
    return placement
  }

  private mutating func readAffinity(_ affinity: ManifestFields, into placement: inout Placement) {
    let required = "requiredDuringSchedulingIgnoredDuringExecution"
    let preferred = "preferredDuringSchedulingIgnoredDuringExecution"
    if let nodes = affinity["nodeAffinity"].flatMap({ openFields($0) }) {
      let terms = nodes[required].flatMap { openFields($0) }
      placement.nodeTerms = terms.map { list($0, "nodeSelectorTerms").compactMap { nodeTerm($0) } }
      placement.preferredNodes = list(nodes, preferred).compactMap { node in
        guard let fields = openFields(node), let weight = number(fields, "weight", in: 1...100),
          let term = fields["preference"].flatMap({ nodeTerm($0) })
        else { return nil }
        return Placement.Preferred(weight: weight, term: term)
      }
    }
    if let near = affinity["podAffinity"].flatMap({ openFields($0) }) {
      placement.affinity = list(near, required).compactMap { affinityTerm($0) }
      placement.preferredPods += list(near, preferred).compactMap { preferredPods($0, sign: 1) }
    }
    if let far = affinity["podAntiAffinity"].flatMap({ openFields($0) }) {
      placement.antiAffinity = list(far, required).compactMap { affinityTerm($0) }
      placement.preferredPods += list(far, preferred).compactMap { preferredPods($0, sign: -1) }
    }
  }

  private mutating func preferredPods(
    _ node: ManifestNode, sign: Int
  ) -> Placement.Preferred<Placement.AffinityTerm>? {
    guard let fields = openFields(node), let weight = number(fields, "weight", in: 1...100),
      let term = fields["podAffinityTerm"].flatMap({ affinityTerm($0) })
    else { return nil }
    return Placement.Preferred(weight: weight * sign, term: term)
  }

  private mutating func spreadConstraint(_ node: ManifestNode) -> Placement.SpreadConstraint? {
    guard let fields = openFields(node), let key = requiredText(fields, "topologyKey"),
      text(fields, "whenUnsatisfiable") != "ScheduleAnyway"
    else { return nil }
    return Placement.SpreadConstraint(
      selector: fields["labelSelector"].flatMap { labelSelector($0) } ?? LabelSelector(), topologyKey: key,
      maxSkew: number(fields, "maxSkew", in: 1...10_000) ?? 1)
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

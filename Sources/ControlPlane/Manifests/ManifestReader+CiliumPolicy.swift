import NetModel

/// Source: Cilium `pkg/policy/api/rule.go`, `pkg/policy/api/rule_validation.go`.
extension ManifestReader {
  private static let partKeys = [
    "endpointSelector", "nodeSelector", "ingress", "ingressDeny", "egress", "egressDeny", "enableDefaultDeny",
    "description", "labels", "log",
  ]

  mutating func ciliumPolicy(_ fields: ManifestFields, namespace: String, name: String)
    -> CiliumNetworkPolicy?
  {
    let nodes = (fields["spec"].map { [$0] } ?? []) + list(fields, "specs")
    if nodes.isEmpty { report(.missingKey("spec"), at: fields.node) }
    let parts = nodes.compactMap { ciliumPart($0) }
    return CiliumNetworkPolicy(namespace: namespace, name: name, parts: parts)
  }

  private mutating func ciliumPart(_ node: ManifestNode) -> CiliumNetworkPolicy.Part? {
    guard let fields = fields(node, keys: ManifestReader.partKeys), let subject = subject(fields) else {
      return nil
    }
    if !PolicyRuleID.Section.allCases.contains(where: { fields[$0.rawValue] != nil }) {
      report(.missingKey(PolicyRuleID.Section.ingress.rawValue), at: node)
    }
    return CiliumNetworkPolicy.Part(
      subject: subject, ingress: rules(fields, .ingress), ingressDeny: rules(fields, .ingressDeny),
      egress: rules(fields, .egress), egressDeny: rules(fields, .egressDeny),
      enableDefaultDeny: defaultDeny(fields))
  }

  private mutating func subject(_ fields: ManifestFields) -> CiliumNetworkPolicy.Subject? {
    switch (fields["endpointSelector"], fields["nodeSelector"]) {
    case (nil, nil):
      report(.missingKey("endpointSelector"), at: fields.node)
      return nil
    case (.some, .some):
      report(.conflictingKeys("endpointSelector", "nodeSelector"), at: fields.node)
      return nil
    case (let node?, nil): return labelSelector(node).map { .endpoints($0) }
    case (nil, let node?): return labelSelector(node).map { .nodes($0) }
    }
  }

  private mutating func defaultDeny(_ fields: ManifestFields) -> CiliumNetworkPolicy.DefaultDeny {
    guard let node = fields["enableDefaultDeny"], let choice = self.fields(node, keys: ["ingress", "egress"])
    else { return CiliumNetworkPolicy.DefaultDeny() }
    return CiliumNetworkPolicy.DefaultDeny(ingress: bool(choice, "ingress"), egress: bool(choice, "egress"))
  }

  private mutating func rules(
    _ fields: ManifestFields, _ section: PolicyRuleID.Section
  ) -> [CiliumNetworkPolicy.Rule]? {
    fields[section.rawValue].map { list($0).compactMap { ciliumRule($0, section) } }
  }

  private mutating func ciliumRule(
    _ node: ManifestNode, _ section: PolicyRuleID.Section
  ) -> CiliumNetworkPolicy.Rule? {
    let peerKeys = CiliumPeerKeys(section.direction)
    let own = ["toPorts", "icmps"] + (section.isDeny ? [] : ["authentication"])
    guard let fields = fields(node, keys: peerKeys.all + own) else { return nil }
    if fields["toPorts"] != nil, fields["icmps"] != nil {
      report(.conflictingKeys("toPorts", "icmps"), at: node)
    }
    let used = peerKeys.exclusive.filter { !list(fields, $0).isEmpty }
    if used.count > 1 { report(.conflictingKeys(used[0], used[1]), at: node) }
    return CiliumNetworkPolicy.Rule(
      peers: ciliumPeers(fields, peerKeys),
      toPorts: list(fields, "toPorts").flatMap { portRules($0) },
      icmps: list(fields, "icmps").flatMap { icmpTypes($0) },
      unmodelled: unmodelledSections(fields, peerKeys))
  }

  private mutating func unmodelledSections(_ fields: ManifestFields, _ keys: CiliumPeerKeys)
    -> [UnmodelledSection]
  {
    var sections = keys.unmodelled.filter { !list(fields, $0.key).isEmpty }.map(\.section)
    let groups = list(fields, keys.cidrSet).compactMap { openFields($0) }
    if groups.contains(where: { $0["cidrGroupRef"] != nil || $0["cidrGroupSelector"] != nil }) {
      sections.append(.cidrGroups)
    }
    let authentication = fields["authentication"].flatMap { self.fields($0, keys: ["mode"]) }
    if let authentication, text(authentication, "mode") != "disabled" { sections.append(.authentication) }
    return sections
  }
}

/// The keys of a rule that name peers.
struct CiliumPeerKeys {
  let endpoints: String
  let entities: String
  let cidr: String
  let cidrSet: String
  let unmodelled: [(key: String, section: UnmodelledSection)]

  init(_ direction: TrafficDirection) {
    let word = direction == .ingress ? "from" : "to"
    endpoints = word + "Endpoints"
    entities = word + "Entities"
    cidr = word + "CIDR"
    cidrSet = word + "CIDRSet"
    let common: [(key: String, section: UnmodelledSection)] = [
      (word + "Requires", .requires), (word + "Groups", .groups), (word + "Nodes", .nodes),
    ]
    let outgoing: [(key: String, section: UnmodelledSection)] = [
      ("toServices", .services), ("toFQDNs", .fqdns),
    ]
    unmodelled = common + (direction == .ingress ? [] : outgoing)
  }

  var all: [String] { [endpoints, entities, cidr, cidrSet] + unmodelled.map(\.key) }

  /// Of these a rule may have one; requirements go with any of them.
  var exclusive: [String] {
    [endpoints, entities, cidr, cidrSet]
      + unmodelled.filter { $0.section != .requires }.map(\.key)
  }
}

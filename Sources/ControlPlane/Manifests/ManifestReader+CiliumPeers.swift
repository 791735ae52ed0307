import NetModel

extension ManifestReader {
  /// `nil` where the rule names no peers at all.
  mutating func ciliumPeers(_ fields: ManifestFields, _ keys: CiliumPeerKeys) -> [CiliumNetworkPolicy.Peer]? {
    guard keys.all.contains(where: { fields[$0] != nil }) else { return nil }
    let endpoints = list(fields, keys.endpoints).compactMap { labelSelector($0) }
    let entities = list(fields, keys.entities).compactMap { entity($0) }
    let ranges = list(fields, keys.cidr).compactMap { addressRange($0) }
    let sets = list(fields, keys.cidrSet).compactMap { cidrSet($0) }
    return endpoints.map { .endpoints($0) } + entities.map { .entity($0) }
      + ranges.map { CiliumNetworkPolicy.Peer($0, except: []) } + sets
  }

  private mutating func entity(_ node: ManifestNode) -> PolicyEntity? {
    value(node, .word(PolicyEntity.allCases.map(\.rawValue))) { PolicyEntity(rawValue: $0) }
  }

  private mutating func cidrSet(_ node: ManifestNode) -> CiliumNetworkPolicy.Peer? {
    guard let fields = fields(node, keys: ["cidr", "except", "cidrGroupRef", "cidrGroupSelector"]) else {
      return nil
    }
    if fields["cidrGroupRef"] != nil || fields["cidrGroupSelector"] != nil { return nil }
    return addressRange(fields).map { CiliumNetworkPolicy.Peer($0.range, except: $0.except) }
  }

  private static let portRuleKeys = [
    "ports", "rules", "listener", "terminatingTLS", "originatingTLS", "serverNames",
  ]

  /// The ports of one entry of `toPorts`.
  mutating func portRules(_ node: ManifestNode) -> [CiliumNetworkPolicy.PortRule] {
    guard let fields = fields(node, keys: ManifestReader.portRuleKeys), required(fields, "ports") != nil
    else {
      return []
    }
    let sections = contentSections(fields)
    return list(fields, "ports").compactMap { portRule($0, sections) }
  }

  private mutating func contentSections(_ fields: ManifestFields) -> [UnmodelledSection] {
    var sections: [UnmodelledSection] = []
    let rules = fields["rules"].flatMap { openFields($0) }
    if let rules, rules.keys.contains(where: { rules[$0]?.isEmptyList != true }) {
      sections.append(.layer7)
    }
    if fields["listener"] != nil { sections.append(.listener) }
    if ["terminatingTLS", "originatingTLS", "serverNames"].contains(where: { fields[$0] != nil }) {
      sections.append(.tls)
    }
    return sections
  }

  private mutating func portRule(
    _ node: ManifestNode, _ sections: [UnmodelledSection]
  ) -> CiliumNetworkPolicy.PortRule? {
    guard let fields = fields(node, keys: ["port", "endPort", "protocol"]),
      let number = required(fields, "port").flatMap({ portNumber($0) })
    else { return nil }
    let known: [(name: String, value: PolicyProtocol?)] = [
      ("ANY", nil), ("TCP", .tcp), ("UDP", .udp), ("SCTP", .sctp),
    ]
    return CiliumNetworkPolicy.PortRule(
      number: number, endPort: endPort(fields, after: number),
      protocol: policyProtocol(fields, among: known), unmodelled: sections)
  }

  /// The fields of one entry of `icmps`.
  mutating func icmpTypes(_ node: ManifestNode) -> [CiliumNetworkPolicy.ICMPType] {
    guard let fields = fields(node, keys: ["fields"]), required(fields, "fields") != nil else { return [] }
    return list(fields, "fields").compactMap { icmpType($0) }
  }

  private mutating func icmpType(_ node: ManifestNode) -> CiliumNetworkPolicy.ICMPType? {
    guard let fields = fields(node, keys: ["type", "family"]) else { return nil }
    let family = fields["family"].flatMap { node in
      value(node, .word(["IPv4", "IPv6"])) { ["IPv4": false, "IPv6": true][$0] }
    }
    let isIPv6 = family ?? false
    let type = required(fields, "type").flatMap { node in
      value(node, .icmpType) { UInt8($0) ?? ICMPTypeName(rawValue: $0)?.type(isIPv6: isIPv6) }
    }
    return type.map { CiliumNetworkPolicy.ICMPType(type: $0, isIPv6: isIPv6) }
  }
}

extension CiliumNetworkPolicy.Peer {
  fileprivate init(_ range: ManifestReader.AddressRange, except: [IPv4Prefix]) {
    switch range {
    case .ipv4(let prefix): self = .cidr(prefix, except: except)
    case .ipv6(let text): self = .ipv6CIDR(text)
    }
  }
}

/// The names that policies may give to ICMP types.
///
/// Source: Cilium `pkg/policy/api/icmp.go`.
private enum ICMPTypeName: String {
  case echoReply = "EchoReply"
  case destinationUnreachable = "DestinationUnreachable"
  case redirect = "Redirect"
  case echo = "Echo"
  case echoRequest = "EchoRequest"
  case timeExceeded = "TimeExceeded"
  case parameterProblem = "ParameterProblem"
  case timestamp = "Timestamp"
  case timestampReply = "TimestampReply"
  case packetTooBig = "PacketTooBig"

  /// `nil` where the family has no such message.
  func type(isIPv6: Bool) -> UInt8? {
    switch self {
    case .echoReply: isIPv6 ? 129 : 0
    case .destinationUnreachable: isIPv6 ? 1 : 3
    case .redirect: isIPv6 ? nil : 5
    case .echo: isIPv6 ? nil : 8
    case .echoRequest: isIPv6 ? 128 : 8
    case .timeExceeded: isIPv6 ? 3 : 11
    case .parameterProblem: isIPv6 ? 4 : 12
    case .timestamp: isIPv6 ? nil : 13
    case .timestampReply: isIPv6 ? nil : 14
    case .packetTooBig: isIPv6 ? 2 : nil
    }
  }
}

import NetModel

/// What both kinds of policy are made of. Keys that nobody knows are faults: a policy with a mistyped key means
/// something else.
extension ManifestReader {
  mutating func labelSelector(_ node: ManifestNode) -> LabelSelector? {
    guard let fields = fields(node, keys: ["matchLabels", "matchExpressions"]) else { return nil }
    let requirements = list(fields, "matchExpressions").compactMap { requirement($0) }
    return LabelSelector(matchLabels: labels(fields, "matchLabels"), matchExpressions: requirements)
  }

  private mutating func requirement(_ node: ManifestNode) -> LabelSelector.Requirement? {
    guard let fields = fields(node, keys: ["key", "operator", "values"]),
      let key = requiredText(fields, "key"), required(fields, "operator") != nil,
      let relation = word(fields, "operator", as: LabelSelector.Operator.self)
    else { return nil }
    let values = list(fields, "values").compactMap { text($0) }
    switch relation {
    case .in where values.isEmpty, .notIn where values.isEmpty:
      report(.missingKey("values"), at: node)
      return nil
    case .exists where !values.isEmpty, .doesNotExist where !values.isEmpty:
      report(.conflictingKeys("values", "operator: \(relation.rawValue)"), at: node)
      return nil
    case .in, .notIn, .exists, .doesNotExist:
      return LabelSelector.Requirement(key: key, operator: relation, values: values)
    }
  }

  enum AddressRange {
    case ipv4(IPv4Prefix)
    case ipv6(String)
  }

  mutating func addressRange(_ node: ManifestNode) -> AddressRange? {
    value(node, .cidr) { text in
      if let prefix = IPv4InterfaceAddress(parsing: text)?.prefix { return .ipv4(prefix) }
      let address = text.split(separator: "/", maxSplits: 1)[...].first ?? ""
      return IPv6Address(parsing: address) == nil ? nil : .ipv6(text)
    }
  }

  /// A range of addresses with its exceptions, each of which must lie within it.
  mutating func addressRange(_ fields: ManifestFields) -> (range: AddressRange, except: [IPv4Prefix])? {
    guard let range = required(fields, "cidr").flatMap({ addressRange($0) }) else { return nil }
    guard case .ipv4(let prefix) = range else { return (range, []) }
    let except = list(fields, "except").compactMap { node in
      value(node, .part(of: prefix)) { text in
        IPv4InterfaceAddress(parsing: text).map(\.prefix).flatMap { prefix.contains($0) ? $0 : nil }
      }
    }
    return (range, except)
  }

  /// A number, or a name of at most 15 letters, digits and dashes with a letter among them.
  ///
  /// Source: RFC 6335, section 5.1.
  mutating func portNumber(_ node: ManifestNode) -> PortNumber? {
    value(node, .portOrName) { text in
      if let number = UInt16(text) { return .number(number) }
      let isName =
        text.count <= 15 && text.contains(where: \.isLetter)
        && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
      return isName ? .name(text.lowercased()) : nil
    }
  }

  /// The last port of a range; only a number can begin one, and not a higher one.
  mutating func endPort(_ fields: ManifestFields, after first: PortNumber?) -> UInt16? {
    guard let node = fields["endPort"] else { return nil }
    guard case .number(let first) = first else {
      report(.invalidValue(node.text, expected: .number(1...65535)), at: node)
      return nil
    }
    return number(node, in: Int(first)...65535).map(UInt16.init)
  }

  mutating func policyProtocol(
    _ fields: ManifestFields, among known: [(name: String, value: PolicyProtocol?)]
  ) -> PolicyProtocol? {
    let found = fields["protocol"].flatMap { node in
      value(node, .word(known.map(\.name))) { text in
        known.first { $0.name == text.uppercased() }
      }
    }
    return found?.value
  }
}

import NetModel

extension CiliumSettings {
  /// The settings that an agent takes from a release's values when it starts.
  ///
  /// Values that decide about no packet are passed over.
  ///
  /// - Throws: `SettingsError.invalidValue` where a value is not one the agent knows, `SettingsError.conflict`
  ///   where the agent refuses to start with them.
  ///
  /// Source: Cilium `install/kubernetes/cilium/values.yaml`, `templates/cilium-configmap.yaml`.
  package init(helm values: HelmValues) throws(SettingsError) {
    let reader = HelmReader(values: values)
    let replacesKubeProxy = try reader.bool("kubeProxyReplacement", default: false)
    self.init(
      routing: try reader.routingMode(),
      autoDirectNodeRoutes: try reader.bool("autoDirectNodeRoutes", default: false),
      directRoutingSkipUnreachable: try reader.bool("directRoutingSkipUnreachable", default: false),
      ipv4NativeRoutingCIDR: try reader.prefix("ipv4NativeRoutingCIDR"),
      kubeProxyReplacement: replacesKubeProxy,
      bpfMasquerade: try reader.bool("bpf.masquerade", default: false),
      enableIPv4Masquerade: try reader.bool("enableIPv4Masquerade", default: true),
      legacyHostRouting: try reader.bool("bpf.hostLegacyRouting", default: false),
      endpointRoutes: try reader.bool("endpointRoutes.enabled", default: false),
      socketLB: try reader.socketLB(isOnByDefault: replacesKubeProxy),
      installNoConntrackIptablesRules: try reader.bool("installNoConntrackIptablesRules", default: false),
      tunnelPort: try reader.tunnelPort(),
      l2Announcements: try reader.bool("l2announcements.enabled", default: false),
      bgpControlPlane: try reader.bool("bgpControlPlane.enabled", default: false),
      loadBalancer: try reader.word("loadBalancer.mode", default: .snat),
      loadBalancerAlgorithm: try reader.word("loadBalancer.algorithm", default: .random),
      noBackendResponse: try reader.word("loadBalancer.serviceNoBackendResponse", default: .reject),
      enablePolicy: try reader.word("policyEnforcementMode", default: .default))
    policyAuditMode = try reader.bool("policyAuditMode", default: false)
    l7Proxy = try reader.bool("l7Proxy", default: true)
    leaseTiming = LeaseTiming(
      duration: try reader.duration("l2announcements.leaseDuration", default: .seconds(15)),
      renewDeadline: try reader.duration("l2announcements.leaseRenewDeadline", default: .seconds(5)),
      retryPeriod: try reader.duration("l2announcements.leaseRetryPeriod", default: .seconds(2)))
    dsrDispatch = try reader.word("loadBalancer.dsrDispatch", default: .opt)
    maglev = try reader.maglev()
    externalClusterIP = try reader.bool("bpf.lbExternalClusterIP", default: false)
    sourceRangesForAllTypes = try reader.bool("bpf.lbSourceRangeAllTypes", default: false)
    try refuseConflicts(tunnelProtocol: try reader.word("tunnelProtocol", default: .vxlan))
  }

  private func refuseConflicts(tunnelProtocol: TunnelProtocol) throws(SettingsError) {
    if tunnel != nil, autoDirectNodeRoutes { throw .conflict(.directRoutesInTunnelMode) }
    if tunnel == nil, enableIPv4Masquerade, ipv4NativeRoutingCIDR == nil {
      throw .conflict(.nativeRoutingWithoutCIDR)
    }
    if let conflict = dsrConflict(tunnelProtocol) { throw .conflict(conflict) }
    guard installNoConntrackIptablesRules else { return }
    if tunnel != nil { throw .conflict(.noConntrackRulesInTunnelMode) }
    if !kubeProxyReplacement { throw .conflict(.noConntrackRulesWithoutKubeProxyReplacement) }
    if enableIPv4Masquerade, !bpfMasquerade { throw .conflict(.noConntrackRulesWithIptablesMasquerade) }
  }
}

extension CiliumSettings {
  /// Source: Cilium `daemon/cmd/kube_proxy_replacement.go`, `initKubeProxyReplacementOptions`.
  private func dsrConflict(_ tunnelProtocol: TunnelProtocol) -> SettingsError.Conflict? {
    guard kubeProxyReplacement, loadBalancer != .snat else { return nil }
    if loadBalancer == .hybrid, dsrDispatch == .ipip { return .ipipDispatchInHybridMode }
    if tunnel != nil, dsrDispatch != .geneve { return .tunnelWithoutGeneveDispatch }
    if dsrDispatch == .geneve, tunnelProtocol != .geneve { return .geneveDispatchOverVXLAN }
    return dsrDispatch == .ipip ? .ipipDispatchBesidePods : nil
  }
}

/// Reads typed values by path.
struct HelmReader {
  let values: HelmValues

  func bool(_ path: String, default fallback: Bool) throws(SettingsError) -> Bool {
    switch values[path] {
    case nil, .string(""): fallback
    case .bool(let value): value
    case .string("true"): true
    case .string("false"): false
    case .some(let value): throw .invalidValue(path: path, value: value, expected: .boolean)
    }
  }

  func prefix(_ path: String) throws(SettingsError) -> IPv4Prefix? {
    guard let value = values[path], value != .string("") else { return nil }
    guard case .string(let text) = value, let prefix = IPv4Prefix(parsing: text) else {
      throw .invalidValue(path: path, value: value, expected: .prefix)
    }
    return prefix
  }

  /// One of an enum's words; the chart's default is the empty word.
  func word<Word>(_ path: String, default fallback: Word) throws(SettingsError) -> Word
  where Word: RawRepresentable<String> & CaseIterable {
    guard let value = values[path], value != .string("") else { return fallback }
    guard case .string(let text) = value, let word = Word(rawValue: text) else {
      throw .invalidValue(path: path, value: value, expected: .word(Word.allCases.map(\.rawValue)))
    }
    return word
  }

  func routingMode() throws(SettingsError) -> CiliumSettings.RoutingMode {
    let tunnel: TunnelProtocol = try word("tunnelProtocol", default: .vxlan)
    return switch try word("routingMode", default: RoutingModeWord.tunnel) {
    case .native: .native
    case .tunnel: .tunnel(tunnel)
    }
  }

  /// Source: Cilium `pkg/maglev/maglev.go`, `ToConfig`.
  func maglev() throws(SettingsError) -> MaglevTable.Settings {
    var settings = MaglevTable.Settings()
    switch values["maglev.tableSize"] {
    case nil: break
    case .integer(let size) where MaglevTable.Settings.allowedSizes.contains(size): settings.size = size
    case .some(let value):
      let allowed = MaglevTable.Settings.allowedSizes.map(String.init)
      throw .invalidValue(path: "maglev.tableSize", value: value, expected: .word(allowed))
    }
    guard let value = values["maglev.hashSeed"], value != .string("") else { return settings }
    guard let seed = MaglevTable.Seed(base64: value.description) else {
      throw .invalidValue(path: "maglev.hashSeed", value: value, expected: .base64(bytes: 12))
    }
    settings.seed = seed
    return settings
  }

  func socketLB(isOnByDefault: Bool) throws(SettingsError) -> CiliumSettings.SocketLB {
    guard try bool("socketLB.enabled", default: isOnByDefault) || isOnByDefault else { return .off }
    return try bool("socketLB.hostNamespaceOnly", default: false) ? .hostNamespaceOnly : .full
  }

  /// A length of time as Go writes it.
  func duration(_ path: String, default fallback: Duration) throws(SettingsError) -> Duration {
    guard let value = values[path], value != .string("") else { return fallback }
    guard let duration = Duration(goText: value.description) else {
      throw .invalidValue(path: path, value: value, expected: .duration)
    }
    return duration
  }

  func tunnelPort() throws(SettingsError) -> UInt16? {
    let path = "tunnelPort"
    switch values[path] {
    case nil, .integer(0): return nil
    case .integer(let number) where (1...65535).contains(number): return UInt16(number)
    case .some(let value): throw .invalidValue(path: path, value: value, expected: .number(0...65535))
    }
  }

  private enum RoutingModeWord: String, CaseIterable {
    case native, tunnel
  }
}

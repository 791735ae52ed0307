import ControlPlane
import NetModel
import Testing

@Suite struct CiliumSettingsTests {
  private func settings(_ values: [(String, String)]) throws -> CiliumSettings {
    let settings = values.map { HelmSetting(path: $0.0, value: HelmValue(parsing: $0.1)) }
    return try CiliumSettings(helm: HelmValues(settings))
  }

  @Test func theChartsDefaults() throws {
    let settings = try settings([])
    #expect(settings.routing == .tunnel(.vxlan))
    #expect(settings.enableIPv4Masquerade)
    #expect(!settings.kubeProxyReplacement)
    #expect(settings.socketLB == .off)
  }

  @Test func theLabsValues() throws {
    let settings = try #require(week4("fresh").snapshot().agents.first).datapath.settings
    #expect(settings.routing == .native)
    #expect(
      settings.autoDirectNodeRoutes && settings.bpfMasquerade && settings.installNoConntrackIptablesRules)
    #expect(settings.ipv4NativeRoutingCIDR?.description == "172.20.0.0/16")
    #expect(settings.bpfHostRouting)
    #expect(settings.socketLB == .full)
  }

  static let conflicts: [(values: [(String, String)], conflict: SettingsError.Conflict)] = [
    ([("autoDirectNodeRoutes", "true")], .directRoutesInTunnelMode),
    ([("installNoConntrackIptablesRules", "true")], .noConntrackRulesInTunnelMode),
    ([("routingMode", "native")], .nativeRoutingWithoutCIDR),
    (
      [
        ("routingMode", "native"), ("ipv4NativeRoutingCIDR", "10.0.0.0/8"),
        ("installNoConntrackIptablesRules", "true"),
      ], .noConntrackRulesWithoutKubeProxyReplacement
    ),
    (
      [
        ("routingMode", "native"), ("ipv4NativeRoutingCIDR", "10.0.0.0/8"), ("kubeProxyReplacement", "true"),
        ("installNoConntrackIptablesRules", "true"),
      ], .noConntrackRulesWithIptablesMasquerade
    ),
  ]

  @Test(arguments: conflicts)
  func conflict(values: [(String, String)], conflict: SettingsError.Conflict) {
    #expect(throws: SettingsError.conflict(conflict)) { try settings(values) }
  }

  static let unknownValues: [(path: String, value: String, expected: SettingsError.Expected)] = [
    ("routingMode", "direct", .word(["native", "tunnel"])),
    ("tunnelProtocol", "gre", .word(["vxlan", "geneve"])),
    ("bpf.masquerade", "yes", .boolean),
    ("ipv4NativeRoutingCIDR", "172.20.0.1/16", .prefix),
    ("tunnelPort", "70000", .number(0...65535)),
  ]

  @Test(arguments: unknownValues)
  func unknownValue(path: String, value: String, expected: SettingsError.Expected) {
    let value = HelmValue(parsing: value)
    #expect(throws: SettingsError.invalidValue(path: path, value: value, expected: expected)) {
      try CiliumSettings(helm: HelmValues([HelmSetting(path: path, value: value)]))
    }
  }

  @Test(arguments: [
    ("true", HelmValue.bool(true)), ("8472", .integer(8472)), ("007", .string("007")), ("", .string("")),
    ("{a,1}", .list([.string("a"), .integer(1)])), ("172.20.0.0/16", .string("172.20.0.0/16")),
  ])
  func parsing(text: String, value: HelmValue) {
    #expect(HelmValue(parsing: text) == value)
    #expect(value.description == text)
  }
}

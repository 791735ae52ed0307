import NetModel

extension CiliumSettings.RoutingMode {
  /// The values that switch a release to this mode; nothing else changes.
  package var helmSettings: [HelmSetting] {
    switch self {
    case .native:
      [
        HelmSetting(path: "routingMode", value: .string("native")),
        HelmSetting(path: "autoDirectNodeRoutes", value: .bool(true)),
        HelmSetting(path: "installNoConntrackIptablesRules", value: .bool(true)),
      ]
    case .tunnel(let tunnel):
      [
        HelmSetting(path: "routingMode", value: .string("tunnel")),
        HelmSetting(path: "tunnelProtocol", value: .string(tunnel.rawValue)),
        HelmSetting(path: "autoDirectNodeRoutes", value: .bool(false)),
        HelmSetting(path: "installNoConntrackIptablesRules", value: .bool(false)),
      ]
    }
  }

  /// The edits that switch a network to this mode: the values, taken by all agents at once.
  package var edits: [Edit] { [.setHelmValues(helmSettings, restart: .all)] }
}

/// Why Helm values make no settings that an agent would start with.
package enum SettingsError: Error, Hashable, Sendable {
  /// The value at `path` is not one that the agent knows.
  case invalidValue(path: String, value: HelmValue, expected: Expected)
  /// Each value is fine but an agent refuses to start with them together.
  case conflict(Conflict)

  /// What would be a value.
  package enum Expected: Hashable, Sendable {
    case boolean
    case prefix
    /// A length of time such as `15s`.
    case duration
    /// A number in a range.
    case number(ClosedRange<Int>)
    /// One of these words.
    case word([String])
    /// So many bytes in Base64.
    case base64(bytes: Int)
  }

  /// Source: Cilium `daemon/cmd/daemon_main.go`, `pkg/option/config.go`.
  package enum Conflict: Hashable, Sendable {
    /// `autoDirectNodeRoutes` is for native routing.
    case directRoutesInTunnelMode
    /// `installNoConntrackIptablesRules` is for native routing.
    case noConntrackRulesInTunnelMode
    /// `installNoConntrackIptablesRules` needs `kubeProxyReplacement`.
    case noConntrackRulesWithoutKubeProxyReplacement
    /// `installNoConntrackIptablesRules` needs `bpf.masquerade` where there is masquerading.
    case noConntrackRulesWithIptablesMasquerade
    /// DSR through a tunnel needs `loadBalancer.dsrDispatch=geneve`.
    case tunnelWithoutGeneveDispatch
    /// `loadBalancer.dsrDispatch=geneve` needs `tunnelProtocol=geneve`.
    case geneveDispatchOverVXLAN
    /// `loadBalancer.dsrDispatch=ipip` is for machines that balance loads alone (`datapath-mode=lb-only`).
    case ipipDispatchBesidePods
    /// `loadBalancer.mode=hybrid` knows no `loadBalancer.dsrDispatch=ipip`.
    case ipipDispatchInHybridMode
    /// Native routing with masquerading needs `ipv4NativeRoutingCIDR`.
    case nativeRoutingWithoutCIDR
  }
}

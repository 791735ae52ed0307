import ControlPlane
import NetModel

/// `cilium-dbg config`: what the agent runs with, by the names of its options.
///
/// The options that decide about nothing in the lab are left out.
///
/// Source: Cilium `cilium-dbg/cmd/config.go`, `cilium-dbg/cmd/config_get.go`, `pkg/option/config.go`.
enum AgentConfiguration {
  /// An option of the agent and its value.
  typealias Option = (name: String, value: String)

  static func text(_ agent: AgentView, _ flags: ParsedFlags) -> String {
    let showsReadOnly = flags.isOn("read-only") || flags.isOn("all")
    let showsWritable = flags.isOn("all") || !flags.isOn("read-only")
    var lines: [String] = []
    if showsReadOnly {
      lines.append("#### Read-only configurations ####")
      lines += readOnly(agent).map(line)
    }
    if showsWritable {
      lines.append("##### Read-write configurations #####")
      lines += writable(agent).map { line(($0.name, asSwitch($0.value))) }
      lines.append(line(("PolicyEnforcement", agent.agent.settings.enablePolicy.rawValue)))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// One option, whatever the case of its name, hyphens aside.
  static func value(of name: String, _ agent: AgentView) throws(ToolFailure) -> String {
    let wanted = name.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "_" }
    let policy: Option = ("PolicyEnforcement", agent.agent.settings.enablePolicy.rawValue)
    let options = readOnly(agent) + writable(agent) + [policy]
    guard let found = options.first(where: { $0.name.lowercased() == wanted }) else {
      throw .error("Configuration does not exist")
    }
    return found.value + "\n"
  }

  private static func line(_ option: Option) -> String {
    option.name + String(repeating: " ", count: max(0, 34 - option.name.count)) + ": " + option.value
  }

  private static func asSwitch(_ value: String) -> String {
    value == "true" ? "Enabled" : value == "false" ? "Disabled" : value
  }

  /// In ascending order of name.
  private static func readOnly(_ agent: AgentView) -> [Option] {
    let settings = agent.agent.settings
    let rows: [(String, String)] = [
      ("BPFSocketLBHostnsOnly", "\(settings.socketLB == .hostNamespaceOnly)"),
      ("DirectRoutingSkipUnreachable", "\(settings.directRoutingSkipUnreachable)"),
      ("EnableAutoDirectRouting", "\(settings.autoDirectNodeRoutes)"),
      ("EnableBGPControlPlane", "\(settings.bgpControlPlane)"),
      ("EnableBPFMasquerade", "\(settings.bpfMasquerade)"),
      ("EnableEndpointRoutes", "\(settings.endpointRoutes)"),
      ("EnableHostLegacyRouting", "\(!settings.bpfHostRouting)"),
      ("EnableIPv4", "true"),
      ("EnableIPv4Masquerade", "\(settings.enableIPv4Masquerade)"),
      ("EnableIPv6", "false"),
      ("EnableL2Announcements", "\(settings.l2Announcements)"),
      ("EnableL7Proxy", "\(settings.l7Proxy)"),
      ("EnablePolicy", settings.enablePolicy.rawValue),
      ("IPAM", agent.configured("ipam") ?? "cluster-pool"),
      ("InstallNoConntrackIptRules", "\(settings.installNoConntrackIptablesRules)"),
      ("RoutingMode", settings.tunnel == nil ? "native" : "tunnel"),
      ("ServiceNoBackendResponse", settings.noBackendResponse.rawValue),
    ]
    return rows.map { (name: $0.0, value: $0.1) }
  }

  /// What can be changed while the agent runs, in ascending order of name.
  ///
  /// Source: Cilium `pkg/option/daemon.go`, `DaemonMutableOptionLibrary`; `daemon/cmd/daemon_main.go` for the
  /// values at start.
  private static func writable(_ agent: AgentView) -> [Option] {
    [
      ("ConntrackAccounting", agent.configured("bpf-conntrack-accounting") == nil ? "false" : "true"),
      ("Debug", agent.configured("debug") ?? "false"),
      ("DebugLB", "false"), ("DebugPolicy", "false"), ("DropNotification", "true"),
      ("MonitorAggregationLevel", (agent.configured("monitor-aggregation") ?? "medium").capitalizedWord),
      ("PolicyAccounting", "true"), ("PolicyAuditMode", agent.configured("policy-audit-mode") ?? "false"),
      ("PolicyVerdictNotification", "true"), ("SourceIPVerification", "true"), ("TraceNotification", "true"),
    ].map { (name: $0.0, value: $0.1) }
  }
}

extension AgentView {
  /// A key of the release's ConfigMap; `nil` where the chart renders none.
  func configured(_ key: String) -> String? { cluster.ciliumConfig.first { $0.key == key }?.value }
}

extension String {
  fileprivate var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}

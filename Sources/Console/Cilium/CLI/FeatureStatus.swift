import ControlPlane
import NetModel

/// `cilium features status`: the feature metrics of all agents, side by side.
///
/// The operator's metrics are not modelled.
///
/// Source: Cilium `cilium-cli/features/status.go`, `tab_writer.go`; `pkg/metrics/features/metrics.go`, `update`.
enum FeatureStatus {
  static func text(_ request: CiliumCLI.Request) throws(ToolFailure) -> String {
    if let format = request.flags.text("output"), format != "tab" {
      throw .notModelled("cilium features status -o \(format)")
    }
    let wanted = request.flags.text("node")
    let agents = request.lab.snapshot.agents.filter { wanted == nil || $0.node.name == wanted }
      .compactMap { AgentView(of: $0.node, in: request.lab) }
    return "\nCilium Agents\n" + table(agents)
  }

  private static func table(_ agents: [AgentView]) -> String {
    let columns = agents.map(\.featureMetrics)
    let keys = Set(columns.joined().map(\.key)).sorted()
    var former = ""
    var text = "Uniform\tName\tLabels\t" + agents.map { "\($0.node.id)\t" }.joined() + "\n"
    for key in keys {
      let values = columns.map { metrics in metrics.first { $0.key == key }?.value ?? 0 }
      let isBinary = values.allSatisfy { $0 == 0 || $0 == 1 }
      let uniform = isBinary ? (Set(values).count <= 1 ? "Yes" : "No") : " "
      let parts = key.split(separator: ";", maxSplits: 1)
      let name = parts.first.map(String.init) ?? ""
      text += "\(uniform)\t\(name == former ? "" : name)\t\(parts.count > 1 ? parts[1] : "")\t"
      text += values.map { "\($0)\t" }.joined() + "\n"
      former = name
    }
    var writer = TabWriter(minimumWidth: 0, padding: 2)
    return writer.format(text)
  }
}

/// One metric about what an agent has switched on.
struct FeatureMetric: Hashable, Sendable {
  /// The name, and behind semicolons the labels in ascending order.
  var key: String
  var value: Int
}

extension AgentView {
  /// In the order of Cilium's own list.
  var featureMetrics: [FeatureMetric] {
    let settings = datapath.settings
    let network = settings.tunnel.map { "overlay-\($0.rawValue)" } ?? "direct-routing"
    let options: [(String, String)] = [
      ("controlplane_ipam", "mode=\(configured("ipam") ?? "cluster-pool")"),
      ("controlplane_identity_allocation", "mode=\(configured("identity-allocation-mode") ?? "crd")"),
      ("datapath_network", "mode=\(network)"), ("datapath_chaining_enabled", "mode=none"),
      ("datapath_internet_protocol", "address_family=ipv4-only"),
      ("datapath_config", "mode=\(configured("datapath-mode") ?? "veth")"),
      (
        "adv_connect_and_lb_node_port_configuration",
        "acceleration=\(configured("bpf-lb-acceleration") ?? "disabled");"
          + "algorithm=\(settings.loadBalancerAlgorithm.rawValue);mode=\(settings.loadBalancer.rawValue)"
      ),
      (
        "adv_connect_and_lb_envoy_proxy_enabled",
        "mode=\(configured("external-envoy-proxy") == "true" ? "standalone" : "embedded")"
      ),
    ]
    let ingested = ingestedObjects.filter { $0.1 > 0 }
    return options.map { FeatureMetric(key: "cilium_feature_\($0.0);\($0.1)", value: 1) }
      + switches.map { FeatureMetric(key: "cilium_feature_\($0.0)", value: $0.1 ? 1 : 0) }
      + ingested.map { FeatureMetric(key: "cilium_feature_network_policies_\($0.0);action=add", value: $0.1) }
  }

  private var switches: [(String, Bool)] {
    let settings = datapath.settings
    func isOn(_ key: String) -> Bool { configured(key) == "true" }
    return [
      ("controlplane_cilium_endpoint_slices_enabled", isOn("enable-cilium-endpoint-slice")),
      ("network_policies_host_firewall_enabled", isOn("enable-host-firewall")),
      ("network_policies_local_redirect_policy_enabled", isOn("enable-local-redirect-policy")),
      ("network_policies_mutual_auth_enabled", isOn("mesh-auth-enabled")),
      ("network_policies_non_defaultdeny_policies_enabled", isOn("enable-non-default-deny-policies")),
      ("adv_connect_and_lb_kube_proxy_replacement_enabled", settings.kubeProxyReplacement),
      ("adv_connect_and_lb_bgp_enabled", settings.bgpControlPlane),
      ("adv_connect_and_lb_egress_gateway_enabled", isOn("enable-egress-gateway")),
      ("adv_connect_and_lb_bandwidth_manager_enabled", isOn("enable-bandwidth-manager")),
      ("adv_connect_and_lb_sctp_enabled", isOn("enable-sctp")),
      ("adv_connect_and_lb_k8s_internal_traffic_policy_enabled", isOn("enable-internal-traffic-policy")),
      ("adv_connect_and_lb_vtep_enabled", isOn("enable-vtep")),
      ("adv_connect_and_lb_cilium_envoy_config_enabled", isOn("enable-envoy-config")),
      ("adv_connect_and_lb_l2_lb_enabled", settings.l2Announcements),
      ("adv_connect_and_lb_l2_pod_announcement_enabled", isOn("enable-l2-pod-announcements")),
      ("adv_connect_and_lb_cilium_node_config_enabled", false),
    ]
  }

  /// How many objects the agent took in of each kind that is counted.
  ///
  /// Source: Cilium `pkg/metrics/features/misc.go`.
  private var ingestedObjects: [(String, Int)] {
    [
      (
        "internal_traffic_policy_services_total",
        cluster.services.filter { $0.internalTrafficPolicy == .local }.count
      ),
      ("cilium_network_policies_total", cluster.policies.filter { $0.id.kind == .ciliumNetworkPolicy }.count),
      (
        "cilium_clusterwide_network_policies_total",
        cluster.policies.filter { $0.id.kind == .ciliumClusterwideNetworkPolicy }.count
      ),
    ]
  }
}

extension ConfigKey {
  /// The keys of agents and operator whose names begin with a to h, in ascending order.
  ///
  /// Source: Cilium `install/kubernetes/cilium/templates/cilium-configmap.yaml`, `values.yaml`.
  static let agent: [ConfigKey] = [
    ConfigKey("agent-health-port", .value("healthPort", "9879"), [.set("healthPort")]),
    ConfigKey("agent-not-ready-taint-key", .value("agentNotReadyTaintKey", "node.cilium.io/agent-not-ready")),
    ConfigKey("annotate-k8s-node", .text("true"), [.on("annotateK8sNode", false)]),
    ConfigKey("api-rate-limit", .value("apiRateLimit", nil), [.on("apiRateLimit", false)]),
    ConfigKey("auto-direct-node-routes", .value("autoDirectNodeRoutes", "false")),
    ConfigKey(
      "bgp-router-id-allocation-ip-pool", .value("bgpControlPlane.routerIDAllocation.ipPool", ""),
      [.on("bgpControlPlane.enabled", false)]),
    ConfigKey(
      "bgp-router-id-allocation-mode", .value("bgpControlPlane.routerIDAllocation.mode", "default"),
      [.on("bgpControlPlane.enabled", false)]),
    ConfigKey(
      "bgp-secrets-namespace", .value("bgpControlPlane.secretsNamespace.name", "kube-system"),
      [.on("bgpControlPlane.enabled", false)]),
    ConfigKey("cilium-endpoint-gc-interval", .value("operator.endpointGCInterval", "5m0s")),
    ConfigKey("clean-cilium-bpf-state", .text("true"), [.on("cleanBpfState", false)]),
    ConfigKey("clean-cilium-state", .text("true"), [.on("cleanState", false)]),
    ConfigKey("cluster-health-port", .value("clusterHealthPort", nil), [.set("clusterHealthPort")]),
    ConfigKey("cluster-id", .value("cluster.id", "0")),
    ConfigKey("cluster-name", .value("cluster.name", "default")),
    ConfigKey(
      "cluster-pool-ipv4-cidr", .value("ipam.operator.clusterPoolIPv4PodCIDRList", "10.0.0.0/8"),
      [.equals("ipam.mode", "cluster-pool", "cluster-pool"), .on("ipv4.enabled", true)]),
    ConfigKey(
      "cluster-pool-ipv4-mask-size", .value("ipam.operator.clusterPoolIPv4MaskSize", "24"),
      [.equals("ipam.mode", "cluster-pool", "cluster-pool"), .on("ipv4.enabled", true)]),
    ConfigKey(
      "clustermesh-enable-endpoint-sync", .value("clustermesh.enableEndpointSliceSynchronization", "false")),
    ConfigKey("clustermesh-enable-mcs-api", .value("clustermesh.enableMCSAPISupport", "false")),
    ConfigKey("cni-chaining-target", .value("cni.chainingTarget", nil), [.set("cni.chainingTarget")]),
    ConfigKey(
      "cni-exclusive", .value("cni.exclusive", "true"),
      [.off("cni.customConf", false), .on("cni.install", true)]),
    ConfigKey("cni-external-routing", .value("cni.externalRouting", nil), [.set("cni.externalRouting")]),
    ConfigKey(
      "cni-log-file", .value("cni.logFile", "/var/run/cilium/cilium-cni.log"),
      [.off("cni.customConf", false), .on("cni.install", true)]),
    ConfigKey("cni-uninstall", .value("cni.uninstall", "false"), [.on("cni.uninstall", false)]),
    ConfigKey(
      "conntrack-gc-interval", .value("conntrackGCInterval", ""), [.on("conntrackGCInterval", false)]),
    ConfigKey(
      "conntrack-gc-max-interval", .value("conntrackGCMaxInterval", ""),
      [.on("conntrackGCMaxInterval", false)]),
    ConfigKey(
      "controller-group-metrics",
      .value(
        "prometheus.controllerGroupMetrics", "write-cni-file sync-host-ips sync-lb-maps-with-k8s-services"),
      [.on("prometheus.enabled", false), .on("prometheus.controllerGroupMetrics", true)]),
    ConfigKey("crd-wait-timeout", .value("crdWaitTimeout", ""), [.on("crdWaitTimeout", false)]),
    ConfigKey("custom-cni-conf", .value("cni.customConf", "false")),
    ConfigKey("debug", .value("debug.enabled", "false")),
    ConfigKey("debug-verbose", .value("debug.verbose", nil)),
    ConfigKey("default-lb-service-ipam", .value("defaultLBServiceIPAM", "lbipam")),
    ConfigKey("devices", .value("devices", nil), [.set("devices")]),
    ConfigKey(
      "direct-routing-device", .value("nodePort.directRoutingDevice", nil),
      [.set("nodePort.range"), .set("nodePort.directRoutingDevice")]),
    ConfigKey("direct-routing-skip-unreachable", .value("directRoutingSkipUnreachable", "false")),
    ConfigKey("disable-endpoint-crd", .text("true"), [.equals("disableEndpointCRD", "false", "true")]),
    ConfigKey(
      "disable-envoy-version-check", .value("disableEnvoyVersionCheck", nil),
      [.set("disableEnvoyVersionCheck")]),
    ConfigKey(
      "disable-external-ip-mitigation", .value("bpf.disableExternalIPMitigation", "false"),
      [.on("bpf.disableExternalIPMitigation", false)]),
    ConfigKey(
      "disable-iptables-feeder-rules", .value("disableIptablesFeederRules", nil),
      [.set("disableIptablesFeederRules")]),
    ConfigKey(
      "egress-gateway-policy-map-max", .value("egressGateway.maxPolicyEntries", nil),
      [.on("egressGateway.maxPolicyEntries", false)]),
    ConfigKey(
      "egress-gateway-reconciliation-trigger-interval",
      .value("egressGateway.reconciliationTriggerInterval", "1s")),
    ConfigKey(
      "egress-masquerade-interfaces", .value("egressMasqueradeInterfaces", nil),
      [.set("egressMasqueradeInterfaces")]),
    ConfigKey(
      "enable-auto-protect-node-port-range", .value("nodePort.autoProtectPortRange", "true"),
      [.set("nodePort.range")]),
    ConfigKey(
      "enable-bandwidth-manager", .value("bandwidthManager.enabled", "false"),
      [.on("bandwidthManager.enabled", false)]),
    ConfigKey(
      "enable-bbr", .value("bandwidthManager.bbr", "false"), [.on("bandwidthManager.enabled", false)]),
    ConfigKey(
      "enable-bbr-hostns-only", .value("bandwidthManager.bbrHostNamespaceOnly", "false"),
      [.on("bandwidthManager.enabled", false)]),
    ConfigKey("enable-bgp-control-plane", .text("true"), [.on("bgpControlPlane.enabled", false)]),
    ConfigKey(
      "enable-bgp-control-plane-status-report", .value("bgpControlPlane.statusReport.enabled", "true"),
      [.on("bgpControlPlane.enabled", false)]),
    ConfigKey("enable-cilium-endpoint-slice", .text("true"), [.on("ciliumEndpointSlice.enabled", false)]),
    ConfigKey(
      "enable-custom-calls", .value("customCalls.enabled", "false"), [.on("customCalls.enabled", false)]),
    ConfigKey("enable-egress-gateway", .text("true"), [.on("egressGateway.enabled", false)]),
    ConfigKey(
      "enable-encryption-strict-mode", .value("encryption.strictMode.enabled", "false"),
      [.on("encryption.strictMode.enabled", false)]),
    ConfigKey("enable-endpoint-health-checking", .value("endpointHealthChecking.enabled", "true")),
    ConfigKey(
      "enable-endpoint-lockdown-on-policy-overflow", .value("endpointLockdownOnMapOverflow", "false")),
    ConfigKey(
      "enable-endpoint-routes", .value("endpointRoutes.enabled", "false"),
      [.on("endpointRoutes.enabled", false)]),
    ConfigKey(
      "enable-health-check-nodeport", .value("nodePort.enableHealthCheck", "true"), [.set("nodePort.range")]),
    ConfigKey("enable-health-checking", .value("healthChecking", "true")),
    ConfigKey(
      "enable-host-firewall", .value("hostFirewall.enabled", "false"), [.on("hostFirewall.enabled", false)]),
    ConfigKey(
      "enable-host-legacy-routing", .value("bpf.hostLegacyRouting", nil), [.set("bpf.hostLegacyRouting")]),
    ConfigKey("enable-internal-traffic-policy", .value("enableInternalTrafficPolicy", "true")),
    ConfigKey("enable-ip-masq-agent", .text("true"), [.on("ipMasqAgent.enabled", false)]),
    ConfigKey(
      "enable-ipsec", .value("encryption.enabled", "false"),
      [.on("encryption.enabled", false), .equals("encryption.type", "ipsec", "ipsec")]),
    ConfigKey(
      "enable-ipsec-encrypted-overlay", .value("encryption.ipsec.encryptedOverlay", "false"),
      [.on("encryption.enabled", false), .equals("encryption.type", "ipsec", "ipsec")]),
    ConfigKey(
      "enable-ipsec-key-watcher", .value("encryption.ipsec.keyWatcher", "true"),
      [.on("encryption.enabled", false), .equals("encryption.type", "ipsec", "ipsec")]),
    ConfigKey("enable-ipv4", .value("ipv4.enabled", "true")),
    ConfigKey("enable-ipv4-big-tcp", .value("enableIPv4BIGTCP", "false")),
    ConfigKey("enable-ipv4-fragment-tracking", .value("fragmentTracking", nil), [.set("fragmentTracking")]),
    ConfigKey("enable-ipv4-masquerade", .value("enableIPv4Masquerade", "true")),
    ConfigKey("enable-ipv6", .value("ipv6.enabled", "false")),
    ConfigKey("enable-ipv6-big-tcp", .value("enableIPv6BIGTCP", "false")),
    ConfigKey("enable-ipv6-masquerade", .value("enableIPv6Masquerade", "true")),
    ConfigKey(
      "enable-k8s-endpoint-slice", .value("enableK8sEndpointSlice", nil),
      [.on("enableK8sEndpointSlice", false)]),
    ConfigKey("enable-k8s-networkpolicy", .value("k8sNetworkPolicy.enabled", "true")),
    ConfigKey(
      "enable-l2-announcements", .value("l2announcements.enabled", "false"),
      [.on("l2announcements.enabled", false)]),
    // Recorded: the lab's chart has it on.
    ConfigKey("enable-l2-neigh-discovery", .value("l2NeighDiscovery.enabled", "true")),
    ConfigKey(
      "enable-l2-pod-announcements", .value("l2podAnnouncements.enabled", "false"),
      [.on("l2podAnnouncements.enabled", false)]),
    ConfigKey("enable-l7-proxy", .value("l7Proxy", "true")),
    ConfigKey("enable-lb-ipam", .value("enableLBIPAM", "true")),
    ConfigKey("enable-local-redirect-policy", .text("true"), [.on("localRedirectPolicies.enabled", false)]),
    ConfigKey("enable-masquerade-to-route-source", .value("enableMasqueradeRouteSource", "false")),
    ConfigKey("enable-metrics", .text("true"), [.on("operator.prometheus.enabled", true)]),
    ConfigKey(
      "enable-nat46x64-gateway", .value("nat46x64Gateway.enabled", "false"),
      [.on("nat46x64Gateway.enabled", false)]),
    ConfigKey("enable-node-ipam", .text("true"), [.on("nodeIPAM.enabled", false)]),
    ConfigKey("enable-node-port", .value("nodePort.enabled", "false"), [.off("kubeProxyReplacement", false)]),
    ConfigKey("enable-node-selector-labels", .value("nodeSelectorLabels", "false")),
    ConfigKey("enable-non-default-deny-policies", .value("enableNonDefaultDenyPolicies", "true")),
    ConfigKey("enable-pmtu-discovery", .text("true"), [.on("pmtuDiscovery.enabled", false)]),
    ConfigKey("enable-policy", .value("policyEnforcementMode", "default")),
    ConfigKey("enable-policy-secrets-sync", .text("true")),
    ConfigKey(
      "enable-route-mtu-for-cni-chaining", .value("cni.enableRouteMTUForCNIChaining", "false"),
      [.on("cni.enableRouteMTUForCNIChaining", false)]),
    ConfigKey("enable-sctp", .value("sctp.enabled", "false")),
    ConfigKey(
      "enable-service-topology", .value("loadBalancer.serviceTopology", nil),
      [.set("loadBalancer.serviceTopology")]),
    ConfigKey("enable-session-affinity", .value("sessionAffinity", nil), [.on("sessionAffinity", false)]),
    ConfigKey("enable-source-ip-verification", .value("daemon.enableSourceIPVerification", "true")),
    ConfigKey(
      "enable-svc-source-range-check", .value("svcSourceRangeCheck", "true"),
      [.on("svcSourceRangeCheck", true)]),
    ConfigKey("enable-vtep", .value("vtep.enabled", "false")),
    ConfigKey("enable-well-known-identities", .text("true"), [.on("wellKnownIdentities.enabled", false)]),
    ConfigKey("enable-well-known-identities", .text("false"), [.off("wellKnownIdentities.enabled", false)]),
    ConfigKey(
      "enable-wireguard", .value("encryption.enabled", "false"),
      [.on("encryption.enabled", false), .equals("encryption.type", "ipsec", "wireguard")]),
    ConfigKey("enable-xt-socket-fallback", .value("enableXTSocketFallback", "true")),
    ConfigKey(
      "encrypt-interface", .value("encryption.ipsec.interface", ""),
      [
        .on("encryption.enabled", false), .equals("encryption.type", "ipsec", "ipsec"),
        .on("encryption.ipsec.interface", false),
      ]),
    ConfigKey(
      "encrypt-node", .value("encryption.nodeEncryption", "false"),
      [.on("encryption.enabled", false), .on("encryption.nodeEncryption", false)]),
    ConfigKey(
      "encryption-strict-mode-allow-remote-node-identities",
      .value("encryption.strictMode.allowRemoteNodeIdentities", "false"),
      [.on("encryption.strictMode.enabled", false)]),
    ConfigKey(
      "encryption-strict-mode-cidr", .value("encryption.strictMode.cidr", ""),
      [.on("encryption.strictMode.enabled", false)]),
    ConfigKey("force-device-detection", .text("true"), [.on("forceDeviceDetection", false)]),
    ConfigKey(
      "health-check-icmp-failure-threshold", .value("healthCheckICMPFailureThreshold", "3"),
      [.on("healthCheckICMPFailureThreshold", true)]),
  ]
}

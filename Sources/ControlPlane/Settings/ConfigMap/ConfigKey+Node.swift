extension ConfigKey {
  /// The keys of agents and operator whose names begin with i to z, in ascending order.
  ///
  /// Source: Cilium `install/kubernetes/cilium/templates/cilium-configmap.yaml`, `values.yaml`.
  static let node: [ConfigKey] = [
    ConfigKey("identity-allocation-mode", .value("identityAllocationMode", "crd")),
    ConfigKey(
      "identity-change-grace-period", .value("identityChangeGracePeriod", ""),
      [.on("identityChangeGracePeriod", false)]),
    ConfigKey("identity-gc-interval", .value("operator.identityGCInterval", "15m0s")),
    ConfigKey("identity-heartbeat-timeout", .value("operator.identityHeartbeatTimeout", "30m0s")),
    ConfigKey("identity-management-mode", .value("identityManagementMode", "agent")),
    ConfigKey(
      "install-uplink-routes-for-delegated-ipam", .value("ipam.installUplinkRoutesForDelegatedIPAM", "false"),
      [.on("ipam.installUplinkRoutesForDelegatedIPAM", false)]),
    ConfigKey("ipam", .value("ipam.mode", "cluster-pool")),
    ConfigKey(
      "ipam-cilium-node-update-rate", .value("ipam.ciliumNodeUpdateRate", "15s"),
      [.on("ipam.ciliumNodeUpdateRate", true)]),
    ConfigKey(
      "ipam-multi-pool-pre-allocation", .value("ipam.multiPoolPreAllocation", ""),
      [.on("ipam.multiPoolPreAllocation", false)]),
    ConfigKey(
      "ipsec-key-rotation-duration", .value("encryption.ipsec.keyRotationDuration", "5m"),
      [
        .on("encryption.enabled", false), .equals("encryption.type", "ipsec", "ipsec"),
        .on("encryption.ipsec.keyRotationDuration", true),
      ]),
    ConfigKey("iptables-lock-timeout", .value("iptablesLockTimeout", nil), [.set("iptablesLockTimeout")]),
    ConfigKey("iptables-random-fully", .value("iptablesRandomFully", "false")),
    ConfigKey(
      "ipv4-native-routing-cidr", .value("ipv4NativeRoutingCIDR", ""), [.on("ipv4NativeRoutingCIDR", false)]),
    ConfigKey(
      "ipv6-native-routing-cidr", .value("ipv6NativeRoutingCIDR", ""), [.on("ipv6NativeRoutingCIDR", false)]),
    ConfigKey("k8s-api-server-urls", .value("k8s.apiServerURLs", nil), [.set("k8s.apiServerURLs")]),
    ConfigKey(
      "k8s-client-burst", .value("k8sClientRateLimit.burst", nil), [.on("k8sClientRateLimit.burst", false)]),
    ConfigKey(
      "k8s-client-qps", .value("k8sClientRateLimit.qps", nil), [.on("k8sClientRateLimit.qps", false)]),
    ConfigKey("k8s-kubeconfig-path", .value("kubeConfigPath", ""), [.on("kubeConfigPath", false)]),
    ConfigKey("k8s-require-ipv4-pod-cidr", .value("k8s.requireIPv4PodCIDR", "false")),
    ConfigKey("k8s-require-ipv6-pod-cidr", .value("k8s.requireIPv6PodCIDR", "false")),
    ConfigKey("k8s-service-proxy-name", .value("k8s.serviceProxyName", nil), [.set("k8s.serviceProxyName")]),
    ConfigKey("kube-proxy-replacement", .value("kubeProxyReplacement", "false")),
    ConfigKey(
      "kube-proxy-replacement-healthz-bind-address", .value("kubeProxyReplacementHealthzBindAddr", ""),
      [.on("kubeProxyReplacement", false)]),
    ConfigKey(
      "l2-announcements-lease-duration", .value("l2announcements.leaseDuration", nil),
      [.on("l2announcements.enabled", false), .on("l2announcements.leaseDuration", false)]),
    ConfigKey(
      "l2-announcements-renew-deadline", .value("l2announcements.leaseRenewDeadline", nil),
      [.on("l2announcements.enabled", false), .on("l2announcements.leaseRenewDeadline", false)]),
    ConfigKey(
      "l2-announcements-retry-period", .value("l2announcements.leaseRetryPeriod", nil),
      [.on("l2announcements.enabled", false), .on("l2announcements.leaseRetryPeriod", false)]),
    ConfigKey(
      "l2-pod-announcements-interface", .value("l2podAnnouncements.interface", "eth0"),
      [.on("l2podAnnouncements.enabled", false), .off("l2podAnnouncements.interfacePattern", false)]),
    ConfigKey(
      "l2-pod-announcements-interface-pattern", .value("l2podAnnouncements.interfacePattern", nil),
      [.on("l2podAnnouncements.enabled", false), .on("l2podAnnouncements.interfacePattern", false)]),
    ConfigKey("labels", .value("labels", nil), [.set("labels")]),
    ConfigKey(
      "limit-ipam-api-burst", .value("ipam.operator.externalAPILimitBurstSize", nil),
      [.on("ipam.operator.externalAPILimitBurstSize", false)]),
    ConfigKey(
      "limit-ipam-api-qps", .value("ipam.operator.externalAPILimitQPS", nil),
      [.on("ipam.operator.externalAPILimitQPS", false)]),
    ConfigKey("log-system-load", .value("logSystemLoad", "false"), [.on("logSystemLoad", false)]),
    ConfigKey("max-connected-clusters", .value("clustermesh.maxConnectedClusters", "255")),
    ConfigKey(
      "metrics", .value("prometheus.metrics", nil),
      [.on("prometheus.enabled", false), .on("prometheus.metrics", false)]),
    ConfigKey("metrics-sampling-interval", .value("debug.metricsSamplingInterval", "5m")),
    ConfigKey("mtu", .value("MTU", "0"), [.on("MTU", false)]),
    ConfigKey("nat-map-stats-entries", .value("nat.mapStatsEntries", "32")),
    ConfigKey("nat-map-stats-interval", .value("nat.mapStatsInterval", "30s")),
    ConfigKey("node-labels", .value("nodeLabels", nil), [.set("nodeLabels")]),
    ConfigKey(
      "node-port-bind-protection", .value("nodePort.bindProtection", "true"), [.set("nodePort.range")]),
    ConfigKey("node-port-range", .value("nodePort.range", nil), [.set("nodePort.range")]),
    ConfigKey("nodeport-addresses", .value("nodePort.addresses", nil)),
    ConfigKey("nodes-gc-interval", .value("operator.nodeGCInterval", "5m0s")),
    ConfigKey("operator-api-serve-addr", .text("127.0.0.1:9234")),
    ConfigKey(
      "operator-k8s-client-burst", .value("k8sClientRateLimit.operator.burst", nil),
      [.on("k8sClientRateLimit.operator.burst", false)]),
    ConfigKey(
      "operator-k8s-client-qps", .value("k8sClientRateLimit.operator.qps", nil),
      [.on("k8sClientRateLimit.operator.qps", false)]),
    ConfigKey(
      "operator-pprof", .value("operator.pprof.enabled", "false"), [.on("operator.pprof.enabled", false)]),
    ConfigKey(
      "operator-pprof-address", .value("operator.pprof.address", "localhost"),
      [.on("operator.pprof.enabled", false)]),
    ConfigKey(
      "operator-pprof-port", .value("operator.pprof.port", "6061"), [.on("operator.pprof.enabled", false)]),
    ConfigKey(
      "operator-prometheus-serve-addr", .value("operator.prometheus.port", "9963", prefix: ":"),
      [.on("operator.prometheus.enabled", true)]),
    ConfigKey("policy-audit-mode", .value("policyAuditMode", nil), [.set("policyAuditMode")]),
    ConfigKey("policy-cidr-match-mode", .value("policyCIDRMatchMode", nil)),
    ConfigKey("policy-default-local-cluster", .value("clustermesh.policyDefaultLocalCluster", "false")),
    ConfigKey("policy-secrets-namespace", .value("tls.secretsNamespace.name", "cilium-secrets")),
    ConfigKey("policy-secrets-only-from-secrets-namespace", .text("true")),
    ConfigKey("pprof", .value("pprof.enabled", "false"), [.on("pprof.enabled", false)]),
    ConfigKey("pprof-address", .value("pprof.address", "localhost"), [.on("pprof.enabled", false)]),
    ConfigKey("pprof-port", .value("pprof.port", "6060"), [.on("pprof.enabled", false)]),
    ConfigKey("procfs", .text("/host/proc"), [.off("securityContext.privileged", false)]),
    ConfigKey(
      "prometheus-serve-addr", .value("prometheus.port", "9962", prefix: ":"),
      [.on("prometheus.enabled", false)]),
    ConfigKey("remove-cilium-node-taints", .text("true"), [.on("operator.removeNodeTaints", true)]),
    ConfigKey("routing-mode", .value("routingMode", "tunnel")),
    ConfigKey(
      "service-no-backend-response", .value("serviceNoBackendResponse", "reject"),
      [.on("serviceNoBackendResponse", true)]),
    ConfigKey("set-cilium-is-up-condition", .text("true"), [.on("operator.setNodeNetworkStatus", true)]),
    ConfigKey("set-cilium-node-taints", .text("true")),
    ConfigKey("skip-crd-creation", .text("true"), [.on("operator.skipCRDCreation", false)]),
    ConfigKey("synchronize-k8s-nodes", .value("synchronizeK8sNodes", "true")),
    ConfigKey("trace-sock", .value("socketLB.tracing", nil)),
    ConfigKey("tunnel-port", .value("tunnelPort", "0"), [.on("tunnelPort", false)]),
    ConfigKey("tunnel-protocol", .value("tunnelProtocol", "vxlan")),
    ConfigKey(
      "tunnel-source-port-range", .value("tunnelSourcePortRange", "0-0"), [.on("tunnelSourcePortRange", true)]
    ),
    ConfigKey("underlay-protocol", .value("underlayProtocol", ""), [.on("underlayProtocol", false)]),
    ConfigKey(
      "unmanaged-pod-watcher-interval", .value("operator.unmanagedPodWatcher.intervalSeconds", "15"),
      [.on("operator.unmanagedPodWatcher.restart", true)]),
    ConfigKey(
      "unmanaged-pod-watcher-interval", .text("0"), [.off("operator.unmanagedPodWatcher.restart", true)]),
    ConfigKey("vlan-bpf-bypass", .value("bpf.vlanBypass", nil), [.on("bpf.vlanBypass", false)]),
    ConfigKey("vtep-cidr", .value("vtep.cidr", "")),
    ConfigKey("vtep-endpoint", .value("vtep.endpoint", "")),
    ConfigKey("vtep-mac", .value("vtep.mac", "")),
    ConfigKey("vtep-mask", .value("vtep.mask", "")),
    ConfigKey(
      "write-cni-conf-when-ready", .text("/host/etc/cni/net.d/05-cilium.conflist"),
      [.off("cni.customConf", false), .on("cni.install", true)]),
  ]
}

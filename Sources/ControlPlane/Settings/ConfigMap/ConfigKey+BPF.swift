extension ConfigKey {
  /// The keys of the BPF programs and maps, in ascending order.
  ///
  /// Source: Cilium `install/kubernetes/cilium/templates/cilium-configmap.yaml`, `values.yaml`.
  static let bpf: [ConfigKey] = [
    ConfigKey("bpf-auth-map-max", .value("bpf.authMapMax", nil), [.on("bpf.authMapMax", false)]),
    ConfigKey(
      "bpf-conntrack-accounting", .value("bpf.ctAccounting", "false"), [.on("bpf.ctAccounting", false)]),
    ConfigKey("bpf-ct-global-any-max", .value("bpf.ctAnyMax", nil), [.on("bpf.ctAnyMax", false)]),
    ConfigKey("bpf-ct-global-tcp-max", .value("bpf.ctTcpMax", nil), [.on("bpf.ctTcpMax", false)]),
    ConfigKey("bpf-distributed-lru", .value("bpf.distributedLRU.enabled", "false")),
    ConfigKey(
      "bpf-events-default-burst-limit", .value("bpf.events.default.burstLimit", nil),
      [.on("bpf.events.default.burstLimit", false)]),
    ConfigKey(
      "bpf-events-default-rate-limit", .value("bpf.events.default.rateLimit", nil),
      [.on("bpf.events.default.rateLimit", false)]),
    ConfigKey("bpf-events-drop-enabled", .value("bpf.events.drop.enabled", "true")),
    ConfigKey("bpf-events-policy-verdict-enabled", .value("bpf.events.policyVerdict.enabled", "true")),
    ConfigKey("bpf-events-trace-enabled", .value("bpf.events.trace.enabled", "true")),
    ConfigKey("bpf-lb-acceleration", .value("loadBalancer.acceleration", "disabled")),
    ConfigKey("bpf-lb-algorithm", .value("loadBalancer.algorithm", nil), [.set("loadBalancer.algorithm")]),
    ConfigKey("bpf-lb-algorithm-annotation", .value("bpf.lbAlgorithmAnnotation", "false")),
    ConfigKey(
      "bpf-lb-dsr-dispatch", .value("loadBalancer.dsrDispatch", nil), [.set("loadBalancer.dsrDispatch")]),
    ConfigKey("bpf-lb-external-clusterip", .value("bpf.lbExternalClusterIP", "false")),
    ConfigKey("bpf-lb-maglev-hash-seed", .value("maglev.hashSeed", nil), [.set("maglev.hashSeed")]),
    ConfigKey("bpf-lb-maglev-table-size", .value("maglev.tableSize", nil), [.set("maglev.tableSize")]),
    ConfigKey("bpf-lb-map-max", .value("bpf.lbMapMax", "65536")),
    ConfigKey("bpf-lb-mode", .value("loadBalancer.mode", nil), [.set("loadBalancer.mode")]),
    ConfigKey("bpf-lb-mode-annotation", .value("bpf.lbModeAnnotation", "false")),
    ConfigKey("bpf-lb-only", .value("loadBalancer.standalone", nil), [.on("loadBalancer.standalone", false)]),
    ConfigKey(
      "bpf-lb-proto-diff", .value("loadBalancer.protocolDifferentiation.enabled", nil),
      [.set("loadBalancer.serviceTopology"), .set("loadBalancer.protocolDifferentiation")]),
    ConfigKey("bpf-lb-sock", .value("socketLB.enabled", "false")),
    ConfigKey(
      "bpf-lb-sock-hostns-only", .value("socketLB.hostNamespaceOnly", nil),
      [.set("socketLB.hostNamespaceOnly")]),
    ConfigKey("bpf-lb-sock-terminate-pod-connections", .value("socketLB.terminatePodConnections", nil)),
    ConfigKey("bpf-lb-source-range-all-types", .value("bpf.lbSourceRangeAllTypes", "false")),
    ConfigKey("bpf-map-dynamic-size-ratio", .value("bpf.mapDynamicSizeRatio", "0.0025")),
    ConfigKey("bpf-nat-global-max", .value("bpf.natMax", nil), [.on("bpf.natMax", false)]),
    ConfigKey("bpf-neigh-global-max", .value("bpf.neighMax", nil), [.on("bpf.neighMax", false)]),
    ConfigKey("bpf-node-map-max", .value("bpf.nodeMapMax", nil), [.on("bpf.nodeMapMax", false)]),
    ConfigKey("bpf-policy-map-max", .value("bpf.policyMapMax", "16384")),
    ConfigKey("bpf-policy-stats-map-max", .value("bpf.policyStatsMapMax", "65536")),
    ConfigKey("bpf-root", .value("bpf.root", "/sys/fs/bpf")),
    ConfigKey("cgroup-root", .value("cgroup.hostRoot", "/run/cilium/cgroupv2")),
    ConfigKey("datapath-mode", .value("bpf.datapathMode", "veth")),
    ConfigKey("enable-bpf-clock-probe", .value("bpfClockProbe", "false")),
    ConfigKey("enable-bpf-masquerade", .value("bpf.masquerade", nil), [.set("bpf.masquerade")]),
    ConfigKey("enable-bpf-tproxy", .value("bpf.tproxy", nil), [.set("bpf.tproxy")]),
    ConfigKey("enable-tcx", .value("bpf.enableTCX", "true")),
    ConfigKey("monitor-aggregation", .value("bpf.monitorAggregation", "medium")),
    ConfigKey("monitor-aggregation-flags", .value("bpf.monitorFlags", "all")),
    ConfigKey("monitor-aggregation-interval", .value("bpf.monitorInterval", "5s")),
    ConfigKey("preallocate-bpf-maps", .value("bpf.preallocateMaps", "false")),
  ]
}

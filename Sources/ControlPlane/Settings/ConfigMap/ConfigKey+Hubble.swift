extension ConfigKey {
  /// The keys of Hubble, in ascending order.
  ///
  /// Source: Cilium `install/kubernetes/cilium/templates/cilium-configmap.yaml`, `values.yaml`.
  static let hubble: [ConfigKey] = [
    ConfigKey("enable-hubble", .value("hubble.enabled", "true")),
    ConfigKey(
      "enable-hubble-open-metrics", .value("hubble.metrics.enableOpenMetrics", "false"),
      [.on("hubble.enabled", true), .on("hubble.metrics.enabled", false)]),
    ConfigKey(
      "hubble-disable-tls", .text("false"), [.on("hubble.enabled", true), .on("hubble.tls.enabled", true)]),
    ConfigKey(
      "hubble-disable-tls", .text("true"), [.on("hubble.enabled", true), .off("hubble.tls.enabled", true)]),
    ConfigKey(
      "hubble-drop-events", .text("true"),
      [.on("hubble.enabled", true), .on("hubble.dropEventEmitter.enabled", false)]),
    ConfigKey(
      "hubble-drop-events-interval", .value("hubble.dropEventEmitter.interval", "2m"),
      [.on("hubble.enabled", true), .on("hubble.dropEventEmitter.enabled", false)]),
    ConfigKey(
      "hubble-drop-events-reasons", .value("hubble.dropEventEmitter.reasons", "auth_required policy_denied"),
      [.on("hubble.enabled", true), .on("hubble.dropEventEmitter.enabled", false)]),
    ConfigKey(
      "hubble-dynamic-metrics-config-path", .text("/dynamic-metrics-config/dynamic-metrics.yaml"),
      [.on("hubble.enabled", true), .on("hubble.metrics.dynamic.enabled", false)]),
    ConfigKey(
      "hubble-event-buffer-capacity", .value("hubble.eventBufferCapacity", nil),
      [.on("hubble.enabled", true), .set("hubble.eventBufferCapacity")]),
    ConfigKey(
      "hubble-event-queue-size", .value("hubble.eventQueueSize", nil),
      [.on("hubble.enabled", true), .set("hubble.eventQueueSize")]),
    ConfigKey(
      "hubble-export-allowlist", .value("hubble.export.static.allowList", ""),
      [.on("hubble.enabled", true), .on("hubble.export", true), .on("hubble.export.static.enabled", false)]),
    ConfigKey(
      "hubble-export-denylist", .value("hubble.export.static.denyList", ""),
      [.on("hubble.enabled", true), .on("hubble.export", true), .on("hubble.export.static.enabled", false)]),
    ConfigKey(
      "hubble-export-fieldmask", .value("hubble.export.static.fieldMask", ""),
      [.on("hubble.enabled", true), .on("hubble.export", true), .on("hubble.export.static.enabled", false)]),
    ConfigKey(
      "hubble-export-file-path", .value("hubble.export.static.filePath", "/var/run/cilium/hubble/events.log"),
      [.on("hubble.enabled", true), .on("hubble.export", true), .on("hubble.export.static.enabled", false)]),
    ConfigKey(
      "hubble-flowlogs-config-path", .text("/flowlog-config/flowlogs.yaml"),
      [.on("hubble.enabled", true), .on("hubble.export", true), .on("hubble.export.dynamic.enabled", false)]),
    ConfigKey(
      "hubble-listen-address", .value("hubble.listenAddress", ":4244"), [.on("hubble.enabled", true)]),
    ConfigKey(
      "hubble-metrics", .value("hubble.metrics.enabled", nil),
      [.on("hubble.enabled", true), .on("hubble.metrics.enabled", false)]),
    ConfigKey(
      "hubble-metrics-server", .value("hubble.metrics.port", "9965", prefix: ":"),
      [.on("hubble.enabled", true), .on("hubble.metrics.enabled", false)]),
    ConfigKey(
      "hubble-metrics-server-enable-tls", .value("hubble.metrics.tls.enabled", "false"),
      [.on("hubble.enabled", true), .on("hubble.metrics.enabled", false)]),
    ConfigKey(
      "hubble-network-policy-correlation-enabled", .value("hubble.networkPolicyCorrelation.enabled", "true"),
      [.on("hubble.enabled", true)]),
    ConfigKey(
      "hubble-redact-enabled", .text("true"),
      [
        .on("hubble.enabled", true), .on("hubble.redact", true),
        .equals("hubble.redact.enabled", "false", "true"),
      ]),
    ConfigKey(
      "hubble-redact-http-headers-allow", .value("hubble.redact.http.headers.allow", ""),
      [
        .on("hubble.enabled", true), .on("hubble.redact", true),
        .equals("hubble.redact.enabled", "false", "true"), .on("hubble.redact.http", true),
        .on("hubble.redact.http.headers", true), .on("hubble.redact.http.headers.allow", false),
      ]),
    ConfigKey(
      "hubble-redact-http-headers-deny", .value("hubble.redact.http.headers.deny", ""),
      [
        .on("hubble.enabled", true), .on("hubble.redact", true),
        .equals("hubble.redact.enabled", "false", "true"), .on("hubble.redact.http", true),
        .on("hubble.redact.http.headers", true), .on("hubble.redact.http.headers.deny", false),
      ]),
    ConfigKey(
      "hubble-redact-http-urlquery", .value("hubble.redact.http.urlQuery", "false"),
      [
        .on("hubble.enabled", true), .on("hubble.redact", true),
        .equals("hubble.redact.enabled", "false", "true"), .on("hubble.redact.http", true),
      ]),
    ConfigKey(
      "hubble-redact-http-userinfo", .value("hubble.redact.http.userInfo", "true"),
      [
        .on("hubble.enabled", true), .on("hubble.redact", true),
        .equals("hubble.redact.enabled", "false", "true"), .on("hubble.redact.http", true),
      ]),
    ConfigKey(
      "hubble-redact-kafka-apikey", .value("hubble.redact.kafka.apiKey", "true"),
      [
        .on("hubble.enabled", true), .on("hubble.redact", true),
        .equals("hubble.redact.enabled", "false", "true"), .on("hubble.redact.kafka", true),
      ]),
    ConfigKey(
      "hubble-skip-unknown-cgroup-ids", .value("hubble.skipUnknownCGroupIDs", nil),
      [.on("hubble.enabled", true), .set("hubble.skipUnknownCGroupIDs")]),
    ConfigKey(
      "hubble-socket-path", .value("hubble.socketPath", "/var/run/cilium/hubble.sock"),
      [.on("hubble.enabled", true)]),
    ConfigKey(
      "hubble-tls-cert-file", .text("/var/lib/cilium/tls/hubble/server.crt"),
      [.on("hubble.enabled", true), .on("hubble.tls.enabled", true)]),
    ConfigKey(
      "hubble-tls-client-ca-files", .text("/var/lib/cilium/tls/hubble/client-ca.crt"),
      [.on("hubble.enabled", true), .on("hubble.tls.enabled", true)]),
    ConfigKey(
      "hubble-tls-key-file", .text("/var/lib/cilium/tls/hubble/server.key"),
      [.on("hubble.enabled", true), .on("hubble.tls.enabled", true)]),
  ]
}

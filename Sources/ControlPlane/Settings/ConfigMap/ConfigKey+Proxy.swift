extension ConfigKey {
  /// The keys of the proxies and of what they serve, in ascending order.
  ///
  /// Source: Cilium `install/kubernetes/cilium/templates/cilium-configmap.yaml`, `values.yaml`.
  static let proxy: [ConfigKey] = [
    ConfigKey(
      "dns-policy-unload-on-shutdown", .value("dnsPolicyUnloadOnShutdown", nil),
      [.set("dnsPolicyUnloadOnShutdown")]),
    ConfigKey("dnsproxy-enable-transparent-mode", .value("dnsProxy.enableTransparentMode", "true")),
    ConfigKey(
      "dnsproxy-socket-linger-timeout", .value("dnsProxy.socketLingerTimeout", "10"), [.on("dnsProxy", true)]),
    ConfigKey("enable-envoy-config", .text("true"), [.on("envoyConfig.enabled", false)]),
    ConfigKey(
      "enable-envoy-config", .text("true"),
      [.off("envoyConfig.enabled", false), .on("ingressController.enabled", false)]),
    ConfigKey(
      "enable-envoy-config", .text("true"),
      [
        .off("envoyConfig.enabled", false), .off("ingressController.enabled", false),
        .on("gatewayAPI.enabled", false),
      ]),
    ConfigKey("enable-gateway-api", .text("true"), [.on("gatewayAPI.enabled", false)]),
    ConfigKey(
      "enable-gateway-api-alpn", .value("gatewayAPI.enableAlpn", "false"), [.on("gatewayAPI.enabled", false)]),
    ConfigKey(
      "enable-gateway-api-proxy-protocol", .value("gatewayAPI.enableProxyProtocol", "false"),
      [.on("gatewayAPI.enabled", false)]),
    ConfigKey(
      "enable-gateway-api-secrets-sync", .value("gatewayAPI.secretsNamespace.sync", "true"),
      [.on("gatewayAPI.enabled", false)]),
    ConfigKey("enable-ingress-controller", .text("true"), [.on("ingressController.enabled", false)]),
    ConfigKey(
      "enable-ingress-proxy-protocol", .value("ingressController.enableProxyProtocol", "false"),
      [.on("ingressController.enabled", false)]),
    ConfigKey(
      "enable-ingress-secrets-sync", .value("ingressController.secretsNamespace.sync", "true"),
      [.on("ingressController.enabled", false)]),
    ConfigKey(
      "enforce-ingress-https", .value("ingressController.enforceHttps", "true"),
      [.on("ingressController.enabled", false)]),
    ConfigKey(
      "envoy-access-log-buffer-size", .value("envoy.log.accessLogBufferSize", "4096"),
      [.on("envoy.log.accessLogBufferSize", true)]),
    ConfigKey("envoy-base-id", .value("envoy.baseID", "0")),
    ConfigKey(
      "envoy-default-log-level", .value("envoy.log.defaultLevel", nil), [.on("envoy.log.defaultLevel", false)]
    ),
    ConfigKey(
      "envoy-http-upstream-linger-timeout", .value("envoy.httpUpstreamLingerTimeout", nil),
      [.on("envoy.httpUpstreamLingerTimeout", false)]),
    ConfigKey(
      "envoy-keep-cap-netbindservice",
      .value("envoy.securityContext.capabilities.keepCapNetBindService", "false")),
    ConfigKey("envoy-log", .value("envoy.log.path", ""), [.on("envoy.log.path", false)]),
    ConfigKey(
      "envoy-policy-restore-timeout", .value("envoy.policyRestoreTimeoutDuration", nil),
      [.on("envoy.policyRestoreTimeoutDuration", false)]),
    ConfigKey("external-envoy-proxy", .value("envoy.enabled", "true"), [.on("l7Proxy", true)]),
    ConfigKey("external-envoy-proxy", .text("false"), [.off("l7Proxy", true)]),
    ConfigKey(
      "gateway-api-hostnetwork-enabled", .value("gatewayAPI.hostNetwork.enabled", "false"),
      [.on("gatewayAPI.enabled", false)]),
    ConfigKey(
      "gateway-api-secrets-namespace", .value("gatewayAPI.secretsNamespace.name", "cilium-secrets"),
      [.on("gatewayAPI.enabled", false)]),
    ConfigKey(
      "gateway-api-service-externaltrafficpolicy", .value("gatewayAPI.externalTrafficPolicy", "Cluster"),
      [.on("gatewayAPI.enabled", false)]),
    ConfigKey(
      "gateway-api-xff-num-trusted-hops", .value("gatewayAPI.xffNumTrustedHops", "0"),
      [.on("gatewayAPI.enabled", false)]),
    ConfigKey("http-retry-count", .value("envoy.httpRetryCount", "3")),
    ConfigKey(
      "ingress-default-lb-mode", .value("ingressController.loadbalancerMode", "dedicated"),
      [.on("ingressController.enabled", false)]),
    ConfigKey(
      "ingress-default-secret-name", .value("ingressController.defaultSecretName", nil),
      [.on("ingressController.enabled", false), .on("ingressController.defaultSecretName", false)]),
    ConfigKey(
      "ingress-default-secret-namespace", .value("ingressController.defaultSecretNamespace", nil),
      [.on("ingressController.enabled", false), .on("ingressController.defaultSecretName", false)]),
    ConfigKey(
      "ingress-hostnetwork-enabled", .value("ingressController.hostNetwork.enabled", "false"),
      [.on("ingressController.enabled", false)]),
    ConfigKey(
      "ingress-hostnetwork-shared-listener-port",
      .value("ingressController.hostNetwork.sharedListenerPort", "8080"),
      [.on("ingressController.enabled", false)]),
    ConfigKey(
      "ingress-lb-annotation-prefixes",
      .value(
        "ingressController.ingressLBAnnotationPrefixes",
        "lbipam.cilium.io nodeipam.cilium.io service.beta.kubernetes.io service.kubernetes.io cloud.google.com"
      ), [.on("ingressController.enabled", false)]),
    ConfigKey(
      "ingress-secrets-namespace", .value("ingressController.secretsNamespace.name", "cilium-secrets"),
      [.on("ingressController.enabled", false)]),
    ConfigKey(
      "ingress-shared-lb-service-name", .value("ingressController.service.name", "cilium-ingress"),
      [.on("ingressController.enabled", false)]),
    ConfigKey("loadbalancer-l7", .text("envoy"), [.equals("loadBalancer.l7.backend", "disabled", "envoy")]),
    ConfigKey(
      "loadbalancer-l7-algorithm", .value("loadBalancer.l7.algorithm", "round_robin"),
      [.equals("loadBalancer.l7.backend", "disabled", "envoy")]),
    ConfigKey(
      "loadbalancer-l7-ports", .value("loadBalancer.l7.ports", ""),
      [.equals("loadBalancer.l7.backend", "disabled", "envoy")]),
    ConfigKey("mesh-auth-enabled", .value("authentication.enabled", "true")),
    ConfigKey("mesh-auth-gc-interval", .value("authentication.gcInterval", "5m0s")),
    ConfigKey(
      "mesh-auth-mutual-connect-timeout", .value("authentication.mutual.connectTimeout", "5s"),
      [.on("authentication.mutual.spire.enabled", false)]),
    ConfigKey("mesh-auth-mutual-enabled", .text("true"), [.on("authentication.mutual.spire.enabled", false)]),
    ConfigKey(
      "mesh-auth-mutual-listener-port", .value("authentication.mutual.port", "4250"),
      [.on("authentication.mutual.spire.enabled", false)]),
    ConfigKey("mesh-auth-queue-size", .value("authentication.queueSize", "1024")),
    ConfigKey(
      "mesh-auth-rotated-identities-queue-size", .value("authentication.rotatedIdentitiesQueueSize", "1024")),
    ConfigKey(
      "mesh-auth-spiffe-trust-domain", .value("authentication.mutual.spire.trustDomain", "spiffe.cilium"),
      [.on("authentication.mutual.spire.enabled", false)]),
    ConfigKey(
      "mesh-auth-spire-admin-socket",
      .value("authentication.mutual.spire.adminSocketPath", "/run/spire/sockets/admin.sock"),
      [.on("authentication.mutual.spire.enabled", false)]),
    ConfigKey(
      "mesh-auth-spire-agent-socket",
      .value("authentication.mutual.spire.agentSocketPath", "/run/spire/sockets/agent/agent.sock"),
      [.on("authentication.mutual.spire.enabled", false)]),
    ConfigKey(
      "mesh-auth-spire-server-address", .value("authentication.mutual.spire.serverAddress", nil),
      [
        .on("authentication.mutual.spire.enabled", false),
        .on("authentication.mutual.spire.serverAddress", false),
      ]),
    ConfigKey(
      "mesh-auth-spire-server-connection-timeout",
      .value("authentication.mutual.spire.connectionTimeout", "30s"),
      [.on("authentication.mutual.spire.enabled", false)]),
    ConfigKey("proxy-connect-timeout", .value("envoy.connectTimeoutSeconds", "2")),
    ConfigKey("proxy-idle-timeout-seconds", .value("envoy.idleTimeoutDurationSeconds", "60")),
    ConfigKey("proxy-initial-fetch-timeout", .value("envoy.initialFetchTimeoutSeconds", "30")),
    ConfigKey("proxy-max-concurrent-retries", .value("envoy.maxConcurrentRetries", "128")),
    ConfigKey("proxy-max-connection-duration-seconds", .value("envoy.maxConnectionDurationSeconds", "0")),
    ConfigKey("proxy-max-requests-per-connection", .value("envoy.maxRequestsPerConnection", "0")),
    ConfigKey("proxy-xff-num-trusted-hops-egress", .value("envoy.xffNumTrustedHopsL7PolicyEgress", "0")),
    ConfigKey("proxy-xff-num-trusted-hops-ingress", .value("envoy.xffNumTrustedHopsL7PolicyIngress", "0")),
    ConfigKey(
      "tofqdns-dns-reject-response-code", .value("dnsProxy.dnsRejectResponseCode", "refused"),
      [.on("dnsProxy", true), .on("dnsProxy.dnsRejectResponseCode", true)]),
    ConfigKey(
      "tofqdns-enable-dns-compression", .value("dnsProxy.enableDnsCompression", "true"),
      [.on("dnsProxy", true)]),
    ConfigKey(
      "tofqdns-endpoint-max-ip-per-hostname", .value("dnsProxy.endpointMaxIpPerHostname", "1000"),
      [.on("dnsProxy", true), .on("dnsProxy.endpointMaxIpPerHostname", true)]),
    ConfigKey(
      "tofqdns-idle-connection-grace-period", .value("dnsProxy.idleConnectionGracePeriod", "0s"),
      [.on("dnsProxy", true), .on("dnsProxy.idleConnectionGracePeriod", true)]),
    ConfigKey(
      "tofqdns-max-deferred-connection-deletes", .value("dnsProxy.maxDeferredConnectionDeletes", "10000"),
      [.on("dnsProxy", true), .on("dnsProxy.maxDeferredConnectionDeletes", true)]),
    ConfigKey(
      "tofqdns-min-ttl", .value("dnsProxy.minTtl", "0"),
      [.on("dnsProxy", true), .on("dnsProxy.minTtl", false)]),
    ConfigKey(
      "tofqdns-pre-cache", .value("dnsProxy.preCache", ""),
      [.on("dnsProxy", true), .on("dnsProxy.preCache", false)]),
    ConfigKey(
      "tofqdns-preallocate-identities", .value("dnsProxy.preAllocateIdentities", "true"),
      [.on("dnsProxy", true)]),
    ConfigKey(
      "tofqdns-proxy-port", .value("dnsProxy.proxyPort", "0"),
      [.on("dnsProxy", true), .on("dnsProxy.proxyPort", false)]),
    ConfigKey(
      "tofqdns-proxy-response-max-delay", .value("dnsProxy.proxyResponseMaxDelay", "100ms"),
      [.on("dnsProxy", true), .on("dnsProxy.proxyResponseMaxDelay", true)]),
  ]
}

import NetModel

/// The settings of a Cilium agent that decide about packets.
///
/// Source: Cilium `install/kubernetes/cilium/values.yaml` and `pkg/option/config.go`.
package struct CiliumSettings: Hashable, Sendable {
  package var routing: RoutingMode
  package var autoDirectNodeRoutes: Bool
  package var directRoutingSkipUnreachable: Bool
  /// Destinations that natively routed packets reach without masquerading; `nil` where unset.
  package var ipv4NativeRoutingCIDR: IPv4Prefix?
  package var kubeProxyReplacement: Bool
  /// Masquerading by BPF rather than by iptables.
  package var bpfMasquerade: Bool
  package var enableIPv4Masquerade: Bool
  /// Legacy host routing was asked for by hand.
  package var legacyHostRouting: Bool
  package var endpointRoutes: Bool
  package var socketLB: SocketLB
  package var installNoConntrackIptablesRules: Bool
  /// The tunnel's UDP port, where it is not the protocol's own.
  package var tunnelPort: UInt16?
  package var l2Announcements: Bool
  package var bgpControlPlane: Bool
  package var loadBalancer: LoadBalancerMode
  package var loadBalancerAlgorithm: LoadBalancerAlgorithm
  package var noBackendResponse: NoBackendResponse
  package var enablePolicy: PolicyEnforcement
  /// Policy on HTTP and the like is enforced by a proxy on the node.
  package var l7Proxy = true
  /// What policy denies is let through, and told of.
  package var policyAuditMode = false
  /// How leases of L2 announcements are renewed.
  package var leaseTiming = LeaseTiming()
  /// How a node tells a backend's node whom the client asked, where that one answers itself.
  package var dsrDispatch = DSRDispatch.opt
  package var maglev = MaglevTable.Settings()
  /// Cluster addresses are served to clients from outside, too.
  package var externalClusterIP = false
  /// `loadBalancerSourceRanges` hold for all addresses of a Service, not for its load balancer's alone.
  package var sourceRangesForAllTypes = false

  package init(
    routing: RoutingMode = .tunnel(.vxlan), autoDirectNodeRoutes: Bool = false,
    directRoutingSkipUnreachable: Bool = false, ipv4NativeRoutingCIDR: IPv4Prefix? = nil,
    kubeProxyReplacement: Bool = false, bpfMasquerade: Bool = false, enableIPv4Masquerade: Bool = true,
    legacyHostRouting: Bool = false, endpointRoutes: Bool = false, socketLB: SocketLB = .full,
    installNoConntrackIptablesRules: Bool = false, tunnelPort: UInt16? = nil, l2Announcements: Bool = false,
    bgpControlPlane: Bool = false, loadBalancer: LoadBalancerMode = .snat,
    loadBalancerAlgorithm: LoadBalancerAlgorithm = .random, noBackendResponse: NoBackendResponse = .reject,
    enablePolicy: PolicyEnforcement = .default
  ) {
    self.routing = routing
    self.autoDirectNodeRoutes = autoDirectNodeRoutes
    self.directRoutingSkipUnreachable = directRoutingSkipUnreachable
    self.ipv4NativeRoutingCIDR = ipv4NativeRoutingCIDR
    self.kubeProxyReplacement = kubeProxyReplacement
    self.bpfMasquerade = bpfMasquerade
    self.enableIPv4Masquerade = enableIPv4Masquerade
    self.legacyHostRouting = legacyHostRouting
    self.endpointRoutes = endpointRoutes
    self.socketLB = socketLB
    self.installNoConntrackIptablesRules = installNoConntrackIptablesRules
    self.tunnelPort = tunnelPort
    self.l2Announcements = l2Announcements
    self.bgpControlPlane = bgpControlPlane
    self.loadBalancer = loadBalancer
    self.loadBalancerAlgorithm = loadBalancerAlgorithm
    self.noBackendResponse = noBackendResponse
    self.enablePolicy = enablePolicy
  }

  package enum RoutingMode: Hashable, Sendable {
    case native
    case tunnel(TunnelProtocol)
  }

  package enum SocketLB: String, Hashable, Sendable {
    case full, hostNamespaceOnly, off
  }

  package enum LoadBalancerMode: String, Hashable, Sendable, CaseIterable {
    case snat, dsr, hybrid
  }

  package enum DSRDispatch: String, Hashable, Sendable, CaseIterable {
    case opt, ipip, geneve
  }

  package enum LoadBalancerAlgorithm: String, Hashable, Sendable, CaseIterable {
    case random, maglev
  }

  package enum NoBackendResponse: String, Hashable, Sendable, CaseIterable {
    case reject, drop
  }

  package enum PolicyEnforcement: String, Hashable, Sendable, CaseIterable {
    case `default`, always, never
  }

  /// Whether a remote backend answers the client itself.
  ///
  /// Source: Cilium `pkg/loadbalancer/config.go`: hybrid is DSR for TCP and SNAT for all else.
  package func answersDirectly(_ transport: Transport) -> Bool {
    switch loadBalancer {
    case .snat: false
    case .dsr: true
    case .hybrid: transport == .tcp
    }
  }

  /// The tunnel that is built; `nil` with native routing.
  package var tunnel: TunnelProtocol? {
    if case .tunnel(let tunnel) = routing { tunnel } else { nil }
  }

  /// The tunnel device that there is: with native routing one for direct server return by Geneve's header.
  ///
  /// Source: Cilium `pkg/datapath/tunnel/tunnel.go`, `pkg/loadbalancer/config.go`.
  package var tunnelDevice: TunnelProtocol? {
    let tellsByGeneve = kubeProxyReplacement && loadBalancer != .snat && dsrDispatch == .geneve
    return tunnel ?? (tellsByGeneve ? .geneve : nil)
  }

  /// True where BPF programs forward packets past the host's stack.
  ///
  /// Source: Cilium `daemon/cmd/kube_proxy_replacement.go`.
  package var bpfHostRouting: Bool {
    kubeProxyReplacement && !legacyHostRouting && (bpfMasquerade || !enableIPv4Masquerade)
  }
}

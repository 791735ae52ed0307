import NetModel

/// Every rule by which the engine decides, with its grounds.
///
/// A step names the rule it followed; the list is the whole of what the engine knows.
package enum Rule: String, Hashable, Sendable, CaseIterable {
  case socketLoadBalancing = "socket-load-balancing"
  case perPacketServices = "per-packet-services"
  case serviceWithoutBackend = "service-without-backend"
  case firstPacket = "first-packet"
  case routeOutput = "route-output"
  case routeInput = "route-input"
  case segmentSizeFromRoute = "segment-size-from-route"
  case podARPAnsweredByBPF = "pod-arp-answered-by-bpf"
  case sourceVerification = "source-verification"
  case destinationIdentity = "destination-identity"
  case sourceIdentity = "source-identity"
  case identityFromTunnelKey = "identity-from-tunnel-key"
  case connectionTracking = "connection-tracking"
  case policyNotEnforced = "policy-not-enforced"
  case policyPassesReplies = "policy-passes-replies"
  case policyAllow = "policy-allow"
  case policyDefaultDeny = "policy-default-deny"
  case policyDenylist = "policy-denylist"
  case policyAudit = "policy-audit"
  case localEndpoint = "local-endpoint"
  case passToOwnHost = "pass-to-own-host"
  case passToStackLegacy = "pass-to-stack-legacy"
  case tunnelFromIPCache = "tunnel-from-ipcache"
  case nativeHasNoTunnel = "native-has-no-tunnel"
  case bpfFIBRedirect = "bpf-fib-redirect"
  case onlyDeviceRedirect = "only-device-redirect"
  case fibLookupFailure = "fib-lookup-failure"
  case bpfTTLExceeded = "bpf-ttl-exceeded"
  case kernelForward = "kernel-forward"
  case kernelTTLExceeded = "kernel-ttl-exceeded"
  case redirect
  case fragmentation
  case fragmentationForbidden = "fragmentation-forbidden"
  case wireLimit = "wire-limit"
  case blockedPort = "blocked-port"
  case outerRoute = "outer-route"
  case outerHeader = "outer-header"
  case tunnelInItself = "tunnel-in-itself"
  case decapsulationByPort = "decapsulation-by-port"
  case tunnelPortClosed = "tunnel-port-closed"
  case masquerade
  case netfilterMasquerade = "netfilter-masquerade"
  case masqueradeReverse = "masquerade-reverse"
  case externalServiceLookup = "external-service-lookup"
  case clusterIPFromOutside = "cluster-ip-from-outside"
  case nodePortTranslation = "node-port-translation"
  case nodePortForward = "node-port-forward"
  case nodePortReverse = "node-port-reverse"
  case directServerReturn = "direct-server-return"
  case directServerReturnNoted = "direct-server-return-noted"
  case directServerReply = "direct-server-reply"
  case sourceRanges = "source-ranges"
  case rejectWithoutBackend = "reject-without-backend"
  case dropWithoutBackend = "drop-without-backend"
  case localDelivery = "local-delivery"
  case hostDelivery = "host-delivery"
  case staleAddress = "stale-address"
  case hostDeviceWithoutTunnel = "host-device-without-tunnel"
  case endpointRoute = "endpoint-route"
  case redirectPeer = "redirect-peer"
  case redirectFromHost = "redirect-from-host"
  case neighborKnown = "neighbor-known"
  case addressResolution = "address-resolution"
  case firstAnswerWins = "first-answer-wins"
  case addressResolutionFailure = "address-resolution-failure"
  case l2Announcement = "l2-announcement"
  case speakerAnnouncement = "speaker-announcement"
  case wireTransmission = "wire-transmission"
  case leavingTheModel = "leaving-the-model"
  case socketDelivery = "socket-delivery"
  case closedTCPPort = "closed-tcp-port"
  case closedUDPPort = "closed-udp-port"
  case echoAnswer = "echo-answer"
  case socketReverseTranslation = "socket-reverse-translation"
  case loopDetection = "loop-detection"
  case limitOfTheModel = "limit-of-the-model"

  /// Where the rule is known from.
  package var grounds: Grounds {
    switch self {
    case .socketLoadBalancing: .recorded("lab guide, hubble pre-xlate-fwd; Cilium bpf/bpf_sock.c")
    case .perPacketServices: .documented("Cilium bpf/bpf_lxc.c, ENABLE_PER_PACKET_LB")
    case .serviceWithoutBackend: .documented("Cilium bpf/bpf_sock.c: connect fails with EHOSTUNREACH")
    case .firstPacket: .documented("Linux net/ipv4/tcp_output.c; RFC 9293, RFC 768, RFC 792")
    case .routeOutput, .routeInput: .recorded("kernel vectors, Linux 6.18")
    case .segmentSizeFromRoute: .recorded("lab guide: mss 1410 by a route of mtu 1450")
    case .podARPAnsweredByBPF: .documented("Cilium bpf/bpf_lxc.c, tail_handle_arp")
    case .sourceVerification: .documented("Cilium bpf/bpf_lxc.c, drop 132")
    case .destinationIdentity, .sourceIdentity: .documented("Cilium bpf/lib/eps.h, cilium_ipcache_v2")
    case .identityFromTunnelKey: .documented("Cilium bpf/bpf_overlay.c")
    case .connectionTracking: .documented("Cilium bpf/lib/conntrack.h")
    case .policyNotEnforced: .documented("Cilium bpf/lib/policy.h, policyEnforcementMode default")
    case .policyPassesReplies: .documented("Cilium bpf/bpf_lxc.c: return traffic is not checked")
    case .policyAllow: .documented("Cilium bpf/lib/policy.h, __policy_can_access")
    case .policyDefaultDeny: .documented("Cilium bpf/lib/policy.h, drop 133")
    case .policyDenylist: .documented("Cilium bpf/lib/policy.h, drop 181")
    case .policyAudit: .documented("Cilium bpf/lib/policy.h, POLICY_AUDIT_MODE")
    case .localEndpoint: .documented("Cilium bpf/lib/eps.h, cilium_lxc")
    case .passToOwnHost: .documented("Cilium bpf/bpf_lxc.c, ENABLE_ROUTING")
    case .passToStackLegacy: .documented("Cilium bpf/bpf_lxc.c, legacy host routing")
    case .tunnelFromIPCache: .recorded("lab guide: to-overlay; Cilium bpf/lib/encap.h")
    case .nativeHasNoTunnel: .recorded("lab guide: hastunnel is set in native mode too")
    case .bpfFIBRedirect: .recorded("lab guide: ttl 62; Cilium bpf/lib/fib.h")
    case .onlyDeviceRedirect:
      .documented("Cilium bpf/lib/fib.h, ENABLE_SKIP_FIB; Linux net/core/filter.c, bpf_redirect_neigh")
    case .fibLookupFailure: .documented("Cilium bpf/lib/fib.h, drop 169")
    case .bpfTTLExceeded: .documented("Cilium bpf/lib/l3.h, drop 196, no ICMP for IPv4")
    case .kernelForward, .kernelTTLExceeded, .redirect: .recorded("kernel vectors, seedlab icmp")
    case .fragmentation, .fragmentationForbidden: .recorded("kernel vectors, seedlab pmtu")
    case .wireLimit: .assumed("a link-layer device discards what it cannot carry and tells nobody")
    case .blockedPort: .assumed("a filter on the wire discards the frame and tells nobody")
    case .outerRoute: .recorded("lab guide: outer addresses on the router")
    case .outerHeader: .recorded("lab guide: OTV, instance 45966; source port by a hash that is assumed")
    case .tunnelInItself: .documented("Linux net/core/filter.c, __bpf_tx_skb, dev_xmit_recursion")
    case .decapsulationByPort: .documented("Linux drivers/net/vxlan, drivers/net/geneve.c")
    case .tunnelPortClosed: .assumed("a node without the tunnel device has no socket on its port")
    case .masquerade: .documented("Cilium bpf/lib/nat.h, snat_v4_needs_masquerade")
    case .netfilterMasquerade: .documented("Cilium pkg/datapath/iptables/iptables.go, CILIUM_POST_nat")
    case .masqueradeReverse: .documented("Cilium bpf/lib/nat.h, snat_v4_rev_nat")
    case .externalServiceLookup: .documented("Cilium bpf/lib/nodeport.h, nodeport_lb4")
    case .clusterIPFromOutside: .documented("Cilium bpf/lib/nodeport.h, drop 174")
    case .nodePortTranslation, .nodePortForward: .documented("Cilium bpf/lib/nodeport.h, nodeport_svc_lb4")
    case .nodePortReverse: .documented("Cilium bpf/lib/nodeport.h, bpf/lib/nodeport_egress.h")
    case .directServerReturn: .documented("Cilium bpf/lib/nodeport.h, dsr_set_opt4, encap_geneve_dsr_opt4")
    case .directServerReturnNoted: .documented("Cilium bpf/lib/nodeport.h, nodeport_extract_dsr_v4")
    case .directServerReply: .documented("Cilium bpf/lib/nodeport.h, xlate_dsr_v4")
    case .sourceRanges: .documented("Cilium bpf/lib/lb.h, lb4_src_range_ok, drop 177")
    case .rejectWithoutBackend: .documented("Cilium bpf/lib/lb.h, serviceNoBackendResponse reject")
    case .dropWithoutBackend: .documented("Cilium bpf/lib/lb.h, drop 158")
    case .localDelivery: .recorded("lab guide: ttl 62 and 63; Cilium bpf/lib/local_delivery.h")
    case .hostDelivery: .documented("Cilium bpf/bpf_overlay.c, ipv4_host_delivery")
    case .staleAddress: .documented("Cilium bpf/bpf_host.c, drop 151")
    case .hostDeviceWithoutTunnel: .assumed("derived from Cilium bpf/bpf_host.c without tunnel code")
    case .endpointRoute: .documented("Cilium bpf/bpf_lxc.c, cil_to_container, endpointRoutes")
    case .redirectPeer: .documented("Cilium bpf/lib/local_delivery.h, bpf_redirect_peer")
    case .redirectFromHost: .documented("Cilium bpf/lib/local_delivery.h: host traffic needs the backlog")
    case .neighborKnown, .addressResolution, .addressResolutionFailure:
      .recorded("kernel vectors, seedlab neigh; RFC 826")
    case .l2Announcement:
      .recorded("lab guide: arping on the router; Cilium bpf/bpf_host.c, cilium_l2_responder_v4")
    case .speakerAnnouncement:
      .documented("MetalLB speaker/layer2_controller.go, internal/layer2/arp.go")
    case .firstAnswerWins:
      .documented("Linux net/ipv4/arp.c, arp_process, locktime; which answer is the first is assumed")
    case .wireTransmission: .documented("IEEE 802.3: a frame is taken by the station it is addressed to")
    case .leavingTheModel: .recorded("lab guide: eth0 Out on the router")
    case .socketDelivery: .documented("RFC 9293, section 3.10.7; RFC 768")
    case .closedTCPPort: .documented("RFC 9293, section 3.10.7.1")
    case .closedUDPPort: .documented("RFC 1122, section 3.2.2.1")
    case .echoAnswer: .documented("RFC 1122, section 3.2.2.6")
    case .socketReverseTranslation: .documented("Cilium bpf/bpf_sock.c, cilium_lb4_reverse_sk")
    case .loopDetection: .assumed("the same packet at the same place would go round until its TTL ends")
    case .limitOfTheModel: .assumed("not modelled yet")
    }
  }
}

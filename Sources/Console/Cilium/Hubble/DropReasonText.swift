/// Why the datapath gave a packet up, as Cilium's tools tell it.
///
/// Source: Cilium `pkg/monitor/api/drop.go`, `api/v1/flow/flow.proto`, `DropReason`.
struct DropReasonText: Hashable, Sendable {
  let code: Int
  let text: String
  /// The name in flows' documents; empty for what is no drop.
  let name: String

  /// What tools print for a code.
  static func text(of code: Int) -> String { row(of: code)?.text ?? "\(code), 0" }

  /// The code's row; `nil` for codes without text.
  static func row(of code: Int) -> DropReasonText? { all.first { $0.code == code } }

  private init(_ code: Int, _ text: String, _ name: String = "") {
    self.code = code
    self.text = text
    self.name = name
  }

  /// In ascending order of code.
  static let all: [DropReasonText] = [
    DropReasonText(0, "Success"),
    DropReasonText(2, "Invalid packet"),
    DropReasonText(3, "Interface"),
    DropReasonText(4, "Interface Decrypted"),
    DropReasonText(5, "LB, sock cgroup: No backend slot entry found"),
    DropReasonText(6, "LB, sock cgroup: No backend entry found"),
    DropReasonText(7, "LB, sock cgroup: Reverse entry update failed"),
    DropReasonText(8, "LB, sock cgroup: Reverse entry stale"),
    DropReasonText(9, "Fragmented packet"),
    DropReasonText(10, "Fragmented packet entry update failed"),
    DropReasonText(11, "Missed tail call to custom program"),
    DropReasonText(12, "Interface Decrypting"),
    DropReasonText(13, "Interface Encrypting"),
    DropReasonText(14, "LB: sock cgroup: Reverse entry delete succeeded"),
    DropReasonText(130, "Invalid source mac", "INVALID_SOURCE_MAC"),
    DropReasonText(131, "Invalid destination mac", "INVALID_DESTINATION_MAC"),
    DropReasonText(132, "Invalid source ip", "INVALID_SOURCE_IP"),
    DropReasonText(133, "Policy denied", "POLICY_DENIED"),
    DropReasonText(134, "Invalid packet", "INVALID_PACKET_DROPPED"),
    DropReasonText(135, "CT: Truncated or invalid header", "CT_TRUNCATED_OR_INVALID_HEADER"),
    DropReasonText(136, "Fragmentation needed", "CT_MISSING_TCP_ACK_FLAG"),
    DropReasonText(137, "CT: Unknown L4 protocol", "CT_UNKNOWN_L4_PROTOCOL"),
    DropReasonText(138, "CT: Can't create entry from packet", "CT_CANNOT_CREATE_ENTRY_FROM_PACKET"),
    DropReasonText(139, "Unsupported L3 protocol", "UNSUPPORTED_L3_PROTOCOL"),
    DropReasonText(140, "Missed tail call", "MISSED_TAIL_CALL"),
    DropReasonText(141, "Error writing to packet", "ERROR_WRITING_TO_PACKET"),
    DropReasonText(142, "Unknown L4 protocol", "UNKNOWN_L4_PROTOCOL"),
    DropReasonText(143, "Unknown ICMPv4 code", "UNKNOWN_ICMPV4_CODE"),
    DropReasonText(144, "Unknown ICMPv4 type", "UNKNOWN_ICMPV4_TYPE"),
    DropReasonText(145, "Unknown ICMPv6 code", "UNKNOWN_ICMPV6_CODE"),
    DropReasonText(146, "Unknown ICMPv6 type", "UNKNOWN_ICMPV6_TYPE"),
    DropReasonText(147, "Error retrieving tunnel key", "ERROR_RETRIEVING_TUNNEL_KEY"),
    DropReasonText(148, "Error retrieving tunnel options", "ERROR_RETRIEVING_TUNNEL_OPTIONS"),
    DropReasonText(149, "Invalid Geneve option", "INVALID_GENEVE_OPTION"),
    DropReasonText(150, "Unknown L3 target address", "UNKNOWN_L3_TARGET_ADDRESS"),
    DropReasonText(151, "Stale or unroutable IP", "STALE_OR_UNROUTABLE_IP"),
    DropReasonText(152, "No matching local container found", "NO_MATCHING_LOCAL_CONTAINER_FOUND"),
    DropReasonText(153, "Error while correcting L3 checksum", "ERROR_WHILE_CORRECTING_L3_CHECKSUM"),
    DropReasonText(154, "Error while correcting L4 checksum", "ERROR_WHILE_CORRECTING_L4_CHECKSUM"),
    DropReasonText(155, "CT: Map insertion failed", "CT_MAP_INSERTION_FAILED"),
    DropReasonText(156, "Invalid IPv6 extension header", "INVALID_IPV6_EXTENSION_HEADER"),
    DropReasonText(157, "IP fragmentation not supported", "IP_FRAGMENTATION_NOT_SUPPORTED"),
    DropReasonText(158, "Service backend not found", "SERVICE_BACKEND_NOT_FOUND"),
    DropReasonText(
      160, "No tunnel/encapsulation endpoint (datapath BUG!)", "NO_TUNNEL_OR_ENCAPSULATION_ENDPOINT"),
    DropReasonText(161, "NAT 46/64 not enabled", "FAILED_TO_INSERT_INTO_PROXYMAP"),
    DropReasonText(162, "Reached EDT rate-limiting drop horizon", "REACHED_EDT_RATE_LIMITING_DROP_HORIZON"),
    DropReasonText(163, "Unknown connection tracking state", "UNKNOWN_CONNECTION_TRACKING_STATE"),
    DropReasonText(164, "Local host is unreachable", "LOCAL_HOST_IS_UNREACHABLE"),
    DropReasonText(
      165, "No configuration available to perform policy decision",
      "NO_CONFIGURATION_AVAILABLE_TO_PERFORM_POLICY_DECISION"),
    DropReasonText(166, "Unsupported L2 protocol", "UNSUPPORTED_L2_PROTOCOL"),
    DropReasonText(167, "No mapping for NAT masquerade", "NO_MAPPING_FOR_NAT_MASQUERADE"),
    DropReasonText(168, "Unsupported protocol for NAT masquerade", "UNSUPPORTED_PROTOCOL_FOR_NAT_MASQUERADE"),
    DropReasonText(169, "FIB lookup failed", "FIB_LOOKUP_FAILED"),
    DropReasonText(170, "Encapsulation traffic is prohibited", "ENCAPSULATION_TRAFFIC_IS_PROHIBITED"),
    DropReasonText(171, "Invalid identity", "INVALID_IDENTITY"),
    DropReasonText(172, "Unknown sender", "UNKNOWN_SENDER"),
    DropReasonText(173, "NAT not needed", "NAT_NOT_NEEDED"),
    DropReasonText(174, "Is a ClusterIP", "IS_A_CLUSTERIP"),
    DropReasonText(
      175, "First logical datagram fragment not found", "FIRST_LOGICAL_DATAGRAM_FRAGMENT_NOT_FOUND"),
    DropReasonText(176, "Forbidden ICMPv6 message", "FORBIDDEN_ICMPV6_MESSAGE"),
    DropReasonText(177, "Denied by LB src range check", "DENIED_BY_LB_SRC_RANGE_CHECK"),
    DropReasonText(178, "Socket lookup failed", "SOCKET_LOOKUP_FAILED"),
    DropReasonText(179, "Socket assign failed", "SOCKET_ASSIGN_FAILED"),
    DropReasonText(
      180, "Proxy redirection not supported for protocol", "PROXY_REDIRECTION_NOT_SUPPORTED_FOR_PROTOCOL"),
    DropReasonText(181, "Policy denied by denylist", "POLICY_DENY"),
    DropReasonText(182, "VLAN traffic disallowed by VLAN filter", "VLAN_FILTERED"),
    DropReasonText(183, "Incorrect VNI from VTEP", "INVALID_VNI"),
    DropReasonText(184, "Failed to update or lookup TC buffer", "INVALID_TC_BUFFER"),
    DropReasonText(185, "No SID was found for the IP address", "NO_SID"),
    DropReasonText(186, "SRv6 state was removed during tail call", "MISSING_SRV6_STATE"),
    DropReasonText(187, "L3 translation from IPv4 to IPv6 failed (NAT46)", "NAT46"),
    DropReasonText(188, "L3 translation from IPv6 to IPv4 failed (NAT64)", "NAT64"),
    DropReasonText(189, "Authentication required", "AUTH_REQUIRED"),
    DropReasonText(190, "No conntrack map found", "CT_NO_MAP_FOUND"),
    DropReasonText(191, "No nat map found", "SNAT_NO_MAP_FOUND"),
    DropReasonText(192, "Invalid ClusterID", "INVALID_CLUSTER_ID"),
    DropReasonText(
      193, "Unsupported packet protocol for DSR encapsulation", "UNSUPPORTED_PROTOCOL_FOR_DSR_ENCAP"),
    DropReasonText(194, "No egress gateway found", "NO_EGRESS_GATEWAY"),
    DropReasonText(195, "Traffic is unencrypted", "UNENCRYPTED_TRAFFIC"),
    DropReasonText(196, "TTL exceeded", "TTL_EXCEEDED"),
    DropReasonText(197, "No node ID found", "NO_NODE_ID"),
    DropReasonText(198, "Rate limited", "DROP_RATE_LIMITED"),
    DropReasonText(199, "IGMP handled", "IGMP_HANDLED"),
    DropReasonText(200, "IGMP subscribed", "IGMP_SUBSCRIBED"),
    DropReasonText(201, "Multicast handled", "MULTICAST_HANDLED"),
    DropReasonText(202, "Host datapath not ready", "DROP_HOST_NOT_READY"),
    DropReasonText(203, "Endpoint policy program not available", "DROP_EP_NOT_READY"),
    DropReasonText(204, "No Egress IP configured", "DROP_NO_EGRESS_IP"),
    DropReasonText(205, "Punt to proxy", "DROP_PUNT_PROXY"),
  ]
}

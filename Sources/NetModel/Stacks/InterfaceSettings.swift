/// The kernel settings that decide about packets of one interface, as they take effect: its own and those of
/// `all` put together.
///
/// Source: Linux `include/linux/inetdevice.h`, `IN_DEV_CONF_GET`, `IN_DEV_ORCONF`, `IN_DEV_MAXCONF`.
package struct InterfaceSettings: Hashable, Sendable {
  /// Packets that came in by the interface may be forwarded (its own `forwarding`, else `ip_forward`).
  package var forwards: Bool
  /// The larger `rp_filter`: 0 off, 1 strict, 2 loose.
  package var reversePathFilter: Int
  /// Own addresses may come in as sources (`accept_local`).
  package var acceptsLocalSources: Bool
  /// 127.0.0.0/8 may come in and go out (`route_localnet`).
  package var routesLoopback: Bool
  /// Routes without carrier are passed over (`ignore_routes_with_linkdown`).
  package var ignoresLinkDown: Bool
  /// The check of the way back uses the packet's mark (`src_valid_mark`).
  package var marksWayBack: Bool
  /// ICMP redirects are sent (`send_redirects`, on unless switched off for both).
  package var sendsRedirects: Bool
}

/// The settings of one interface, or of `all`, as they were set; `nil` where they were not.
struct InterfaceSysctls: Hashable, Sendable {
  var forwarding: Int?
  var reversePathFilter: Int?
  var acceptLocal: Int?
  var routeLocalnet: Int?
  var ignoreLinkDown: Int?
  var sourceValidMark: Int?
  var sendRedirects: Int?

  /// Notes the value of a setting by its sysctl name; names that decide about no packet are left out.
  mutating func set(_ name: Substring, to value: Int) {
    switch name {
    case "forwarding": forwarding = value
    case "rp_filter": reversePathFilter = value
    case "accept_local": acceptLocal = value
    case "route_localnet": routeLocalnet = value
    case "ignore_routes_with_linkdown": ignoreLinkDown = value
    case "src_valid_mark": sourceValidMark = value
    case "send_redirects": sendRedirects = value
    default: break
    }
  }

  /// What takes effect beside the settings of `all`.
  func combined(with all: InterfaceSysctls, forwarding machineForwards: Bool) -> InterfaceSettings {
    func isSet(_ own: Int?, _ all: Int?, default value: Int = 0) -> Bool {
      (own ?? value) != 0 || (all ?? value) != 0
    }
    return InterfaceSettings(
      forwards: forwarding.map { $0 != 0 } ?? machineForwards,
      reversePathFilter: max(reversePathFilter ?? 0, all.reversePathFilter ?? 0),
      acceptsLocalSources: isSet(acceptLocal, all.acceptLocal),
      routesLoopback: isSet(routeLocalnet, all.routeLocalnet),
      ignoresLinkDown: isSet(ignoreLinkDown, all.ignoreLinkDown),
      marksWayBack: isSet(sourceValidMark, all.sourceValidMark),
      sendsRedirects: isSet(sendRedirects, all.sendRedirects, default: 1))
  }
}

import ControlPlane
import NetModel

extension NetworkStack {
  /// The value of a setting as the kernel shows it; `nil` for keys that decide about no packet.
  func shownSysctl(_ key: String) -> Int? {
    if sysctls.contains(key) || key == "net.ipv4.ip_forward" { return sysctls[key] }
    let parts = key.split(separator: ".").map(String.init)
    guard parts.count == 5, parts[0...2] == ["net", "ipv4", "conf"] else { return nil }
    guard parts[3] == "all" || parts[3] == "default" || interface(named: parts[3]) != nil else {
      return nil
    }
    switch parts[4] {
    case "forwarding": return sysctls["net.ipv4.ip_forward"]
    case "send_redirects": return 1
    case "rp_filter", "accept_local", "route_localnet", "ignore_routes_with_linkdown", "src_valid_mark":
      return 0
    default: return nil
    }
  }
}

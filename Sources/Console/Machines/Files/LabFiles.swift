import ControlPlane
import NetModel

/// A stack's files that follow from the lab.
package struct LabFiles {
  let stack: StackID
  let lab: RunningLab

  /// True for a path at which a lab's machine has files of its own, whether or not the lab knows them.
  package static func hold(_ path: String) -> Bool {
    path.hasPrefix("/") && (files.contains(path) || folders.contains { path.hasPrefix($0) })
  }

  private static let files: Set<String> = [
    "/etc/hostname", "/etc/hosts", "/etc/machine-id", "/etc/os-release", "/etc/resolv.conf", "/proc/modules",
    "/proc/uptime", "/proc/version",
  ]

  private static let folders = [
    "/etc/cni/", "/etc/kubernetes/", "/etc/netplan/", "/proc/net/", "/proc/sys/", "/sys/class/net/",
    "/var/lib/kubelet/", "/var/log/",
  ]

  /// `nil` for a file of which nothing is known.
  func text(of path: String) -> String? {
    switch path {
    case "/etc/hostname": return stack.hostname + "\n"
    case "/etc/hosts": return hosts
    case "/etc/resolv.conf": return resolver
    default: break
    }
    if let key = path.dropPrefix("/proc/sys/")?.replacing("/", with: ".") {
      return lab.snapshot.stack(stack)?.shownSysctl(key).map { "\($0)\n" }
    }
    guard let parts = path.dropPrefix("/sys/class/net/")?.split(separator: "/"), parts.count == 2 else {
      return nil
    }
    return attribute(String(parts[1]), of: String(parts[0]))
  }

  /// Source: Kubernetes `pkg/kubelet/kubelet_pods.go`, `managedHostsFileContent`, for pods.
  private var hosts: String? {
    let names = lab.hostsFile(of: stack)
    guard case .pod = stack else {
      return names.isEmpty ? nil : names.map { "\($0.address) \($0.name)\n" }.joined()
    }
    let fixed = [
      ("127.0.0.1", "localhost"), ("::1", "localhost ip6-localhost ip6-loopback"),
      ("fe00::0", "ip6-localnet"),
      ("fe00::0", "ip6-mcastprefix"), ("fe00::1", "ip6-allnodes"), ("fe00::2", "ip6-allrouters"),
    ]
    let own = names.filter { $0.name != "localhost" }.map { ("\($0.address)", $0.name) }
    return "# Kubernetes-managed hosts file.\n" + (fixed + own).map { "\($0)\t\($1)\n" }.joined()
  }

  /// Source: Kubernetes `pkg/kubelet/network/dns/dns.go`, policy ClusterFirst.
  private var resolver: String? {
    guard case .pod(let pod) = stack, let file = lab.resolverFile(of: pod) else { return nil }
    return
      "search \(file.searches.joined(separator: " "))\nnameserver \(file.server)\noptions ndots:\(file.dots)\n"
  }

  /// Source: Linux `Documentation/ABI/testing/sysfs-class-net`.
  private func attribute(_ name: String, of interface: String) -> String? {
    guard let stack = lab.snapshot.stack(stack), let found = stack.interface(named: interface) else {
      return nil
    }
    let view = StackView(stack: stack, snapshot: lab.snapshot)
    switch name {
    case "address": return "\(found.mac)\n"
    case "mtu": return "\(found.mtu)\n"
    case "ifindex": return "\(found.index)\n"
    case "operstate": return view.state(of: found).rawValue.lowercased() + "\n"
    case "iflink":
      switch view.link(of: found) {
      case .elsewhere(let index, _): return "\(index)\n"
      case .here(let other): return stack.interface(named: other).map { "\($0.index)\n" }
      case nil: return "\(found.index)\n"
      }
    default: return nil
    }
  }
}

extension String {
  /// What stands behind a beginning; `nil` where the text begins otherwise.
  fileprivate func dropPrefix(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}

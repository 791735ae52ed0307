import ControlPlane
import NetModel

/// `cat` of a pod, or of a machine that is reached from another: the few files that follow from the lab, and
/// standard input.
struct CatJob: Job {
  private let files: [String]
  private let stack: StackID

  init(_ invocation: Invocation, in lab: RunningLab) {
    files = invocation.arguments.filter { $0 == "-" || !$0.hasPrefix("-") }
    stack = invocation.stack
  }

  mutating func resume(_ event: JobEvent, in lab: inout RunningLab, output: inout JobOutput) -> JobState {
    switch event {
    case .input(let bytes): output.write(bytes, to: .standardOutput)
    case .inputEnded: return .ended(status: 0)
    case .interrupted: return .ended(status: 130)
    case .started where !(files.isEmpty || files == ["-"]): return show(in: lab, &output)
    case .started, .timePassed, .labChanged, .edited: break
    }
    return .waiting(JobWait(forInput: true))
  }

  private func show(in lab: RunningLab, _ output: inout JobOutput) -> JobState {
    var status: Int32 = 0
    for file in files {
      if let text = LabFile(stack: stack, lab: lab).text(of: file) {
        output.write(text)
      } else {
        output.writeError("cat: \(file): not modelled here\n")
        status = 127
      }
    }
    return .ended(status: status)
  }
}

/// A stack's files that follow from the lab.
private struct LabFile {
  let stack: StackID
  let lab: RunningLab

  /// `nil` for a file of which nothing is known.
  func text(of path: String) -> String? {
    switch path {
    case "/etc/hostname": return stack.hostname + "\n"
    case "/etc/hosts": return hosts
    case "/etc/resolv.conf": return resolver
    default: break
    }
    let sysctl = path.dropPrefix("/proc/sys/")?.replacing("/", with: ".")
    if let sysctl {
      let known = lab.snapshot.stack(stack)?.sysctls.entries.first { $0.key == sysctl }
      return known.map { "\($0.value)\n" }
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

import ControlPlane
import NetModel

/// `systemctl` for the two services that make a machine a node: they run while the machine does.
///
/// Source: systemctl(1); units of the packages kubelet and containerd.io.
enum ServiceTool {
  static func run(_ invocation: Invocation, in lab: inout RunningLab) -> CommandResult {
    do throws(Refusal) {
      let words = invocation.arguments.filter { !$0.hasPrefix("-") }
      guard case .host(let node) = invocation.stack, let verb = words.first else {
        throw .notModelled("here")
      }
      if ["reboot", "poweroff", "halt"].contains(verb) {
        return PowerTool.run(verb, Invocation(arguments: [], stack: invocation.stack), in: &lab)
      }
      let isNode = lab.network?.cluster?.node(node) != nil
      let services = try words.dropFirst().map { word throws(Refusal) in
        let name = word.hasSuffix(".service") ? String(word.dropLast(8)) : word
        guard isNode, let service = Service(rawValue: name) else { throw .notModelled(word) }
        return service
      }
      guard !services.isEmpty else { throw .notModelled(verb) }
      return try answer(verb, services)
    } catch {
      return error.result(of: "systemctl")
    }
  }

  private enum Service: String {
    case kubelet, containerd

    var description: String {
      switch self {
      case .kubelet: "kubelet: The Kubernetes Node Agent"
      case .containerd: "containerd container runtime"
      }
    }
  }

  /// A restarted kubelet or runtime finds its pods as they were.
  private static func answer(_ verb: String, _ services: [Service]) throws(Refusal) -> CommandResult {
    switch verb {
    case "restart", "start", "reload-or-restart", "try-restart": CommandResult()
    case "is-active": CommandResult(standardOutput: services.map { _ in "active\n" }.joined())
    case "is-enabled": CommandResult(standardOutput: services.map { _ in "enabled\n" }.joined())
    case "status": CommandResult(standardOutput: services.map(status).joined(separator: "\n"))
    default: throw .notModelled(verb)
    }
  }

  /// Without processes, memory and logs, which the lab has not.
  private static func status(_ service: Service) -> String {
    """
    ● \(service.rawValue).service - \(service.description)
         Loaded: loaded (/usr/lib/systemd/system/\(service.rawValue).service; enabled; preset: enabled)
         Active: active (running)

    """
  }
}

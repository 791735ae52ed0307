import Console
import ControlPlane
import NetModel

extension InspectorState {
  /// Completes the word before the cursor as far as all that is possible agrees.
  mutating func completeCommand() {
    let head = commandLine.text.head
    let word = String(head.reversed().prefix { $0 != " " }.reversed())
    let before = head.dropLast(word.count).split(separator: " ").map(String.init)
    let wanted = KeyMap.latin(word)
    let known = CommandGrammar.words(behind: before).filter { $0.hasPrefix(word) || $0.hasPrefix(wanted) }
    let found =
      known.isEmpty ? names(behind: before).filter { $0.hasPrefix(word) || $0.hasPrefix(wanted) } : known
    guard let first = found.first else { return }
    let common = found.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
    guard common.count > word.count || found.count == 1 || wanted != word else {
      commandLine.completions = found
      return
    }
    commandLine.text.deleteBackward(word.count)
    commandLine.text.insert(found.count == 1 ? common + " " : common)
    if found.count > 1 { commandLine.completions = found }
  }

  /// The lab's names and addresses that can stand behind those words, each once.
  private func names(behind before: [String]) -> [String] {
    guard !before.isEmpty else {
      return (LabCommand.all.filter { $0.summary != nil }.map(\.name) + OwnCommand.allCases.map(\.rawValue))
        .sorted()
    }
    let words =
      switch before.last {
      case "dev", "-i": interfaceNames
      case "via", "src", "to", "get", "lladdr": addresses
      default: interfaceNames + addresses + hostNames + objectNames
      }
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }

  private var hostNames: [String] {
    scene.snapshot.stacks.map { stack in
      if case .pod(let pod) = stack.id { pod.name } else { stack.id.description }
    }
  }

  private var interfaceNames: [String] {
    (commandLine.host.flatMap { scene.snapshot.stack($0) }?.interfaces ?? []).map(\.name)
  }

  private var addresses: [String] {
    scene.snapshot.stacks.flatMap { $0.interfaces.flatMap(\.addresses) }.map(\.local.address)
      .filter { !$0.isLoopback }.map(\.description)
  }

  private var objectNames: [String] {
    let services = scene.snapshot.agents.first?.datapath.services.map(\.service.name) ?? []
    return scene.snapshot.pods.map(\.workload) + services
  }
}

/// The words that the lab's commands know.
enum CommandGrammar {
  /// What the command before understands at this place: subcommands first, then keywords and options.
  static func words(behind before: [String]) -> [String] {
    let path = before.filter { !$0.hasPrefix("-") }
    for count in stride(from: path.count, through: 1, by: -1) {
      let key = path.prefix(count).joined(separator: " ")
      if let words = table[key] { return words }
    }
    return []
  }

  private static let route = [
    "default", "via", "dev", "src", "metric", "proto", "scope", "table", "onlink", "mtu", "blackhole",
    "unreachable",
  ]
  private static let kinds = [
    "pods", "nodes", "services", "deployments", "endpoints", "ciliumnodes", "ciliumendpoints",
    "ciliumidentities", "ciliumloadbalancerippools", "ciliuml2announcementpolicies", "leases", "configmap",
    "-o", "-A", "-n", "wide", "yaml", "json", "--show-labels",
  ]

  private static let table: [String: [String]] = [
    "ip": ["addr", "link", "neigh", "route", "rule", "-c", "-j", "-d", "-br"],
    "ip route": ["add", "append", "change", "del", "get", "list", "replace", "show"],
    "ip route add": route, "ip route replace": route, "ip route del": route, "ip route append": route,
    "ip route get": ["from", "iif", "oif", "mark"],
    "ip link": ["set", "show"], "ip link set": ["up", "down", "mtu", "dev"],
    "ip addr": ["add", "del", "show"], "ip addr add": ["dev", "peer", "brd"], "ip addr show": ["dev"],
    "ip neigh": ["add", "del", "replace", "show", "flush"],
    "ip neigh replace": ["lladdr", "dev", "nud", "permanent", "reachable"],
    "ip neigh del": ["dev"],
    "sysctl": ["-w", "net.ipv4.ip_forward", "net.ipv4.conf.all.rp_filter"],
    "ping": ["-c", "-W", "-i", "-s", "-M", "-I"],
    "curl": ["-s", "-m", "--connect-timeout", "-o", "-v"],
    "tcpdump": ["-i", "any", "-nn", "-e", "-v", "-c", "icmp", "tcp", "udp", "port", "host", "arp"],
    "kubectl": [
      "get", "describe", "apply", "delete", "exec", "label", "scale", "rollout", "create", "patch", "logs",
      "-n",
    ],
    "kubectl get": kinds, "kubectl describe": kinds, "kubectl delete": kinds,
    "kubectl rollout": ["restart", "status"],
    "kubectl rollout restart": ["ds/cilium", "deploy/cilium-operator"],
    "kubectl scale": ["deployment", "--replicas"],
    "helm": ["upgrade", "get", "list"],
    "helm upgrade": ["cilium", "cilium/cilium", "--namespace", "kube-system", "--reuse-values", "--set"],
    "cilium": ["status", "config", "version", "connectivity"],
    "cilium config": ["view", "set"],
    "cilium-dbg": ["bpf", "endpoint", "identity", "ip", "node", "service", "status", "monitor", "map"],
    "cilium-dbg bpf": ["ipcache", "lb", "ct", "nat", "endpoint", "policy", "tunnel"],
    "hubble": ["observe", "status", "list"],
    "hubble observe": [
      "-f", "--last", "--pod", "--protocol", "--verdict", "--to-ip", "--from-pod", "--to-pod",
    ],
  ]
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    var result = ""
    for (mine, theirs) in zip(self, other) {
      guard mine == theirs else { break }
      result.append(mine)
    }
    return result
  }
}

import Console
import ControlPlane
import NetModel

/// A command that a person would type.
package struct EditCommand: Hashable, Sendable {
  /// Where it is typed; `nil` where kubectl or helm reach the cluster from anywhere.
  package var host: StackID?
  package var line: String

  fileprivate init(_ line: String, on host: StackID? = nil) {
    self.host = host
    self.line = line
  }
}

extension Edit {
  /// The commands that a person would type to the same end, in order.
  package var commands: [EditCommand] {
    switch self {
    case .addRoute(let route, let stack): [EditCommand("ip route add \(route.words)", on: stack)]
    case .replaceRoute(let route, let stack): [EditCommand("ip route replace \(route.words)", on: stack)]
    case .insertRoute(let route, let atEnd, let stack):
      [EditCommand("ip route \(atEnd ? "append" : "prepend") \(route.words)", on: stack)]
    case .deleteRoute(let selector, let stack): [EditCommand("ip route del \(selector.words)", on: stack)]
    case .addRule(let rule, let stack): [EditCommand("ip rule add \(rule.command)", on: stack)]
    case .deleteRule(let rule, let stack): [EditCommand("ip rule del \(rule.command)", on: stack)]
    case .setNeighbor(let neighbor, let stack):
      [EditCommand("ip neigh replace \(neighbor.words)", on: stack)]
    case .learnNeighbors: []
    case .deleteNeighbor(let address, let interface, let stack):
      [EditCommand("ip neigh del \(address) dev \(interface)", on: stack)]
    case .addAddress(let address, let interface):
      [EditCommand("ip addr add \(address.words) dev \(interface.name)", on: interface.stack)]
    case .deleteAddress(let selector, let interface):
      [EditCommand("ip addr del \(selector.words) dev \(interface.name)", on: interface.stack)]
    case .setLink(let interface, let isUp):
      [EditCommand("ip link set \(interface.name) \(isUp ? "up" : "down")", on: interface.stack)]
    case .setMTU(let interface, let bytes):
      [EditCommand("ip link set \(interface.name) mtu \(bytes)", on: interface.stack)]
    case .setSysctl(let key, let value, let stack): [EditCommand("sysctl -w \(key)=\(value)", on: stack)]
    case .setHelmValues(let settings, let agents): [EditCommand(upgrade(settings))] + agents.restarts
    case .setRelease(let values): [EditCommand(upgrade(values.settings, keepsOthers: false))]
    case .rollBackHelm(let number):
      [EditCommand("helm rollback cilium \(number) --namespace kube-system")]
    case .restartAgents(let agents): agents.restarts
    case .create(let objects):
      [EditCommand("kubectl create -f -  # \(objects.map(\.id.description).joined(separator: ", "))")]
    case .replacePolicy(let policy): [EditCommand("kubectl apply -f -  # \(policy.id)")]
    case .delete(let id): [EditCommand("kubectl delete \(id.words)")]
    case .changeObject(let change): [EditCommand(change.words)]
    case .scale(let workload, let replicas):
      [EditCommand("kubectl scale \(workload.words) --replicas=\(replicas)")]
    case .loadModule(let name, let node): [EditCommand("modprobe \(name)", on: .host(node))]
    case .unloadModule(let name, let node): [EditCommand("rmmod \(name)", on: .host(node))]
    case .setPower(let node, let isOn): [EditCommand("power \(isOn ? "on" : "off")", on: .host(node))]
    case .reboot(let node, let isClean): [EditCommand(isClean ? "reboot" : "reboot -f", on: .host(node))]
    case .shutDown(let node): [EditCommand("poweroff", on: .host(node))]
    case .beginAgentRestart(let node): Edit.AgentSelection.node(node).restarts
    case .setWireLimit(let wire, let bytes):
      [EditCommand("wire \(wire) mtu \(bytes.map(String.init) ?? "none")")]
    case .setPortFilter(let wire, let port, let isBlocked):
      [EditCommand("wire \(wire) \(isBlocked ? "block" : "pass") udp \(port)")]
    }
  }
}

/// Source: Helm's `upgrade`; the release as the lab guide names it.
private func upgrade(_ settings: [HelmSetting], keepsOthers: Bool = true) -> String {
  let values = settings.map { " --set \($0.path)=\($0.value)" }.joined()
  let others = keepsOthers ? " --reuse-values" : ""
  return "helm upgrade cilium cilium/cilium --namespace kube-system\(others)\(values)"
}

extension Edit.AgentSelection {
  fileprivate var restarts: [EditCommand] {
    switch self {
    case .none: []
    case .all: [EditCommand("kubectl -n kube-system rollout restart ds/cilium")]
    case .node(let node):
      [
        EditCommand(
          "kubectl -n kube-system delete pod -l k8s-app=cilium --field-selector spec.nodeName=\(node)")
      ]
    }
  }
}

extension RouteSelector {
  fileprivate var words: String {
    var words = type == .unicast ? [] : [type?.rawValue].compactMap(\.self)
    words.append(destination.length == 0 ? "default" : destination.description)
    if let gateway { words += ["via", gateway.description] }
    if let interface { words += ["dev", interface] }
    if let metric, metric != 0 { words += ["metric", String(metric)] }
    if table != .main { words += ["table", table.description] }
    return words.joined(separator: " ")
  }
}

extension Route {
  /// As `ip route add` takes it.
  var words: String { table == .main ? ipLine : "\(ipLine) table \(table)" }
}

extension Interface.Address {
  fileprivate var words: String {
    var words = peer.map { ["\(local.address)", "peer", "\($0)/\(local.length)"] } ?? ["\(local)"]
    if let broadcast { words += ["brd", "\(broadcast)"] }
    if metric != 0 { words += ["metric", "\(metric)"] }
    if scope != .global { words += ["scope", "\(scope)"] }
    if noPrefixRoute { words.append("noprefixroute") }
    return words.joined(separator: " ")
  }
}

extension AddressSelector {
  fileprivate var words: String {
    guard let subnet else { return "\(address)" }
    return subnet.address == address ? "\(subnet)" : "\(address) peer \(subnet)"
  }
}

extension Neighbor {
  fileprivate var words: String {
    let link = mac.map { " lladdr \($0)" } ?? ""
    return "\(address)\(link) dev \(interface) nud \(state.rawValue.lowercased())"
  }
}

extension ObjectID {
  fileprivate var words: String {
    switch self {
    case .workload(let id): id.words
    case .pod(let id): "pod \(id.name) --namespace \(id.namespace)"
    case .service(let id): "service \(id.name) --namespace \(id.namespace)"
    case .namespace(let name): "namespace \(name)"
    case .policy(let id): id.words
    case .document(let id):
      "\(id.kind.lowercased()) \(id.name)\(id.namespace.isEmpty ? "" : " --namespace \(id.namespace)")"
    }
  }
}

extension PolicyID {
  fileprivate var words: String {
    let scope = namespace.isEmpty ? "" : " --namespace \(namespace)"
    return "\(kind.rawValue.lowercased()) \(name)\(scope)"
  }
}

extension WorkloadID {
  fileprivate var words: String { "\(kind.rawValue.lowercased()) \(name) --namespace \(namespace)" }
}

extension APIChange {
  fileprivate var words: String {
    switch self {
    case .create(let document, _): "kubectl create -f -  # \(document.objectTitle)"
    case .replace(let document, _): "kubectl replace -f -  # \(document.objectTitle)"
    case .patch(let resource, _, let name, let patch, let type, _):
      "kubectl patch \(resource.singular) \(name) --type \(type.rawValue) -p '\(patch)'"
    case .delete(let resource, _, let name, let graceSeconds):
      "kubectl delete \(resource.singular) \(name)"
        + (graceSeconds.map { $0 == 0 ? " --force" : " --grace-period=\($0)" } ?? "")
    case .scale(let resource, _, let name, let replicas):
      "kubectl scale \(resource.singular) \(name) --replicas=\(replicas)"
    }
  }
}

extension JSONValue {
  /// `Kind NAMESPACE/NAME`, as far as a manifest says so.
  fileprivate var objectTitle: String {
    let names = ["namespace", "name"].compactMap { value(at: "metadata", $0)?.text }
    return ([self["kind"]?.text ?? ""] + [names.joined(separator: "/")]).joined(separator: " ")
  }
}

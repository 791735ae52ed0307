import Console
import ControlPlane
import NetModel

extension InspectorState {
  /// Opens the line for commands with the command that changes, adds or removes what is selected.
  mutating func editSelected(_ action: Action) {
    guard let (subject, stack) = selectedSubject else { return }
    guard let line = subject.command(for: action) else {
      notice = .unavailable(action, .derived)
      return
    }
    openCommandLine(line, on: stack)
  }

  /// What is selected in a table or, in the walk, what decided the step; with the stack that it belongs to.
  var selectedSubject: (TableRow.Subject, StackID)? {
    if let table = table(of: focus) {
      let rows = shownRows(of: focus)
      let index = cursors[focus] ?? rows.marked ?? 0
      guard rows.indices.contains(index) else { return (.none(of: table.kind), table.stack) }
      return (rows[index].subject, table.stack)
    }
    guard view == .walk, let table = stepTable, let step = stop?.step else { return nil }
    let evidence = EvidenceTable(step)
    let candidate = evidence.winner.map { evidence.candidates[$0] } ?? evidence.candidates.first
    guard let candidate else { return (.none(of: table.kind), table.stack) }
    return (.entry(candidate.entry), table.stack)
  }
}

extension TableRow.Subject {
  /// The command that a person would type, to be finished; `nil` where none changes it.
  func command(for action: Action) -> String? {
    switch self {
    case .entry(let entry): entry.command(for: action)
    case .interface(let interface): interface.command(for: action)
    case .rule(let rule): rule.command(for: action)
    case .object(let object): object.command(for: action)
    case .sysctl(let key, let value): action == .remove ? nil : "sysctl -w \(key)=\(value)"
    case .setting(let setting):
      action == .remove
        ? nil
        : "helm upgrade cilium cilium/cilium --namespace kube-system --reuse-values --set "
          + "\(setting.path)=\(setting.value)"
    case .none(let kind): action == .add ? kind.addingCommand : nil
    case .other: nil
    }
  }
}

extension TableKind {
  /// The command that a person would type to make a first entry; `nil` where none does.
  fileprivate var addingCommand: String? {
    switch self {
    case .routes: "ip route add "
    case .rules: "ip rule add from "
    case .neighbors: "ip neigh replace  lladdr  dev  nud permanent"
    case .services, .endpoints: "kubectl apply -f "
    default: resource == nil ? nil : "kubectl apply -f "
    }
  }
}

extension RoutingRule {
  fileprivate func command(for action: Presentation.Action) -> String {
    switch action {
    case .add: "ip rule add from "
    case .remove: "ip rule del \(command)"
    default: "ip rule add \(command)"
    }
  }
}

extension ObjectLine {
  /// Leases are renewed by their holders alone.
  fileprivate func command(for action: Action) -> String? {
    switch action {
    case .add: "kubectl apply -f "
    case .remove: removingCommand
    default: resource.kind == "Lease" ? nil : changingCommand
    }
  }
}

extension TableEntry {
  fileprivate func command(for action: Action) -> String? {
    switch self {
    case .route(let route): route.command(for: action)
    case .neighbor(let neighbor): neighbor.command(for: action)
    case .service(let entry): entry.service.command(for: action)
    case .endpoint(let endpoint):
      if case .pod(let pod) = endpoint.kind { pod.pod.command(for: action) } else { nil }
    case .ipcache, .listener, .policy: nil
    }
  }
}

extension Route {
  fileprivate func command(for action: Action) -> String? {
    switch action {
    case .add: "ip route add "
    case .remove: Edit.deleteRoute(RouteSelector(self), on: .host(NodeID(""))).commands.first?.line
    default: Edit.replaceRoute(self, on: .host(NodeID(""))).commands.first?.line
    }
  }
}

extension Neighbor {
  fileprivate func command(for action: Action) -> String {
    switch action {
    case .add: "ip neigh replace  lladdr  dev \(interface) nud permanent"
    case .remove: "ip neigh del \(address) dev \(interface)"
    default: "ip neigh replace \(address)\(mac.map { " lladdr \($0)" } ?? "") dev \(interface) nud permanent"
    }
  }
}

extension Interface {
  fileprivate func command(for action: Action) -> String {
    switch action {
    case .add: "ip addr add  dev \(name)"
    case .remove: "ip link set \(name) down"
    default: isUp ? "ip link set \(name) mtu \(mtu)" : "ip link set \(name) up"
    }
  }
}

extension ServiceID {
  fileprivate func command(for action: Action) -> String {
    switch action {
    case .add: "kubectl apply -f "
    case .remove: "kubectl delete service \(name) --namespace \(namespace)"
    default: "kubectl patch service \(name) --namespace \(namespace) --type merge -p '{\"spec\":{}}'"
    }
  }
}

extension PodID {
  fileprivate func command(for action: Action) -> String {
    switch action {
    case .add: "kubectl apply -f "
    case .remove: "kubectl delete pod \(name) --namespace \(namespace)"
    default: "kubectl label pod \(name) --namespace \(namespace) --overwrite "
    }
  }
}

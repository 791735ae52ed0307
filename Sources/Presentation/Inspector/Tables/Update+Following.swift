import Console
import ControlPlane
import NetModel

extension InspectorState {
  /// Opens the table that the selected row refers to, at the entry that is meant.
  mutating func followRow() {
    let rows = shownRows(of: .tableRows)
    let index = cursors[.tableRows] ?? rows.marked ?? 0
    guard let host = tableHost, rows.indices.contains(index) else { return }
    for reference in rows[index].subject.references(on: host, in: scene.snapshot) {
      guard TableKind.kinds(of: reference.stack, in: scene.snapshot).contains(reference.kind) else {
        continue
      }
      tableTrail.append(TablePlace(choice: TableChoice(stack: host, kind: tableKind), row: index))
      finder = Finder()
      tableChoice = TableChoice(stack: reference.stack, kind: reference.kind)
      let found = shownRows(of: .tableRows).firstIndex { $0.text.contains(reference.text) }
      cursors[.tableRows] = found ?? 0
      return
    }
    notice = .unavailable(.open, .nothingSelected)
  }

  /// Goes back to the row that was followed last.
  ///
  /// - Returns: false where none was.
  mutating func goBackInTables() -> Bool {
    guard view == .tables, let place = tableTrail.popLast() else { return false }
    tableChoice = place.choice
    cursors[.tableRows] = place.row
    return true
  }
}

/// A row of a table that was left by following it.
struct TablePlace: Hashable {
  var choice: TableChoice
  var row: Int
}

/// Where something that a row names is told in full.
private struct TableReference {
  var stack: StackID
  var kind: TableKind
  /// What the row there holds.
  var text: String
}

extension TableRow.Subject {
  /// What the row refers to, what is nearest to it first.
  fileprivate func references(on stack: StackID, in snapshot: Snapshot) -> [TableReference] {
    switch self {
    case .entry(.route(let route)): route.references(on: stack)
    case .entry(.neighbor(let neighbor)): owner(of: neighbor.address, in: snapshot)
    case .entry(.ipcache(let entry)):
      owner(of: entry.tunnelEndpoint ?? entry.prefix.address, in: snapshot)
    case .entry(.service(let entry)): entry.backends.flatMap { owner(of: $0.address, in: snapshot) }
    case .entry(.endpoint(let endpoint)): owner(of: endpoint.address, in: snapshot)
    case .interface(let interface): interface.references(on: stack)
    case .rule(let rule): rule.references(on: stack)
    case .object(let object): object.references(on: stack, in: snapshot)
    case .entry(.listener), .entry(.policy), .sysctl, .setting, .none, .other: []
    }
  }

  private func owner(of address: IPv4Address, in snapshot: Snapshot) -> [TableReference] {
    snapshot.owner(of: address).map {
      [TableReference(stack: $0, kind: .interfaces, text: "\(address)/")]
    } ?? []
  }
}

extension Route {
  fileprivate func references(on stack: StackID) -> [TableReference] {
    nextHops.flatMap { hop in
      [
        hop.gateway.map { TableReference(stack: stack, kind: .neighbors, text: "\($0) ") },
        hop.interface.map { TableReference(stack: stack, kind: .interfaces, text: " \($0) ") },
      ].compactMap(\.self)
    }
  }
}

extension RoutingRule {
  fileprivate func references(on stack: StackID) -> [TableReference] {
    guard case .lookup(let table) = action else { return [] }
    return [TableReference(stack: stack, kind: .routes, text: table == .main ? "" : " table \(table)")]
  }
}

extension ObjectLine {
  /// The Service's entry in the agent's map, or the interfaces of the host that is named.
  fileprivate func references(on stack: StackID, in snapshot: Snapshot) -> [TableReference] {
    if let address = document.value(at: "spec", "clusterIP")?.text {
      return [TableReference(stack: stack, kind: .services, text: " \(address):")]
    }
    let name = document.value(at: "metadata", "name")?.text ?? ""
    let namespace = document.value(at: "metadata", "namespace")?.text ?? ""
    let holder = document.value(at: "spec", "holderIdentity")?.text
    let stacks: [StackID] = [
      .pod(PodID(namespace: namespace, name: name)), .host(NodeID(holder ?? name)),
      document.value(at: "spec", "nodeName")?.text.map { .host(NodeID($0)) } ?? stack,
    ]
    return stacks.filter { snapshot.stack($0) != nil }.prefix(1).map {
      TableReference(stack: $0, kind: .interfaces, text: "")
    }
  }
}

extension Interface {
  fileprivate func references(on stack: StackID) -> [TableReference] {
    if case .veth(let peer) = attachment {
      return [TableReference(stack: peer.stack, kind: .interfaces, text: " \(peer.name) ")]
    }
    return [TableReference(stack: stack, kind: .routes, text: "dev \(name)")]
  }
}

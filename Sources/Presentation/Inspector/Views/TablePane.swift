import ControlPlane
import NetModel
import PacketTrace

/// The rows of one table of one stack, with what the current step made of them.
struct TablePane {
  let stack: StackID
  let kind: TableKind
  let snapshot: Snapshot
  /// The step that rests on this stack's tables; `nil` where the current one does not.
  let step: Step?

  var rows: [TableRow] {
    let evidence = step.map { EvidenceTable($0) }
    return entries.map { text, entry in
      let candidate = evidence?.candidates.first { $0.entry == entry }
      return TableRow(text: text, mark: candidate.map { $0.won ? .won : .lost })
    }
  }

  private var entries: [(String, TableEntry?)] {
    switch kind {
    case .routes: (network?.routes.routes ?? []).byTable.map { ($0.textWithTable, .route($0)) }
    case .rules: (network?.rules ?? []).map { ($0.text, nil) }
    case .neighbors: entries((network?.neighbors ?? []).map(TableEntry.neighbor))
    case .interfaces: (network?.interfaces ?? []).map { ($0.text, nil) }
    case .sockets: entries((network?.listeners ?? []).map(TableEntry.listener))
    case .endpoints: entries((datapath?.endpoints ?? []).map(TableEntry.endpoint))
    case .ipcache: entries((datapath?.ipcache ?? []).map(TableEntry.ipcache))
    case .services: entries((datapath?.services ?? []).map(TableEntry.service))
    case .policies: entries((datapath?.policyMaps ?? []).flatMap(\.tableEntries))
    }
  }

  private func entries(_ entries: [TableEntry]) -> [(String, TableEntry?)] {
    entries.map { ($0.text, $0) }
  }

  private var network: NetworkStack? { snapshot.stack(stack) }

  private var datapath: Datapath? {
    if case .host(let node) = stack { snapshot.datapath(on: node) } else { nil }
  }
}

extension PolicyMap {
  fileprivate var tableEntries: [TableEntry] {
    entries.map { TableEntry.policy($0, endpoint: endpoint) }
  }
}

extension [Route] {
  /// The main table first, as it is the one that people edit, then the others, local last.
  fileprivate var byTable: [Route] {
    let main = filter { $0.table == .main }
    let local = filter { $0.table == .local }
    return main + filter { $0.table != .main && $0.table != .local } + local
  }
}

extension Route {
  fileprivate var textWithTable: String {
    let text = TableEntry.route(self).text
    return table == .main ? text : "\(text) table \(table)"
  }
}

extension RoutingRule {
  fileprivate var text: String {
    var words = ["\(priority):"]
    if selector.isInverted { words.append("not") }
    words.append("from \(selector.source?.description ?? "all")")
    if let destination = selector.destination { words.append("to \(destination)") }
    if let mark = selector.mark { words.append("fwmark 0x\(String(mark, radix: 16))") }
    if let interface = selector.inputInterface { words.append("iif \(interface)") }
    if let interface = selector.outputInterface { words.append("oif \(interface)") }
    words.append(action.text)
    return words.joined(separator: " ")
  }
}

extension RoutingRule.Action {
  fileprivate var text: String {
    switch self {
    case .lookup(let table): "lookup \(table)"
    case .goto(let priority): "goto \(priority)"
    case .nop: "nop"
    case .blackhole: "blackhole"
    case .unreachable: "unreachable"
    case .prohibit: "prohibit"
    }
  }
}

extension Interface {
  fileprivate var text: String {
    let flag = isRunning ? "UP" : isUp ? "NO-CARRIER" : "DOWN"
    let shown = addresses.map(\.local.description).joined(separator: " ")
    return "\(index): \(name) \(flag) mtu \(mtu) \(mac)\(shown.isEmpty ? "" : " \(shown)")"
  }
}

extension [TableRow] {
  /// Position of the entry that decided, or else of the first that was considered.
  var marked: Int? { firstIndex { $0.mark == .won } ?? firstIndex { $0.mark == .lost } }
}

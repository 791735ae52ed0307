import Console
import ControlPlane
import NetModel
import PacketTrace

/// The rows of one table of one stack.
struct TablePane {
  let stack: StackID
  let kind: TableKind
  let snapshot: Snapshot
  /// Whose release and objects are listed; `nil` lists none.
  let network: Network?
  /// What the agents' maps hold of the connections that were made; `nil` leaves them out.
  let connections: ConnectionTables?

  /// The rows, with what `step` made of them and what was done to them since `before`.
  func rows(step: Step?, before: TablePane) -> [TableRow] {
    var rows = rows
    if let step { mark(&rows, by: EvidenceTable(step)) }
    guard !hasSource(of: before) else { return rows }
    let old = before.rows
    let known = Set(old.map(\.text))
    for index in rows.indices where !known.contains(rows[index].text) { rows[index].change = .new }
    let present = Set(rows.map(\.text))
    return rows
      + old.filter { !present.contains($0.text) }.map { row in
        TableRow(text: row.text, subject: .other, change: .gone)
      }
  }

  private func mark(_ rows: inout [TableRow], by evidence: EvidenceTable) {
    for index in rows.indices {
      guard case .entry(let entry) = rows[index].subject,
        let candidate = evidence.candidates.first(where: { $0.entry == entry })
      else { continue }
      rows[index].mark = candidate.won ? .won : .lost
    }
  }

  /// Whether both tables are made from the same, so that their rows need no comparison.
  private func hasSource(of other: TablePane) -> Bool {
    switch kind {
    case .conntrack, .nat, .socketPairs: false
    case .settings: network?.cluster?.helmValues == other.network?.cluster?.helmValues
    default: kind.resource == nil && host == other.host && datapath == other.datapath
    }
  }

  /// The rows as text alone.
  var texts: [String] { rows.map(\.text) }

  private var rows: [TableRow] {
    switch kind {
    case .routes:
      (host?.routes.routes ?? []).byTable.map {
        TableRow(text: $0.textWithTable, subject: .entry(.route($0)))
      }
    case .rules:
      (host?.rules ?? []).map { TableRow(text: $0.description, subject: .rule($0)) }
    case .neighbors: entries((host?.neighbors ?? []).map(TableEntry.neighbor))
    case .interfaces:
      (host?.interfaces ?? []).map { TableRow(text: $0.text, subject: .interface($0)) }
    case .sockets: entries((host?.listeners ?? []).map(TableEntry.listener))
    case .sysctls:
      (host?.sysctls.entries ?? []).map {
        TableRow(text: "\($0.key) = \($0.value)", subject: .sysctl(key: $0.key, value: $0.value))
      }
    case .endpoints: entries((datapath?.endpoints ?? []).map(TableEntry.endpoint))
    case .ipcache: entries((datapath?.ipcache ?? []).map(TableEntry.ipcache))
    case .services: entries((datapath?.services ?? []).map(TableEntry.service))
    case .reverseNAT: reverseNATRows
    case .policies: entries((datapath?.policyMaps ?? []).flatMap(\.tableEntries))
    case .conntrack: (connections?.conntrack ?? []).filter { isHere($0.node) }.map { other($0.line) }
    case .nat: (connections?.nat ?? []).filter { isHere($0.node) }.map { other($0.line) }
    case .socketPairs: (connections?.sockets ?? []).filter { isHere($0.node) }.map { other($0.line) }
    case .settings:
      (network?.cluster?.helmValues.settings ?? []).map {
        TableRow(text: "\($0.path)=\($0.value)", subject: .setting($0))
      }
    case .nodes, .pods, .deployments, .kubernetesServices, .pools, .leases, .announcementPolicies,
      .networkPolicies, .ciliumPolicies, .clusterwidePolicies:
      objects.map { TableRow(text: $0.text, subject: .object($0)) }
    }
  }

  private var objects: [ObjectLine] {
    guard let network, let resource = kind.resource else { return [] }
    return ObjectLine.lines(of: resource, in: network)
  }

  private func entries(_ entries: [TableEntry]) -> [TableRow] {
    entries.map { TableRow(text: $0.text, subject: .entry($0)) }
  }

  private func isHere(_ node: NodeID) -> Bool { stack == .host(node) }

  private func other(_ text: String) -> TableRow { TableRow(text: text, subject: .other) }

  /// Source: Cilium `cilium-dbg/cmd/bpf_lb_list.go` with `--revnat`.
  private var reverseNATRows: [TableRow] {
    (datapath?.services ?? []).sorted { $0.id < $1.id }.map {
      TableRow(text: "\($0.id)  \($0.frontend.address):\($0.frontend.port)", subject: .entry(.service($0)))
    }
  }

  private var host: NetworkStack? { snapshot.stack(stack) }

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

extension ConnectionTables.ConntrackEntry {
  /// Source: Cilium `pkg/maps/ctmap/types.go`; the protocol, direction and both ends, then the identity.
  fileprivate var line: String {
    "\(protocolNumber.transportName) \(direction.rawValue) \(source.end) -> \(destination.end) "
      + "SourceSecurityID=\(sourceIdentity.number)"
  }
}

extension ConnectionTables.NATEntry {
  /// Source: Cilium `pkg/maps/nat/ipv4.go`.
  fileprivate var line: String {
    "\(protocolNumber.transportName) OUT \(original.end) -> \(peer.end) XLATE_SRC \(translated.end)"
  }
}

extension ConnectionTables.SocketEntry {
  fileprivate var line: String {
    "\(protocolNumber.transportName) \(backend.end) -> \(frontend.end) RevNatID=\(service)"
  }
}

extension Flow.Backend {
  fileprivate var end: String { "\(address):\(port)" }
}

extension UInt8 {
  /// Source: IANA, Assigned Internet Protocol Numbers.
  fileprivate var transportName: String {
    switch self {
    case 1: "ICMP"
    case 6: "TCP"
    case 17: "UDP"
    default: String(self)
    }
  }
}
